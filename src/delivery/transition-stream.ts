import { CoterieError } from '../base/errors.js'
import type { Transition } from '../changes/transition.js'

/** The part of an `AbortSignal` that is used, so that any runtime's will do. */
export interface StopSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** What to do when transitions come faster than they are taken. */
export type OverflowPolicy = 'error' | 'dropOldest' | 'dropNewest'

/** How a stream of transitions is bounded and ended. */
export interface StreamOptions {
  /** Ends the stream. */
  readonly signal?: StopSignal
  /** How many transitions may wait. Default 10,000. */
  readonly capacity?: number
  /** What happens when more would: by default the stream ends with `SUBSCRIPTION_OVERFLOW` after those that wait. */
  readonly overflow?: OverflowPolicy
}

/** Transitions for `for await`. It listens from when it is made until the loop ends or the signal does. */
export class TransitionStream implements AsyncIterableIterator<Transition> {
  readonly #waiting: Transition[] = []
  readonly #takers: {
    readonly resolve: (result: IteratorResult<Transition>) => void
    readonly reject: (error: CoterieError) => void
  }[] = []
  readonly #capacity: number
  readonly #overflow: OverflowPolicy
  readonly #stopListening: () => void
  #ended = false
  #error: CoterieError | undefined

  constructor(listen: (hear: (transition: Transition) => void) => () => void, options: StreamOptions) {
    const { signal } = options
    this.#capacity = options.capacity ?? 10_000
    this.#overflow = options.overflow ?? 'error'
    const unlisten = listen((transition) => {
      this.#offer(transition)
    })
    const abort = (): void => {
      this.#end()
    }
    signal?.addEventListener('abort', abort)
    this.#stopListening = () => {
      unlisten()
      signal?.removeEventListener('abort', abort)
    }
    if (signal?.aborted === true) this.#end()
  }

  next(): Promise<IteratorResult<Transition>> {
    const value = this.#waiting.shift()
    if (value !== undefined) return Promise.resolve({ value, done: false })
    if (this.#error !== undefined) {
      const error = this.#error
      this.#error = undefined
      return Promise.reject(error)
    }
    if (this.#ended) return Promise.resolve({ value: undefined, done: true })
    return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }))
  }

  return(): Promise<IteratorResult<Transition>> {
    this.#waiting.length = 0
    this.#error = undefined
    this.#end()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #offer(transition: Transition): void {
    const taker = this.#takers.shift()
    if (taker !== undefined) {
      taker.resolve({ value: transition, done: false })
    } else if (this.#waiting.length < this.#capacity) {
      this.#waiting.push(transition)
    } else if (this.#overflow === 'error') {
      this.#error = new CoterieError('SUBSCRIPTION_OVERFLOW', 'Transitions came faster than they were taken', {
        received: `transition ${String(transition.seq)}`,
        expected: `at most ${String(this.#capacity)} that wait`,
      })
      this.#end()
    } else if (this.#overflow === 'dropOldest') {
      this.#waiting.shift()
      this.#waiting.push(transition)
    }
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#stopListening()
    for (const { resolve } of this.#takers.splice(0)) resolve({ value: undefined, done: true })
  }
}
