import { endDay, firstDay, isMoving, type CalendarPeriod, type Weekday } from './calendar-period.js'
import { addMonths } from './civil.js'
import type { Duration } from './duration.js'
import type { TimeZone } from './time-zone.js'
import { dayEdge, fixedEdge, shiftedEdge, type Edge } from './window-edge.js'

export type { Edge } from './window-edge.js'

/** What a rule can say about when: every one of them comes down to one interval of instants for each `now`. */
export type Window =
  | { readonly window: 'inLast' | 'inNext' | 'moreThanAgo'; readonly duration: Duration }
  | {
      readonly window: 'betweenAgo'
      /** How long ago the window ends: the shorter of the two. */
      readonly from: Duration
      /** How long ago it begins, of the same kind. */
      readonly to: Duration
    }
  | {
      readonly window: 'absolute'
      /** The first instant, or undefined for no beginning. */
      readonly from: number | undefined
      /** The instant after the last, or undefined for no end. */
      readonly to: number | undefined
    }
  | { readonly window: 'calendar'; readonly period: CalendarPeriod; readonly weekStartsOn: Weekday }

/** The instants `from <= t < to`; an open end is −Infinity or Infinity. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/**
 * The two edges of a window. A value lies in it at `now` just when `from.boundAt(now) <= value < to.boundAt(now)`,
 * that is, when `to.crossing(value) <= now < from.crossing(value)`.
 */
export function edgesOf(window: Window, zone: TimeZone): { readonly from: Edge; readonly to: Edge } {
  switch (window.window) {
    case 'inLast':
      return { from: agoEdge(window.duration, zone), to: shiftedEdge(1) }
    case 'inNext':
      return { from: shiftedEdge(1), to: aheadEdge(window.duration, zone) }
    case 'moreThanAgo':
      return { from: fixedEdge(-Infinity), to: agoEdge(window.duration, zone) }
    case 'betweenAgo':
      return { from: agoEdge(window.to, zone), to: agoEdge(window.from, zone) }
    case 'absolute':
      return { from: fixedEdge(window.from ?? -Infinity), to: fixedEdge(window.to ?? Infinity) }
    case 'calendar':
      return {
        from: periodEdge(firstDay, window.period, window.weekStartsOn, zone),
        to: periodEdge(endDay, window.period, window.weekStartsOn, zone),
      }
  }
}

/** The interval that a window is at `now`; it is empty where `to` is not after `from`. */
export function intervalAt(window: Window, zone: TimeZone, now: number): Interval {
  const { from, to } = edgesOf(window, zone)
  return { from: from.boundAt(now), to: to.boundAt(now) }
}

/** What is after this edge is less than the duration ago; with months, on or after the day that many months ago. */
function agoEdge(duration: Duration, zone: TimeZone): Edge {
  if (duration.kind === 'exact') return shiftedEdge(1 - duration.ms)
  return dayEdge(zone, (today) => addMonths(today, -duration.months))
}

/** What is before this edge is at most the duration ahead; with months, on or before the day that many months ahead. */
function aheadEdge(duration: Duration, zone: TimeZone): Edge {
  if (duration.kind === 'exact') return shiftedEdge(1 + duration.ms)
  return dayEdge(zone, (today) => addMonths(today, duration.months) + 1)
}

function periodEdge(dayOf: typeof firstDay, period: CalendarPeriod, weekStartsOn: Weekday, zone: TimeZone): Edge {
  if (!isMoving(period)) return fixedEdge(zone.startOfDay(dayOf(period, 0, weekStartsOn)))
  return dayEdge(zone, (today) => dayOf(period, today, weekStartsOn))
}
