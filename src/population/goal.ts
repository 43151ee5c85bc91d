import { CoterieError, show } from '../base/errors.js'
import type { ContactView } from '../contacts/contact.js'
import type { EventItems, Rule } from '../rules/ast.js'
import { holds, operandValue } from '../rules/evaluate.js'
import { checkFolded } from '../rules/folded-issues.js'
import { itemsOf } from '../rules/items.js'
import type { Item, Scope } from '../rules/scope.js'
import type { AnyEngine } from './any-engine.js'
import { readRuleFor } from './selection.js'

/** What somebody is to do: an event, with conditions on it or without, as `events('purchase').where(…).exists()` says it. */
export type Goal = Rule

/** A goal that was read: the events that reach it. */
export type ReadGoal = Omit<EventItems, 'window'>

/**
 * Reads a goal; when it counts is not for it to say, so it has no window.
 *
 * @throws CoterieError `OPTION_INVALID` where it is another rule, and all that is wrong with it.
 */
export function readGoal(engine: AnyEngine, goal: Goal, option: string): ReadGoal {
  const read = readRuleFor(engine, goal)
  if (read.op === 'some' && 'events' in read.of && read.of.window === undefined) return read.of
  throw new CoterieError('OPTION_INVALID', `The option ${option} is no event`, {
    path: [option],
    received: show(goal),
    expected: 'events(type).exists(), or events(type).where(…).exists(), without a window',
  })
}

/**
 * The events of a contact that reach a goal, from one instant on and before another, in order; those of the future of the
 * clock have not happened.
 *
 * @throws CoterieError `RULE_NEEDS_FOLDED` where some that may have been among them were folded away.
 */
export function eventsReaching(
  engine: AnyEngine,
  contact: ContactView,
  goal: ReadGoal,
  from: number,
  to: number,
): readonly Item[] {
  const of: EventItems = Object.freeze({ ...goal, window: Object.freeze({ window: 'absolute', from, to }) })
  const { now, timeZone } = engine
  const folded = contact.folded(goal.events)
  if (folded !== undefined) {
    const kept = { before: folded.before, keeps: () => false }
    checkFolded(Object.freeze({ op: 'some', of }), { now, timeZone }, (type) =>
      type === goal.events ? kept : undefined,
    )
  }
  const scope: Scope = { contact, now, timeZone, inSegment: () => false }
  return itemsOf(of, scope, { holds, value: operandValue })
}
