import { exactMs, type DurationText } from '../base/duration.js'
import type {
  AutomationFinish,
  AutomationProgress,
  AutomationReason,
  AutomationStep,
  AutomationWait,
} from '../changes/automation-changes.js'
import type { Change } from '../changes/change.js'
import { timeZone } from '../base/time-zone.js'
import { LAST_INSTANT } from '../base/zone-offsets.js'
import { isInstant, isList, type Value } from '../contacts/value.js'
import type { EngineState } from '../engine/state.js'
import { instantOfDate, shiftedDate } from '../rules/dates.js'
import { holds, operandValue } from '../rules/evaluate.js'
import type { Scope } from '../rules/scope.js'
import type { Automation } from './automation.js'
import { end, type Place } from './program.js'
import { decisiveConditions } from './reasons.js'
import type { Run } from './run.js'
import { doingOf, isDoing, patchOf, type StepContext } from './step-changes.js'

/*
 * From where a run stands to where it stops: the changes of its next stretch, to be applied as one. A stretch ends where the run
 * has to wait, where it is through, and before a step that looks at what a step of this stretch has just changed: what that one
 * led to has to settle first.
 *
 * Here, and nowhere else, is decided what a run does. What is decided is said by the changes.
 */

/** The run that goes on. */
export interface Walker {
  readonly state: EngineState
  readonly automation: Automation
  readonly run: string
  readonly ordinal: number
  readonly contactId: string
  readonly because: AutomationReason
  /** The number of the call that it answers. */
  readonly turn: number
  /** How often a step gave a value in turn. */
  readonly assigned: (at: string) => number
}

/** The changes of the first stretch of a run. */
export function walkFrom(walker: Walker, place: Place | undefined): readonly Change[] {
  return new Stretch(walker).walk(place)
}

/** The changes with which a run goes on; none where there is nothing to do for it. */
export function walkOn(walker: Walker, run: Run, happened: boolean): readonly Change[] {
  const stretch = new Stretch(walker)
  const place = run.automation.program.place(run.at)
  const { wait } = run
  if (place === undefined) return stretch.walk(undefined)
  switch (place.step.step) {
    case 'wait':
    case 'waitUntil':
      // Woken by time; a run that has just come here has yet to begin to wait.
      if (wait === undefined) return stretch.walk(place)
      stretch.move(place, place.next)
      return stretch.walk(place.next)
    case 'waitFor': {
      if (wait === undefined) return stretch.walk(place)
      const next = happened ? place.next : place.other
      stretch.move(place, next, { went: happened ? 'then' : 'else' })
      return stretch.walk(next)
    }
    case 'call':
      return stretch.afterCall(place, place.step, run)
    default:
      return stretch.walk(place)
  }
}

/** A stretch of a run. */
class Stretch {
  readonly #walker: Walker
  readonly #scope: Scope
  readonly #changes: Change[] = []
  #hasChanged = false

  constructor(walker: Walker) {
    this.#walker = walker
    this.#scope = walker.state.scopeOf(walker.ordinal)
  }

