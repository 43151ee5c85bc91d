import { FewMap } from '../base/few-map.js'
import type { Subject } from '../predicates/subject.js'
import type { Segment } from '../segments/segment.js'
import type { DefinedMoves } from './defined-moves.js'
import type { Directory } from '../store/directory.js'

/** What a transaction has to settle beside what it wrote: slots that it changed, whom time moved, segments that it defined. */
export class Unsettled {
  /** The segments in which a contact's slots changed. */
  readonly #slots = new FewMap<number, Set<Segment>>()
  /** What time may have moved for a contact. */
  readonly #due = new FewMap<number, Set<Subject<Segment>>>()
  /** The contacts of which all automatic tags are to be looked at. */
  readonly #tags = new FewMap<number, true>()
  /** The segments that were defined or taken away. */
  readonly defined = new FewMap<Segment, true>()

  addSlot(ordinal: number, segment: Segment): void {
    addTo(this.#slots, ordinal, segment)
  }

  addDue(ordinal: number, subject: Subject<Segment>): void {
    addTo(this.#due, ordinal, subject)
  }

  addTags(ordinal: number): void {
    this.#tags.set(ordinal, true)
  }

  /** Whether all automatic tags of a contact are to be looked at. */
  hasTags(ordinal: number): boolean {
    return this.#tags.has(ordinal)
  }

  /** The contacts of which they are. */
  get withTags(): Iterable<number> {
    return this.#tags.keys()
  }

  slotsOf(ordinal: number): Iterable<Segment> {
    return this.#slots.get(ordinal) ?? none
  }

  dueOf(ordinal: number): Iterable<Subject<Segment>> | undefined {
    return this.#due.get(ordinal)
  }

  /** Whether nothing is to settle but one segment that was defined. */
  isOneDefinition(written: FewMap<number, unknown>): boolean {
    return (
      this.defined.size === 1 &&
      this.#slots.size === 0 &&
      this.#due.size === 0 &&
      this.#tags.size === 0 &&
      written.size === 0
    )
  }

  /** The contacts to settle: those written to, those here, and those whom definitions may move. */
  contacts(
    written: FewMap<number, unknown>,
    defined: readonly DefinedMoves[],
    directory: Directory,
  ): readonly number[] {
    const others = this.#slots.size + this.#due.size + this.#tags.size
    if (defined.length === 0 && others === 0 && written.size <= 1) return [...written.keys()]
    const ordinals = new Set([...written.keys(), ...this.#slots.keys(), ...this.#due.keys(), ...this.#tags.keys()])
    for (const { contacts } of defined) (contacts ?? directory.present).forEach((ordinal) => ordinals.add(ordinal))
    return [...ordinals].sort((a, b) => directory.placeOf(a) - directory.placeOf(b))
  }
}

const none: readonly never[] = Object.freeze([])

function addTo<T>(sets: FewMap<number, Set<T>>, ordinal: number, item: T): void {
  const set = sets.get(ordinal)
  if (set === undefined) sets.set(ordinal, new Set([item]))
  else set.add(item)
}
