import type { ContactEvent } from '../../contacts/event.js'
import type { ContactRecord, RecordFields } from '../../contacts/record.js'
import type { Field, RecordsField, Shape } from '../../contacts/schema.js'
import { holderKinds, type HeldTag } from '../../contacts/tag.js'
import type { Value } from '../../contacts/value.js'
import type { TestContact, TestMoment } from './moment.js'
import type { Pools } from './pools.js'

/*
 * Contacts pieced together from the pools of a world, by a source of whole numbers: a generator with a seed, or whatever
 * a property test draws from. With rules, only what these read is put on, and mostly what they name.
 */

/** Draws a whole number from 0 up to, but not, `n`. */
export type Draw = (n: number) => number

/** Draws from a linear congruential generator: the same numbers for the same seed, everywhere. */
export function drawFrom(seed: number): Draw {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x9e3779b9) >>> 0
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * n)
  }
}

/** A contact, and an instant to ask about it. */
export function drawMoment(pools: Pools, draw: Draw): TestMoment {
  const { moments, world } = pools
  const now = draw(2) === 0 ? world.now : pick(moments, draw)
  return { contact: drawContact(pools, now, draw), now }
}

/** A contact as it may stand at an instant. */
export function drawContact(pools: Pools, now: number, draw: Draw): TestContact {
  const { schema, rules } = pools.world
  const { named } = pools
  const isAsked = (names: ReadonlySet<string>, name: string): boolean => rules.length === 0 || names.has(name)
  const attributes: Record<string, Value> = {}
  for (const [name, field] of Object.entries(schema.attributes ?? {}))
    if (isAsked(named.attributes, name) && draw(5) > 0) put(attributes, name, pick(pools.valuesOf(field, now), draw))
  const events = Object.entries(schema.events ?? {})
    .filter(([type]) => isAsked(named.events, type))
    .flatMap(([type, shape]) => drawEvents(pools, type, shape, now, draw))
  const records: Record<string, readonly ContactRecord[]> = {}
  for (const [name, shape] of Object.entries(schema.records ?? {}))
    if (isAsked(named.records, name)) put(records, name, drawRecords(pools, shape, now, draw))
  const tags = pools.tags.filter(() => draw(2) === 0).map((tag) => drawTag(pools, tag, now, draw))
  const ids = ['ada', 'bob', 'cyd', ...named.texts.filter((text) => text !== '')]
  return { id: draw(2) === 0 ? 'ada' : pick(ids, draw), attributes, tags, events, records }
}

function drawTag(pools: Pools, tag: string, now: number, draw: Draw): HeldTag {
  const since = draw(2) === 0 ? 0 : pick(pools.instants(now), draw)
  const by = draw(2) === 0 ? undefined : pick([...pools.named.holders, 'x'], draw)
  const kind = draw(2) === 0 ? 'person' : pick(holderKinds, draw)
  return { tag, since, holders: [{ kind, ...(by === undefined ? {} : { by }), at: since }] }
}

function drawEvents(
  pools: Pools,
  type: string,
  shape: { readonly [name: string]: Field },
  now: number,
  draw: Draw,
): readonly ContactEvent[] {
  const events: ContactEvent[] = []
  for (let left = draw(pools.mostItems + 1); left > 0; left--) {
    const last = events.at(-1)
    const isNear = last !== undefined && draw(2) === 0
    const at = isNear ? last.at + pick(pools.distances, draw) + draw(3) - 1 : pick(pools.instants(now), draw)
    events.push({ type, at, properties: drawFields(pools, shape, now, draw) as Readonly<Record<string, Value>> })
  }
  return events
}

function drawRecords(pools: Pools, shape: Shape, now: number, draw: Draw): readonly ContactRecord[] {
  return Array.from({ length: draw(pools.mostItems + 1) }, (_, place) => ({
    ...drawFields(pools, shape, now, draw),
    id: `r${String(place + 1)}`,
  }))
}

function drawFields(pools: Pools, shape: Shape, now: number, draw: Draw): RecordFields {
  const fields: Record<string, RecordFields[string]> = {}
  for (const [name, field] of Object.entries(shape)) {
    if (draw(6) === 0) continue
    put(fields, name, isRecords(field) ? drawLines(pools, field, now, draw) : pick(pools.valuesOf(field, now), draw))
  }
  return fields
}

function drawLines(pools: Pools, { fields }: RecordsField, now: number, draw: Draw): readonly RecordFields[] {
  return Array.from({ length: draw(3) }, () => drawFields(pools, fields, now, draw))
}

function isRecords(field: Field | RecordsField): field is RecordsField {
  return field.type === 'records'
}

/** Also under a name such as `__proto__`. */
function put<T>(into: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
}

/** One of a list. */
export function pick<T>(list: readonly T[], draw: Draw): T {
  return list[draw(list.length)] as T
}
