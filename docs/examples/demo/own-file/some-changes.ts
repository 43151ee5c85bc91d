import type { Engine, Receipt, Rule, Value } from 'coterie'
import type { MemberWords } from '../print/show-member.js'
import { heading, printWrapped, type Terminal } from '../print/terminal.js'
import { attributesIn } from '../words/rule-parts.js'
import { valueInWords } from '../words/value-words.js'
import type { Column } from './columns.js'

/** Whom to change, and by what. */
export interface Subject {
  readonly segment: string
  readonly member: string
  readonly columns: readonly Column[]
}

/** Where a file has no dates, time moves nobody: so a few changes are made, in memory only, to see who moves. */
export function tryChanges(
  terminal: Terminal,
  engine: Engine,
  { segment, member, columns }: Subject,
  { names, dates }: MemberWords,
): void {
  const rule = engine.segments.get(segment)?.rule
  const before = engine.contacts.get(member)?.attributes ?? {}
  const say = (change: string, { transitions }: Receipt): void => {
    const of = (type: 'enter' | 'exit'): string =>
      transitions
        .filter((transition) => transition.type === type)
        .map(({ segmentId }) => numberOf(engine, segmentId))
        .join(', ')
    const [entered, left] = [of('enter'), of('exit')]
    const moves = [entered === '' ? '' : `enters ${entered}`, left === '' ? '' : `leaves ${left}`].filter(
      (move) => move !== '',
    )
    printWrapped(terminal, `  ${change}: ${moves.join(', ') || 'moves nowhere'}`)
  }
  heading(terminal, `Some changes to ${names.contact(member)}, in memory only`)
  for (const [attribute, value] of rule === undefined ? [] : otherValues(rule, columns, before)) {
    const [old, other] = [before[attribute], value].map((value) =>
      value === undefined ? 'none' : valueInWords(value, dates),
    )
    say(`${attribute} ${old} → ${other}`, engine.contacts.patch(member, { [attribute]: value }))
    say('and back', engine.contacts.patch(member, { [attribute]: before[attribute] ?? null }))
  }
  say('contact removed', engine.contacts.remove(member))
  terminal.print('The file has no dates, so time alone moves nobody.')
}

/** The place of a segment, from 1. */
export function numberOf({ segments }: Pick<Engine, 'segments'>, id: string): string {
  return String(segments.ids().indexOf(id) + 1)
}

/** For each attribute that a rule asks for, another value that others have: the lowest number, or the most frequent. */
function otherValues(
  rule: Rule,
  columns: readonly Column[],
  before: { readonly [attribute: string]: Value },
): readonly (readonly [string, Value])[] {
  const asked = attributesIn(rule)
  return columns
    .filter(({ name }) => asked.has(name))
    .flatMap(({ name, order, values }) => {
      const others = [...order.slice(0, 1), ...values.map(({ value }) => value)]
      const other = others.find((value) => JSON.stringify(value) !== JSON.stringify(before[name]))
      return other === undefined ? [] : [[name, other] as const]
    })
}
