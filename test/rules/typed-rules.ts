import fc from 'fast-check'
import type { DurationText } from '../../src/base/duration.js'
import { defineSchema, field, type Field, type RecordsField, type Shape } from '../../src/contacts/schema.js'
import type { Value, ValueType } from '../../src/contacts/value.js'
import type { Items, Operand, OperandGet, Rule, RuleOp } from '../../src/rules/ast.js'
import { nodeFields } from '../../src/rules/node-fields.js'
import { operands, operators, type FieldKind } from '../../src/rules/operator-table.js'

/*
 * Rules over attributes, events and records that a schema types, so that they can be read under it: from the operator
 * table, as those of `small-rules.ts`, but each operand is of a type that its node is about. What is about time is
 * in exact durations or those of the calendar, windows of all kinds.
 */

const choice = field.oneOf('a', 'b')

export const itemSchema = defineSchema({
  attributes: {
    score: field.number(),
    plan: choice,
    since: field.instant(),
    birthday: field.day(),
    labels: field.list(field.text()),
    vip: field.boolean(),
  },
  events: {
    buy: { amount: field.number(), product: choice, shipped: field.instant(), on: field.day(), gift: field.boolean() },
    see: { amount: field.number(), product: choice, labels: field.list(field.text()) },
  },
  records: {
    orders: {
      total: field.number(),
      status: choice,
      placedAt: field.instant(),
      due: field.day(),
      lines: field.records({
        amount: field.number(),
        product: choice,
        sent: field.day(),
        parts: field.records({ amount: field.number(), made: field.instant(), labels: field.list(field.text()) }),
      }),
    },
    deals: { value: field.number(), closed: field.boolean(), closedAt: field.instant() },
  },
})

/** What a condition is about: the contact, an event, or a record and what it is called from the contact. */
interface Place {
  readonly name: string
  readonly kind: 'contact' | 'event' | 'record'
  readonly shape: Shape
}

const theContact: Place = { name: 'contact', kind: 'contact', shape: {} }
const day = 86_400_000
const around = Date.UTC(2026, 2, 28)

const durations = fc.constantFrom<DurationText>('0ms', '90m', '1d', '7d', 'P1M', 'P2Y')
const exact = fc.constantFrom<DurationText>('1h', '1d', '3d')
const agos = fc.constantFrom({ from: '1d', to: '7d' }, { from: 'P1M', to: 'P2Y' })
const zones = fc.constantFrom('UTC', 'Asia/Tokyo')
const weekdays = fc.constantFrom('monday', 'sunday')
const periods = fc.constantFrom(
  { period: 'this', unit: 'week' },
  { period: 'last', unit: 'month', count: 2, current: true },
  { period: 'day', day: '2026-03-29' },
  { period: 'quarter', year: 2026, quarter: 1 },
)

const literals: Readonly<Record<ValueType, fc.Arbitrary<Value>>> = {
  text: fc.constantFrom('a', 'b'),
  number: fc.constantFrom(0, 1, 2.5, day),
  boolean: fc.boolean(),
  instant: fc.constantFrom({ instant: around }, { instant: around + 90 * 60_000 }),
  day: fc.constantFrom({ day: '2026-03-28' }, { day: '2000-02-29' }),
  list: fc.constantFrom(['a'], ['b', 'a']),
}

/** The rules that the schema types, about as deep as given. */
export function typedRules(depth = 2): fc.Arbitrary<Rule> {
  return new TypedRules().rule(theContact, depth)
}

type Types = readonly ValueType[]
const anyType: Types = Object.keys(literals) as ValueType[]
const beside = new Set(['segment', 'sample', 'tags', 'sequence'])
const aboutTime = new Set<string>(['first', 'last', 'nth', 'distinctPeriods'])
const numericGets = ['count', 'sum', 'average', 'distinct', 'distinctPeriods'] as const
const valueGets = ['minimum', 'maximum', 'mostFrequent', 'first', 'last', 'nth'] as const

