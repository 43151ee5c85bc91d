import { DAY, readDay } from './civil.js'
import type { TimeZone } from './time-zone.js'

const writtenDate = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * The instant that a text writes, in milliseconds since 1970, or undefined where it writes none: exactly `YYYY-MM-DD`,
 * the start of that local day, or `YYYY-MM-DDTHH:MM[:SS[.fraction]]` with `Z`, an offset `±HH:MM`, or neither, which is
 * local time in `zone`. What is finer than a millisecond is cut off towards the past.
 */
export function readInstant(text: string, zone: TimeZone): number | undefined {
  const parts = writtenDate.exec(text)
  if (parts === null) return undefined
  const [, date = '', hour, minute, second = '0', fraction = '', offset] = parts
  const day = readDay(date)
  if (day === undefined) return undefined
  if (hour === undefined) return zone.startOfDay(day)

  const minutes = minutesOf(hour, minute)
  if (minutes === undefined || Number(second) > 59) return undefined
  const msOfDay = minutes * 60_000 + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  if (offset === undefined) return zone.instantOf(day, msOfDay)
  if (offset === 'Z') return day * DAY + msOfDay

  const ahead = minutesOf(offset.slice(1, 3), offset.slice(4))
  if (ahead === undefined) return undefined
  return day * DAY + msOfDay - (offset.startsWith('-') ? -ahead : ahead) * 60_000
}

/** An instant as ISO 8601 in UTC, for people to read; what is no instant, such as an open end, as the number it is. */
export function formatInstant(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

/** `HH` and `MM` together in minutes, or undefined where no clock shows them. */
function minutesOf(hour: string, minute = '0'): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59) return undefined
  return Number(hour) * 60 + Number(minute)
}
