import { CoterieError } from '../base/errors.js'
import { checkedObject, checkFunction } from './arguments.js'
import type { Core } from './core.js'

/** The timers of a host, so that tests and other runtimes can bring their own. */
export interface Timers {
  setTimeout(call: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** The longest delay that timers of JavaScript keep: more than that fires at once. 24.8 days, in ms. */
export const longestDelay = 2 ** 31 - 1

/**
 * Advances the clock by itself: a timer waits for the next due instant, in several parts where that is further ahead than
 * a timer can wait, and is set anew when a change brings it nearer. Returns what stops it.
 *
 * @throws CoterieError `CLOCK_INVALID` where the engine has no `clock`.
 */
export function run(core: Core, timers: Timers = hostTimers()): () => void {
  checkTimers(timers)
  let timer: unknown
  let waitsFor: number | undefined
  const forget = (): void => {
    if (waitsFor !== undefined) timers.clearTimeout(timer)
    waitsFor = undefined
  }
  const wait = (): void => {
    // While the storage fails the clock stands still; that it goes on is told as any change is.
    const due = core.accepts ? core.state.nextDueAt : undefined
    if (due === waitsFor) return
    forget()
    if (due === undefined) return
    waitsFor = due
    timer = timers.setTimeout(fire, Math.max(0, Math.min(due - hostTime(core), longestDelay)))
  }
  const fire = (): void => {
    waitsFor = undefined
    // A timer may fire early, or in the middle of a long wait: then nothing is due yet, and it is set anew.
    if (core.accepts) core.advanceTo(hostTime(core))
    wait()
  }
  hostTime(core)
  const unhook = core.onSettled(wait)
  wait()
  return () => {
    unhook()
    forget()
  }
}

function hostTime(core: Core): number {
  const time = core.hostTime()
  if (time !== undefined) return time
  throw new CoterieError('CLOCK_INVALID', 'Only an engine with a clock can run by itself', {
    received: 'no clock',
    expected: 'the option clock',
  })
}

/** From JavaScript timers can be anything, and would only fail when the first one is set. */
function checkTimers(timers: Timers): void {
  const given = checkedObject('timers', timers) as unknown as Readonly<Record<string, unknown>>
  for (const name of ['setTimeout', 'clearTimeout']) checkFunction(given[name], name)
}

function hostTimers(): Timers {
  return globalThis as unknown as Timers
}
