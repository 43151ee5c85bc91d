import { CoterieError, show } from './errors.js'

/**
 * A length of time: *exact*, a whole number of milliseconds, or *calendar*, a whole number of months (a year is twelve),
 * whose length depends on where in the calendar it is laid. Never both, never negative.
 */
export type Duration =
  { readonly kind: 'exact'; readonly ms: number } | { readonly kind: 'calendar'; readonly months: number }

/** A written duration: `60d` (ms, s, m for minutes, h, d, w) or ISO 8601 (`P1M`, `P2W`, `PT36H`). */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h' | 'd' | 'w'}` | `P${string}`

declare const durationBrand: unique symbol

/** Milliseconds made by {@link days} and the like: at run time a plain number, which adds to an instant. */
export type ExactDuration = number & { readonly [durationBrand]: true }

/** What is taken where a duration is expected. A bare number is none: its unit would be a guess. */
export type DurationInput = DurationText | ExactDuration

/** The longest exact duration in milliseconds: 100,000,000 days, what lies between 1970 and the last instant. */
export const LONGEST_EXACT = 8.64e15

/** The longest calendar duration in months: 10,000 years. */
export const LONGEST_CALENDAR = 120_000

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

const shortForm = /^(\d+)(ms|s|m|h|d|w)$/
const isoForm = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/**
 * The duration that a text writes, or undefined where it writes none: `60d` and the other units, or ISO 8601 without
 * sign and fraction, either years and months or weeks, days and times.
 */
export function readDuration(text: string): Duration | undefined {
  const short = shortForm.exec(text)
  if (short !== null) return exact(Number(short[1]) * UNITS[short[2] as keyof typeof UNITS])

  const iso = isoForm.exec(text)
  if (iso === null) return undefined
  const [, years, months, weeks, dayCount, time, hourCount, minuteCount, secondCount] = iso
  const isTimed = hourCount !== undefined || minuteCount !== undefined || secondCount !== undefined
  const isExact = weeks !== undefined || dayCount !== undefined || isTimed
  const isCalendar = years !== undefined || months !== undefined
  if (isExact === isCalendar || (time !== undefined && !isTimed)) return undefined
  if (isCalendar) return calendar(Number(years ?? 0) * 12 + Number(months ?? 0))
  return exact(
    Number(weeks ?? 0) * UNITS.w +
      Number(dayCount ?? 0) * UNITS.d +
      Number(hourCount ?? 0) * UNITS.h +
      Number(minuteCount ?? 0) * UNITS.m +
      Number(secondCount ?? 0) * UNITS.s,
  )
}

/**
 * The canonical text of a duration: exact ones in the largest single unit of d, h, m, s and ms that divides them
 * (`60d`, `90s`, `0ms`; never weeks), calendar ones in years and months (`P1Y2M`, `P0M`).
 */
export function formatDuration(duration: Duration): DurationText {
  if (duration.kind === 'calendar') {
    const years = Math.floor(duration.months / 12)
    const months = duration.months % 12
    return `P${years > 0 ? `${String(years)}Y` : ''}${months > 0 || years === 0 ? `${String(months)}M` : ''}`
  }
  const { ms } = duration
  if (ms === 0) return '0ms'
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (ms % UNITS[unit] === 0) return `${String(ms / UNITS[unit])}${unit}` as DurationText
  }
  return `${String(ms)}ms` as DurationText
}

/** The duration of an input that can be anything: a text that writes one, or a whole number of milliseconds; undefined for all else. */
export function durationIn(input: unknown): Duration | undefined {
  if (typeof input === 'string') return readDuration(input)
  return typeof input === 'number' && Number.isInteger(input) && input >= 0 ? exact(input) : undefined
}

/** How many milliseconds an exact duration writes that was read; 0 where none is given. */
export function exactMs(text: DurationText | undefined): number {
  const duration = text === undefined ? undefined : readDuration(text)
  return duration?.kind === 'exact' ? duration.ms : 0
}

/** The duration of an input. Throws `DURATION_INVALID` where it is none. */
export function durationOf(input: DurationInput): Duration {
  const received: unknown = input
  const duration = durationIn(received)
  if (duration === undefined) {
    throw new CoterieError('DURATION_INVALID', `${show(received)} is not a duration.`, {
      received: show(received),
      expected:
        "a whole number with a unit (ms, s, m, h, d, w) such as '60d', an ISO 8601 duration such as 'P1M', or days(60)",
    })
  }
  return duration
}

/** A duration of so many milliseconds. Throws `DURATION_INVALID` unless it is whole, not negative and not too long. */
export function milliseconds(count: number): ExactDuration {
  return exactDuration(count, 'ms')
}

/** A duration of so many seconds. Throws as {@link milliseconds} does. */
export function seconds(count: number): ExactDuration {
  return exactDuration(count, 's')
}

/** A duration of so many minutes. Throws as {@link milliseconds} does. */
export function minutes(count: number): ExactDuration {
  return exactDuration(count, 'm')
}

/** A duration of so many hours. Throws as {@link milliseconds} does. */
export function hours(count: number): ExactDuration {
  return exactDuration(count, 'h')
}

/** A duration of so many times 24 hours. Throws as {@link milliseconds} does. */
export function days(count: number): ExactDuration {
  return exactDuration(count, 'd')
}

/** A duration of so many times 7 × 24 hours. Throws as {@link milliseconds} does. */
export function weeks(count: number): ExactDuration {
  return exactDuration(count, 'w')
}

function exactDuration(count: number, unit: keyof typeof UNITS): ExactDuration {
  const longest = Math.floor(LONGEST_EXACT / UNITS[unit])
  if (!Number.isInteger(count) || count < 0 || count > longest) {
    throw new CoterieError('DURATION_INVALID', `${show(count)} ${unit} is not a duration.`, {
      received: show(count),
      expected: `a whole number from 0 to ${String(longest)}`,
    })
  }
  // −0 becomes 0.
  return (count * UNITS[unit] + 0) as ExactDuration
}

function exact(ms: number): Duration | undefined {
  return ms <= LONGEST_EXACT ? Object.freeze({ kind: 'exact', ms: ms + 0 }) : undefined
}

function calendar(months: number): Duration | undefined {
  return months <= LONGEST_CALENDAR ? Object.freeze({ kind: 'calendar', months }) : undefined
}
