import { show } from '../base/errors.js'
import { isTimeZone, timeZone } from '../base/time-zone.js'
import { readInstant } from '../base/written-date.js'
import type { InstantInput } from '../changes/input.js'
import { readInstantInput } from '../contacts/read-date.js'
import { readingOf, throwIssues } from '../contacts/reading.js'
import { accepted } from '../contacts/refused.js'
import { optionInvalid } from '../engine/arguments.js'
import type { AnyEngine } from './any-engine.js'

/** A local time, such as Monday at 9:00, in each contact's own zone. */
export interface LocalTime {
  /** `YYYY-MM-DDTHH:MM[:SS]` without an offset. */
  readonly local: string
  /** The attribute that holds a contact's IANA zone. */
  readonly zone: string
  /** The zone of contacts that have none, or one that nobody knows. Default that of the engine. */
  readonly otherwise?: string
}

/** The instant as of which contacts are asked about: one for all, or a local time of each. */
export type AsOf = InstantInput | LocalTime

/** An {@link AsOf} that was read. */
export interface ReadAsOf {
  /** In ms; undefined where each contact has its own. */
  readonly at: number | undefined
  /** The instant of one contact, in ms. */
  readonly instantOf: (contactId: string) => number
}

/**
 * Reads the instant as of which is asked; left out, it is now.
 *
 * @throws CoterieError `OPTION_INVALID`, `DATE_INVALID`, `VALUE_INVALID` or `TIME_ZONE_UNKNOWN`.
 */
export function readAsOf(engine: AnyEngine, given: AsOf = engine.now): ReadAsOf {
  if (typeof given === 'object' && 'local' in given) return eachOwn(engine, given)
  const at = readMomentFor(engine, given, 'asOf')
  return { at, instantOf: () => at }
}

/** An instant of the options in ms, written dates in the engine's zone. Throws `DATE_INVALID` or `VALUE_INVALID`. */
export function readMomentFor(engine: AnyEngine, given: InstantInput, option: string): number {
  const reading = readingOf({ timeZone: engine.timeZone })
  const read = readInstantInput(given, reading, [option])
  throwIssues(`The option ${option} is wrong`, reading)
  return accepted(read)?.instant ?? Number.NaN
}

function eachOwn(engine: AnyEngine, { local, zone, otherwise = engine.timeZone }: LocalTime): ReadAsOf {
  const usual = timeZone(otherwise)
  if (typeof local !== 'string' || /(?:Z|[+-]\d\d:\d\d)$/.test(local) || readInstant(local, usual) === undefined)
    throw optionInvalid('asOf', local, 'a local time, YYYY-MM-DDTHH:MM, without an offset')
  if (typeof zone !== 'string') throw optionInvalid('asOf', show(zone), 'the attribute that holds the zone')
  const known = new Map<string, number>()
  const instantIn = (name: string): number => {
    const read = known.get(name) ?? readInstant(local, timeZone(name)) ?? Number.NaN
    known.set(name, read)
    return read
  }
  return {
    at: undefined,
    instantOf: (contactId) => {
      const own = engine.contact(contactId).get(zone)
      return instantIn(typeof own === 'string' && isTimeZone(own) ? own : usual.name)
    },
  }
}