class TypedRules {
  readonly #known = new Map<string, fc.Arbitrary<unknown>>()

  rule(place: Place, depth: number): fc.Arbitrary<Rule> {
    return this.#once(['rule', place.name, depth], () => {
      const leaf = this.#leaf(place, depth)
      if (depth === 0) return leaf
      const inner = this.rule(place, depth - 1)
      return fc.oneof(
        { weight: 6, arbitrary: leaf },
        fc.tuple(fc.constantFrom('all', 'any'), fc.array(inner, { minLength: 1, maxLength: 3 })).map(([op, rules]) => {
          return { op, rules }
        }),
        inner.map((rule): Rule => ({ op: 'not', rule })),
        fc.constantFrom<Rule>({ op: 'everyone' }, { op: 'nobody' }),
      )
    })
  }

  #leaf(place: Place, depth: number): fc.Arbitrary<Rule> {
    const ops = (Object.keys(operators) as RuleOp[]).filter((op) => {
      const { shape } = operators[op]
      if (shape === 'constant' || shape === 'group') return false
      if (shape === 'items') return depth > 0 && (place.kind === 'contact' || collectionsOf(place.shape).length > 0)
      return place.kind === 'contact' ? depth > 0 || shape !== 'sequence' : !beside.has(shape)
    })
    return fc.oneof(...ops.map((op) => this.#ofOp(op, place, depth)))
  }

  #ofOp(op: RuleOp, place: Place, depth: number): fc.Arbitrary<Rule> {
    const { on = anyType } = operators[op]
    if (op === 'every') {
      return this.#items(place, depth, false, ['record']).chain(({ items, about }) =>
        this.rule(about, depth - 1).map((rule) => ({ op, of: items, rule }) as Rule),
      )
    }
    return fc.oneof(
      ...on.map((type) => this.#node('op', op, operators[op], type, place, depth) as unknown as fc.Arbitrary<Rule>),
    )
  }

  #operand(type: ValueType, place: Place, depth: number): fc.Arbitrary<Operand> {
    return this.#once(['operand', type, place.name, depth], () => {
      const attributes = namesOf(itemSchema.attributes, type).map((name): Operand => ({ get: 'attribute', name }))
      const properties = namesOf(place.shape, type).map((name): Operand => ({ get: 'property', name }))
      const looked = [...attributes, ...properties]
      return fc.oneof(
        { weight: 2, arbitrary: literals[type] },
        ...(looked.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom(...looked) }]),
        ...(depth === 0 ? [] : this.#computed(type, place, depth - 1)).map((arbitrary) => ({ weight: 1, arbitrary })),
      )
    })
  }

  #computed(type: ValueType, place: Place, depth: number): fc.Arbitrary<Operand>[] {
    const made: fc.Arbitrary<Operand>[] = []
    const node = (get: OperandGet, of: ValueType): void => {
      made.push(this.#node('get', get, operands[get], of, place, depth) as unknown as fc.Arbitrary<Operand>)
    }
    if (type === 'number') for (const get of ['plus', 'minus', 'times', 'dividedBy'] as const) node(get, 'number')
    if (type === 'number') node('length', 'list')
    if (type === 'instant' || type === 'day')
      for (const get of ['plus', 'minus', 'later', 'earlier'] as const) node(get, type)
    if (place.kind === 'contact' && type === 'text') made.push(fc.constant({ get: 'contactId' }))
    if (place.kind === 'contact' && type === 'number') made.push(fc.constant({ get: 'tagCount' }))
    if (place.kind === 'event' || depth === 0) return made
    if (place.kind === 'record' && collectionsOf(place.shape).length === 0) return made
    if (type === 'number') for (const get of numericGets) made.push(this.#aggregate(get, undefined, place, depth))
    for (const get of valueGets) {
      if ((operands[get].on ?? anyType).includes(type)) made.push(this.#aggregate(get, type, place, depth))
    }
    return made
  }

  #aggregate(get: OperandGet, gives: ValueType | undefined, place: Place, depth: number): fc.Arbitrary<Operand> {
    const { fields, on = anyType } = operands[get]
    return this.#items(place, depth, aboutTime.has(get)).chain(({ items, about }) => {
      const types = gives === undefined ? on : [gives]
      const value = fc.constantFrom(...types).chain((type) => this.#operand(type, about, depth - 1))
      const parts = { get: fc.constant(get), of: fc.constant(items) }
      const needed = 'n' in fields ? { ...parts, n: fc.constantFrom(1, 2, 1_000_000) } : parts
      if (get === 'distinctPeriods') {
        const more = { unit: fc.constantFrom('day', 'week', 'month'), weekStartsOn: weekdays, timeZone: zones }
        return fc.record({ ...needed, ...more }, { requiredKeys: ['get', 'of', 'unit'] })
      }
      if (!('value' in fields)) return fc.record(needed)
      const withValue = fc.record({ ...needed, value })
      return gives === 'instant' && aboutTime.has(get) ? fc.oneof(fc.record(needed), withValue) : withValue
    }) as unknown as fc.Arbitrary<Operand>
  }

  /** Items, and what conditions on them are about. */
  #items(
    place: Place,
    depth: number,
    isTimed: boolean,
    kinds: readonly string[] = ['event', 'record'],
  ): fc.Arbitrary<{ readonly items: Items; readonly about: Place }> {
    const places = placesFrom(place).filter(({ about }) => kinds.includes(about.kind))
    return fc.constantFrom(...places).chain(({ path, about }) => {
      const where = this.rule(about, depth - 1)
      const [first = ''] = path
      if (about.kind === 'event') {
        const events = { events: fc.constant(first), window: windows('events'), where }
        return fc
          .record(events, { requiredKeys: ['events'] })
          .map((items) => ({ items: items as unknown as Items, about }))
      }
      const plain = { records: fc.constant(path), where }
      const dates = [...namesOf(about.shape, 'instant'), ...namesOf(about.shape, 'day')]
      const timed = { ...plain, by: fc.constantFrom(...dates), window: windows('records') }
      const records = fc.oneof(
        ...(isTimed ? [] : [fc.record(plain, { requiredKeys: ['records'] })]),
        fc.record(timed, { requiredKeys: ['records', 'by'] }),
      )
      return records.map((items) => ({ items: items as unknown as Items, about }))
    })
  }

  #steps(depth: number): fc.Arbitrary<readonly object[]> {
    const of = this.#items(theContact, depth, false, ['event']).map(({ items }) => items)
    const from = fc.constantFrom('previous', 'start')
    const limits = fc.constantFrom({}, { within: '1d' }, { after: '1h' }, { within: '1d', after: '1h' })
    const next = fc.record({ of, limits, from }).map(({ limits: some, ...step }) => ({ ...step, ...some }))
    const none = fc.record(
      { of, not: fc.constant(true), within: exact, from },
      { requiredKeys: ['of', 'not', 'within'] },
    )
    const later = fc.array(fc.oneof<fc.Arbitrary<object>[]>(next, none), { minLength: 1, maxLength: 2 })
    return fc.tuple(of, later).map(([first, others]) => [{ of: first }, ...others])
  }

  /** A node of the table, its operands of a type. */
  #node(
    head: 'op' | 'get',
    name: string,
    row: Parameters<typeof nodeFields>[0],
    type: ValueType,
    place: Place,
    depth: number,
  ): fc.Arbitrary<object> {
    const fields: Record<string, fc.Arbitrary<unknown>> = { [head]: fc.constant(name) }
    const required: string[] = [head]
    for (const { name: written, kind, optional } of nodeFields(row)) {
      // What is added to a date is a number.
      const of = head === 'get' && written === 'right' ? 'number' : type
      fields[written] = this.#field(kind, name, of, place, depth)
      if (!optional) required.push(written)
    }
    const node = fc.record(fields, { requiredKeys: required })
    if (name === 'betweenAgo') return fc.tuple(node, agos).map(([rest, ago]) => ({ ...rest, ...ago }))
    if (name === 'inSample') return node.map((rest) => ({ ...rest, from: 10, to: 5000 }))
    return node
  }

  #field(kind: FieldKind, node: string, type: ValueType, place: Place, depth: number): fc.Arbitrary<unknown> {
    switch (kind) {
      case 'operand':
        return this.#operand(type, place, depth)
      case 'operands':
        return fc.array(this.#operand(type, place, depth), { minLength: 1, maxLength: 3 })
      case 'items':
        return this.#items(place, depth, false).map(({ items }) => items)
      case 'steps':
        return this.#steps(depth)
      case 'duration':
        return durations
      case 'period':
        return periods
      case 'weekday':
        return weekdays
      case 'timeZone':
        return zones
      case 'flag':
        return fc.boolean()
      case 'leapDay':
        return fc.constantFrom('feb28', 'mar1')
      case 'name':
        return node === 'sequence' ? fc.constantFrom('amount', 'product') : fc.constant('salt')
      case 'dayCount':
      case 'place':
        return fc.constantFrom(1, 30)
      case 'tags':
        return fc.constantFrom(['a'], ['a', 'b'])
      case 'holder':
        return fc.constant('person')
      default:
        return fc.constantFrom('a', 'b')
    }
  }

  #once<T>(key: readonly unknown[], make: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
    const text = key.join()
    const found = this.#known.get(text) ?? make()
    this.#known.set(text, found)
    return found as fc.Arbitrary<T>
  }
}

