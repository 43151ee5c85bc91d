import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { DAY } from '../../src/base/civil.js'

/** Zones that are each odd in a way of their own. */
export const zoneNames = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo', // until 2018 midnight does not exist on the first day of summer time
  'America/St_Johns', // until 2011 the clock goes back at 00:01, into the evening before
  'America/Havana', // midnight does not exist in spring and comes twice in autumn
  'America/Santiago',
  'America/Toronto', // in 1919 the clock jumps from 23:30 to 00:30
  'America/Juneau', // in 1867 a whole day comes twice
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Manila',
  'Asia/Tehran',
  'Africa/Cairo',
  'Africa/Casablanca', // four changes a year
  'Atlantic/Azores',
  'Australia/Lord_Howe', // half an hour of summer time
  'Pacific/Apia', // 2011-12-30 is empty
  'Pacific/Kiritimati',
  'Pacific/Chatham',
] as const

const dayZero = Temporal.PlainDate.from('1970-01-01')

export const plainDate = (epochDay: number): Temporal.PlainDate => dayZero.add({ days: epochDay })

export const epochDayOfPlain = (date: Temporal.PlainDate): number => dayZero.until(date, { largestUnit: 'days' }).days

export const zoned = (instant: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)

export const instantOfText = (text: string): number => Temporal.Instant.from(text).epochMilliseconds

/** The earliest instant whose local date is the day or later. */
export function temporalStartOfDay(zone: string, epochDay: number): number {
  return plainDate(epochDay).toZonedDateTime({ timeZone: zone }).epochMilliseconds
}

/** The last local day that has begun. */
export function temporalDayOf(zone: string, instant: number): number {
  let day = epochDayOfPlain(zoned(instant, zone).toPlainDate())
  while (temporalStartOfDay(zone, day + 1) <= instant) day += 1
  return day
}

const transitionsByZone = new Map<string, readonly number[]>()

/** The instants between 1850 and 2045 at which a zone's offset changes. */
export function transitionsOf(zone: string): readonly number[] {
  let transitions = transitionsByZone.get(zone)
  if (transitions === undefined) {
    const found: number[] = []
    let at: Temporal.ZonedDateTime | null = zoned(Date.UTC(1850, 0, 1), zone)
    const end = Date.UTC(2045, 0, 1)
    while ((at = at.getTimeZoneTransition('next')) !== null && at.epochMilliseconds < end)
      found.push(at.epochMilliseconds)
    transitions = found
    transitionsByZone.set(zone, transitions)
  }
  return transitions
}

export const anyZone = fc.constantFrom(...zoneNames)

const nearby = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -2 * DAY, max: 2 * DAY }),
  fc.integer({ min: -48, max: 48 }).map((hours) => hours * 3_600_000),
)

/** An instant for a zone: near a change of its offset, in the last two centuries, or anywhere in time. */
export function instantIn(zone: string): fc.Arbitrary<number> {
  const modern = fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2045, 0, 1) })
  const anywhere = fc.integer({ min: -8.63e15, max: 8.63e15 })
  const transitions = transitionsOf(zone)
  if (transitions.length === 0) return fc.oneof(modern, anywhere)
  const nearTransition = fc.tuple(fc.constantFrom(...transitions), nearby).map(([at, by]) => at + by)
  return fc.oneof({ weight: 4, arbitrary: nearTransition }, { weight: 2, arbitrary: modern }, anywhere)
}

/** A zone and an instant that suits it. */
export const zoneAndInstant = anyZone.chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone)))
