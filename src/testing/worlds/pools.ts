import { endDay, firstDay, type CalendarPeriod } from '../../base/calendar-period.js'
import { addMonths, DAY, formatDay, readDay } from '../../base/civil.js'
import type { Duration } from '../../base/duration.js'
import { timeZone, type TimeZone } from '../../base/time-zone.js'
import { FIRST_INSTANT, LAST_INSTANT } from '../../base/zone-offsets.js'
import type { Field } from '../../contacts/schema.js'
import type { Value } from '../../contacts/value.js'
import { namesIn, type Named } from './named.js'
import { rulesInReach, type ReadWorld } from './test-world.js'

/*
 * What contacts of a world are pieced together from: for each field a pool of values, simplest first, among them those that
 * rules name and one step to either side of them, and instants that are just in or just out of their windows. The pools
 * are small, so that values meet each other and the bounds.
 */

const hour = 3_600_000
const months: readonly CalendarPeriod[] = (['day', 'week', 'month', 'year'] as const).map((unit) => ({
  period: 'this',
  unit,
}))

/** The pools of a world. */
export class Pools {
  readonly world: ReadWorld
  readonly named: Named
  readonly #zones: readonly TimeZone[]
  readonly #texts: readonly string[]
  readonly #numbers: readonly number[]
  readonly #instants = new Map<number, readonly number[]>()

  constructor(world: ReadWorld) {
    this.world = world
    this.named = namesIn(rulesInReach(world))
    this.#zones = [...new Set([world.timeZone, ...this.named.zones])].map(timeZone)
    this.#texts = unique(['a', 'b', '', ...this.named.texts.flatMap(textsBeside)])
    this.#numbers = unique([0, 1, 2, ...this.named.numbers.flatMap(numbersBeside)])
  }

  /** Instants to ask at: that of the world, half a day later, the edges of its next days and of the days and periods that rules name. */
  get moments(): readonly number[] {
    const { now } = this.world
    const edges = this.#zones.flatMap((zone) => {
      const today = zone.dayOf(now)
      return [today, today + 1, ...this.#fixedDays()].map((day) => zone.startOfDay(day))
    })
    const named = this.named.instants.flatMap((at) => [at, at - 1, at + 1])
    return unique([now, now + DAY / 2, ...edges.flatMap((at) => [at, at - 1]), ...named].map(clamped))
  }

  /** Tags that rules name, and one more. */
  get tags(): readonly string[] {
    return unique([...this.named.tags, 'other'].filter((tag) => tag !== ''))
  }

  /** Values of a field, as they stand around an instant. */
  valuesOf(field: Field, now: number): readonly Value[] {
    switch (field.type) {
      case 'text':
        return field.oneOf ?? this.#texts
      case 'number':
        return this.#numbers
      case 'boolean':
        return [false, true]
      case 'instant':
        return this.instants(now).map((instant) => ({ instant }))
      case 'day':
        return this.#days(now).map((day) => ({ day: formatDay(day) }))
      case 'list':
        return listsOf(field.of === 'number' ? this.#numbers : (field.oneOf ?? this.#texts))
    }
  }

  /** Instants at and beside the edges of windows and days, as they lie at an instant; in ms. */
  instants(now: number): readonly number[] {
    let found = this.#instants.get(now)
    if (found === undefined) this.#instants.set(now, (found = this.#instantsAround(now)))
    return found
  }

  /** How far events lie apart: the exact durations that rules name, and an hour. */
  get distances(): readonly number[] {
    return unique([hour, ...this.named.durations.flatMap((one) => (one.kind === 'exact' ? [one.ms] : []))])
  }

  /** How many items it may take: one more than any small whole number that rules name. */
  get mostItems(): number {
    const whole = this.named.numbers.filter((number) => Number.isInteger(number) && number > 0 && number <= 12)
    return Math.max(2, ...whole) + 1
  }

  #instantsAround(now: number): readonly number[] {
    const usual = [-hour, hour, -DAY, DAY, -DAY / 2, -2 * DAY, -40 * DAY, -400 * DAY].map((ms) => now + ms)
    const edges = this.#zones.flatMap((zone) => [
      ...this.named.durations.flatMap((duration) => [moved(now, duration, -1, zone), moved(now, duration, 1, zone)]),
      ...[...this.named.periods, ...months].flatMap((period) => periodEdges(period, now, zone)),
      ...this.#fixedDays().flatMap((day) => [zone.startOfDay(day), zone.startOfDay(day + 1)]),
    ])
    const beside = [...this.named.instants, ...edges].flatMap((at) => [at, at - 1, at + 1])
    return unique([now, ...usual, ...beside].map(clamped))
  }

  #days(now: number): readonly number[] {
    const near = this.#zones.flatMap((zone) => unique(this.instants(now).map((at) => zone.dayOf(at))))
    const fixed = this.#fixedDays()
    const years = [-1, -2].map((count) => addMonths(this.#zones[0]?.dayOf(now) ?? 0, 12 * count))
    return unique([...near, ...fixed, ...years].flatMap((day) => [day, day - 1, day + 1]))
  }

  #fixedDays(): readonly number[] {
    return this.named.days.map((day) => readDay(day) ?? 0)
  }
}

function periodEdges(period: CalendarPeriod, now: number, zone: TimeZone): readonly number[] {
  const today = zone.dayOf(now)
  return [firstDay(period, today, 'monday'), endDay(period, today, 'monday')].map((day) => zone.startOfDay(day))
}

/** An instant so much earlier or later; months keep the time of day. */
function moved(at: number, duration: Duration, sign: 1 | -1, zone: TimeZone): number {
  if (duration.kind === 'exact') return at + sign * duration.ms
  const day = zone.dayOf(at)
  return zone.startOfDay(addMonths(day, sign * duration.months)) + (at - zone.startOfDay(day))
}

function clamped(at: number): number {
  return Math.min(Math.max(at, FIRST_INSTANT), LAST_INSTANT)
}

function textsBeside(text: string): readonly string[] {
  return [text, `${text}a`, `a${text}`, text.replace(/.$/su, ''), text.toUpperCase(), text.toLowerCase()]
}

/** Whole steps first: 81 says more than the next double after 80 does. */
function numbersBeside(value: number): readonly number[] {
  const step = Number.EPSILON * Math.max(1, Math.abs(value))
  return [value, value + 1, value - 1, value + step, value - step].filter(Number.isFinite)
}

function listsOf(elements: readonly (string | number)[]): readonly Value[] {
  const some = elements.slice(0, 24)
  const pairs = some.flatMap((one, place) => some.slice(place + 1, place + 3).map((other) => [one, other]))
  return [[], ...some.map((one) => [one]), ...pairs, some.slice(0, 12)] as readonly Value[]
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
