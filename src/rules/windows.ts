import { durationOf } from '../base/duration.js'
import { timeZone } from '../base/time-zone.js'
import { edgesOf, type Edge, type Window } from '../base/window.js'
import type { WindowRule } from './ast.js'

/** Whether a rule asks a date for a window that moves with the clock. */
export function isWindowRule(rule: { readonly op: string }): rule is WindowRule {
  switch (rule.op) {
    case 'inLast':
    case 'notInLast':
    case 'inNext':
    case 'moreThanAgo':
    case 'betweenAgo':
    case 'inCalendar':
      return true
    default:
      return false
  }
}

/** The window of a rule, without its zone. */
export function windowOf(rule: WindowRule): Window {
  switch (rule.op) {
    case 'inLast':
    case 'notInLast':
      return { window: 'inLast', duration: durationOf(rule.duration) }
    case 'inNext':
    case 'moreThanAgo':
      return { window: rule.op, duration: durationOf(rule.duration) }
    case 'betweenAgo':
      return { window: 'betweenAgo', from: durationOf(rule.from), to: durationOf(rule.to) }
    case 'inCalendar':
      return { window: 'calendar', period: rule.period, weekStartsOn: rule.weekStartsOn ?? 'monday' }
  }
}

interface Edges {
  readonly from: Edge
  readonly to: Edge
}

const edges = new WeakMap<WindowRule, Map<string, Edges>>()

/** The two edges of a rule's window: the bounds between which a date lies in it, as the clock moves. */
export function windowEdges(rule: WindowRule, defaultZone: string): Edges {
  const zone = rule.timeZone ?? defaultZone
  let byZone = edges.get(rule)
  if (byZone === undefined) edges.set(rule, (byZone = new Map<string, Edges>()))
  let found = byZone.get(zone)
  if (found === undefined) byZone.set(zone, (found = edgesOf(windowOf(rule), timeZone(zone))))
  return found
}

/** The window of a rule at an instant, as `[from, to)` in ms; infinite where it is open. */
export function intervalOf(
  rule: WindowRule,
  scope: { readonly now: number; readonly timeZone: string },
): { readonly from: number; readonly to: number } {
  const { from, to } = windowEdges(rule, scope.timeZone)
  return { from: from.boundAt(scope.now), to: to.boundAt(scope.now) }
}
