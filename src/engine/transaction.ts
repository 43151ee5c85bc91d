import type { Change } from '../changes/change.js'
import type { FoldOutcome } from '../changes/receipt.js'
import type { Cause, CauseKind, TagEvent, Transition } from '../changes/transition.js'
import type { HeldTag } from '../contacts/tag.js'
import type { StoredContact } from '../predicates/window-clock.js'
import type { Subject } from '../predicates/subject.js'
import { ownReason, type Segment, type Slot, type SlotKind } from '../segments/segment.js'
import { Draft } from '../store/draft.js'
import type { Touched } from '../store/touched.js'
import { Causes, type Source } from './causes.js'
import { DefinitionWrites } from './definition-writes.js'
import { foldHistory } from './fold-history.js'
import { settleAll } from './settle.js'
import { TagSettlement } from './settle-tags.js'
import { SlotWrites } from './slot-writes.js'
import { admitMembers, followTransitions } from './follow.js'
import { followTags, noteHolderMove, type HolderMoves } from './follow-tags.js'
import { makeTransition } from './make-transition.js'
import type { Applied } from './recorder.js'
import { storedContacts, type EngineState } from './state.js'
import { tagEventsOf } from './tag-events.js'
import { TagMoves } from './tag-moves.js'
import { TagUnsettling } from './tag-unsettling.js'
import { Unsettled } from './unsettled.js'

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
  readonly #state: EngineState
  readonly #unsettled = new Unsettled()
  readonly #causes: Causes
  // Most changes write one contact and nothing else: what they do not need is not made.
  #tagMoves: TagMoves | undefined
  #slots: SlotWrites | undefined
  #definitions: DefinitionWrites | undefined
  #held: TagUnsettling | undefined
  readonly #folds: { readonly before: number; readonly outcome: FoldOutcome }[] = []

  constructor(state: EngineState, source: Source, listener?: string) {
    this.#state = state
    this.#causes = new Causes(state, source, listener)
    this.draft = new Draft(state.store)
  }

  /** What it does to tags, for the trail. */
  get tagMoves(): TagMoves {
    return (this.#tagMoves ??= new TagMoves())
  }

  /** What it does to the tags that segments hold. */
  get held(): TagUnsettling {
    return (this.#held ??= new TagUnsettling(this.#state, this.#unsettled))
  }

  /** Notes that a change names a contact, and as what it moves it; `eventAt` is when the event happened that it carries. */
  touch(ordinal: number, kind: CauseKind, change: Change, eventAt?: number): void {
    this.#causes.touch(ordinal, kind, change, eventAt)
  }

  /** Notes that time may have moved a subject for a contact. */
  due(ordinal: number, subject: Subject<Segment>): void {
    this.#unsettled.addDue(ordinal, subject)
  }

  /** Looks at a segment for a contact when the transaction settles. */
  consider(ordinal: number, segment: Segment): void {
    this.#unsettled.addSlot(ordinal, segment)
  }

  /** Fills or empties a slot. */
  setSlot(segment: Segment, kind: SlotKind, ordinal: number, slot: Slot | undefined): void {
    this.#slots ??= new SlotWrites(this.draft)
    this.#slots.set(segment, kind, ordinal, slot)
  }

  /** Notes that a segment is being defined: where it is another one then, it is decided for everyone when the transaction settles. */
  define(segment: Segment, change: Change, created: boolean): void {
    this.#causes.define(change)
    this.#definitionWrites.define(segment, created)
  }

  /** Notes that a segment was taken away: everyone exits. */
  remove(segment: Segment, change: Change): void {
    this.#causes.define(change)
    this.#definitionWrites.remove(segment, this.draft)
    if (segment.holds !== undefined) this.held.release(segment, segment.holds)
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
   * Checks what {@link commit} checks and settles nothing; then all must be taken back, and segments put in order again.
   *
   * @throws CoterieError as `commit` does.
   */
  check(): void {
    this.#arrange()
  }

  /**
   * Checks, settles, and returns what happened.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE` or `RULE_LOOP`, before anything was settled.
   */
  commit(): Effects {
    const state = this.#state
    state.automation?.check(this.#removed)
    this.#arrange()
    state.revision += 1
    this.#forgetRemovedContacts()
    this.#moveDates()
    this.#definitions?.makeLive(() => this.#presentContacts())
    for (const segment of this.#definitions?.changed() ?? none) this.#unsettled.addDefined(segment)
    this.#slots?.visitChanged((segment, ordinal) => {
      this.#unsettled.addSlot(ordinal, segment)
    })
    const transitions = this.#settle()
    const tagEvents = this.#moveTags()
    state.automation?.happened({ changes: this.draft.touched, transitions, tagEvents })
    this.#queueEnds()
    this.#forgetRows()
    this.#afterSnapshots()
    for (const { before, outcome } of this.#folds) Object.assign(outcome, foldHistory(state, before))
    return { revision: state.revision, transitions, tagEvents }
  }

  /**
   * Does what {@link commit} once did, as it was recorded: nothing is decided anew. Leaves and dates are left for whoever
   * is done following.
   */
  follow({ revision, transitions, folds }: Applied): Effects {
    const state = this.#state
    this.#arrange()
    state.revision = revision
    this.#forgetRemovedContacts()
    this.#followTransitions(transitions)
    const tagEvents = this.#moveTags()
    state.automation?.happened({ changes: this.draft.touched, transitions, tagEvents })
    for (const segment of this.#definitions?.segments ?? none)
      if (segment.snapshot !== undefined) admitMembers(segment, state.now)
    this.#queueEnds()
    this.#forgetRows()
    this.#afterSnapshots()
    for (const [place, { before }] of this.#folds.entries()) foldHistory(state, before, folds[place] ?? [])
    return { revision, transitions, tagEvents }
  }

  get #definitionWrites(): DefinitionWrites {
    return (this.#definitions ??= new DefinitionWrites(this.#state))
  }

  get #removed(): readonly Segment[] {
    return this.#definitions?.removed ?? none
  }

  #arrange(): void {
    if (this.#definitions !== undefined || this.#held?.isRegrouped === true) this.#definitionWrites.arrange(this.#held)
  }

  get #tagSettlement(): TagSettlement {
    return new TagSettlement(this.#state, this.draft, this.tagMoves, this.#held?.begun ?? nobody)
  }

  /** Moves members as it is recorded, and decides the tags that segments hold: these follow from the members. */
  #followTransitions(transitions: readonly Transition[]): void {
    const state = this.#state
    const moves: HolderMoves = new Map()
    followTransitions(state, transitions, this.#removed, this.draft.touched, (segment, ordinal, entered) => {
      noteHolderMove(moves, segment, ordinal, entered)
    })
    if (state.segments.units.size > 0) followTags(state.store, this.draft, moves, this.#unsettled, this.#tagSettlement)
  }

  /** Empties the slots of contacts that were taken away. */
  #forgetRemovedContacts(): void {
    for (const { ordinal, removed } of this.draft.touched) {
      if (!removed) continue
      for (const segment of this.#state.segments.order) {
        for (const kind of ['include', 'exclude'] as const) {
          if (segment.slots[kind].has(ordinal)) this.setSlot(segment, kind, ordinal, undefined)
        }
      }
    }
  }

  #moveDates(): void {
    const { windows, store, now } = this.#state
    for (const touched of this.draft.touched) {
      if (!touched.created && !touched.removed && !windows.isReading(touched)) continue
      const before = touched.created ? undefined : this.draft.before(touched)
      const after = touched.removed ? undefined : store.view(touched.ordinal)
      windows.contactChanged(touched.ordinal, before, after, touched.created || touched.removed ? 'all' : touched, now)
    }
  }

  #queueEnds(): void {
    if (this.#slots === undefined && this.#removed.length === 0) return
    this.#slots ??= new SlotWrites(this.draft)
    this.#slots.queueEnds(this.#state, this.#removed)
  }

  #presentContacts(): readonly StoredContact[] {
    return storedContacts(this.#state).filter(({ ordinal }) => this.draft.touchedAt(ordinal)?.removed !== true)
  }

  /** Writes the trail of tags, and says who gained and lost which. */
  #moveTags(): readonly TagEvent[] {
    const state = this.#state
    const { touched } = this.draft
    if (this.#tagMoves === undefined && touched.every(({ removed, tags }) => !removed && tags.size === 0)) return none
    const causeOf = (ordinal: number): Cause => this.#causes.of(ordinal, ownReason)
    const beforeOf = (each: Touched, tag: string): HeldTag | undefined => this.tagMoves.before(each, tag)
    const tagEvents = tagEventsOf(touched, state.store, state.now, beforeOf, causeOf)
    this.tagMoves.write(state, touched, causeOf)
    return tagEvents
  }

  #settle(): readonly Transition[] {
    const { openSelections } = this.#state
    const transitions: Transition[] = []
    const tags = this.#state.segments.units.size === 0 ? undefined : this.#tagSettlement
    settleAll(this.#state, this.draft, this.#unsettled, tags, (type, segment, ordinal, reason, visit, duration) => {
      transitions.push(makeTransition(this.#state, this.#causes, type, segment, ordinal, reason, visit, duration))
      openSelections.noteChange(ordinal)
    })
    for (const { ordinal } of this.draft.touched) openSelections.noteChange(ordinal)
    return transitions.length === 0 ? none : Object.freeze(transitions)
  }

  #forgetRows(): void {
    for (const { ordinal, removed } of this.draft.touched) {
      if (!removed) continue
      for (const segment of this.#state.segments.order) {
        segment.visits?.delete(ordinal)
        segment.damper?.forget(ordinal)
      }
    }
    for (const segment of this.#removed) segment.members.release()
    this.draft.commit()
  }

  /** A snapshot's rule referred to segments only while it was taken, and those taken away had a place only for their exits. */
  #afterSnapshots(): void {
    const hadSnapshots = this.#definitions?.forgetSnapshots() ?? false
    const hasFormer = (this.#held?.former.length ?? 0) > 0
    if (hadSnapshots || hasFormer || this.#removed.length > 0) this.#state.segments.arrange([])
  }
}

const none: readonly never[] = Object.freeze([])
const nobody: ReadonlySet<never> = /* @__PURE__ */ new Set<never>()
