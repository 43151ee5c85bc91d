/*
 * A rule of one contact whose data stand still, as a function of time. Such a function can be asked two things: does it
 * hold at an instant, and what is the next instant at which it may be otherwise. The second needs only a lower bound, so
 * each part answers for itself and the whole takes the least; the truth is then asked at that instant, and if nothing
 * flipped, the search goes on from there.
 *
 * Why it ends soon: a date enters a window at most once and leaves it at most once, since the edges of windows never go
 * back, and an anniversary comes and goes once a year. Parts that can no longer flip are left out where they decide
 * the whole: an `all` with a tag that the contact has not is never worth a look.
 */

import { timeZone } from '../base/time-zone.js'
import type { ContactView } from '../contacts/contact.js'
import type { LeafRule, Rule, WindowRule } from './ast.js'
import { instantOfDate } from './dates.js'
import { holds, isNegative, operandValue } from './evaluate.js'
import { leafMovesAfter } from './moves.js'
import { fieldsOf, innerRules, isMovedByTime } from './rule-walk.js'
import type { Scope } from './scope.js'
import { atLeast, complement, during, standing, type Timed } from './timed-parts.js'
import { isWindowRule, windowEdges } from './windows.js'

export type { Timed } from './timed-parts.js'

/** When a truth changes: at an instant; never, as time goes; or at some instant after the one to which it was looked for. */
export type NextChange = { readonly at: number } | { readonly never: true } | { readonly notBefore: number }

/**
 * The first flip after `after`, up to `horizon`; beyond it, the horizon in `notBefore`. An anniversary costs two looks for
 * each year up to the flip or the horizon, so a horizon should not be further away than somebody cares about.
 */
export function nextFlip(timed: Timed, after: number, horizon: number): NextChange {
  const before = timed.holdsAt(after)
  let at = timed.mayFlipAfter(after)
  while (at <= horizon) {
    if (timed.holdsAt(at) !== before) return Object.freeze({ at })
    at = timed.mayFlipAfter(at)
  }
  return Object.freeze(at === Infinity ? { never: true } : { notBefore: horizon })
}

/** A rule of a contact in time; `segmentOf` gives the membership of each segment it refers to. */
export function timedRule(
  rule: Rule,
  contact: ContactView,
  defaultZone: string,
  segmentOf: (id: string) => Timed,
): Timed {
  const inner = innerRules(rule).map((part) => timedRule(part.rule, contact, defaultZone, segmentOf))
  return timedNode(rule, inner, contact, defaultZone, segmentOf)
}

/** A node in time, whose inner rules are in time already. */
export function timedNode(
  rule: Rule,
  inner: readonly Timed[],
  contact: ContactView,
  defaultZone: string,
  segmentOf: (id: string) => Timed,
): Timed {
  switch (rule.op) {
    case 'everyone':
    case 'nobody':
      return standing(rule.op === 'everyone')
    case 'all':
      return atLeast(inner.length, inner)
    case 'any':
      return atLeast(1, inner)
    case 'someOf':
      return atLeast(rule.count, inner)
    case 'not':
      return complement(atLeast(1, inner))
    case 'inSegment':
      return segmentOf(rule.segment)
    default:
      return timedLeaf(rule, contact, defaultZone)
  }
}

function timedLeaf(leaf: LeafRule, contact: ContactView, defaultZone: string): Timed {
  const scope: Scope = { contact, now: 0, timeZone: defaultZone, inSegment: () => false }
  if (!isMovedByTime(leaf)) return standing(holds(leaf, scope))
  if (isWindowRule(leaf) && !fieldsOf(leaf).itemsMove) {
    const inWindow = timedWindow(leaf, scope)
    return isNegative(leaf) ? complement(inWindow) : inWindow
  }
  return {
    holdsAt: (now) => holds(leaf, { ...scope, now }),
    mayFlipAfter: (now) => leafMovesAfter(leaf, { ...scope, now }),
  }
}

function timedWindow(leaf: WindowRule, scope: Scope): Timed {
  const date = operandValue(leaf.left, scope)
  const instant = date === undefined ? undefined : instantOfDate(date, timeZone(leaf.timeZone ?? scope.timeZone))
  if (instant === undefined) return standing(false)
  const { from, to } = windowEdges(leaf, scope.timeZone)
  return during(to.crossing(instant), from.crossing(instant))
}
