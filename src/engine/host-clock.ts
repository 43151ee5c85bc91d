import { CoterieError, show } from '../base/errors.js'
import { LAST_INSTANT } from '../base/zone-offsets.js'

/**
 * The time of a host's clock, in whole ms since 1970. From JavaScript it can give anything.
 *
 * @throws CoterieError `CLOCK_INVALID`.
 */
export function timeOf(clock: () => unknown): number {
  const time = clock()
  if (typeof time === 'number' && Math.abs(time) <= LAST_INSTANT) return Math.floor(time)
  throw new CoterieError('CLOCK_INVALID', 'The clock gave no time', {
    received: show(time),
    expected: 'milliseconds since 1970',
  })
}
