import type { Explanation } from 'coterie'
import type { DateWords } from '../words/dates.js'
import { operandInWords, ruleInWords, type Names } from '../words/rule-words.js'
import { valueInWords } from '../words/value-words.js'
import { wrapped, type Terminal } from './terminal.js'

/** What it takes to print an explanation. */
export interface TreeWords {
  readonly names: Names
  readonly dates: DateWords
  /** Why the contact is in a segment that the rule refers to, or is not. */
  segment(id: string): Explanation | undefined
}

const groups: { readonly [op: string]: string } = { all: 'all of', any: 'any of', not: 'not' }

/** An explanation as a tree: for each node whether it holds, what it looked at, and until when. */
export function printTree(
  terminal: Terminal,
  explanation: Explanation,
  words: TreeWords,
  first = '',
  others = '',
): void {
  const { print, paint, width } = terminal
  const { rule, holds } = explanation
  const segment = rule.op === 'inSegment' ? (explanation.segment ?? words.segment(rule.segment)) : undefined
  const tick = holds ? paint('green', '✓') : paint('red', '✗')
  const title = groups[rule.op] ?? ruleInWords(rule, words.names)
  const inner = explanation.rules ?? (segment === undefined ? [] : [segment])
  const seen = inner.length > 0 || (holds && rule.op === 'equals') ? [] : seenInWords(explanation, words)
  const short = seen.length === 1 && first.length + title.length + (seen[0]?.length ?? 0) + 4 <= width
  print(`${paint('grey', first)}${tick} ${title}${short ? `  ${paint('grey', seen[0] ?? '')}` : ''}`)
  if (!short) {
    for (const line of seen.flatMap((part) => wrapped(part, width - others.length - 4))) {
      print(paint('grey', `${others}    ${line}`))
    }
  }
  inner.forEach((node, at) => {
    const last = at === inner.length - 1
    printTree(terminal, node, words, `${others}${last ? '└ ' : '├ '}`, `${others}${last ? '  ' : '│ '}`)
  })
}

/** What a leaf looked at: the values it found, its window as dates, and when time alone turns it over. */
function seenInWords(
  { rule, holds, values = [], window, next }: Explanation,
  { dates, names }: TreeWords,
): readonly string[] {
  const computed = values.filter(({ operand }) => typeof operand === 'object' && 'get' in operand)
  const found = computed.map(({ operand, value }) => {
    const is = value === undefined ? 'not known' : valueInWords(value, dates)
    if (computed.length > 1) return `${operandInWords(operand, names)}: ${is}`
    return value === undefined ? is : `it is ${is}`
  })
  if (window === undefined) return found
  return [
    ...found,
    `the window: ${windowInWords(rule.op, window, dates)}`,
    ...('at' in next ? [`${holds ? 'until' : 'true on'} ${dates.full(next.at)}, by time alone`] : []),
  ]
}

/**
 * A window of exact length leaves out the instant it begins at and takes in the one it ends at. An explanation has all
 * windows the other way round, so these a millisecond later.
 */
function windowInWords(op: string, { from, to }: NonNullable<Explanation['window']>, dates: DateWords): string {
  const shift = op === 'inCalendar' ? 0 : 1
  if (from === null) return `up to ${to === null ? 'any' : dates.full(to - shift)}`
  return to === null ? `from ${dates.full(from)}` : `${dates.full(from - shift)} – ${dates.full(to - shift)}`
}
