import { readDay } from '../base/civil.js'
import type { Path } from '../base/errors.js'
import { timeZone } from '../base/time-zone.js'
import { readInstant } from '../base/written-date.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../base/zone-offsets.js'
import { dateMs, propertiesOf } from './plain-input.js'
import { isShort } from './read-text.js'
import type { Reading } from './reading.js'
import { refuse, refused, type Refused } from './refused.js'
import type { DayValue, InstantValue } from './value.js'

const dayWords = 'a day, YYYY-MM-DD'
const instantWords =
  'an instant: a Date, milliseconds since 1970, or a written date, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS[.fraction]] with Z, an offset or neither'

/** What an object says that it is: a `Date`, `{"instant": …}` or `{"day": …}`. */
export type DateTag = 'date' | 'instant' | 'day'

/** Which kind of date an input is; undefined where it is none, or a plain text or number. */
export function dateTag(input: unknown): DateTag | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const properties = propertiesOf(input)
  if (properties === undefined) return dateMs(input) === undefined ? undefined : 'date'
  if (properties.size !== 1) return undefined
  return properties.has('instant') ? 'instant' : properties.has('day') ? 'day' : undefined
}

/** Reads an instant: a `Date`, milliseconds, a written date in the reading's zone, or the tagged form of the last two. */
export function readInstantInput(input: unknown, reading: Reading, path: Path): InstantValue | Refused {
  const written = dateTag(input) === 'instant' ? propertiesOf(input)?.get('instant') : input
  if (typeof written === 'string' && !isShort(written, reading, path)) return refused
  const ms = msOf(written, reading)
  if (ms === undefined && typeof written !== 'string') return refuse(written, instantWords, reading, path)
  if (ms === undefined || !(ms >= FIRST_INSTANT && ms <= LAST_INSTANT)) {
    return refuse(written, instantWords, reading, path, 'DATE_INVALID')
  }
  return Object.freeze({ instant: Math.floor(ms) + 0 }) // −0 is 0
}

function msOf(input: unknown, reading: Reading): number | undefined {
  switch (typeof input) {
    case 'number':
      return input
    case 'string':
      return readInstant(input, timeZone(reading.timeZone))
    case 'object':
      return input === null ? undefined : dateMs(input)
    default:
      return undefined
  }
}

/** Reads a day, `YYYY-MM-DD` or its tagged form. */
export function readDayInput(input: unknown, reading: Reading, path: Path): DayValue | Refused {
  const written = dateTag(input) === 'day' ? propertiesOf(input)?.get('day') : input
  if (typeof written !== 'string') return refuse(written, dayWords, reading, path)
  if (readDay(written) === undefined) return refuse(written, dayWords, reading, path, 'DATE_INVALID')
  return Object.freeze({ day: written })
}
