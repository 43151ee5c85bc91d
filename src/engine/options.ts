import { WEEKDAYS, type Weekday } from '../base/calendar-period.js'
import { durationOf, type DurationInput } from '../base/duration.js'
import { CoterieError, show } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { timeZone } from '../base/time-zone.js'
import { readInstant } from '../base/written-date.js'
import { LAST_INSTANT } from '../base/zone-offsets.js'
import type { InstantInput } from '../changes/input.js'
import type { Limits } from '../contacts/limits.js'
import { limitsOf } from '../contacts/reading.js'
import { defineSchema, type Schema } from '../contacts/schema.js'
import type { AutomationSupport, EngineAutomations } from './automation-port.js'
import { checkedObject, checkFunction, checkOneOf, checkWhole, optionInvalid } from './arguments.js'
import type { CoreOptions } from './core.js'
import type { EngineState, Settings } from './state.js'

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
  /** How far ahead of the clock an event may lie. Default a day with `clock`, and `any` without. */
  readonly maxAhead?: DurationInput | 'any'
  /** For how long events are kept; older ones are folded away as far as no live rule needs them. Exact. Default for ever. */
  readonly retain?: DurationInput
  /** How large what comes in may be. */
  readonly limits?: Partial<Limits>
  /** The most that a rule may cost to be defined, as `ruleCost` of `coterie/rules` scores it. Default any. */
  readonly maxRuleCost?: number
  /** How many changes of listeners may follow one change or due instant. Default 10,000. */
  readonly cascadeLimit?: number
  /** How many comings and goings of tags the trail keeps, for all contacts together. Default 10,000; 0 keeps none. */
  readonly tagTrail?: number
  /** Automations, as `automations()` of `coterie/automation` makes them. Default none. */
  readonly automation?: EngineAutomations
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
  checkNames(checkedObject('options', options))
  const {
    clock,
    cascadeLimit = 10_000,
    tagTrail = 10_000,
    unknownContacts = 'refuse',
    weekStartsOn = 'monday',
    timeZone: zone = 'UTC',
  } = options
  if (clock !== undefined) checkFunction(clock, 'The clock')
  checkWhole('cascadeLimit', cascadeLimit, 0)
  checkWhole('tagTrail', tagTrail, 0)
  if (options.automation !== undefined)
    checkFunction(
      (checkedObject('automation', options.automation) as { readonly runtime?: unknown }).runtime,
      'automation.runtime',
    )
  checkOneOf('unknownContacts', unknownContacts, ['refuse', 'create'])
  checkOneOf('weekStartsOn', weekStartsOn, WEEKDAYS)
  const start = options.now ?? clock?.()
  if (start === undefined) throw optionInvalid('now', undefined, 'now, or a clock')
  return {
    settings: Object.freeze({
      schema: options.schema === undefined ? undefined : defineSchema(checkedObject('schema', options.schema)),
      timeZone: timeZone(zone).name,
      weekStartsOn,
      limits: limitsOf(options.limits),
      createsContacts: unknownContacts === 'create',
      maxAhead: maxAheadOf(options),
      tagTrail,
      maxRuleCost: maxRuleCostOf(options),
      automation: options.automation as AutomationSupport<EngineState> | undefined,
    }),
    core: { clock, cascadeLimit, retain: retainOf(options) },
    now: instantOf(start, zone),
  }
}

const optionNames: readonly string[] = [
  'schema',
  'now',
  'clock',
  'timeZone',
  'weekStartsOn',
  'unknownContacts',
  'maxAhead',
  'retain',
  'limits',
  'maxRuleCost',
  'cascadeLimit',
  'tagTrail',
  'automation',
]

/** A misspelled option would silently be none. */
function checkNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (optionNames.includes(name)) continue
    throw optionInvalid(name, name, nearestName(name, optionNames) ?? optionNames.join(', '))
  }
}

function maxAheadOf({ maxAhead, clock }: EngineOptions): number {
  if (maxAhead === 'any' || (maxAhead === undefined && clock === undefined)) return Infinity
  const duration = durationOf(maxAhead ?? '1d')
  if (duration.kind === 'exact') return duration.ms
  throw optionInvalid('maxAhead', maxAhead, "an exact duration such as '7d', or any")
}

function maxRuleCostOf({ maxRuleCost = Infinity }: EngineOptions): number {
  if (typeof maxRuleCost === 'number' && maxRuleCost > 0) return maxRuleCost
  throw optionInvalid('maxRuleCost', maxRuleCost, 'a number above 0')
}

function retainOf({ retain }: EngineOptions): number | undefined {
  if (retain === undefined) return undefined
  const duration = durationOf(retain)
  if (duration.kind === 'exact' && duration.ms > 0) return duration.ms
  throw optionInvalid('retain', retain, "an exact duration such as '400d'")
}

/** An instant as people write it, in ms. Throws `CLOCK_INVALID`. */
export function instantOf(input: InstantInput, zone: string): number {
  const given = typeof input === 'object' && 'instant' in input ? input.instant : input
  const plain: unknown = given instanceof Date ? given.getTime() : given
  const read = typeof plain === 'string' ? readInstant(plain, timeZone(zone)) : plain
  if (typeof read !== 'number' || !(Math.abs(read) <= LAST_INSTANT)) {
    throw new CoterieError('CLOCK_INVALID', 'That is no instant for the clock to begin at', {
      path: ['now'],
      received: show(input),
      expected: 'milliseconds, a Date or a written date',
    })
  }
  return Math.floor(read)
}