function windows(of: 'events' | 'records'): fc.Arbitrary<object> {
  const rolling = of === 'events' ? ['inLast', 'moreThanAgo'] : ['inLast', 'moreThanAgo', 'inNext']
  return fc.oneof(
    fc.record(
      { window: fc.constantFrom(...rolling), duration: durations, timeZone: zones },
      { requiredKeys: ['window', 'duration'] },
    ),
    fc.tuple(agos, fc.option(zones)).map(([ago, timeZone]) => {
      return { window: 'betweenAgo', ...ago, ...(timeZone === null ? {} : { timeZone }) }
    }),
    fc.constantFrom({ window: 'absolute', from: around }, { window: 'absolute', from: around, to: around + day }),
    fc.record(
      { window: fc.constant('inCalendar'), period: periods, weekStartsOn: weekdays, timeZone: zones },
      { requiredKeys: ['window', 'period'] },
    ),
  )
}

/** Where names lead from a place: events and records from the contact, records inside from a record. */
function placesFrom({ kind, name, shape }: Place): { readonly path: readonly string[]; readonly about: Place }[] {
  if (kind === 'event') return []
  const records = kind === 'contact' ? Object.entries(itemSchema.records) : collectionsOf(shape)
  const events = kind === 'contact' ? Object.entries(itemSchema.events) : []
  return [
    ...events.map(([type, of]) => {
      const about: Place = { name: type, kind: 'event', shape: of }
      return { path: [type], about }
    }),
    ...records.flatMap(([inner, of]) => {
      const about: Place = { name: `${name}.${inner}`, kind: 'record', shape: of }
      const further = placesFrom(about).map(({ path, about: deeper }) => ({ path: [inner, ...path], about: deeper }))
      return [{ path: [inner], about }, ...further]
    }),
  ]
}

function collectionsOf(shape: Shape): [string, Shape][] {
  return Object.entries(shape)
    .filter((entry): entry is [string, RecordsField] => entry[1].type === 'records')
    .map(([name, { fields }]) => [name, fields])
}

function namesOf(shape: { readonly [name: string]: Field | RecordsField }, type: ValueType): string[] {
  return Object.keys(shape).filter((name) => shape[name]?.type === type)
}
