import { CoterieError, show } from '../base/errors.js'
import { durationOf, type DurationInput } from '../base/duration.js'
import { readMoment, type Moment } from '../rules/question.js'

/** A clock that stands still until it is moved. Made by {@link manualClock}. */
export interface ManualClock {
  /** The time, in ms: give it to an engine as its option `clock`. */
  (): number
  /** Moves it on by an exact duration; what is due then happens at the engine's next change, or with `engine.run`. */
  tick(by: DurationInput): number
  /** Sets it. It never goes back. */
  moveTo(to: Moment): number
}

/**
 * A clock for tests: `createEngine({ schema, clock })` follows it.
 *
 * @throws CoterieError `OPTION_INVALID` or `DATE_INVALID` for instants and durations that are none.
 */
export function manualClock(start: Moment): ManualClock {
  let now = readMoment(start, 'start', 'UTC')
  const moveTo = (to: Moment): number => {
    const read = readMoment(to, 'to', 'UTC')
    if (read < now) throw wrong('to', show(to), 'an instant that is not before the clock')
    return (now = read)
  }
  const tick = (by: DurationInput): number => {
    const duration = durationOf(by)
    if (duration.kind !== 'exact') throw wrong('by', show(by), 'an exact duration, such as 60d')
    return moveTo(now + duration.ms)
  }
  return Object.assign(() => now, { tick, moveTo })
}

function wrong(option: string, received: string, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The clock cannot be moved so`, { path: [option], received, expected })
}
