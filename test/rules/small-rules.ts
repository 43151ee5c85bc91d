import fc from 'fast-check'
import type { CalendarPeriod } from '../../src/base/calendar-period.js'
import { DAY, formatDay } from '../../src/base/civil.js'
import { readDuration, type DurationText } from '../../src/base/duration.js'
import type { Contact } from '../../src/contacts/contact.js'
import { holderKinds, type HeldTag } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import { isLiteral, type LeafRule, type Operand, type OperandGet, type Rule, type RuleOp } from '../../src/rules/ast.js'
import { nodeFields } from '../../src/rules/node-fields.js'
import { operands, operators, type FieldKind } from '../../src/rules/operator-table.js'
import { smallEvents, SmallItems, smallRecords, type ItemParts } from './small-items.js'

/*
 * Rules and contacts for the laws of this room, from the operator table, so that a new operator is generated without a
 * line here. Domains are small, so that values meet. All instants and exact durations are multiples of a quarter of an
 * hour, and so are the local midnights of the zones: everything flips on that grid.
 */

/** A quarter of an hour, in ms. */
export const QUARTER = 900_000

/** A zone and a stretch of time in which something happens to its clocks. */
export interface Scene {
  readonly timeZone: string
  readonly from: number
  readonly to: number
}

const scene = (timeZone: string, from: string, days: number): Scene => ({
  timeZone,
  from: Date.parse(from),
  to: Date.parse(from) + days * DAY,
})

/** Clocks put forward and back, at midnight too, half hours, quarters of an hour, a day left out, and none of these. */
export const scenes: readonly Scene[] = [
  scene('UTC', '2024-02-26T00:00Z', 8),
  scene('Europe/Berlin', '2026-03-26T00:00Z', 8),
  scene('Europe/Berlin', '2026-10-22T00:00Z', 8),
  scene('America/New_York', '2026-02-25T00:00Z', 40),
  scene('Asia/Kathmandu', '2025-12-28T00:00Z', 8),
  scene('Australia/Lord_Howe', '2026-04-02T00:00Z', 8),
  scene('America/Sao_Paulo', '2018-11-01T00:00Z', 8),
  scene('Pacific/Apia', '2011-12-27T00:00Z', 8),
]

const texts = fc.constantFrom('', 'a', 'A', 'ab', 'ba', 'Σ')
const numbers = fc.constantFrom(-1, 0, 0.5, 1, 2, 3)
const tagNames = fc.constantFrom('a', 'A', 'ab', 'b')

export const attributeNames = ['text', 'number', 'list', 'date', 'other', 'none'] as const

/** Every operator that is no group, constant or segment. */
export const leafOps = (Object.keys(operators) as RuleOp[]).filter(
  (op) => !['constant', 'group', 'segment'].includes(operators[op].shape),
)

/** Those whose truth moves with the clock. */
export const movingOps = leafOps.filter((op) => ['window', 'anniversary'].includes(operators[op].shape))

export const durations = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<DurationText>('0ms', '15m', '1h', '24h', '36h', '2d', '3d', '1w') },
  { weight: 1, arbitrary: fc.constantFrom<DurationText>('P0M', 'P1M', 'P1Y') },
)

/** What the parts of rules and contacts are drawn from. */
export class SmallWorld {
  readonly scene: Scene
  readonly instant: fc.Arbitrary<number>
  readonly value: fc.Arbitrary<Value>
  readonly operand: fc.Arbitrary<Operand>
  readonly contact: fc.Arbitrary<Contact>
  readonly #items: SmallItems

