import { formatDuration, type DurationText } from '../../base/duration.js'
import type { ItemWindow } from '../../rules/ast.js'
import { pick, type Draw } from './draw-moment.js'
import type { Pools } from './pools.js'

/** A duration: a usual one, or one that rules of the world name. */
export function drawDuration(pools: Pools, draw: Draw): DurationText {
  return pick([...durations, ...pools.named.durations.map(formatDuration)], draw)
}

/** An exact duration. */
export function drawLimit(pools: Pools, draw: Draw): DurationText {
  const named = pools.named.durations.filter(({ kind }) => kind === 'exact').map(formatDuration)
  return pick(['1d', '1h', '7d', ...named], draw)
}

/** A window over items that have a time. */
export function drawItemWindow(pools: Pools, draw: Draw): ItemWindow {
  if (draw(3) === 0) return { window: 'inCalendar', period: pick(periods, draw) }
  if (draw(3) === 0) return { window: 'betweenAgo', ...pick(pairs, draw) }
  return { window: draw(2) === 0 ? 'inLast' : 'moreThanAgo', duration: drawDuration(pools, draw) }
}

const durations: readonly DurationText[] = ['1d', '1h', '7d', '36h', 'P1M']

/** The two ends of windows between. */
export const pairs = [
  { from: '1h', to: '1d' },
  { from: '1d', to: '7d' },
  { from: 'P1M', to: 'P1Y' },
] as const

/** Periods of the calendar. */
export const periods = [
  { period: 'this', unit: 'day' },
  { period: 'this', unit: 'month' },
  { period: 'last', unit: 'day', count: 7, current: false },
  { period: 'last', unit: 'month', count: 1, current: true },
] as const
