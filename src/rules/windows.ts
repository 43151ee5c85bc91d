import { durationOf } from '../base/duration.js'
import { timeZone } from '../base/time-zone.js'
import { edgesOf, type Edge, type Window } from '../base/window.js'
import type { ItemWindow, WindowRule } from './ast.js'

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

/** The window of an aggregate, without its zone. */
export function itemWindowOf(window: ItemWindow): Window {
  switch (window.window) {
    case 'inLast':
    case 'inNext':
    case 'moreThanAgo':
      return { window: window.window, duration: durationOf(window.duration) }
    case 'betweenAgo':
      return { window: 'betweenAgo', from: durationOf(window.from), to: durationOf(window.to) }
    case 'absolute':
      return { window: 'absolute', from: window.from, to: window.to }
    case 'inCalendar':
      return { window: 'calendar', period: window.period, weekStartsOn: window.weekStartsOn ?? 'monday' }
  }
}

/** The two edges of a window. */
export interface Edges {
  readonly from: Edge
  readonly to: Edge
}

const edges = new WeakMap<WindowRule | ItemWindow, Map<string, Edges>>()

/** The two edges of a rule's or an aggregate's window: the bounds between which a date lies in it, as the clock moves. */
export function windowEdges(of: WindowRule | ItemWindow, defaultZone: string): Edges {
  const zone = ('timeZone' in of ? of.timeZone : undefined) ?? defaultZone
  let byZone = edges.get(of)
  if (byZone === undefined) edges.set(of, (byZone = new Map<string, Edges>()))
  let found = byZone.get(zone)
  if (found === undefined) {
    found = edgesOf('op' in of ? windowOf(of) : itemWindowOf(of), timeZone(zone))
    byZone.set(zone, found)
  }
  return found
}

/** A window at an instant, as `[from, to)` in ms; infinite where it is open. */
export function intervalOf(
  of: WindowRule | ItemWindow,
  scope: { readonly now: number; readonly timeZone: string },
): { readonly from: number; readonly to: number } {
  const { from, to } = windowEdges(of, scope.timeZone)
  return { from: from.boundAt(scope.now), to: to.boundAt(scope.now) }
}