  /** `onGrid` leaves out what may move a date off the grid: a sum of it and a number of the contact, for instance. */
  constructor(scene: Scene, { onGrid }: { readonly onGrid: boolean }) {
    this.scene = scene
    const quarters = (scene.to - scene.from) / QUARTER
    this.instant = fc.integer({ min: -200, max: quarters + 200 }).map((n) => scene.from + n * QUARTER)
    const instants = this.instant.map((instant): Value => ({ instant }))
    const dates = fc.oneof(
      instants,
      this.#day().map((day): Value => ({ day })),
    )
    const lists = fc.oneof(fc.uniqueArray(texts, { maxLength: 3 }), fc.uniqueArray(numbers, { maxLength: 3 }))
    this.value = fc.oneof(texts, numbers, fc.boolean(), dates, dates, lists)
    const attributes = fc.record(
      {
        text: fc.oneof({ weight: 4, arbitrary: texts }, this.value),
        number: fc.oneof({ weight: 4, arbitrary: numbers }, this.value),
        list: fc.oneof({ weight: 4, arbitrary: lists }, this.value),
        date: fc.oneof({ weight: 9, arbitrary: dates }, this.value),
        other: fc.oneof({ weight: 9, arbitrary: dates }, this.value),
      },
      { requiredKeys: onGrid ? ['date', 'other'] : [] },
    )
    const parts: ItemParts = {
      instant: this.instant,
      value: this.value,
      properties: attributes,
      names: attributeNames,
      durations,
      periods: periods(scene),
      timeZone: scene.timeZone,
      leaf: (op, operand) => this.#node<LeafRule>('op', op, operators[op], operand),
    }
    this.#items = new SmallItems(parts)
    this.operand = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...attributeNames).map((name): Operand => ({ get: 'attribute', name })) },
      { weight: 2, arbitrary: this.value },
      { weight: 1, arbitrary: onGrid ? this.#computed().filter(staysOnGrid) : this.#computed() },
    )
    const tag = fc.record({
      tag: tagNames,
      since: this.instant,
      kind: fc.constantFrom(...holderKinds),
      by: fc.boolean(),
    })
    const tags = fc.uniqueArray(tag, { selector: (drawn) => drawn.tag, maxLength: 3 })
    this.contact = fc.record({
      id: fc.constantFrom('ada', 'bob', 'cyd'),
      attributes,
      tags: tags.map((drawn) =>
        drawn.map(({ tag, since, kind, by }): HeldTag => {
          return { tag, since, holders: [{ kind, at: since, ...(by ? { by: 'a' } : {}) }] }
        }),
      ),
      events: smallEvents(parts),
      records: smallRecords(parts),
    })
  }

  /** A leaf of any operator, or of those given. */
  leaf(ops: readonly RuleOp[] = leafOps): fc.Arbitrary<LeafRule> {
    return fc.oneof(...ops.map((op) => this.#node<LeafRule>('op', op, operators[op])))
  }

  /** A rule of some depth, that refers to the segments given. */
  rule(segments: readonly string[] = [], ops: readonly RuleOp[] = leafOps): fc.Arbitrary<Rule> {
    const constants = fc.constantFrom<Rule>({ op: 'everyone' }, { op: 'nobody' })
    const references = segments.map((segment) => ({
      weight: 3,
      arbitrary: fc.constant<Rule>({ op: 'inSegment', segment }),
    }))
    const { rule } = fc.letrec<{ rule: Rule; group: Rule }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        { weight: 12, arbitrary: this.leaf(ops) },
        { weight: 8, arbitrary: tie('group') },
        ...references,
        { weight: 1, arbitrary: constants },
      ),
      group: fc.oneof(
        fc
          .tuple(fc.constantFrom('all', 'any'), fc.array(tie('rule'), { maxLength: 3 }))
          .map(([op, rules]): Rule => ({ op, rules })),
        tie('rule').map((inner): Rule => ({ op: 'not', rule: inner })),
        fc
          .tuple(fc.integer({ min: 1, max: 3 }), fc.array(tie('rule'), { minLength: 1, maxLength: 4 }))
          .map(([count, rules]): Rule => ({ op: 'someOf', count, rules })),
      ),
    }))
    return rule
  }

  /** A group of conditions that move with the clock, most of them about dates that the contact has. */
  lively(segments: readonly string[] = []): fc.Arbitrary<Rule> {
    const date = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('date', 'other').map((name): Operand => ({ get: 'attribute', name })) },
      { weight: 2, arbitrary: this.instant.map((instant): Operand => ({ instant })) },
      { weight: 2, arbitrary: this.#day().map((day): Operand => ({ day })) },
      { weight: 1, arbitrary: this.operand },
    )
    const leaf = fc.oneof(...movingOps.map((op) => this.#node<Rule>('op', op, operators[op], date)))
    const part = fc.oneof(
      { weight: 8, arbitrary: leaf },
      { weight: 2, arbitrary: leaf.map((rule): Rule => ({ op: 'not', rule })) },
      { weight: 1, arbitrary: this.leaf(['hasTag', 'exists', 'before']) },
      ...segments.map((segment) => ({ weight: 4, arbitrary: fc.constant<Rule>({ op: 'inSegment', segment }) })),
    )
    const group = (inner: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
      fc
        .tuple(fc.constantFrom('all', 'any', 'someOf'), fc.array(inner, { minLength: 2, maxLength: 4 }))
        .map(([op, rules]) => (op === 'someOf' ? { op, count: 2, rules } : { op, rules }) as Rule)
    return fc.oneof(group(part), group(group(part)), part)
  }

  #day(): fc.Arbitrary<string> {
    const first = Math.floor(this.scene.from / DAY)
    const days = (this.scene.to - this.scene.from) / DAY
    return fc.oneof(
      fc.integer({ min: -2, max: days + 2 }).map((n) => formatDay(first + n)),
      // The same days of earlier years, for anniversaries.
      fc
        .tuple(fc.integer({ min: 0, max: days + 2 }), fc.constantFrom(365, 366, 1461))
        .map(([n, ago]) => formatDay(first + n - ago)),
      fc.constant('2000-02-29'),
    )
  }

  #computed(): fc.Arbitrary<Operand> {
    const gets = (Object.keys(operands) as OperandGet[]).filter((get) => get !== 'attribute' && get !== 'property')
    const { node } = fc.letrec<{ node: Operand; operand: Operand }>((tie) => ({
      operand: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        fc.constantFrom(...attributeNames).map((name): Operand => ({ get: 'attribute', name })),
        this.value,
        fc.constantFrom(0, QUARTER, -QUARTER, DAY),
        tie('node'),
      ),
      node: fc.oneof(...gets.map((get) => this.#node<Operand & object>('get', get, operands[get], tie('operand')))),
    }))
    return node
  }

  #node<N extends object>(
    head: 'op' | 'get',
    name: string,
    row: Parameters<typeof nodeFields>[0],
    operand: fc.Arbitrary<Operand> = this.operand,
  ): fc.Arbitrary<N> {
    const fields: Record<string, fc.Arbitrary<unknown>> = { [head]: fc.constant(name) }
    const required: string[] = [head]
    for (const { name: field, kind, optional } of nodeFields(row)) {
      fields[field] = this.#field(kind, operand, name)
      if (!optional) required.push(field)
    }
    if (name === 'betweenAgo')
      return fc.tuple(fc.record(fields), periodsAgo).map(([node, ago]) => ({ ...node, ...ago }) as never)
    return fc.record(fields, { requiredKeys: required }) as never
  }

  #field(kind: FieldKind, operand: fc.Arbitrary<Operand>, node: string): fc.Arbitrary<unknown> {
    switch (kind) {
      case 'operand':
        return operand
      case 'operands':
        return fc.array(operand, { minLength: 1, maxLength: 3 })
      case 'duration':
        return durations
      case 'period':
        return periods(this.scene)
      case 'weekday':
        return fc.constantFrom('monday', 'saturday', 'sunday')
      case 'timeZone':
        return fc.constantFrom(this.scene.timeZone, 'Asia/Kathmandu')
      case 'flag':
        return fc.boolean()
      case 'leapDay':
        return fc.constantFrom('feb28', 'mar1')
      case 'name':
        return node === 'sequence' ? fc.constantFrom('text', 'number') : fc.constantFrom('a', 'salt')
      case 'tag':
        return tagNames
      case 'tags':
        return fc.array(tagNames, { minLength: 1, maxLength: 2 })
      case 'holder':
        return fc.constantFrom(...holderKinds)
      case 'pattern':
        return fc.constantFrom('a', '^a', '[^a]', 'b$', 'Σ')
      case 'glob':
        return fc.constantFrom('*', 'a*', '*b', 'a')
      case 'place':
        return fc.constantFrom(0, 5000, 8915, 8916, 10_000)
      case 'dayCount':
        return fc.constantFrom(1, 2, 7, 365, 366)
      case 'threshold':
        return fc.integer({ min: 1, max: 3 })
      case 'items':
        return this.#items.items(['first', 'last', 'nth', 'distinctPeriods'].includes(node))
      case 'recordItems':
        return this.#items.records(0)
      case 'itemRule':
        return this.#items.condition(3)
      case 'itemOperand':
        return this.#items.operand()
      case 'position':
        return fc.integer({ min: 1, max: 3 })
      case 'periodUnit':
        return fc.constantFrom('day', 'week', 'month')
      case 'steps':
        return this.#items.steps()
      case 'rule':
      case 'rules':
      case 'segment':
        throw new Error(`no leaf has a field that holds ${kind}`)
    }
  }
}

