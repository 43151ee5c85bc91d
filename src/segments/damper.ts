import type { DueQueue, DueToken } from '../base/due-queue.js'
import { Visits, type SavedVisits } from './visits.js'

/*
 * What a damped segment remembers beyond its members: when each contact last entered or left, whether the segment keeps
 * visits or not; and who waits, because its rules would move a contact and it is too early. A contact waits exactly while
 * that is so, so who waits follows from all the rest and is not saved.
 */

/** A contact whose wait in a damped segment ends. */
export interface DampedEnd<S> {
  readonly segment: S
  readonly ordinal: number
}

/** The last moves of a damped segment's contacts, and who waits to move. */
export class Damper<S> {
  readonly #segment: S
  readonly #ends: DueQueue<DampedEnd<S>>
  /** A table of instants by ordinal, of which the counts are not used. */
  readonly #moves = new Visits()
  readonly #waits = new Map<number, DueToken>()

  /** `ends` is the queue in which those who wait stand. */
  constructor(segment: S, ends: DueQueue<DampedEnd<S>>) {
    this.#segment = segment
    this.#ends = ends
  }

  /** When a contact last entered or left, in ms; undefined where it never was inside. */
  movedAt(ordinal: number): number | undefined {
    return this.#moves.sinceOf(ordinal)
  }

  /** Notes that a contact enters or leaves. */
  moved(ordinal: number, at: number): void {
    this.#moves.set(ordinal, 0, at)
    this.wait(ordinal, undefined)
  }

  /** Lets a contact wait until an instant, or no longer. */
  wait(ordinal: number, until: number | undefined): void {
    const token = this.#waits.get(ordinal)
    if (token?.at === until) return
    if (token !== undefined) {
      this.#ends.remove(token)
      this.#waits.delete(ordinal)
    }
    if (until !== undefined) this.#waits.set(ordinal, this.#ends.add(until, { segment: this.#segment, ordinal }))
  }

  /** Those who wait. */
  waiting(): Iterable<number> {
    return this.#waits.keys()
  }

  /** Those who moved after an instant, in no order. */
  movedAfter(instant: number): readonly number[] {
    const found: number[] = []
    this.#moves.forEach((ordinal, _, at) => {
      if (at > instant) found.push(ordinal)
    })
    return found
  }

  /** Forgets a contact. */
  forget(ordinal: number): void {
    this.wait(ordinal, undefined)
    this.#moves.delete(ordinal)
  }

  /** Lets nobody wait any more. */
  stopWaiting(): void {
    for (const ordinal of [...this.#waits.keys()]) this.wait(ordinal, undefined)
  }

  /** The last moves, for a snapshot. */
  save(): SavedVisits {
    return this.#moves.save()
  }

  /** Takes over what was saved. */
  load(saved: SavedVisits): void {
    this.#moves.load(saved)
  }
}
