import { addMonths, formatDay, readDay } from '../../src/base/civil.js'
import { durationOf, readDuration } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import type { Contact } from '../../src/contacts/contact.js'
import type { ContactRecord } from '../../src/contacts/record.js'
import { holderKinds, type HeldTag } from '../../src/contacts/tag.js'
import { typeOf, type Value } from '../../src/contacts/value.js'
import type { Rule } from '../../src/rules/ast.js'
import { choices, kinds, valuesOf, type Kind } from '../arbitraries/values.js'
import type { AttributeKinds } from '../arbitraries/schemas.js'
import type { Stage } from '../arbitraries/stages.js'
import fc from 'fast-check'

/*
 * Contacts that stand where a rule's truth turns: their values are those that the rule names, one step to either side of
 * them, pieced together and cut apart, and dates that are just in or just out of its windows. This looks only at the JSON
 * of the rule, and knows nothing of how proofs are made.
 */

/** A random number generator: the next whole number below `n`. */
type Draw = (n: number) => number

/** What a rule names. */
interface Named {
  readonly texts: string[]
  readonly numbers: number[]
  readonly instants: number[]
  readonly days: string[]
  readonly durations: string[]
  readonly attributes: string[]
  readonly tags: string[]
  readonly events: string[]
  readonly records: string[]
  readonly properties: string[]
}

export interface Moment {
  readonly contact: Contact
  readonly now: number
}

/** So many contacts at the boundaries of some rules. With `attributes` they fit the schema of these kinds. */
export function boundaryContacts(
  rules: readonly Rule[],
  stage: Stage,
  count: number,
  seed: number,
  attributes?: AttributeKinds,
): readonly Moment[] {
  const named = namesIn(rules)
  const draw = drawFrom(seed)
  return Array.from({ length: count }, () => momentOf(named, stage, draw, attributes))
}

function drawFrom(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * n)
  }
}

function namesIn(rules: readonly Rule[]): Named {
  const named: Named = {
    texts: [],
    numbers: [],
    instants: [],
    days: [],
    durations: ['1d'],
    attributes: [],
    tags: [],
    events: [],
    records: [],
    properties: [],
  }
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const element of value) walk(element, key)
      return
    }
    if (typeof value === 'number') named.numbers.push(value)
    if (typeof value === 'string') {
      named.texts.push(value)
      if (readDuration(value) !== undefined) named.durations.push(value)
      if (readDay(value) !== undefined) named.days.push(value)
      if (key === 'tag' || key === 'tags') named.tags.push(value)
      if (key === 'events') named.events.push(value)
    }
    if (typeof value !== 'object' || value === null) return
    const { get, name, instant, records, from, to } = value as Readonly<Record<string, unknown>>
    if (get === 'attribute') named.attributes.push(name as string)
    if (get === 'property') named.properties.push(name as string)
    if (typeof instant === 'number') named.instants.push(instant)
    for (const end of [from, to]) if (typeof end === 'number') named.instants.push(end)
    if (Array.isArray(records)) named.records.push(...(records as string[]))
    for (const [inner, part] of Object.entries(value)) walk(part, inner)
  }
  walk(rules, '')
  return named
}

function momentOf(named: Named, stage: Stage, draw: Draw, kindsOf: AttributeKinds | undefined): Moment {
  const pick = <T>(list: readonly T[]): T | undefined => list[draw(list.length)]
  const instants = [stage.around, ...named.instants, ...named.days.map((day) => startOf(day, stage))]
  const now = (pick(instants) ?? stage.around) + (draw(3) === 0 ? (draw(7) - 3) * 86_400_000 : draw(3) - 1)
  const value = (kind?: Kind): Value => valueOf(kind ?? (pick(kinds) as Kind), named, stage, now, draw)
  const names = kindsOf === undefined ? [...named.attributes, 'a', 'b'] : Object.keys(kindsOf)
  const attributes: Record<string, Value> = Object.create(null) as Record<string, Value>
  const shared = value()
  for (const name of names) {
    if (draw(5) === 0) continue
    const kind = kindsOf?.[name]
    const drawn = draw(6) === 0 ? shared : value(kind)
    attributes[name] = kind === undefined || fits(drawn, kind) ? drawn : value(kind)
  }
  const tags = [...new Set([...named.tags, 'source-a', 'z'])]
    .filter(() => draw(2) === 0)
    .map((tag): HeldTag => heldTag(tag, instantNear(named, now, draw), draw))
  const property = (name: string): Value => {
    if (name === 'amount' || name === 'value' || name === 'n') return value('number')
    if (name === 'product') return pick(['hat', 'boots', ...named.texts]) ?? 'hat'
    if (name === 'open') return draw(2) === 0
    if (name === 'closesAt') return { instant: instantNear(named, now, draw) }
    return value()
  }
  const properties = (): Record<string, Value> =>
    Object.fromEntries(
      [...new Set(['amount', 'product', ...named.properties])]
        .filter(() => draw(4) !== 0)
        .map((name) => [name, property(name)]),
    )
  const events = [...new Set(named.events)]
    .flatMap((type) =>
      Array.from({ length: draw(4) }, () => ({ type, at: instantNear(named, now, draw), properties: properties() })),
    )
    .sort((a, b) => a.at - b.at)
  const record = (place: number): ContactRecord => ({
    id: `r${String(place)}`,
    ...Object.fromEntries(
      [...new Set(['value', 'open', 'closesAt', ...named.properties])]
        .filter((name) => draw(4) !== 0 && name !== 'id' && name !== 'n')
        .map((name) => [name, property(name)]),
    ),
    lines: Array.from({ length: draw(3) }, () => ({ n: value('number') })),
  })
  const records = Object.fromEntries(
    [...new Set(named.records)].map((name) => [name, Array.from({ length: draw(3) }, (_, place) => record(place))]),
  )
  const id =
    draw(3) === 0 ? (named.texts.find((text) => text !== '') ?? 'ada') : (pick(['ada', 'bob', 'a', 'b']) ?? 'ada')
  return { contact: { id, attributes, tags, events, records }, now }
}

