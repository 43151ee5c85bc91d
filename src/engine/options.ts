import { WEEKDAYS, type Weekday } from '../base/calendar-period.js'
import { CoterieError, show } from '../base/errors.js'
import { timeZone } from '../base/time-zone.js'
import { readInstant } from '../base/written-date.js'
import type { InstantInput } from '../changes/input.js'
import { defaultLimits, type Limits } from '../contacts/limits.js'
import { defineSchema, type Schema } from '../contacts/schema.js'
import type { CoreOptions } from './core.js'
import type { Settings } from './state.js'

/** How an engine is made; all but one of `now` and `clock` may be left out. */
export interface EngineOptions<S extends Schema = Schema> {
  /** What contacts hold; rules and contacts are checked against it. Default: anything. */
  readonly schema?: S
  /** Where the clock begins, in ms or as a date; it is then moved by `advanceTo`. Default the time of `clock`. */
  readonly now?: InstantInput
  /** The host's time in ms, such as `Date.now`: every change from outside first advances to it. */
  readonly clock?: () => number
  /** The IANA zone of days and of dates without an offset. Default `UTC`. */
  readonly timeZone?: string
  /** The first day of the week, where a rule does not say. Default `monday`. */
  readonly weekStartsOn?: Weekday
  /** Whether a change that names an unknown id puts that contact. Default `refuse`. */
  readonly unknownContacts?: 'refuse' | 'create'
  /** How large what comes in may be. */
  readonly limits?: Partial<Limits>
  /** How many changes of listeners may follow one change or due instant. Default 10,000. */
  readonly cascadeLimit?: number
}

/**
 * Checks the options of an engine.
 *
 * @throws CoterieError `OPTION_INVALID`, `CLOCK_INVALID`, `SCHEMA_INVALID` or `TIME_ZONE_UNKNOWN`.
 */
export function readOptions(options: EngineOptions): {
  readonly settings: Settings
  readonly core: CoreOptions
  readonly now: number
} {
  const { clock, cascadeLimit = 10_000, unknownContacts = 'refuse', weekStartsOn = 'monday' } = options
  if (clock !== undefined && typeof clock !== 'function')
    throw invalid('clock', clock, 'a function that gives milliseconds')
  if (!Number.isSafeInteger(cascadeLimit) || cascadeLimit < 0)
    throw invalid('cascadeLimit', cascadeLimit, 'a whole number from 0')
  checkOneOf('unknownContacts', unknownContacts, ['refuse', 'create'])
  checkOneOf('weekStartsOn', weekStartsOn, WEEKDAYS)
  const zone = timeZone(options.timeZone ?? 'UTC')
  const limits: Limits = Object.freeze({ ...defaultLimits, ...options.limits })
  for (const [name, limit] of Object.entries(limits)) {
    if (!Number.isSafeInteger(limit) || limit < 1) throw invalid(`limits.${name}`, limit, 'a whole number from 1')
  }
  const start = options.now ?? clock?.()
  if (start === undefined) throw invalid('now', undefined, 'now, or a clock')
  const now = instantOf(start, options.timeZone ?? 'UTC')
  return {
    settings: Object.freeze({
      schema: options.schema === undefined ? undefined : defineSchema(options.schema),
      timeZone: zone.name,
      weekStartsOn,
      limits,
      createsContacts: unknownContacts === 'create',
    }),
    core: { clock, cascadeLimit },
    now,
  }
}

function instantOf(input: InstantInput, zone: string): number {
  const read = typeof input === 'string' ? readInstant(input, timeZone(zone)) : plainInstant(input)
  if (read === undefined || !Number.isFinite(read)) {
    throw new CoterieError('CLOCK_INVALID', 'That is no instant for the clock to begin at', {
      path: ['now'],
      received: show(input),
      expected: 'milliseconds, a Date or a written date',
    })
  }
  return Math.floor(read)
}

function plainInstant(input: Exclude<InstantInput, string>): number | undefined {
  if (typeof input === 'number') return input
  return input instanceof Date ? input.getTime() : input.instant
}

/** From JavaScript an option can be anything. */
function checkOneOf(name: string, given: unknown, known: readonly unknown[]): void {
  if (!known.includes(given)) throw invalid(name, given, known.join(', '))
}

function invalid(name: string, received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The option ${name} is wrong`, {
    path: [name],
    received: show(received),
    expected,
  })
}
