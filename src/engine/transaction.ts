import type { Change } from '../changes/change.js'
import { FewMap } from '../base/few-map.js'
import type { FoldOutcome } from '../changes/receipt.js'
import type { Cause, CauseKind, TagEvent, Transition } from '../changes/transition.js'
import type { HeldTag } from '../contacts/tag.js'
import type { StoredContact } from '../predicates/window-clock.js'
import type { Subject } from '../predicates/subject.js'
import { rulesEqual } from '../rules/rule-key.js'
import { sameDamping } from '../segments/damping.js'
import { ownReason, type Segment, type Slot, type SlotKind } from '../segments/segment.js'
import { Draft } from '../store/draft.js'
import type { Touched } from '../store/touched.js'
import { Causes, type Source } from './causes.js'
import { foldHistory } from './fold-history.js'
import { putLive } from './live-rule.js'
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

/** What a segment was before it was defined anew. */
type DefinedBefore = Pick<Segment, 'kind' | 'rule' | 'damping' | 'damper' | 'watched'>

/** The work of one change, batch or step. */
export class Transaction {
  readonly draft: Draft
  readonly #state: EngineState
  readonly #unsettled = new Unsettled()
  readonly #causes: Causes
  // Most changes write one contact and nothing else: what they do not need is not made.
  #tagMoves: TagMoves | undefined
  #slots: SlotWrites | undefined
  /** Segments defined or taken away, with what they were before. */
  #defined: FewMap<Segment, DefinedBefore> | undefined
  #created: FewMap<Segment, true> | undefined
  readonly #removed: Segment[] = []
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
    if (created) {
      this.#created ??= new FewMap<Segment, true>()
      this.#created.set(segment, true)
    }
    this.#defined ??= new FewMap<Segment, DefinedBefore>()
    if (!this.#defined.has(segment)) {
      const { kind, rule, damping, damper, watched } = segment
      this.#defined.set(segment, { kind, rule, damping, damper, watched })
    }
  }

  /** Notes that a segment was taken away: everyone exits. What the same batch defined it as does not matter any more. */
  remove(segment: Segment, change: Change): void {
    this.define(segment, change, false)
    const { rule: last, damping: lastDamping } = segment
    segment.rule = this.#defined?.get(segment)?.rule
    segment.damping = this.#defined?.get(segment)?.damping
    this.draft.onRollback(() => {
      segment.rule = last
      segment.damping = lastDamping
    })
    this.#removed.push(segment)
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
    this.#arrange(this.#removed)
  }

  /**
   * Checks, settles, and returns what happened.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE` or `RULE_LOOP`, before anything was settled.
   */
  commit(): Effects {
    const state = this.#state
    state.automation?.check(this.#removed)
    this.#arrange(this.#removed)
    state.revision += 1
    this.#forgetRemovedContacts()
    this.#moveDates()
    this.#internLeaves()
    for (const [segment, before] of this.#defined ?? none)
      if (!this.#isAsBefore(segment, before)) this.#unsettled.addDefined(segment)
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
    this.#arrange(this.#removed)
    state.revision = revision
    this.#forgetRemovedContacts()
    this.#followTransitions(transitions)
    const tagEvents = this.#moveTags()
    state.automation?.happened({ changes: this.draft.touched, transitions, tagEvents })
    for (const segment of this.#defined?.keys() ?? none)
      if (segment.snapshot !== undefined) admitMembers(segment, state.now)
    this.#queueEnds()
    this.#forgetRows()
    this.#afterSnapshots()
    for (const [place, { before }] of this.#folds.entries()) foldHistory(state, before, folds[place] ?? [])
    return { revision, transitions, tagEvents }
  }

  #arrange(removed: readonly Segment[]): void {
    const { segments } = this.#state
    const held = this.#held
    if (this.#defined === undefined && held?.isRegrouped !== true) return
    const [only] = this.#created?.keys() ?? none
    if (held?.isRegrouped === true) segments.arrange(removed, held.former)
    else if (only !== undefined && this.#defined?.size === 1 && removed.length === 0) segments.append(only)
    else segments.arrange(removed)
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

  /** Whether a segment was defined there and back, so that what moves somebody is not that it was defined. */
  #isAsBefore(segment: Segment, { kind, rule, damping, damper }: DefinedBefore): boolean {
    if (segment.removed || segment.snapshot !== undefined || this.#created?.has(segment) === true) return false
    if (segment.kind !== kind || segment.damper !== damper || segment.rule === undefined || rule === undefined)
      return false
    return rulesEqual(segment.rule, rule) && sameDamping(segment.damping?.written, damping?.written)
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

  #internLeaves(): void {
    if (this.#defined === undefined) return
    const contacts = (): readonly StoredContact[] =>
      storedContacts(this.#state).filter(({ ordinal }) => !this.#isGone(ordinal))
    for (const [segment, { watched, damper }] of this.#defined) {
      putLive(this.#state, segment, watched, contacts)
      if (damper !== segment.damper || segment.removed) damper?.stopWaiting()
      segment.snapshotTest = segment.snapshot === undefined ? undefined : this.#state.testOf(segment.snapshot)
    }
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
    let rearrange = this.#removed.length > 0 || (this.#held?.former.length ?? 0) > 0
    this.#defined?.forEach((_, segment) => {
      if (segment.snapshot === undefined) return
      segment.snapshot = undefined
      segment.snapshotTest = undefined
      rearrange = true
    })
    if (rearrange) this.#state.segments.arrange([])
  }

  #isGone(ordinal: number): boolean {
    return this.draft.touchedAt(ordinal)?.removed ?? false
  }
}

const none: readonly never[] = Object.freeze([])
const nobody: ReadonlySet<never> = /* @__PURE__ */ new Set<never>()
