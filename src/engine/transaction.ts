import type { Change } from '../changes/change.js'
import type { FoldOutcome } from '../changes/receipt.js'
import type { Cause, CauseKind, TagEvent, Transition } from '../changes/transition.js'
import type { HeldTag } from '../contacts/tag.js'
import { visitFlips } from '../predicates/flips.js'
import type { Rule } from '../rules/ast.js'
import { Candidates, settle, type Move } from '../segments/settlement.js'
import { ownReason, type Reason, type Segment, type Slot, type SlotKind } from '../segments/segment.js'
import { Draft, type Touched } from '../store/draft.js'
import { Causes, type Source } from './causes.js'
import { foldHistory } from './fold-history.js'
import { SlotWrites } from './slot-writes.js'
import type { EngineState } from './state.js'
import { tagEventsOf } from './tag-events.js'
import { TagMoves } from './tag-moves.js'

/*
 * One change, one batch, or one step of the clock, from its first write to its transitions. Until `commit` everything can
 * be taken back; `commit` first checks what can only be checked at the end (references and loops), and from there on nothing
 * is refused any more: dates move in their streams, leaves are interned, flips found, segments settled.
 */

/** What a change or step did, for its receipt and for those who listen. */
export interface Effects {
  readonly revision: number
  readonly transitions: readonly Transition[]
  readonly tagEvents: readonly TagEvent[]
}

/** The work of one change, batch or step. */
export class Transaction {
  readonly draft: Draft
  readonly tagMoves = new TagMoves()
  readonly #state: EngineState
  readonly #candidates = new Candidates()
  readonly #causes: Causes
  readonly #slots: SlotWrites
  /** Segments defined or taken away, with the rule they had before. */
  readonly #defined = new Map<Segment, Rule | undefined>()
  readonly #created = new Set<Segment>()
  readonly #removed: Segment[] = []

  readonly #folds: { readonly before: number; readonly outcome: FoldOutcome }[] = []

  constructor(state: EngineState, source: Source, listener?: string) {
    this.#state = state
    this.#causes = new Causes(state, source, listener)
    this.draft = new Draft(state.store)
    this.#slots = new SlotWrites(this.draft)
  }

  /** Notes that a change names a contact, and as what it moves it; `eventAt` is when the event happened that it carries. */
  touch(ordinal: number, kind: CauseKind, change: Change, eventAt?: number): void {
    this.#causes.touch(ordinal, kind, change, eventAt)
  }

  /** Looks at a segment for a contact when the transaction settles. */
  consider(ordinal: number, segment: Segment, reason: Reason): void {
    this.#candidates.add(ordinal, segment, reason)
  }

  /** Fills or empties a slot. */
  setSlot(segment: Segment, kind: SlotKind, ordinal: number, slot: Slot | undefined): void {
    this.#slots.set(segment, kind, ordinal, slot)
  }

  /** Notes that a segment is being defined: it is decided for everyone when the transaction settles. */
  define(segment: Segment, change: Change, created: boolean): void {
    this.#causes.define(change)
    if (created) this.#created.add(segment)
    if (!this.#defined.has(segment)) this.#defined.set(segment, segment.rule)
    this.#candidates.everywhere.add(segment)
  }

  /** Notes that a segment was taken away: everyone exits. What the same batch defined it as does not matter any more. */
  remove(segment: Segment, change: Change): void {
    this.define(segment, change, false)
    const last = segment.rule
    segment.rule = this.#defined.get(segment)
    this.draft.onRollback(() => {
      segment.rule = last
    })
    this.#removed.push(segment)
  }

  /** Folds events before an instant away when all else is settled; what is returned says what it did from then on. */
  fold(before: number): FoldOutcome {
    const outcome = { folded: 0, types: [], blocked: [] }
    this.#folds.push({ before, outcome })
    return outcome
  }

  /** Takes everything back. */
  rollback(): void {
    this.draft.rollback()
  }

  /**
   * Checks, settles, and returns what happened.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE` or `RULE_LOOP`, before anything was settled.
   */
  commit(): Effects {
    const state = this.#state
    this.#arrange(this.#removed)
    state.revision += 1
    this.#forgetRemovedContacts()
    this.#moveDates()
    this.#internLeaves()
    this.#slots.visitChanged((segment, ordinal) => {
      this.consider(ordinal, segment, ownReason)
    })
    this.#findFlips()
    const causeOf = (ordinal: number): Cause => this.#causes.of(ordinal, ownReason)
    const beforeOf = (touched: Touched, tag: string): HeldTag | undefined => this.tagMoves.before(touched, tag)
    const tagEvents = tagEventsOf(this.draft.touched, state.store, state.now, beforeOf, causeOf)
    this.tagMoves.write(state, this.draft.touched, causeOf)
    const transitions = this.#settle()
    this.#slots.queueEnds(state, this.#removed)
    this.#forgetRows()
    this.#afterSnapshots()
    for (const { before, outcome } of this.#folds) Object.assign(outcome, foldHistory(state, before))
    return { revision: state.revision, transitions, tagEvents }
  }

