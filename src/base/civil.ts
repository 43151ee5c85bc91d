/**
 * Days and dates of the proleptic Gregorian calendar. A day is a whole number: days since 1970-01-01, negative before.
 *
 * The idea, from Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days):
 * count years from 1 March, so that the leap day is a year's last, and split them into eras of 400 years, which all
 * have 146,097 days. Within an era the month follows from the day of the year by (153 m + 2) / 5. Constant time, no
 * tables, right for every year that fits a number.
 */

/** A date of the proleptic Gregorian calendar; the year 0 is 1 BC. */
export interface CivilDate {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

/** The length of a day without a change of offset, in milliseconds. */
export const DAY = 86_400_000

const DAYS_PER_ERA = 146_097
const DAYS_BEFORE_1970 = 719_468 // from 0000-03-01, the first day of era 0

/** The day of a date, in days since 1970-01-01. The date must be real. */
export function epochDayOf(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_1970
}

/** The date of a day given in days since 1970-01-01. */
export function civilOf(epochDay: number): CivilDate {
  const sinceMarch0 = epochDay + DAYS_BEFORE_1970
  const era = Math.floor(sinceMarch0 / DAYS_PER_ERA)
  const dayOfEra = sinceMarch0 - era * DAYS_PER_ERA
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 }
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The day of the week: 1 for Monday to 7 for Sunday. */
export function weekdayOf(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1
}

/**
 * The same day of the month so many months later (earlier where `months` is negative), or that month's last day
 * where it is shorter. It never goes back when `epochDay` goes forward.
 */
export function addMonths(epochDay: number, months: number): number {
  const { year, month, day } = civilOf(epochDay)
  const monthsSinceYear0 = year * 12 + month - 1 + months
  const targetYear = Math.floor(monthsSinceYear0 / 12)
  const targetMonth = monthsSinceYear0 - targetYear * 12 + 1
  return epochDayOf(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)))
}

/** `YYYY-MM-DD`; years outside 0000 to 9999 with a sign and six digits, as ISO 8601 has them. */
export function formatDay(epochDay: number): string {
  const { year, month, day } = civilOf(epochDay)
  const sign = year < 0 ? '-' : '+'
  const yearText =
    year >= 0 && year <= 9999 ? String(year).padStart(4, '0') : sign + String(Math.abs(year)).padStart(6, '0')
  return `${yearText}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const writtenDay = /^(\d{4})-(\d\d)-(\d\d)$/

/** The day that a text writes as exactly `YYYY-MM-DD`, or undefined where it does not, or where there is no such day. */
export function readDay(text: string): number | undefined {
  const parts = writtenDay.exec(text)
  if (parts === null) return undefined
  const year = Number(parts[1])
  const month = Number(parts[2])
  const day = Number(parts[3])
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return epochDayOf(year, month, day)
}
