import { timeZone } from '../base/time-zone.js'
import { placeFrom, type HeldEvent } from '../contacts/event.js'
import { fieldValue, innerRecords, type RecordFields } from '../contacts/record.js'
import type { Value } from '../contacts/value.js'
import type { EventItems, Items, RecordItems } from './ast.js'
import { instantOfDate } from './dates.js'
import type { Evaluator, Item, Scope } from './scope.js'
import { intervalOf } from './windows.js'

/** The items that an aggregate is over: those that have happened, lie in its window and satisfy its `where`, in their order. */
export function itemsOf(items: Items, scope: Scope, evaluator: Evaluator): readonly Item[] {
  const { where } = items
  const found = 'events' in items ? eventsInTime(items, scope) : recordsInTime(items, scope)
  return where === undefined ? found : found.filter((item) => evaluator.holds(where, { ...scope, item }))
}

/** How many there are. Where all of a window count, nothing need be looked at but when they happened. */
export function countOfItems(items: Items, scope: Scope, evaluator: Evaluator): number {
  if (!('events' in items) || items.where !== undefined) return itemsOf(items, scope, evaluator).length
  const { from, to } = happened(items, scope)
  return scope.contact.countEvents(items.events, from, to)
}

/** The items without regard to time and `where`, in their order. */
export function allItems(items: Items, scope: Scope): readonly Item[] {
  return 'events' in items ? scope.contact.events(items.events).map(itemOfEvent) : recordItems(items, scope)
}

/** An event as conditions see it. */
export function itemOfEvent(event: HeldEvent): Item {
  return new EventItem(event)
}

class EventItem implements Item {
  readonly #event: HeldEvent

  constructor(event: HeldEvent) {
    this.#event = event
  }

  get at(): number {
    return this.#event.at
  }

  value(name: string): Value | undefined {
    const { properties } = this.#event
    return Object.hasOwn(properties, name) ? properties[name] : undefined
  }

  records(): readonly RecordFields[] {
    return []
  }
}

/** Events stand in the order of their instants, so those of a window are one run of them. */
function eventsInTime(items: EventItems, scope: Scope): readonly Item[] {
  const events = scope.contact.events(items.events)
  const { from, to } = happened(items, scope)
  const start = placeFrom(events, from)
  const end = placeFrom(events, to)
  return start === 0 && end === events.length ? events.map(itemOfEvent) : events.slice(start, end).map(itemOfEvent)
}

/** When events have to be to have happened, and to lie in the window: from the one instant on, before the other. */
function happened({ window }: EventItems, scope: Scope): { readonly from: number; readonly to: number } {
  if (window === undefined) return { from: -Infinity, to: scope.now + 1 }
  const { from, to } = intervalOf(window, scope)
  return { from, to: Math.min(to, scope.now + 1) }
}

function recordsInTime(items: RecordItems, scope: Scope): readonly Item[] {
  const records = recordItems(items, scope)
  if (items.window === undefined) return records
  const { from, to } = intervalOf(items.window, scope)
  return records.filter(({ at }) => at !== undefined && from <= at && at < to)
}

/** Records in the order of their time, where they have one, and otherwise of their ids or places. */
function recordItems({ records: [collection = '', ...inner], by, window }: RecordItems, scope: Scope): readonly Item[] {
  let found: readonly RecordFields[] = scope.item?.records(collection) ?? scope.contact.records(collection)
  for (const name of inner) found = found.flatMap((record) => innerRecords(record, name))
  const zone = timeZone((window !== undefined && 'timeZone' in window ? window.timeZone : undefined) ?? scope.timeZone)
  const items = found.map((record): Item => {
    const date = by === undefined ? undefined : fieldValue(record, by)
    return {
      at: date === undefined ? undefined : instantOfDate(date, zone),
      value: (name) => fieldValue(record, name),
      records: (name) => innerRecords(record, name),
    }
  })
  return by === undefined ? items : items.sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
}