const periodsAgo = fc
  .tuple(durations, durations)
  .map(([a, b]) => (lengthOf(a) <= lengthOf(b) ? { from: a, to: b } : { from: b, to: a }))
  .filter(({ from, to }) => readDuration(from)?.kind === readDuration(to)?.kind)

function lengthOf(text: DurationText): number {
  const duration = readDuration(text)
  if (duration === undefined) throw new Error(`no duration: ${text}`)
  return duration.kind === 'exact' ? duration.ms : duration.months
}

function periods(scene: Scene): fc.Arbitrary<CalendarPeriod> {
  const unit = fc.constantFrom('day', 'day', 'day', 'week', 'month', 'quarter', 'year')
  const year = new Date(scene.from).getUTCFullYear()
  const day = fc.integer({ min: -2, max: 10 }).map((n) => formatDay(Math.floor(scene.from / DAY) + n))
  return fc.oneof(
    fc.record({ period: fc.constant('this'), unit }),
    fc.record({
      period: fc.constantFrom('last', 'next'),
      unit,
      count: fc.integer({ min: 1, max: 3 }),
      current: fc.boolean(),
    }),
    fc.record({ period: fc.constant('day'), day }),
    fc.record({ period: fc.constant('month'), year: fc.constant(year), month: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ period: fc.constant('quarter'), year: fc.constant(year), quarter: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ period: fc.constant('year'), year: fc.constantFrom(year, year + 1) }),
  )
}

/** Whether an operand that is a date lies on the grid, if all dates in it do. */
function staysOnGrid(operand: Operand): boolean {
  if (isLiteral(operand)) return true
  switch (operand.get) {
    case 'plus':
    case 'minus':
      return staysOnGrid(operand.left) && isLiteral(operand.right) && Number(operand.right) % QUARTER === 0
    case 'later':
    case 'earlier':
      return staysOnGrid(operand.of)
    default:
      return true
  }
}

/** A world of each scene. */
export const worlds: readonly SmallWorld[] = scenes.map((scene) => new SmallWorld(scene, { onGrid: false }))

/** A world of each scene in which truth changes every quarter of an hour at most. */
export const gridWorlds: readonly SmallWorld[] = scenes.map((scene) => new SmallWorld(scene, { onGrid: true }))
