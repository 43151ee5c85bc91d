/*
 * Sequences: is there some choice of events, one per step, strictly rising in their order, that keeps every limit?
 *
 * The events of all steps stand in one list. For a step, the events that can serve it with all steps before it served are
 * marked; an event can when it satisfies the step and a marked one of the step before lies in the right stretch before it. That
 * stretch is one run of the list, since order rises with time, so counts of marks up to each place answer it: all choices are
 * tried at once, and none greedily. A step that must not happen takes marks away. Limits from the start need the first event,
 * so with them each first event is tried alone.
 *
 * Costs the number of events times steps, times the number of first events where a limit is from the start.
 */

import { durationOf } from '../base/duration.js'
import { compareEvents, type HeldEvent } from '../contacts/event.js'
import { valueKey } from '../contacts/value.js'
import type { SequenceRule, SequenceStep } from './ast.js'
import { itemOfEvent } from './items.js'
import type { Evaluator, Scope } from './scope.js'
import { intervalOf } from './windows.js'

/** Whether a sequence holds of a contact at an instant. */
export function sequenceHolds(rule: SequenceRule, scope: Scope, evaluator: Evaluator): boolean {
  const events = eventsOf(rule, scope)
  return groupsOf(events, rule.same).some((group) => isServed(rule.steps, group, scope, evaluator))
}

/** The events of all steps that have happened, in their order, each once. */
function eventsOf({ steps }: SequenceRule, { contact, now }: Scope): readonly HeldEvent[] {
  const types = [...new Set(steps.map(({ of }) => of.events))]
  const events = types.flatMap((type) => contact.events(type)).filter(({ at }) => at <= now)
  return types.length === 1 ? events : events.sort(compareEvents)
}

/** With `same`, the events that share the value of that property; those without it serve no step. */
function groupsOf(events: readonly HeldEvent[], same: string | undefined): readonly (readonly HeldEvent[])[] {
  if (same === undefined) return [events]
  const groups = new Map<string, HeldEvent[]>()
  for (const event of events) {
    const value = itemOfEvent(event).value(same)
    if (value === undefined) continue
    const group = groups.get(valueKey(value))
    if (group === undefined) groups.set(valueKey(value), [event])
    else group.push(event)
  }
  return [...groups.values()]
}

function isServed(
  steps: readonly SequenceStep[],
  events: readonly HeldEvent[],
  scope: Scope,
  evaluator: Evaluator,
): boolean {
  const serves = steps.map((step) => events.map((event) => satisfies(event, step, scope, evaluator)))
  const [first = []] = serves
  if (!steps.some(({ from }) => from === 'start')) return reaches(steps, serves, events, first, undefined, scope.now)
  return first.some(
    (isFirst, place) =>
      isFirst &&
      reaches(
        steps,
        serves,
        events,
        first.map((_, other) => other === place),
        events[place]?.at,
        scope.now,
      ),
  )
}

function satisfies(event: HeldEvent, { of }: SequenceStep, scope: Scope, evaluator: Evaluator): boolean {
  if (event.type !== of.events) return false
  if (of.window !== undefined) {
    const { from, to } = intervalOf(of.window, scope)
    if (event.at < from || event.at >= to) return false
  }
  return of.where === undefined || evaluator.holds(of.where, { ...scope, item: itemOfEvent(event) })
}

/** Whether the last step can be served, the first being served by one of `marks`; `start` is its instant where one is tried alone. */
function reaches(
  steps: readonly SequenceStep[],
  serves: readonly (readonly boolean[])[],
  events: readonly HeldEvent[],
  marks: readonly boolean[],
  start: number | undefined,
  now: number,
): boolean {
  let marked = marks
  for (const [place, step] of steps.entries()) {
    if (place === 0) continue
    const serving = serves[place] ?? []
    marked =
      step.not === true
        ? withoutFollower(step, serving, events, marked, start, now)
        : next(step, serving, events, marked, start)
  }
  return marked.includes(true)
}

/** The events that serve a step after one that is marked. */
function next(
  { within, after, from }: SequenceStep,
  serving: readonly boolean[],
  events: readonly HeldEvent[],
  marked: readonly boolean[],
  start: number | undefined,
): readonly boolean[] {
  const latest = within === undefined ? Infinity : ms(within)
  const soonest = after === undefined ? -Infinity : ms(after)
  const before = runningCount(marked)
  return events.map(({ at }, place) => {
    if (serving[place] !== true) return false
    if (from === 'start' && start !== undefined) {
      return start + soonest <= at && at < start + latest && (before[place] ?? 0) > 0
    }
    // Marked events before this one, later than `within` before it, and not later than `after` before it.
    const low = firstPlace(events, (event) => event.at > at - latest)
    const high = Math.min(
      place,
      firstPlace(events, (event) => event.at > at - soonest),
    )
    return low < high && (before[high] ?? 0) > (before[low] ?? 0)
  })
}

/** The marked events that no event of the step follows in time, once that is certain. */
function withoutFollower(
  { within, from }: SequenceStep,
  serving: readonly boolean[],
  events: readonly HeldEvent[],
  marked: readonly boolean[],
  start: number | undefined,
  now: number,
): readonly boolean[] {
  const followers = runningCount(serving)
  return events.map(({ at }, place) => {
    if (marked[place] !== true) return false
    const end = (from === 'start' && start !== undefined ? start : at) + (within === undefined ? Infinity : ms(within))
    if (end > now) return false
    const last = firstPlace(events, (event) => event.at >= end)
    return last <= place + 1 || followers[last] === followers[place + 1]
  })
}

/** How many are true before each place, and before the end. */
function runningCount(flags: readonly boolean[]): readonly number[] {
  const counts = [0]
  for (const flag of flags) counts.push((counts.at(-1) ?? 0) + (flag ? 1 : 0))
  return counts
}

/** The first place of which something holds that goes on holding from there; the length where there is none. */
function firstPlace(events: readonly HeldEvent[], test: (event: HeldEvent) => boolean): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    const event = events[middle]
    if (event !== undefined && test(event)) high = middle
    else low = middle + 1
  }
  return low
}

function ms(text: Parameters<typeof durationOf>[0]): number {
  const duration = durationOf(text)
  return duration.kind === 'exact' ? duration.ms : Number.NaN
}
