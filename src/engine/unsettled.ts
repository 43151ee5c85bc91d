import { FewMap, noEntries, type FewEntries } from '../base/few-map.js'
import type { Subject } from '../predicates/subject.js'
import type { Segment } from '../segments/segment.js'
import type { DefinedMoves } from './defined-moves.js'
import type { Directory } from '../store/directory.js'

/** What a transaction has to settle beside what it wrote: slots that it changed, whom time moved, segments that it defined. */
export class Unsettled {
  /** The segments in which a contact's slots changed. */
  #slots: FewMap<number, FewMap<Segment, true>> | undefined
  /** What time may have moved for a contact. */
  #due: FewMap<number, FewMap<Subject<Segment>, true>> | undefined
  /** The contacts of which all automatic tags are to be looked at. */
  #tags: FewMap<number, true> | undefined
  #defined: FewMap<Segment, true> | undefined

  /** The segments that were defined or taken away. */
  get defined(): FewEntries<Segment, true> {
    return this.#defined ?? noEntries()
  }

  addSlot(ordinal: number, segment: Segment): void {
    addTo((this.#slots ??= new FewMap<number, FewMap<Segment, true>>()), ordinal, segment)
  }

  addDue(ordinal: number, subject: Subject<Segment>): void {
    addTo((this.#due ??= new FewMap<number, FewMap<Subject<Segment>, true>>()), ordinal, subject)
  }

  addTags(ordinal: number): void {
    this.#tags ??= new FewMap<number, true>()
    this.#tags.set(ordinal, true)
  }

  addDefined(segment: Segment): void {
    this.#defined ??= new FewMap<Segment, true>()
    this.#defined.set(segment, true)
  }

  /** Whether all automatic tags of a contact are to be looked at. */
  hasTags(ordinal: number): boolean {
    return this.#tags?.has(ordinal) ?? false
  }

  /** The contacts of which they are. */
  get withTags(): Iterable<number> {
    return this.#tags?.keys() ?? none
  }

  slotsOf(ordinal: number): Iterable<Segment> {
    return this.#slots?.get(ordinal)?.keys() ?? none
  }

  dueOf(ordinal: number): Iterable<Subject<Segment>> | undefined {
    return this.#due?.get(ordinal)?.keys()
  }

  /** Whether nothing is to settle but one segment that was defined. */
  isOneDefinition(written: FewEntries<number, unknown>): boolean {
    return this.defined.size === 1 && this.#mentions + written.size === 0
  }

  /** How often contacts stand here: one in several places counts for each. */
  get #mentions(): number {
    return (this.#slots?.size ?? 0) + (this.#due?.size ?? 0) + (this.#tags?.size ?? 0)
  }

  /** The contacts to settle: those written to, those here, and those whom definitions may move. */
  contacts(
    written: FewEntries<number, unknown>,
    defined: readonly DefinedMoves[],
    directory: Directory,
  ): Iterable<number> {
    // Most changes write to one contact and most steps of the clock move one, and then there is nothing to put in order.
    if (defined.length === 0 && written.size + this.#mentions <= 1)
      return (this.#slots ?? this.#due ?? this.#tags ?? written).keys()
    const ordinals = new Set(written.keys())
    for (const contacts of [this.#slots, this.#due, this.#tags]) {
      for (const ordinal of contacts?.keys() ?? none) ordinals.add(ordinal)
    }
    for (const { contacts } of defined) (contacts ?? directory.present).forEach((ordinal) => ordinals.add(ordinal))
    return [...ordinals].sort((a, b) => directory.placeOf(a) - directory.placeOf(b))
  }
}

const none: readonly never[] = Object.freeze([])

function addTo<T>(sets: FewMap<number, FewMap<T, true>>, ordinal: number, item: T): void {
  let set = sets.get(ordinal)
  if (set === undefined) sets.set(ordinal, (set = new FewMap<T, true>()))
  set.set(item, true)
}
