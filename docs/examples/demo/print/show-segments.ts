import type { Engine, SegmentHandle } from 'coterie'
import { ruleInWords, type Names } from '../words/rule-words.js'
import { counted, fitted, wrapped, type Terminal } from './terminal.js'

/** The names that segments were given. */
export function segmentNames({ segments }: Pick<Engine, 'segments'>): (id: string) => string {
  return (id) => segments.get(id)?.description.name ?? id
}

/** A line for each segment: its name, how many are in it, and its rule in words. */
export function showSegments(terminal: Terminal, { segments }: Pick<Engine, 'segments'>, names: Names): void {
  const { print, paint, width } = terminal
  const handles = segments.ids().flatMap((id) => segments.get(id) ?? [])
  const nameWidth = Math.max(...handles.map(({ id }) => names.segment(id).length)) + 1
  for (const handle of handles) {
    const indent = nameWidth + 9
    const [first = '', ...rest] = wrapped(meaning(handle, names), width - indent)
    const name = paint('bold', fitted(names.segment(handle.id), nameWidth))
    print(`${name}${counted(handle.count).padStart(7)}  ${first}`)
    for (const line of rest) print(' '.repeat(indent) + line)
  }
}

function meaning({ kind, rule }: SegmentHandle, names: Names): string {
  if (rule === undefined) return 'a list, kept by hand'
  return ruleInWords(rule, names) + (kind === 'hybrid' ? '; and exceptions by hand' : '')
}

/** The sizes of all segments, on one line. */
export function sizesInWords({ segments }: Pick<Engine, 'segments'>, names: Names): string {
  return segments
    .ids()
    .map((id) => `${names.segment(id)} ${counted(segments.get(id)?.count ?? 0)}`)
    .join(', ')
}
