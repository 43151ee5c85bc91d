import type { Engine } from 'coterie'
import type { Arguments } from '../arguments.js'
import { counted, wrapped, type Terminal } from '../print/terminal.js'
import { ruleInWords } from '../words/rule-words.js'
import type { Column } from './columns.js'
import { suitingSegments } from './suiting-segments.js'
import { wantedSegment } from './wanted-segment.js'

/**
 * Defines the segment that was asked for, if there is one, and those that suit the columns; each is called by its rule.
 * Returns whether one was asked for.
 */
export function defineOwnSegments(engine: Engine, columns: readonly Column[], given: Arguments): boolean {
  const tags = engine.tags.counts().toSorted((a, b) => b.count - a.count)
  const wanted = wantedSegment(given, columns)
  const suiting = suitingSegments(
    columns,
    engine.contacts.count,
    tags.map(({ tag }) => tag),
  )
  const names = { attribute: (name: string) => name, segment: (id: string) => id }
  const rules = wanted === undefined ? suiting : [wanted, ...suiting]
  rules.forEach((rule, at) =>
    engine.segments.define({ id: `segment-${at + 1}`, name: `“${ruleInWords(rule, names)}”`, rule }),
  )
  return wanted !== undefined
}

/** A line for each segment: its number, its size, its share of all contacts, and its rule in words. */
export function showOwnSegments({ print, paint, width }: Terminal, { segments, contacts }: Engine): void {
  segments.ids().forEach((id, at) => {
    const { count = 0, description } = segments.get(id) ?? {}
    const share = `${Math.round((count / contacts.count) * 100)}%`.padStart(6)
    const [first = '', ...rest] = wrapped(description?.name ?? id, width - 20)
    print(`${String(at + 1).padStart(4)}${counted(count).padStart(8)}${share}  ${paint('bold', first)}`)
    for (const line of rest) print(' '.repeat(20) + paint('bold', line))
  })
}
