import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/base/civil.js'
import { timeZone } from '../../src/base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../../src/base/zone-offsets.js'
import { datesBetween } from '../../src/selection/date-ranges.js'
import { anyZone, instantIn } from '../base/zones.js'
import { runs } from '../runs.js'

/*
 * The days that stand for instants of a window are those that start in it, also where it is open, or reaches beyond time.
 */

const windowIn = anyZone.chain((zone) => {
  const end = fc.oneof(
    { weight: 6, arbitrary: instantIn(zone) },
    { weight: 1, arbitrary: fc.constantFrom(-Infinity, FIRST_INSTANT, 0, LAST_INSTANT, LAST_INSTANT + 1, Infinity) },
  )
  return fc.record({ zone: fc.constant(zone), from: end, to: end, around: instantIn(zone) })
})

describe('the days of a window', () => {
  it('are those that start in it', () => {
    const property = fc.property(windowIn, ({ zone: name, from, to, around }) => {
      const zone = timeZone(name)
      const { low, high } = datesBetween('day', { from, to }, zone)
      for (const near of [from, to, around].filter((each) => Math.abs(each) < LAST_INSTANT)) {
        const middle = Math.floor(near / DAY)
        for (let day = middle - 3; day <= middle + 3; day += 1) {
          const start = zone.startOfDay(day)
          expect(low <= day && day <= high).toBe(from <= start && start < to)
        }
      }
    })
    fc.assert(property, { numRuns: runs(500) })
  })

  it('are all, or none, where it is without end or after the end of time', () => {
    const zone = timeZone('Europe/Berlin')
    expect(datesBetween('day', { from: -Infinity, to: Infinity }, zone)).toEqual({ low: -Infinity, high: Infinity })
    expect(datesBetween('day', { from: LAST_INSTANT + 2, to: Infinity }, zone)).toEqual({
      low: Infinity,
      high: Infinity,
    })
    expect(datesBetween('day', { from: -Infinity, to: FIRST_INSTANT }, zone)).toEqual({
      low: -Infinity,
      high: -Infinity,
    })
  })
})
