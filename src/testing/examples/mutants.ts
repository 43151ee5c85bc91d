import { readDay, formatDay, DAY } from '../../base/civil.js'
import type { Path } from '../../base/errors.js'
import { formatDuration, readDuration, type Duration, type DurationText } from '../../base/duration.js'
import type { Items, Rule } from '../../rules/ast.js'
import { operands, operators } from '../../rules/operator-table.js'

/*
 * The small mistakes that somebody could have made in a rule, each once. The JSON of the rule is walked, and what stands at
 * each place says which mistakes can be made there; what cannot be read any more is left out by whoever reads it.
 */

/** A kind of mistake. */
export type Mistake =
  | 'bound moved'
  | 'bound swapped'
  | 'and for or'
  | 'negation dropped'
  | 'unit changed'
  | 'zone changed'
  | 'calendar for rolling'
  | 'another record'
  | 'branch removed'

/** A rule with one mistake. */
export interface Mutant {
  readonly mistake: Mistake
  /** The way to the place of the mistake. */
  readonly path: Path
  readonly rule: Rule
}

type Node = Readonly<Record<string, unknown>>
type Made = readonly [Mistake, unknown]

/** All that a small mistake would make of a rule that was read. `zone` is the zone of those who give none. */
export function mutantsOf(rule: Rule, zone: string): readonly Mutant[] {
  const mutants: Mutant[] = []
  const walk = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) {
      for (const [place, element] of value.entries()) walk(element, [...path, place])
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    for (const [mistake, made] of [...mistakesIn(node), ...zonesIn(node, zone)])
      mutants.push({ mistake, path: Object.freeze(path), rule: replaced(rule, path, made) as Rule })
    for (const [name, part] of Object.entries(node)) walk(part, [...path, name])
  }
  walk(rule, [])
  return mutants
}

/** The value with another one at a place in it. */
function replaced(value: unknown, [step, ...rest]: Path, made: unknown): unknown {
  if (step === undefined) return made
  if (Array.isArray(value)) return value.with(Number(step), replaced(value[Number(step)], rest, made))
  const node = value as Node
  return { ...node, [step]: replaced(node[String(step)], rest, made) }
}

function* mistakesIn(node: Node): Iterable<Made> {
  const { op } = node
  if (typeof op === 'string') {
    yield* ofGroups(node)
    yield* ofOperators(node, op)
    yield* ofRecords(node)
  }
  yield* ofBounds(node)
  yield* ofDurations(node)
  yield* ofWindows(node)
}

// ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────

function* ofGroups(node: Node): Iterable<Made> {
  const rules = node['rules'] as readonly Rule[] | undefined
  if (rules === undefined) return
  if (node['op'] === 'all' && rules.length > 1) yield ['and for or', { ...node, op: 'any' }]
  if (node['op'] === 'any' && rules.length > 1) yield ['and for or', { ...node, op: 'all' }]
  if (rules.length > 1)
    for (const place of rules.keys()) yield ['branch removed', { ...node, rules: rules.toSpliced(place, 1) }]
  if (node['op'] === 'someOf')
    for (const by of [1, -1]) yield ['bound moved', { ...node, count: (node['count'] as number) + by }]
}

// ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────

/** What each operator is taken for: the bound let in or out, and the other way round. */
const swapped: Readonly<Record<string, readonly string[]>> = {
  greaterThan: ['atLeast', 'lessThan'],
  atLeast: ['greaterThan', 'atMost'],
  lessThan: ['atMost', 'greaterThan'],
  atMost: ['lessThan', 'atLeast'],
  before: ['after'],
  after: ['before'],
  inLast: ['moreThanAgo', 'inNext'],
  moreThanAgo: ['inLast'],
  inNext: ['inLast'],
  startsWith: ['endsWith', 'contains'],
  endsWith: ['startsWith', 'contains'],
  contains: ['startsWith', 'equals'],
  minimum: ['maximum'],
  maximum: ['minimum'],
  first: ['last'],
  last: ['first'],
}

const joined: Readonly<Record<string, string>> = {
  hasAnyTag: 'hasAllTags',
  hasAllTags: 'hasAnyTag',
  containsAny: 'containsAll',
  containsAll: 'containsAny',
}

function* ofOperators(node: Node, op: string): Iterable<Made> {
  if (op === 'not') yield ['negation dropped', node['rule']]
  const { negates } = operators[op as Rule['op']]
  if (negates !== undefined && op !== 'nobody') yield ['negation dropped', { ...node, op: negates }]
  for (const other of swapped[op] ?? []) yield ['bound swapped', { ...node, op: other }]
  const list = (node['tags'] ?? node['right']) as readonly unknown[] | undefined
  const other = joined[op]
  if (other !== undefined && (!Array.isArray(list) || list.length > 1)) yield ['and for or', { ...node, op: other }]
  if (Array.isArray(node['tags']) && node['tags'].length > 1)
    for (const place of node['tags'].keys())
      yield ['branch removed', { ...node, tags: node['tags'].toSpliced(place, 1) }]
  if ((op === 'in' || op === 'notIn') && Array.isArray(list) && list.length > 1)
    for (const place of list.keys())
      yield ['branch removed', { ...node, right: (list as unknown[]).toSpliced(place, 1) }]
}

// ── bounds ──────────────────────────────────────────────────────────────────────────────────────────────────────

const bounds = ['left', 'right', 'low', 'high'] as const

