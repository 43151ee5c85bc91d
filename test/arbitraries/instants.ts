import fc from 'fast-check'
import { formatDay } from '../../src/base/civil.js'
import { timeZone } from '../../src/base/time-zone.js'
import type { DayValue, InstantValue } from '../../src/contacts/value.js'
import type { Stage } from './stages.js'

/*
 * Instants lie on a grid of quarter hours: every offset of a zone in use is a whole number of them, so local midnights
 * lie on it too. There are few of them, near the stage's own instant, so that they meet each other and the clock.
 */

/** The distance between two neighbours of the grid: a quarter of an hour, in ms. */
export const gridStep = 900_000

const day = 86_400_000

/** An instant in ms, mostly on the grid and near the stage's; now and then a millisecond beside it. */
export function instants(stage: Stage): fc.Arbitrary<number> {
  const near = fc.integer({ min: -4, max: 4 }).map((steps) => stage.around + steps * gridStep)
  const days = fc.integer({ min: -3, max: 3 }).map((count) => stage.around + count * day)
  const far = fc.constantFrom(-366, -365, -31, -30, 31).map((count) => stage.around + count * day)
  const beside = fc.tuple(near, fc.constantFrom(1, -1)).map(([instant, ms]) => instant + ms)
  return fc.oneof(
    { weight: 6, arbitrary: near },
    { weight: 4, arbitrary: days },
    { weight: 2, arbitrary: far },
    { weight: 1, arbitrary: beside },
  )
}

/** An instant at which something ends: mostly after the stage's. */
export function ends(stage: Stage): fc.Arbitrary<number> {
  const steps = fc.integer({ min: 1, max: 8 }).map((count) => stage.around + count * gridStep)
  const days = fc.integer({ min: 1, max: 8 }).map((count) => stage.around + count * day)
  const beside = days.map((instant) => instant + 1)
  return fc.oneof(
    { weight: 3, arbitrary: steps },
    { weight: 4, arbitrary: days },
    { weight: 1, arbitrary: beside },
    { weight: 1, arbitrary: instants(stage) },
  )
}

/** An instant as a value. */
export function instantValues(stage: Stage): fc.Arbitrary<InstantValue> {
  return instants(stage).map((instant) => ({ instant }))
}

/** A day: those around the stage's, their anniversaries, and leap days. */
export function dayValues(stage: Stage): fc.Arbitrary<DayValue> {
  const today = timeZone(stage.timeZone).dayOf(stage.around)
  const near = fc.integer({ min: -2, max: 2 }).map((count) => formatDay(today + count))
  const years = fc.constantFrom(-365, -366, -730, 365).map((count) => formatDay(today + count))
  const leapDays = fc.constantFrom('2016-02-29', '2012-02-29')
  return fc
    .oneof({ weight: 4, arbitrary: near }, { weight: 2, arbitrary: years }, { weight: 1, arbitrary: leapDays })
    .map((text) => ({ day: text }))
}
