import { CoterieError, isCoterieError, show } from '../base/errors.js'
import type { AutomationReason } from '../changes/automation-changes.js'
import type { AutomationHost } from '../engine/automation-port.js'
import type { EngineState } from '../engine/state.js'
import type { Run } from './run.js'

/** A call of a handler. */
export interface HandlerCall {
  readonly automation: string
  readonly run: string
  readonly contactId: string
  /** The place of the step, such as `2.then.0`. */
  readonly step: string
  /**
   * The same for every attempt of this step of this run, and for no other: whoever does something that must not be done twice
   * asks for it to be done once under this key.
   */
  readonly key: string
  /** From 1. */
  readonly attempt: number
  /** What the step says to hand on. */
  readonly with: unknown
  /** What began the run. */
  readonly because: AutomationReason
  /** Where the engine's clock stood when the step was taken, in ms. */
  readonly at: number
}

/** Does something outside; what it returns, or resolves to, is its answer, and what it throws a failure. */
export type Handler = (call: HandlerCall) => unknown

/** An answer that could not be given yet. */
interface Answer {
  readonly run: Run
  readonly at: string
  readonly attempt: number
  readonly said: { readonly result?: unknown } | { readonly failed: string }
}

/*
 * A handler is called when the change is durable that says so, and again when the engine was away before its answer was. So it is
 * called at least once, and what it is called for is never undone. Its answer comes back as a change.
 */

/** Calls handlers, and brings back what they answer. */
export class Handlers {
  readonly #core: AutomationHost<EngineState>
  readonly #handlers = new Map<string, Handler>()
  /** The runs that wait for a handler, with what says when that is durable. */
  readonly #waiting = new Map<Run, () => Promise<number>>()
  readonly #answers: Answer[] = []
  #working = 0
  #idle: (() => void)[] = []

  constructor(core: AutomationHost<EngineState>) {
    this.#core = core
    core.onSettled(() => {
      this.#retry()
    })
  }

  /** Takes a handler for a name; returns what ends it. */
  add(name: string, handler: Handler): () => void {
    if (this.#handlers.has(name)) {
      throw new CoterieError('OPTION_INVALID', `There is a handler ${JSON.stringify(name)} already`, {
        received: name,
        expected: 'a name that no handler has',
      })
    }
    this.#handlers.set(name, handler)
    for (const run of [...this.#waiting.keys()]) this.#begin(run)
    return () => {
      if (this.#handlers.get(name) === handler) this.#handlers.delete(name)
    }
  }

  /** Takes a run that waits for its handler. */
  wait(run: Run, durable: () => Promise<number>): void {
    this.#waiting.set(run, durable)
    this.#begin(run)
  }

  /** Resolves when no handler is at work that was called, and all answers were given. */
  idle(): Promise<void> {
    if (this.#working === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #begin(run: Run): void {
    const durable = this.#waiting.get(run)
    const step = stepOf(run)
    const handler = step && this.#handlers.get(step.handler)
    if (durable === undefined || handler === undefined) return
    this.#waiting.delete(run)
    this.#working += 1
    durable()
      .then(
        () => this.#call(run, handler),
        () => {
          // The storage fails: the step may be lost with it, so nothing is done for it until it is kept.
          this.#waiting.set(run, durable)
        },
      )
      .finally(() => {
        this.#working -= 1
        if (this.#working === 0) for (const resolve of this.#idle.splice(0)) resolve()
      })
      .catch((error: unknown) => {
        this.#core.report(unexpected(error))
      })
  }

  async #call(run: Run, handler: Handler): Promise<void> {
    const { at, wait } = run
    const step = stepOf(run)
    // It may have been cancelled while it became durable.
    if (step === undefined || wait?.for !== 'answer') return
    const { store, now } = this.#core.state
    const { attempt } = wait
    const call: HandlerCall = Object.freeze({
      automation: run.automation.id,
      run: run.id,
      contactId: store.directory.idOf(run.ordinal),
      step: at,
      key: `${run.id}:${at}`,
      attempt,
      with: step.with,
      because: run.because,
      at: now,
    })
    let said: Answer['said']
    try {
      const result = await handler(call)
      said = result === undefined ? {} : { result }
    } catch (error) {
      said = { failed: error instanceof Error ? error.message : show(error) }
    }
    this.#give({ run, at, attempt, said })
  }

  #give(answer: Answer): void {
    const { run, at, attempt, said } = answer
    if (run.outcome !== undefined) return
    const contact = this.#core.state.store.directory.idOf(run.ordinal)
    try {
      this.#core.apply({ type: 'automation.step', contact, run: run.id, at, attempt, ...said })
    } catch (error) {
      if (!isCoterieError(error)) throw error
      if (!this.#core.accepts) this.#answers.push(answer)
      else if ('failed' in said) this.#core.report(error)
      // An answer that is no plain JSON is none.
      else this.#give({ ...answer, said: { failed: error.message } })
    }
  }

  /** Tries again what the storage did not take. */
  #retry(): void {
    if (!this.#core.accepts || (this.#answers.length === 0 && this.#waiting.size === 0)) return
    const answers = this.#answers.splice(0)
    for (const run of [...this.#waiting.keys()]) this.#begin(run)
    if (answers.length === 0) return
    void Promise.resolve().then(() => {
      for (const answer of answers) this.#give(answer)
    })
  }
}

function stepOf(run: Run): { readonly handler: string; readonly with?: unknown } | undefined {
  const step = run.automation.program.place(run.at)?.step
  return step?.step === 'call' && run.outcome === undefined ? step : undefined
}

function unexpected(error: unknown): CoterieError {
  if (isCoterieError(error)) return error
  return new CoterieError('LISTENER_FAILED', 'Something went wrong while a handler was called', {
    received: show(error),
    cause: error,
  })
}
