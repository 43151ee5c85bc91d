/** How the demonstration writes instants: in one zone, to the millisecond where it matters. */
export interface DateWords {
  /** `Thu 26 Feb 2026`. */
  day(instant: number): string
  /** `26 Feb 14:03:27.512`. */
  instant(instant: number): string
  /** `5 Feb 2026 14:03`, with seconds and milliseconds where they are not zero. */
  full(instant: number): string
}

/** The words for dates of a zone, an IANA name. */
export function datesIn(timeZone: string): DateWords {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  })
  const read = (instant: number): { readonly [part: string]: string } =>
    Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]))
  const monthOf = (month: string): string => month.slice(0, 3)
  return {
    day: (instant) => day.format(instant).replace(',', ''),
    instant(instant) {
      const { day: date, month = '', hour, minute, second, fractionalSecond } = read(instant)
      return `${date} ${monthOf(month)} ${hour}:${minute}:${second}.${fractionalSecond}`
    },
    full(instant) {
      const { day: date, month = '', year, hour, minute, second, fractionalSecond } = read(instant)
      const exact = fractionalSecond !== '000' ? `:${second}.${fractionalSecond}` : second !== '00' ? `:${second}` : ''
      return `${Number(date)} ${monthOf(month)} ${year} ${hour}:${minute}${exact}`
    },
  }
}
