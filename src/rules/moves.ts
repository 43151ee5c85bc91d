import { timeZone } from '../base/time-zone.js'
import { anniversaryFlip } from '../base/anniversary.js'
import { durationOf } from '../base/duration.js'
import type { Edge } from '../base/window.js'
import { LAST_INSTANT } from '../base/zone-offsets.js'
import { placeFrom } from '../contacts/event.js'
import {
  isLiteral,
  type AnniversaryRule,
  type EventItems,
  type Items,
  type LeafRule,
  type Operand,
  type Rule,
  type SequenceRule,
  type WindowRule,
} from './ast.js'
import { dayOfDate, instantOfDate } from './dates.js'
import { holds, operandValue } from './evaluate.js'
import { allItems, itemOfEvent } from './items.js'
import { isLeaf, isMovedByTime, leavesOf } from './rule-walk.js'
import type { Item, Scope } from './scope.js'
import { isWindowRule, windowEdges } from './windows.js'

/*
 * When time alone may next move what a leaf says of a contact: an event of the future happens, an item crosses the edge of a
 * window, a date in a condition does. Each part answers for itself, and the whole takes the least. That is a lower bound: what
 * moves need not flip the leaf, but nothing flips it before.
 *
 * Costs a look at each item that the leaf is over.
 */

/** The least instant after `now` at which a leaf may flip by time; Infinity where it cannot any more. */
export function leafMovesAfter(leaf: LeafRule, scope: Scope): number {
  if (isWindowRule(leaf)) return Math.min(windowMovesAfter(leaf, scope), operandMovesAfter(leaf.left, scope))
  switch (leaf.op) {
    case 'anniversaryIn':
      return Math.min(anniversaryMovesAfter(leaf, scope), operandMovesAfter(leaf.left, scope))
    case 'some':
    case 'none':
      return itemsMoveAfter(leaf.of, scope)
    case 'every':
      return Math.min(
        itemsMoveAfter(leaf.of, scope),
        ...allItems(leaf.of, scope).map((item) => ruleMovesAfter(leaf.rule, { ...scope, item })),
      )
    case 'sequence':
      return sequenceMovesAfter(leaf, scope)
    case 'between':
      return leastOf([leaf.left, leaf.low, leaf.high], scope)
    case 'in':
    case 'notIn':
      return leastOf([leaf.left, ...leaf.right], scope)
    default:
      return 'left' in leaf ? leastOf('right' in leaf ? [leaf.left, leaf.right] : [leaf.left], scope) : Infinity
  }
}

/** The same for a condition on an item: the least of its leaves'. */
function ruleMovesAfter(rule: Rule, scope: Scope): number {
  if (isLeaf(rule)) return leafMovesAfter(rule, scope)
  return Math.min(Infinity, ...leavesOf(rule).map(({ leaf }) => leafMovesAfter(leaf, scope)))
}

function leastOf(operands: readonly Operand[], scope: Scope): number {
  return Math.min(...operands.map((operand) => operandMovesAfter(operand, scope)))
}

/** When the value of an operand may next move. */
function operandMovesAfter(operand: Operand, scope: Scope): number {
  if (isLiteral(operand)) return Infinity
  switch (operand.get) {
    case 'attribute':
    case 'contactId':
    case 'tagCount':
    case 'tagAdded':
    case 'property':
      return Infinity
    case 'length':
    case 'later':
    case 'earlier':
      return operandMovesAfter(operand.of, scope)
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return leastOf([operand.left, operand.right], scope)
    case 'count':
    case 'distinctPeriods':
      return itemsMoveAfter(operand.of, scope)
    default:
      return Math.min(itemsMoveAfter(operand.of, scope), valuesMoveAfter(operand.of, operand.value, scope))
  }
}

