import { durationOf, type DurationText } from '../base/duration.js'
import type { Path } from '../base/errors.js'
import { report } from '../contacts/reading.js'
import type { RuleOp } from './ast.js'
import { reportEmpty } from './empty-list.js'
import type { RuleReading } from './rule-reading.js'

/** Checks what concerns several fields of a rule at once, or what lists are in it; fields that were refused are not there. */
export function checkNode(op: RuleOp, values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  for (const name of ['rules', 'tags']) {
    if (isEmptyList(values.get(name))) reportEmpty(op, reading, [...path, name])
  }
  switch (op) {
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      if (isEmptyList(values.get('right'))) reportEmpty(op, reading, [...path, 'right'])
      return
    case 'someOf':
      checkThreshold(values, reading, path)
      return
    case 'inSample':
      checkPlaces(values, reading, path)
      return
    case 'betweenAgo':
      checkAgo(values, reading, path)
      return
    default:
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function checkThreshold(values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  const count = values.get('count')
  const rules = values.get('rules')
  if (typeof count !== 'number' || !Array.isArray(rules) || rules.length === 0 || count <= rules.length) return
  const expected = `a whole number from 1 to ${String(rules.length)}, the number of rules`
  const message = `More rules than there are can never hold: it would mean nobody`
  report(reading, { code: 'RULE_INVALID', path: [...path, 'count'], message, expected, received: String(count) })
}

function checkPlaces(values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  const from = values.get('from')
  const to = values.get('to')
  if (typeof from !== 'number' || typeof to !== 'number' || from < to) return
  const expected = `a whole number above ${String(from)}, where the sample begins`
  const message = 'The sample ends before it begins'
  report(reading, { code: 'RULE_INVALID', path: [...path, 'to'], message, expected, received: String(to) })
}

function checkAgo(values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  const from = values.get('from') as DurationText | undefined
  const to = values.get('to') as DurationText | undefined
  if (from === undefined || to === undefined) return
  const [shorter, longer] = [durationOf(from), durationOf(to)]
  if (shorter.kind !== longer.kind) {
    const message = 'One end is an exact duration, the other one of months or years'
    const expected = shorter.kind === 'exact' ? "an exact duration such as '60d'" : "months or years such as 'P2M'"
    report(reading, { code: 'DURATION_INVALID', path: [...path, 'to'], message, expected, received: to })
  } else if (lengthOf(shorter) >= lengthOf(longer)) {
    const message = `\`from\` is the shorter: between ${from} and ${to} ago there is nothing`
    report(reading, {
      code: 'DURATION_INVALID',
      path: [...path, 'to'],
      message,
      expected: `longer than ${from}`,
      received: to,
    })
  }
}

function lengthOf(duration: ReturnType<typeof durationOf>): number {
  return duration.kind === 'exact' ? duration.ms : duration.months
}
