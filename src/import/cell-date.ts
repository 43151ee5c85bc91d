import { readDay } from '../base/civil.js'
import type { TimeZone } from '../base/time-zone.js'
import { readInstant } from '../base/written-date.js'
import type { DateOrder } from './cell-format.js'

/*
 * Dates as tables have them: three numbers in a declared order with `-`, `/` or `.` between them, the year with four
 * digits, and behind white space or a `T` a time, with AM or PM, with an offset. What order a date is in is never guessed.
 */

/** A date taken apart: `YYYY-MM-DD`, and `HH:MM[:SS[.fraction]][offset]` where it has a time. */
interface DateParts {
  readonly day: string
  readonly time: string | undefined
}

const date = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:(?:T| +)(\S.*))?$/
const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|[+-]\d\d:?\d\d))?$/

/** The instant that a cell writes, in ms, or undefined where it writes none. Without a time it is the start of the day. */
export function readCellInstant(text: string, order: DateOrder, zone: TimeZone): number | undefined {
  const parts = partsOf(text, order)
  if (parts === undefined) return undefined
  return readInstant(parts.time === undefined ? parts.day : `${parts.day}T${parts.time}`, zone)
}

/**
 * The day that a cell writes as `YYYY-MM-DD`, or undefined where it writes none. A time is refused, since a day has none,
 * but for midnight without an offset, which databases write behind days.
 */
export function readCellDay(text: string, order: DateOrder): string | undefined {
  const parts = partsOf(text, order)
  if (parts === undefined || readDay(parts.day) === undefined) return undefined
  return parts.time === undefined || /^00:00(?::00(?:\.0+)?)?$/.test(parts.time) ? parts.day : undefined
}

function partsOf(text: string, order: DateOrder): DateParts | undefined {
  const found = date.exec(text)
  if (found === null) return undefined
  const [, first = '', , second = '', third = '', written] = found
  const [year, month, day] =
    order === 'YMD' ? [first, second, third] : order === 'DMY' ? [third, second, first] : [third, first, second]
  if (year.length !== 4 || month.length > 2 || day.length > 2) return undefined
  const time = written === undefined ? undefined : timeOf(written)
  if (written !== undefined && time === undefined) return undefined
  return { day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time }
}

/** The time as ISO 8601 writes it. */
function timeOf(text: string): string | undefined {
  const found = clock.exec(text)
  if (found === null) return undefined
  const [, written = '', minute = '', second, fraction, half, offset = ''] = found
  const hour = hourOf(Number(written), half)
  if (hour === undefined) return undefined
  const seconds = second === undefined ? '' : `:${second}${fraction === undefined ? '' : `.${fraction}`}`
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
  return `${String(hour).padStart(2, '0')}:${minute}${seconds}${zone}`
}

/** The hour of a clock of 24 hours. 12 AM is midnight, 12 PM is noon. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}
