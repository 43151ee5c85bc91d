import { durationOf, type DurationText } from '../../src/base/duration.js'
import { timeZone } from '../../src/base/time-zone.js'
import type { Rule } from '../../src/rules/ast.js'
import { instantOfDate } from '../../src/rules/dates.js'
import { operandValue } from '../../src/rules/evaluate.js'
import { conditionsOf, decisionOrder, nodesOf } from '../../src/testing/naive/order.js'
import { readersIn } from '../../src/testing/naive/holding.js'
import { belongs } from '../../src/testing/naive/settlement.js'
import {
  contactsOf,
  segmentsOf,
  viewOf,
  type ModelContact,
  type ModelSegment,
  type ModelState,
} from '../../src/testing/naive/state.js'

/*
 * A clock as naive as can be. It walks the grid of quarter hours, on which all local midnights lie, and asks at each instant whether
 * anything is different from before. Dates and events that lie beside the grid, and what lies a duration or two from them,
 * are instants to ask at as well. It knows nothing of how windows move.
 */

const quarter = 900_000

const ofTime: readonly string[] = [
  'inLast',
  'notInLast',
  'inNext',
  'moreThanAgo',
  'betweenAgo',
  'inCalendar',
  'anniversaryIn',
]

/** The first instant after `now`, up to `until`, at which time alone ends a slot or moves somebody. */
export function nextDueOnGrid(state: ModelState, until: number, zone: string): number | undefined {
  const timed = timedSegments(state)
  if (timed.size === 0) return undefined
  const order = (decisionOrder(segmentsOf(state), readersIn(state)) ?? []).filter(({ id }) => timed.has(id))
  const watched = contactsOf(state).map((contact) => watch(state, contact))
  const slotEnd = Math.min(...slotEnds(state).filter((end) => end > state.now))
  const beside = instantsBeside(state, zone).filter((instant) => instant > state.now && instant <= until)
  let at = state.now
  for (;;) {
    const onGrid = (Math.floor(at / quarter) + 1) * quarter
    const next = Math.min(onGrid, ...beside.filter((instant) => instant > at))
    if (next > until) return undefined
    at = next
    if (at >= slotEnd || watched.some((one) => moves(one, order, at, zone))) return at
  }
}

/** A contact, and in which segments it is. */
interface Watched {
  readonly contact: ModelContact
  readonly inside: ReadonlyMap<string, boolean>
}

function watch(state: ModelState, contact: ModelContact): Watched {
  return { contact, inside: new Map(segmentsOf(state).map(({ id, members }) => [id, members.has(contact.serial)])) }
}

/** Whether anything is different for a contact at an instant, slots aside. */
function moves({ contact, inside }: Watched, order: readonly ModelSegment[], at: number, zone: string): boolean {
  // The first difference is enough, so until then the others are as they were.
  return order.some((segment) => belongs(segment, contact, at, zone, inside) !== inside.get(segment.id))
}

function slotEnds(state: ModelState): number[] {
  return segmentsOf(state).flatMap(({ include, exclude }) =>
    [...include.values(), ...exclude.values()].map(({ until }) => until ?? Infinity),
  )
}

/** The segments that time can move, by id: with a rule of time, with slots that end, or referring to such. */
function timedSegments(state: ModelState): ReadonlySet<string> {
  const timed = new Set<string>()
  for (const segment of decisionOrder(segmentsOf(state), readersIn(state)) ?? []) {
    const slots = [...segment.include.values(), ...segment.exclude.values()]
    const nodes = rulesOf(segment).flatMap(nodesOf)
    const moves = nodes.some(
      (node) => ofTime.includes(node.op) || isOverItems(node) || (node.op === 'inSegment' && timed.has(node.segment)),
    )
    if (moves || segment.kind === 'damped' || slots.some((slot) => slot.until !== undefined)) timed.add(segment.id)
  }
  return timed
}

/** Whether a condition is over events or records; time may move any such. */
function isOverItems(node: Rule): boolean {
  return /"(events|records)":/.test(JSON.stringify(node))
}

/** The instants beside the grid at which something may happen. */
function instantsBeside(state: ModelState, zone: string): number[] {
  const ofRules = segmentsOf(state).flatMap((segment) =>
    rulesOf(segment).flatMap((rule) => instantsOf(state, rule, zone)),
  )
  const instants = [...slotEnds(state).filter(Number.isFinite), ...segmentsOf(state).flatMap(dampedEnds), ...ofRules]
  return [...new Set(instants)].filter((instant) => instant % quarter !== 0)
}

/** The instants at which a contact may move again in a damped segment. */
function dampedEnds({ damping, movedAt }: ModelSegment): number[] {
  const lengths = [damping?.minimumStay, damping?.coolDown].filter((text) => text !== undefined).map(durationOf)
  return [...movedAt.values()].flatMap((at) => lengths.map((length) => at + (length.kind === 'exact' ? length.ms : 0)))
}

function rulesOf({ rule, damping }: ModelSegment): readonly Rule[] {
  return [rule, damping?.stay].filter((one) => one !== undefined)
}

/** Those of dates of contacts, and those of events. An event that is recorded now lies beside the grid where the clock does. */
function instantsOf(state: ModelState, rule: Rule, zone: string): number[] {
  return [...instantsOfDates(state, rule, zone), ...instantsOfEvents(state, rule)]
}

function instantsOfEvents(state: ModelState, rule: Rule): number[] {
  const lengths = exactLengthsIn(rule)
  const distances = [0, ...lengths, ...lengths.flatMap((one) => lengths.map((other) => one + other))]
  const beside = contactsOf(state).flatMap(({ events }) => events.filter(({ at }) => at % quarter !== 0))
  return beside.flatMap(({ at }) => distances.map((distance) => at + distance))
}

/** The exact durations that stand anywhere in a rule, in ms. */
function exactLengthsIn(rule: Rule): readonly number[] {
  const texts = JSON.stringify(rule).match(/(?<=":")\d+(?:ms|s|m|h|d|w)(?=")/g) ?? []
  return [...new Set(texts)].map((text) => {
    const duration = durationOf(text as DurationText)
    return duration.kind === 'exact' ? duration.ms : 0
  })
}

function instantsOfDates(state: ModelState, rule: Rule, zone: string): number[] {
  return conditionsOf(rule).flatMap((leaf) => {
    if (!ofTime.includes(leaf.op) || !('left' in leaf)) return []
    const inZone = ('timeZone' in leaf ? leaf.timeZone : undefined) ?? zone
    const texts = [
      ...('duration' in leaf ? [leaf.duration] : []),
      ...('from' in leaf ? [leaf.from] : []),
      ...('to' in leaf ? [leaf.to] : []),
    ]
    const lengths = texts.map(durationOf).map((duration) => (duration.kind === 'exact' ? duration.ms : 0))
    return contactsOf(state).flatMap((contact) => {
      const scope = { contact: viewOf(contact), now: state.now, timeZone: zone, inSegment: () => false }
      const value = operandValue(leaf.left, scope)
      const instant = value === undefined ? undefined : instantOfDate(value, timeZone(inZone))
      return instant === undefined ? [] : [0, ...lengths].flatMap((length) => [instant - length, instant + length])
    })
  })
}