  /** Does one step after the other, as far as it goes. */
  walk(from: Place | undefined): readonly Change[] {
    let place = from
    while (place !== undefined) {
      const { step } = place
      if (this.#hasChanged && looksAtContact(step)) return this.#changes
      if (isDoing(step)) place = this.#do(place, step)
      else if (step.step === 'if') place = this.#branch(place, step.rule)
      else if (step.step === 'stop') return this.#finish('done', step.outcome)
      else if (this.#waits(place, step)) return this.#changes
      else {
        this.move(place, place.next)
        place = place.next
      }
    }
    return this.#finish('done', undefined)
  }

  /** Says that the run goes from one step to another. */
  move(from: Place, to: Place | undefined, more: Partial<AutomationProgress> = {}): void {
    this.#changes.push(
      Object.freeze({ type: 'automation.step', ...this.#ofRun, at: from.at, to: to?.at ?? end, ...more }),
    )
  }

  /** Goes on after a handler was called: it answered, it failed, or it is to be tried again. */
  afterCall(place: Place, step: Extract<AutomationStep, { readonly step: 'call' }>, run: Run): readonly Change[] {
    if (run.answer !== undefined) {
      const { result } = run.answer
      if (step.into !== undefined && isValue(result)) {
        this.#changes.push(patchOf(this.#context, step.into, result))
        this.#hasChanged = true
      }
      this.move(place, place.next)
      return this.walk(place.next)
    }
    if (run.failed === undefined) {
      // It has just come here, or the pause before the next attempt is over.
      this.#call(place, step, run.failures + 1)
      return this.#changes
    }
    if (run.failures < (step.attempts ?? 1)) {
      const pause = exactMs(step.pause ?? '1m') * 2 ** (run.failures - 1)
      this.#wait(place, { for: 'retry', until: this.#walker.state.now + pause, attempt: run.failures + 1 })
      return this.#changes
    }
    if (step.failed === undefined) return this.#finish('failed', run.failed)
    const next = place.other ?? place.next
    this.move(place, next, { went: 'failed', why: run.failed })
    return this.walk(next)
  }

  get #ofRun(): { readonly contact: string; readonly run: string; readonly turn: number } {
    const { contactId, run, turn } = this.#walker
    return { contact: contactId, run, turn }
  }

  get #context(): StepContext {
    const { state, contactId, run, because, assigned } = this.#walker
    return { state, scope: this.#scope, contactId, run, because, turnOf: (at, count) => assigned(at) % count }
  }

  #do(place: Place, step: Parameters<typeof doingOf>[0]): Place | undefined {
    const { changes, assigned } = doingOf(step, place.at, this.#context)
    this.#changes.push(...changes)
    this.#hasChanged = true
    this.move(place, place.next, assigned === undefined ? {} : { assigned })
    return place.next
  }

  #branch(place: Place, rule: Parameters<typeof holds>[0]): Place | undefined {
    const isSo = holds(rule, this.#scope)
    const next = isSo ? place.next : place.other
    this.move(place, next, { went: isSo ? 'then' : 'else', why: decisiveConditions(rule, this.#scope) })
    return next
  }

  /** Lets the run wait, and says whether it has to. */
  #waits(place: Place, step: AutomationStep): boolean {
    const { now } = this.#walker.state
    switch (step.step) {
      case 'wait':
      case 'waitUntil': {
        const until = step.step === 'wait' ? this.#later(step.for) : this.#instant(operandValue(step.date, this.#scope))
        if (until === undefined || until <= now) return false
        this.#wait(place, { for: 'time', until })
        return true
      }
      case 'waitFor':
        this.#wait(place, { for: 'trigger', until: Math.max(this.#later(step.atMost), now + 1) })
        return true
      case 'call':
        this.#call(place, step, 1)
        return true
      default:
        return false
    }
  }

  #call(place: Place, step: Extract<AutomationStep, { readonly step: 'call' }>, attempt: number): void {
    const { now } = this.#walker.state
    const until = step.timeout === undefined ? undefined : now + Math.max(exactMs(step.timeout), 1)
    this.#wait(place, { for: 'answer', attempt, ...(until === undefined ? undefined : { until }) })
  }

  #wait({ at }: Place, wait: Pick<AutomationWait, 'for' | 'until' | 'attempt'>): void {
    this.#changes.push(Object.freeze({ type: 'automation.wait', ...this.#ofRun, at, ...wait }))
  }

  #finish(outcome: AutomationFinish['outcome'], why: string | undefined): readonly Change[] {
    const reason = why === undefined ? undefined : { why }
    this.#changes.push(Object.freeze({ type: 'automation.finish', ...this.#ofRun, outcome, ...reason }))
    return this.#changes
  }

  #later(duration: DurationText): number {
    const { state } = this.#walker
    const later = shiftedDate({ instant: state.now }, duration, 1, state.timeZone)
    return later !== undefined && isInstant(later) ? later.instant : LAST_INSTANT
  }

  #instant(date: Value | undefined): number | undefined {
    return date === undefined ? undefined : instantOfDate(date, timeZone(this.#walker.state.timeZone))
  }
}

/** Whether what a step does depends on what the contact is. */
function looksAtContact(step: AutomationStep): boolean {
  return isDoing(step) || step.step === 'if' || step.step === 'waitUntil'
}

/** Whether an answer can be the value of an attribute. */
function isValue(answer: unknown): answer is Value {
  if (typeof answer === 'object' && answer !== null) {
    const value = answer as Value
    return isList(value) || (Object.keys(value).length === 1 && ('instant' in answer || 'day' in answer))
  }
  return typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean'
}