/** When the items that count may next be others. One that its `where` keeps out for good is passed over. */
function itemsMoveAfter(items: Items, scope: Scope): number {
  const { where } = items
  const counts = (item: Item): boolean => where === undefined || holds(where, { ...scope, item })
  if ('events' in items && (where === undefined || !isMoved(where))) {
    return eventsMoveAfter(items, scope, counts)
  }
  const edges = items.window === undefined ? undefined : windowEdges(items.window, scope.timeZone)
  let least = Infinity
  for (const item of allItems(items, scope)) {
    const moves = where === undefined ? Infinity : ruleMovesAfter(where, { ...scope, item })
    least = Math.min(least, moves)
    if (item.at === undefined || (moves === Infinity && !counts(item))) continue
    if ('events' in items && item.at > scope.now) least = Math.min(least, item.at)
    if (edges === undefined) continue
    least = Math.min(least, crossedAfter(edges.to, item.at, scope), crossedAfter(edges.from, item.at, scope))
  }
  return least
}

const moved = new WeakMap<Rule, boolean>()

/** Whether time moves a condition on items; rules that were read are frozen, so it is found out once. */
function isMoved(where: Rule): boolean {
  let found = moved.get(where)
  if (found === undefined) moved.set(where, (found = leavesOf(where).some(({ leaf }) => isMovedByTime(leaf))))
  return found
}

/**
 * Where time moves no condition on the events, they happen, and cross the edges of a window, in the order in which they
 * stand: only the first that counts beyond each edge is of interest.
 */
function eventsMoveAfter({ events: type, window }: EventItems, scope: Scope, counts: (item: Item) => boolean): number {
  const events = scope.contact.events(type)
  const firstFrom = (instant: number): number | undefined => {
    for (let place = placeFrom(events, instant); place < events.length; place += 1) {
      const event = events[place]
      if (event !== undefined && counts(itemOfEvent(event))) return event.at
    }
    return undefined
  }
  let least = firstFrom(scope.now + 1) ?? Infinity
  if (window === undefined) return least
  const { from, to } = windowEdges(window, scope.timeZone)
  for (const edge of [from, to]) {
    const at = firstFrom(edge.boundAt(scope.now))
    if (at !== undefined) least = Math.min(least, crossedAfter(edge, at, scope))
  }
  return least
}

/** A value of an item moves only where it is over records inside the item. */
function valuesMoveAfter(items: Items, value: Operand | undefined, scope: Scope): number {
  if (value === undefined || isLiteral(value) || value.get === 'property') return Infinity
  return Math.min(Infinity, ...allItems(items, scope).map((item) => operandMovesAfter(value, { ...scope, item })))
}

function crossedAfter(edge: Edge, instant: number, { now }: Scope): number {
  const at = edge.crossing(instant)
  return at > now ? at : Infinity
}

function windowMovesAfter(leaf: WindowRule, scope: Scope): number {
  const date = operandValue(leaf.left, scope)
  const instant = date === undefined ? undefined : instantOfDate(date, timeZone(leaf.timeZone ?? scope.timeZone))
  if (instant === undefined) return Infinity
  const { from, to } = windowEdges(leaf, scope.timeZone)
  return Math.min(crossedAfter(from, instant, scope), crossedAfter(to, instant, scope))
}

function anniversaryMovesAfter(
  { left, days, current, leapDay = 'feb28', timeZone: zoneName }: AnniversaryRule,
  scope: Scope,
): number {
  const zone = timeZone(zoneName ?? scope.timeZone)
  const date = operandValue(left, scope)
  const day = date === undefined ? undefined : dayOfDate(date, zone)
  const flip = day === undefined ? undefined : anniversaryFlip(day, zone.dayOf(scope.now), days, current, leapDay)
  const at = flip === undefined ? Infinity : zone.startOfDay(flip)
  return at > LAST_INSTANT ? Infinity : at
}

/** Its events move, and a step that must not happen has not happened once its time is over. */
function sequenceMovesAfter({ steps }: SequenceRule, scope: Scope): number {
  let least = Infinity
  for (const { of } of steps) least = Math.min(least, itemsMoveAfter(of, scope))
  const limits = steps.filter(({ not }) => not === true).map(({ within }) => durationOf(within ?? '0ms'))
  if (limits.length === 0) return least
  for (const { of } of steps) {
    for (const { at = -Infinity } of allItems(of, scope)) {
      for (const limit of limits) {
        const over = limit.kind === 'exact' ? at + limit.ms : Infinity
        if (over > scope.now) least = Math.min(least, over)
      }
    }
  }
  return least
}
