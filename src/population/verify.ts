import { checkFunction, checkWhole, plainOptions } from '../engine/arguments.js'
import { nextTurn, throwIfStopped, type SliceOptions } from '../engine/ask-in-slices.js'
import type { AnyEngine } from './any-engine.js'
import { scopeAt } from './scope-at.js'

/*
 * Whether an engine says what its rules say. Everything is asked again of the plain evaluator, one contact after the other:
 * a membership, the numbers of members, and that nothing is due by time before the engine says so. The state of one
 * contact is whole between any two changes, so changes may come between two slices.
 *
 * A contact costs one plain evaluation a segment, and with `clock` one search for its next flip.
 */

/** Something that the engine says and the plain evaluator does not. */
export type Deviation =
  | {
      readonly kind: 'membership'
      readonly segmentId: string
      readonly contactId: string
      /** What the engine says. */
      readonly member: boolean
      /** What rule and slots say. */
      readonly expected: boolean
    }
  | {
      readonly kind: 'count'
      readonly segmentId: string
      readonly count: number
      readonly expected: number
    }
  | {
      /** A membership moves by time before the engine says that anything does. */
      readonly kind: 'clock'
      readonly segmentId: string
      readonly contactId: string
      /** The instant at which the membership moves, in ms. */
      readonly at: number
      /** What `nextDueAt` says, in ms; left out where it says that nothing is due. */
      readonly nextDueAt?: number
    }

/** What {@link verify} has found. */
export interface Verification {
  /** Whether nothing deviates. */
  readonly sound: boolean
  /** How many contacts were asked; those that went away meanwhile do not count. */
  readonly contacts: number
  readonly segments: number
  /** The first of what deviates, at most as many as `most`. */
  readonly deviations: readonly Deviation[]
}

/** How an engine is verified. */
export interface VerifyOptions extends SliceOptions {
  /** Whether it is also asked, for each contact and segment, when time alone moves it. Default false. */
  readonly clock?: boolean
  /** After how many deviations to stop. Default 100. */
  readonly most?: number
}

const defaultSlice = 256
const defaultMost = 100

/**
 * Asks an engine whether it says what its rules say, in slices between which the host can do other things, and the engine
 * can change. For production: it reads, and moves nothing. A segment that was defined anew meanwhile is asked as it is then.
 *
 * @throws CoterieError (as a rejection) `OPTION_INVALID`; the reason of the signal.
 */
export async function verify(engine: AnyEngine & Timed, options: VerifyOptions = {}): Promise<Verification> {
  const { slice = defaultSlice, pause = nextTurn, onProgress, signal, ...rest } = plainOptions('options', options)
  checkWhole('slice', slice, 1)
  checkFunction(pause, 'pause')
  if (onProgress !== undefined) checkFunction(onProgress, 'onProgress')
  const verifying = new Verifying(engine, rest)
  while (verifying.isOpen) {
    await pause()
    throwIfStopped(signal)
    verifying.askNext(slice)
    onProgress?.(Object.freeze({ asked: verifying.asked, contacts: verifying.asked + verifying.left }))
  }
  return verifying.end()
}

/** The same in one go. */
export function verifyNow(
  engine: AnyEngine & Timed,
  options: Pick<VerifyOptions, 'clock' | 'most'> = {},
): Verification {
  const verifying = new Verifying(engine, options)
  verifying.askNext(Number.POSITIVE_INFINITY)
  return verifying.end()
}

/** An engine that knows when time moves something. */
interface Timed {
  nextDueAt(): number | undefined
}

class Verifying {
  readonly #engine: AnyEngine & Timed
  readonly #clock: boolean
  readonly #most: number
  readonly #ids: readonly string[]
  readonly #deviations: Deviation[] = []
  #next = 0
  #contacts = 0

  constructor(engine: AnyEngine & Timed, options: Pick<VerifyOptions, 'clock' | 'most'>) {
    const { clock = false, most = defaultMost } = options
    checkWhole('most', most, 1)
    this.#engine = engine
    this.#clock = clock
    this.#most = most
    this.#ids = engine.contacts.ids()
  }

  get asked(): number {
    return this.#next
  }

  get left(): number {
    return this.#ids.length - this.#next
  }

  get isOpen(): boolean {
    return this.left > 0 && this.#deviations.length < this.#most
  }

  askNext(count: number): void {
    for (const end = Math.min(this.#next + count, this.#ids.length); this.#next < end && this.isOpen; this.#next++)
      this.#ask(this.#ids[this.#next] as string)
  }

  end(): Verification {
    const segments = this.#engine.segments.ids()
    for (const id of segments) {
      const segment = this.#engine.segments.get(id)
      if (segment === undefined) continue
      let expected = 0
      for (const member of segment.members()) if (this.#engine.contacts.has(member)) expected++
      if (segment.count !== expected) this.#add({ kind: 'count', segmentId: id, count: segment.count, expected })
    }
    const deviations = Object.freeze(this.#deviations.slice(0, this.#most))
    return Object.freeze({
      sound: deviations.length === 0,
      contacts: this.#contacts,
      segments: segments.length,
      deviations,
    })
  }

  #ask(contactId: string): void {
    const scope = scopeAt(this.#engine, contactId, this.#engine.now)
    if (scope === undefined) return
    this.#contacts++
    for (const segmentId of this.#engine.segments.ids()) {
      const member = this.#engine.segments.has(segmentId, contactId)
      const expected = scope.inSegment(segmentId)
      if (member !== expected) this.#add({ kind: 'membership', segmentId, contactId, member, expected })
      if (this.#clock) this.#askClock(segmentId, contactId)
    }
  }

  #askClock(segmentId: string, contactId: string): void {
    const next = this.#engine.segments.nextChangeAt(segmentId, contactId)
    const due = this.#engine.nextDueAt()
    if (!('at' in next) || (due !== undefined && due <= next.at)) return
    this.#add({ kind: 'clock', segmentId, contactId, at: next.at, ...(due === undefined ? {} : { nextDueAt: due }) })
  }

  #add(deviation: Deviation): void {
    this.#deviations.push(Object.freeze(deviation))
  }
}
