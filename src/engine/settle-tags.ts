import { compareText } from '../base/text.js'
import { decideUnit } from '../segments/held-tags.js'
import type { Segment } from '../segments/segment.js'
import type { TagUnit } from '../segments/tag-units.js'
import type { Draft } from '../store/draft.js'
import { Touched } from '../store/touched.js'
import type { EngineState } from './state.js'
import type { TagMoves } from './tag-moves.js'

/*
 * Automatic tags of one contact after the other: which units are to be decided, and when. A unit is decided when all its holders
 * are, and before whoever reads its tags; it is looked at where a holder moved, where one of its tags was written, or where
 * holders or groups are others than before.
 */

/** Decides automatic tags while a transaction settles, or is done again. */
export class TagSettlement {
  readonly #state: EngineState
  readonly #draft: Draft
  readonly #tagMoves: TagMoves
  /** Segments that begin to put a tag on. */
  readonly #begun: ReadonlySet<Segment>
  readonly #waiting = new Set<TagUnit<Segment>>()
  readonly #entered = new Set<Segment>()
  #ordinal = -1

  constructor(state: EngineState, draft: Draft, tagMoves: TagMoves, begun: ReadonlySet<Segment>) {
    this.#state = state
    this.#draft = draft
    this.#tagMoves = tagMoves
    this.#begun = begun
  }

  /** The rank after which the next unit is to be decided; infinite where none is. */
  next = Infinity

  /** Turns to a contact. `all` where every unit is to be looked at, otherwise those of the tags that were written. */
  turnTo(ordinal: number, written: Touched | undefined, all: boolean): void {
    this.#ordinal = ordinal
    this.#waiting.clear()
    this.#entered.clear()
    this.next = Infinity
    if (written?.removed === true) return
    const { units } = this.#state.segments
    if (all) for (const unit of units.inOrder()) this.#wait(unit)
    else if (written !== undefined) for (const tag of written.tags.keys()) this.#wait(units.of(tag))
  }

  /** Notes that the contact entered a segment, or left it. */
  moved(segment: Segment, entered: boolean): void {
    if (segment.unit === undefined) return
    if (entered) this.#entered.add(segment)
    this.#wait(segment.unit)
  }

  /** Decides the next unit; returns the tags that were written, as they were before, or `undefined` where none was. */
  settleNext(): Touched | undefined {
    const [unit] = [...this.#waiting].sort((a, b) => a.closing - b.closing || compareText(a.name, b.name))
    if (unit === undefined) return undefined
    this.#waiting.delete(unit)
    this.next = Math.min(Infinity, ...[...this.#waiting].map(({ closing }) => closing))
    return this.#settle(unit)
  }

  #wait(unit: TagUnit<Segment> | undefined): void {
    if (unit === undefined) return
    this.#waiting.add(unit)
    this.next = Math.min(this.next, unit.closing)
  }

  #settle(unit: TagUnit<Segment>): Touched | undefined {
    const ordinal = this.#ordinal
    const { store, now } = this.#state
    const isMember = (segment: Segment): boolean => segment.members.has(ordinal)
    const enters = (segment: Segment): boolean => this.#entered.has(segment) || this.#begun.has(segment)
    const writes = decideUnit(unit, store.tags.of(ordinal), { isMember, enters, now })
    if (writes.length === 0) return undefined
    const written = new Touched(ordinal, false)
    for (const { tag, held, displacedBy } of writes) {
      written.wroteTag(tag, store.tags.get(ordinal, tag))
      if (displacedBy !== undefined) this.#tagMoves.note(ordinal, tag, { displacedBy })
      this.#draft.setTag(ordinal, tag, held)
    }
    return written
  }
}
