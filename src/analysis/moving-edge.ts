import {
  endDay,
  firstDay,
  isMoving,
  type CalendarPeriod,
  type CalendarUnit,
  type Weekday,
} from '../base/calendar-period.js'
import type { Duration } from '../base/duration.js'
import { timeZone } from '../base/time-zone.js'
import type { Window } from '../base/window.js'

/** One end of a window, as a function of now. */
export type MovingEdge =
  | { readonly kind: 'fixed'; readonly at: number }
  /** Now, so many ms later. */
  | { readonly kind: 'shifted'; readonly shift: number }
  /** The start of a local day. */
  | { readonly kind: 'day'; readonly zone: string; readonly day: DayFromToday }

/** A day found from today: so many units after the start of the one that holds it, or so many months later and a few days. */
export type DayFromToday =
  | { readonly unit: CalendarUnit; readonly shift: number; readonly weekStartsOn: Weekday }
  | { readonly months: number; readonly days: number }

/** The edges between which a date lies in a window: at or after `from`, before `to`. */
export interface WindowEnds {
  readonly from: MovingEdge
  readonly to: MovingEdge
}

/** The two ends of a window, as `edgesOf` of the windows has them. */
export function windowEnds(window: Window, zone: string): WindowEnds {
  switch (window.window) {
    case 'inLast':
      return { from: ago(window.duration, zone), to: shifted(1) }
    case 'inNext':
      return { from: shifted(1), to: ahead(window.duration, zone) }
    case 'moreThanAgo':
      return { from: fixed(-Infinity), to: ago(window.duration, zone) }
    case 'betweenAgo':
      return { from: ago(window.to, zone), to: ago(window.from, zone) }
    case 'absolute':
      return { from: fixed(window.from ?? -Infinity), to: fixed(window.to ?? Infinity) }
    case 'calendar':
      return periodEnds(window.period, window.weekStartsOn, zone)
  }
}

/** An edge that stands still. */
export function fixed(at: number): MovingEdge {
  return { kind: 'fixed', at }
}

/** An edge so many ms after now. */
export function shifted(shift: number): MovingEdge {
  return { kind: 'shifted', shift }
}

/** A text that two edges share exactly when they are one. */
export function edgeKey(edge: MovingEdge): string {
  return JSON.stringify(edge)
}

function ago(duration: Duration, zone: string): MovingEdge {
  if (duration.kind === 'exact') return shifted(1 - duration.ms)
  return { kind: 'day', zone, day: { months: -duration.months, days: 0 } }
}

function ahead(duration: Duration, zone: string): MovingEdge {
  if (duration.kind === 'exact') return shifted(1 + duration.ms)
  return { kind: 'day', zone, day: { months: duration.months, days: 1 } }
}

function periodEnds(period: CalendarPeriod, weekStartsOn: Weekday, zone: string): WindowEnds {
  if (!isMoving(period)) {
    const start = (day: number): MovingEdge => fixed(timeZone(zone).startOfDay(day))
    return { from: start(firstDay(period, 0, weekStartsOn)), to: start(endDay(period, 0, weekStartsOn)) }
  }
  const edge = (shift: number): MovingEdge => ({
    kind: 'day',
    zone,
    day: { unit: period.unit, shift, weekStartsOn: period.unit === 'week' ? weekStartsOn : 'monday' },
  })
  if (period.period === 'this') return { from: edge(0), to: edge(1) }
  const { count, current } = period
  if (period.period === 'last') return { from: edge(current ? 1 - count : -count), to: edge(current ? 1 : 0) }
  return { from: edge(current ? 0 : 1), to: edge(current ? count : count + 1) }
}
