import { compareText } from '../base/text.js'
import type { Value } from './value.js'

/** Something that happened to a contact at an instant. */
export interface ContactEvent {
  readonly type: string
  /** When it happened, in ms; in the future of the clock it has not happened yet. */
  readonly at: number
  readonly properties: Readonly<Record<string, Value>>
  /** Unique within the contact. */
  readonly id?: string
}

/** An event that a contact has: `arrival` rises with each that comes, and orders those that nothing else does. */
export interface HeldEvent extends ContactEvent {
  readonly arrival: number
}

/** What gives an event its place in the order. */
export type EventPlace = Pick<HeldEvent, 'at' | 'id' | 'arrival'>

/** The order of a contact's events: by instant, then by id, then those without an id in the order in which they arrived. */
export function compareEvents(a: EventPlace, b: EventPlace): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.id !== undefined && b.id !== undefined) return compareText(a.id, b.id)
  if (a.id === undefined && b.id === undefined) return a.arrival - b.arrival
  return a.id === undefined ? 1 : -1
}

/** The place of the first of events in order that is not before an instant; their number where all are. */
export function placeFrom(events: readonly HeldEvent[], instant: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.at ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}
