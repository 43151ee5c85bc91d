import type { Field, Shape } from '../../contacts/schema.js'
import { isList, type Value } from '../../contacts/value.js'
import type { EventItems, Items, RecordItems, Rule, RuleOp, SequenceStep } from '../../rules/ast.js'
import { pick, type Draw } from './draw-moment.js'
import { drawItemWindow, drawLimit } from './draw-window.js'
import type { Pools } from './pools.js'

/** Makes a rule. */
export type Maker = (draw: Draw) => Rule

/** The makers of leaves over events and records, for what a world's schema has. */
export function itemMakers(pools: Pools): Partial<Record<RuleOp, Maker>> {
  const { events = {}, records = {} } = pools.world.schema
  const ofEvents = Object.entries(events).map(([type, shape]) => (draw: Draw): EventItems => ({
    events: type,
    ...(draw(2) === 0 ? {} : { window: drawItemWindow(pools, draw) }),
    ...drawWhere(pools, shape, draw),
  }))
  const ofRecords = Object.entries(records).map(([name, shape]) => (draw: Draw): RecordItems => ({
    records: [name],
    ...drawWhere(pools, shape, draw),
  }))
  const all: readonly ((draw: Draw) => Items)[] = [...ofEvents, ...ofRecords]
  const compared = ['atLeast', 'atMost', 'equals'] as const
  const some: Maker = (draw) =>
    draw(2) === 0
      ? { op: 'some', of: pick(all, draw)(draw) }
      : { op: pick(compared, draw), left: { get: 'count', of: pick(all, draw)(draw) }, right: draw(4) }
  const whole = Object.entries(records).flatMap(([name, shape]) =>
    fieldsOf(shape).map((field) => (draw: Draw): Rule => {
      const of: RecordItems = { records: [name], ...(draw(2) === 0 ? {} : drawWhere(pools, shape, draw)) }
      return { op: 'every', of, rule: condition(pools, field, draw) }
    }),
  )
  return {
    ...(all.length === 0 ? {} : { some, none: (draw) => ({ op: 'none', of: pick(all, draw)(draw) }) }),
    ...(whole.length === 0 ? {} : { every: (draw) => pick(whole, draw)(draw) }),
    ...(ofEvents.length === 0 ? {} : { sequence: (draw) => drawSequence(pools, ofEvents, draw) }),
  }
}

/** Two or three steps, whose windows and limits are those that rules name; sometimes about one value of a property. */
function drawSequence(pools: Pools, ofEvents: readonly ((draw: Draw) => EventItems)[], draw: Draw): Rule {
  const later = (): SequenceStep => {
    const of = pick(ofEvents, draw)(draw)
    switch (draw(4)) {
      case 0:
        return { of, not: true, within: drawLimit(pools, draw) }
      case 1:
        return { of, after: drawLimit(pools, draw) }
      case 2:
        return { of, within: drawLimit(pools, draw), from: 'start' }
      default:
        return { of, within: drawLimit(pools, draw) }
    }
  }
  const steps = [{ of: pick(ofEvents, draw)(draw) }, ...Array.from({ length: 1 + draw(2) }, later)]
  const [shared] = propertiesOfAll(pools, steps)
  return { op: 'sequence', steps, ...(shared !== undefined && draw(3) === 0 ? { same: shared } : {}) }
}

/** The properties that the events of all steps have. */
function propertiesOfAll(pools: Pools, steps: readonly SequenceStep[]): readonly string[] {
  const { events = {} } = pools.world.schema
  const shapes = steps.map(({ of }) => events[of.events] ?? {})
  return Object.keys(shapes[0] ?? {}).filter((name) => shapes.every((shape) => Object.hasOwn(shape, name)))
}

function drawWhere(pools: Pools, shape: Shape, draw: Draw): { readonly where?: Rule } {
  const fields = fieldsOf(shape)
  if (fields.length === 0 || draw(2) === 0) return {}
  return { where: condition(pools, pick(fields, draw), draw) }
}

/** A condition about one field of an item. */
function condition(pools: Pools, [name, field]: readonly [string, Field], draw: Draw): Rule {
  const drawn = pick(pools.valuesOf(field, pools.world.now), draw)
  const right = comparable(drawn, field)
  const op = isList(right) ? 'containsAny' : typeof right === 'number' ? pick(['atLeast', 'lessThan'], draw) : 'equals'
  return { op, left: { get: 'property', name }, right } as Rule
}

/** The value; where it is a list of nothing, which to compare with is refused as a slip, a list of something. */
export function comparable(value: Value, { of, oneOf }: Field): Value {
  if (!isList(value) || value.length > 0) return value
  return [of === 'number' ? 1 : (oneOf?.[0] ?? 'a')] as Value
}

function fieldsOf(shape: Shape): readonly (readonly [string, Field])[] {
  return Object.entries(shape).filter((entry): entry is [string, Field] => entry[1].type !== 'records')
}
