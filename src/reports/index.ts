/**
 * What segments tell: sizes, overlaps, aggregates, conversion, retention, engagement, and over time growth and dwell times;
 * as plain data, and ready to be drawn.
 *
 * @module coterie/reports
 */
export type { Interval } from '../base/confidence.js'
export type { AnyEngine } from '../population/any-engine.js'
export type { Goal } from '../population/goal.js'
export type { NamedRule, Selection } from '../population/selection.js'
export { aggregate, type Aggregate, type AggregateOptions, type Aggregates, type Summary } from './aggregate.js'
export type { BarChart, Chart, LineChart, MatrixChart, Series, Unit } from './chart.js'
export { conversion, type Conversion, type ConversionOptions, type Conversions } from './conversion.js'
export type { DailyCounts, Flow, FlowByCause } from './daily-counts.js'
export { drawSvg, type SvgOptions } from './draw-svg.js'
export { drawTable, type TableOptions } from './draw-table.js'
export { dwell, type Dwell, type DwellOptions, type Dwells } from './dwell.js'
export {
  engagement,
  type Engagement,
  type EngagementLevel,
  type EngagementOptions,
  type Engagements,
} from './engagement.js'
export type { By } from './groups.js'
export { growth, type Growth, type GrowthOptions, type GrowthPeriod } from './growth.js'
export type { History, Move } from './history.js'
export { overlap, type Overlap, type Region } from './overlap.js'
export type { Period } from './periods.js'
export { retention, type Cohort, type Retention, type RetentionOptions } from './retention.js'
export { sizes, type ReportOptions, type Size, type Sizes } from './sizes.js'
export type { Moments } from './starts.js'
export { track, type Tracker, type TrackOptions } from './track.js'