function heldTag(tag: string, since: number, draw: Draw): HeldTag {
  const kind = holderKinds[draw(holderKinds.length)] ?? 'person'
  return {
    tag,
    since,
    holders: [{ kind, ...(draw(2) === 0 ? undefined : { by: draw(2) === 0 ? 'x' : 'y' }), at: since }],
  }
}

function startOf(day: string, stage: Stage): number {
  return timeZone(stage.timeZone).startOfDay(readDay(day) ?? 0)
}

/** An instant at the edge of a window, or beside it. */
function instantNear(named: Named, now: number, draw: Draw): number {
  const beside = draw(3) - 1
  if (draw(4) === 0 && named.instants.length > 0) return (named.instants[draw(named.instants.length)] ?? now) + beside
  const duration = durationOf((named.durations[draw(named.durations.length)] ?? '1d') as '1d')
  const sign = draw(4) === 0 ? 1 : -1
  const length =
    duration.kind === 'exact'
      ? Math.min(duration.ms, 86_400_000 * 10_000)
      : duration.months * 30 * 86_400_000 + (draw(5) - 2) * 86_400_000
  return now + (draw(3) === 0 ? sign * draw(3) * 86_400_000 : sign * length) + beside
}

function valueOf(kind: Kind, named: Named, stage: Stage, now: number, draw: Draw): Value {
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
  if (draw(6) === 0) return fc.sample(valuesOf(kind, stage), { numRuns: 1, seed: draw(1_000_000) })[0] as Value
  const text = (): string => {
    const one = pick(['a', 'b', ...named.texts])
    const other = pick(['a', '', ...named.texts])
    return [one, one + other, one.toLowerCase(), one.toUpperCase(), one.slice(0, -1), ''][draw(6)] as string
  }
  const number = (): number => {
    const one = pick([0, ...named.numbers])
    const step = Number.EPSILON * Math.max(1, Math.abs(one))
    return (
      Math.max(-1e308, Math.min(1e308, [one, one, one + 1, one - 1, one + step, one - step][draw(6)] as number)) + 0
    )
  }
  switch (kind) {
    case 'text':
      return text()
    case 'choice':
      return pick(choices)
    case 'number':
      return number()
    case 'boolean':
      return draw(2) === 0
    case 'instant':
      return { instant: instantNear(named, now, draw) }
    case 'day': {
      const today = timeZone(stage.timeZone).dayOf(instantNear(named, now, draw))
      const near = named.days.map((day) => readDay(day) ?? 0)
      const day = pick([today, today + 1, addMonths(today, -1), ...near]) + draw(3) - 1
      return { day: formatDay(day) }
    }
    case 'texts':
      return [...new Set(Array.from({ length: draw(4) }, () => (draw(4) === 0 ? text() : pick(['a', 'b', '']))))]
    case 'numbers':
      return [...new Set(Array.from({ length: draw(4) }, () => (draw(2) === 0 ? number() : draw(3))))]
  }
}

function fits(value: Value, kind: Kind): boolean {
  const type = typeOf(value)
  if (kind === 'choice') return type === 'text' && (choices as readonly unknown[]).includes(value)
  if (kind === 'texts' || kind === 'numbers') {
    return (
      type === 'list' &&
      (value as readonly unknown[]).every((one) => typeof one === (kind === 'texts' ? 'string' : 'number'))
    )
  }
  return type === kind
}