  #arrange(removed: readonly Segment[]): void {
    const { segments } = this.#state
    const only = this.#created.values().next().value
    if (only !== undefined && this.#defined.size === 1 && removed.length === 0) segments.append(only)
    else if (this.#defined.size > 0) segments.arrange(removed)
  }

  /** Empties the slots of contacts that were taken away. */
  #forgetRemovedContacts(): void {
    for (const { ordinal, removed } of this.draft.touched) {
      if (!removed) continue
      for (const segment of this.#state.segments.order) {
        for (const kind of ['include', 'exclude'] as const) {
          if (segment.slots[kind].has(ordinal)) this.setSlot(segment, kind, ordinal, undefined)
        }
        if (segment.members.has(ordinal)) this.consider(ordinal, segment, ownReason)
      }
    }
  }

  #moveDates(): void {
    const { windows, store, now } = this.#state
    for (const touched of this.draft.touched) {
      const before = touched.created ? undefined : this.draft.before(touched)
      const after = touched.removed ? undefined : store.view(touched.ordinal)
      windows.contactChanged(touched.ordinal, before, after, touched.created || touched.removed ? 'all' : touched, now)
    }
  }

  #internLeaves(): void {
    const { leaves, windows, store, now } = this.#state
    const contacts = (): Iterable<{ readonly ordinal: number; readonly view: ReturnType<typeof store.view> }> =>
      store.directory
        .inOrder()
        .filter((ordinal) => !this.#isGone(ordinal))
        .map((ordinal) => ({ ordinal, view: store.view(ordinal) }))
    for (const [segment, before] of this.#defined) {
      const { added, removed } = leaves.replace(segment, before, segment.removed ? undefined : segment.rule)
      for (const leaf of removed) windows.unwatch(leaf)
      for (const leaf of added) windows.watch(leaf, contacts, now)
    }
  }

  #findFlips(): void {
    const { leaves, segments, counters } = this.#state
    for (const touched of this.draft.touched) {
      const { ordinal } = touched
      if (touched.removed) continue
      if (touched.created) {
        for (const segment of segments.order) this.consider(ordinal, segment, ownReason)
        continue
      }
      const after = this.#state.scopeOf(ordinal)
      const before = { ...after, contact: this.draft.before(touched) }
      visitFlips(leaves.reading(touched), before, after, counters, (leaf) => {
        for (const segment of leaf.uses.keys()) this.consider(ordinal, segment, ownReason)
      })
    }
  }

  #settle(): readonly Transition[] {
    const state = this.#state
    const { directory } = state.store
    const everyone = this.#candidates.everywhere.size > 0
    const contacts = everyone ? directory.inOrder() : this.#inPutOrder([...this.#candidates.ordinals()])
    const around = {
      now: state.now,
      scopeOf: (ordinal: number) => state.scopeOf(ordinal),
      isGone: (ordinal: number) => this.#isGone(ordinal),
      emit: (move: Move) => this.#transition(move),
      admit: (segment: Segment, ordinal: number) => {
        if (!segment.slots.include.has(ordinal)) segment.slots.include.set(ordinal, Object.freeze({ at: state.now }))
      },
    }
    return Object.freeze(settle(contacts, this.#candidates, around, state.counters))
  }

  #transition({ type, segment, ordinal, reason, visit, duration }: Move): Transition {
    const state = this.#state
    state.seq += 1
    return Object.freeze({
      seq: state.seq,
      type,
      segmentId: segment.id,
      contactId: state.store.directory.idOf(ordinal),
      at: state.now,
      cause: this.#causes.of(ordinal, reason),
      ...(visit === undefined ? undefined : { visit }),
      ...(duration === undefined ? undefined : { duration }),
    })
  }

  #forgetRows(): void {
    for (const { ordinal, removed } of this.draft.touched) {
      if (removed) for (const segment of this.#state.segments.order) segment.visits?.delete(ordinal)
    }
    this.draft.commit()
  }

  /** A snapshot's rule referred to segments only while it was taken, and those taken away had a place only for their exits. */
  #afterSnapshots(): void {
    let rearrange = this.#removed.length > 0
    for (const segment of this.#defined.keys()) {
      if (segment.snapshot === undefined) continue
      segment.snapshot = undefined
      rearrange = true
    }
    if (rearrange) this.#state.segments.arrange([])
  }

  #isGone(ordinal: number): boolean {
    return this.draft.touchedAt(ordinal)?.removed ?? false
  }

  #inPutOrder(ordinals: number[]): number[] {
    const { directory } = this.#state.store
    return ordinals.sort((a, b) => directory.placeOf(a) - directory.placeOf(b))
  }
}