function* ofBounds(node: Node): Iterable<Made> {
  if (typeof node['get'] === 'string' && node['get'] in operands)
    for (const get of swapped[node['get']] ?? []) yield ['bound swapped', { ...node, get }]
  const isEquality = ['equals', 'notEquals', 'in', 'notIn'].includes(String(node['op']))
  for (const name of bounds) {
    if (isEquality && typeof node[name] !== 'number') continue
    for (const moved of movedBounds(node[name])) yield ['bound moved', { ...node, [name]: moved }]
  }
  if (node['op'] === 'anniversaryIn')
    for (const by of [1, -1]) yield ['bound moved', { ...node, days: (node['days'] as number) + by }]
  if (node['get'] === 'nth') yield ['bound moved', { ...node, n: (node['n'] as number) + 1 }]
  if (node['window'] === 'absolute')
    for (const end of ['from', 'to'] as const)
      if (typeof node[end] === 'number') yield ['bound moved', { ...node, [end]: node[end] + DAY }]
}

function movedBounds(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1]
  if (typeof value !== 'object' || value === null) return []
  const { instant, day } = value as Node
  if (typeof instant === 'number') return [{ instant: instant + DAY }, { instant: instant - DAY }]
  const epochDay = typeof day === 'string' ? readDay(day) : undefined
  return epochDay === undefined ? [] : [{ day: formatDay(epochDay + 1) }, { day: formatDay(epochDay - 1) }]
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────

const durations = ['duration', 'from', 'to', 'within', 'after'] as const

/** By unit, in ms: the one above and the one below, for which it is mistaken. */
const units = [60_000, 3_600_000, DAY, 7 * DAY] as const

function* ofDurations(node: Node): Iterable<Made> {
  for (const name of durations) {
    const text = node[name]
    const duration = typeof text === 'string' ? readDuration(text) : undefined
    if (duration === undefined) continue
    for (const moved of movedDurations(duration)) yield ['bound moved', { ...node, [name]: formatDuration(moved) }]
    for (const other of otherUnits(duration)) yield ['unit changed', { ...node, [name]: other }]
  }
}

function movedDurations(duration: Duration): readonly Duration[] {
  if (duration.kind === 'calendar') {
    const { months } = duration
    return [months + 1, months - 1].filter((one) => one > 0).map((one) => ({ ...duration, months: one }))
  }
  const unit = unitOf(duration.ms)
  return [duration.ms + unit, duration.ms - unit].filter((ms) => ms > 0).map((ms) => ({ ...duration, ms }))
}

function otherUnits(duration: Duration): readonly DurationText[] {
  if (duration.kind === 'calendar') return [`${duration.months * 30}d`]
  const place = units.indexOf(unitOf(duration.ms))
  const count = duration.ms / (units[place] ?? 1)
  return [units[place - 1], units[place + 1]].flatMap((unit): readonly DurationText[] =>
    place < 0 || unit === undefined ? [] : [formatDuration({ kind: 'exact', ms: count * unit })],
  )
}

/** The largest unit up to a day that a duration is a whole number of; nobody is wrong about weeks by writing `14d`. */
function unitOf(ms: number): number {
  return [DAY, 3_600_000, 60_000, 1000].find((unit) => ms % unit === 0) ?? 1
}

function* ofWindows(node: Node): Iterable<Made> {
  const key = node['op'] === undefined ? 'window' : 'op'
  const { duration, timeZone } = node
  if (node[key] === 'inLast' && typeof duration === 'string') {
    const read = readDuration(duration)
    if (read === undefined) return
    const rest = without(node, ['duration'])
    const period =
      read.kind === 'calendar'
        ? { period: 'last', unit: 'month', count: read.months, current: true }
        : { period: 'last', unit: 'day', count: Math.max(1, Math.round(read.ms / DAY)), current: true }
    yield ['calendar for rolling', { ...rest, [key]: 'inCalendar', period }]
  }
  if (node[key] !== 'inCalendar') return
  const given = node['period'] as Node
  const rest = without(node, ['period', 'weekStartsOn'])
  const { period, unit, count = 1, current } = given
  if (period === 'last' && typeof current === 'boolean')
    yield ['bound swapped', { ...node, period: { ...given, current: !current } }]
  if (period !== 'this' && period !== 'last') return
  const length = { day: 'D', week: 'D', month: 'M', quarter: 'M', year: 'M' }[unit as 'day']
  const each = { day: 1, week: 7, month: 1, quarter: 3, year: 12 }[unit as 'day']
  yield [
    'calendar for rolling',
    {
      ...rest,
      [key]: 'inLast',
      duration: `P${String(each * (count as number))}${length}`,
      ...(timeZone === undefined ? {} : { timeZone }),
    },
  ]
}

function without(node: Node, names: readonly string[]): Node {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)))
}

/** UTC for a zone that is written, and the other way round. */
function* zonesIn(node: Node, zone: string): Iterable<Made> {
  if (typeof node['timeZone'] !== 'string') return
  for (const other of ['UTC', zone, 'America/Los_Angeles'])
    if (other !== node['timeZone']) yield ['zone changed', { ...node, timeZone: other }]
}

// ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One record that keeps all conditions, taken for one record for each of them. */
function* ofRecords(node: Node): Iterable<Made> {
  const of = node['of'] as Items | undefined
  const where = of?.where
  if (node['op'] !== 'some' || where?.op !== 'all' || where.rules.length < 2) return
  const each = where.rules.map((rule) => ({ ...node, of: { ...of, where: rule } }))
  yield ['another record', { op: 'all', rules: each }]
}
