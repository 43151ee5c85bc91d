import { viewOf } from '../contacts/contact-view.js'
import { CoterieError, show } from '../base/errors.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../base/zone-offsets.js'
import { timeZone } from '../base/time-zone.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { AnyEngine } from '../population/any-engine.js'
import { eventsReaching, readGoal, type Goal, type ReadGoal } from '../population/goal.js'
import { instantOfDate } from '../rules/dates.js'
import { checkReaches, type History } from './history.js'

/** Moments of a contact: the events of a goal, its entering a segment as a history tells it, or a date among its attributes. */
export type Moments =
  Goal | { readonly entered: SegmentName; readonly history: History } | { readonly attribute: string }

/** Moments that were read: all those of a contact, in order, in ms. None lies in the future of the clock. */
export type ReadMoments = (contactId: string, from?: number, to?: number) => readonly number[]

/**
 * Reads what counts as a moment of a contact. Where it may lie is said on asking: from an instant on, and before another.
 *
 * @throws CoterieError `OPTION_INVALID`, and all that is wrong with a goal.
 */
export function readMoments(engine: AnyEngine, given: Moments, option: string): ReadMoments {
  if (typeof given === 'object' && 'op' in given) return ofGoal(engine, readGoal(engine, given, option))
  if (typeof given === 'object' && 'entered' in given) return ofEntering(segmentId(given.entered), given.history)
  if (typeof given === 'object' && typeof given.attribute === 'string') return ofAttribute(engine, given.attribute)
  throw new CoterieError('OPTION_INVALID', `The option ${option} is wrong`, {
    path: [option],
    received: show(given),
    expected: 'an event, { entered, history } or { attribute }',
  })
}

function ofGoal(engine: AnyEngine, goal: ReadGoal): ReadMoments {
  return (contactId, from = FIRST_INSTANT, to = LAST_INSTANT + 1) => {
    const contact = engine.contacts.get(contactId)
    if (contact === undefined) return []
    return eventsReaching(engine, viewOf(contact), goal, from, to).flatMap(({ at }) => at ?? [])
  }
}

function ofEntering(id: string, history: History): ReadMoments {
  const entered = new Map<string, number[]>()
  for (const { type, segmentId: segment, contactId, at } of history.moves) {
    if (type !== 'enter' || segment !== id) continue
    const known = entered.get(contactId)
    if (known === undefined) entered.set(contactId, [at])
    else known.push(at)
  }
  return (contactId, from, to = Infinity) => {
    if (from !== undefined) checkReaches(history, from)
    return (entered.get(contactId) ?? []).filter((at) => at >= (from ?? -Infinity) && at < to)
  }
}

function ofAttribute(engine: AnyEngine, name: string): ReadMoments {
  const zone = timeZone(engine.timeZone)
  return (contactId, from = -Infinity, to = Infinity) => {
    const value = engine.contact(contactId).get(name)
    const at = value === undefined ? undefined : instantOfDate(value, zone)
    return at === undefined || at > engine.now || at < from || at >= to ? [] : [at]
  }
}
