import type { StoredContact } from '../predicates/window-clock.js'
import { rulesEqual } from '../rules/rule-key.js'
import { sameDamping } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import type { Draft } from '../store/draft.js'
import { putLive } from './live-rule.js'
import type { EngineState } from './state.js'
import type { TagUnsettling } from './tag-unsettling.js'

/** What a segment was before it was defined anew. */
type DefinedBefore = Pick<Segment, 'kind' | 'rule' | 'damping' | 'damper' | 'watched'>

/**
 * The segments that a transaction defines and takes away: what they were before, their places in the order in which segments are
 * decided, and their rules made live.
 */
export class DefinitionWrites {
  readonly #state: EngineState
  readonly #defined = new Map<Segment, DefinedBefore>()
  readonly #created = new Set<Segment>()
  readonly #removed: Segment[] = []

  constructor(state: EngineState) {
    this.#state = state
  }

  /** Those that were defined or taken away, each once. */
  get segments(): Iterable<Segment> {
    return this.#defined.keys()
  }

  get removed(): readonly Segment[] {
    return this.#removed
  }

  /** Notes that a segment is being defined; what it was is what it was when that was first noted. */
  define(segment: Segment, created: boolean): void {
    if (created) this.#created.add(segment)
    if (this.#defined.has(segment)) return
    const { kind, rule, damping, damper, watched } = segment
    this.#defined.set(segment, { kind, rule, damping, damper, watched })
  }

  /** Notes that a segment was taken away. What the same batch defined it as does not matter any more. */
  remove(segment: Segment, draft: Draft): void {
    this.define(segment, false)
    const { rule: last, damping: lastDamping } = segment
    const before = this.#defined.get(segment)
    segment.rule = before?.rule
    segment.damping = before?.damping
    draft.onRollback(() => {
      segment.rule = last
      segment.damping = lastDamping
    })
    this.#removed.push(segment)
  }

  /**
   * Puts the segments in order.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE` or `RULE_LOOP`.
   */
  arrange(held: TagUnsettling | undefined): void {
    const { segments } = this.#state
    const [only] = this.#created
    if (held?.isRegrouped === true) segments.arrange(this.#removed, held.former)
    else if (only !== undefined && this.#defined.size === 1 && this.#removed.length === 0) segments.append(only)
    else segments.arrange(this.#removed)
  }

  /** Makes the rules live that segments have now; `contacts` are those who are there. */
  makeLive(contacts: () => readonly StoredContact[]): void {
    for (const [segment, { watched, damper }] of this.#defined) {
      putLive(this.#state, segment, watched, contacts)
      if (damper !== segment.damper || segment.removed) damper?.stopWaiting()
      segment.snapshotTest = segment.snapshot === undefined ? undefined : this.#state.testOf(segment.snapshot)
    }
  }

  /** Those that are to be decided for everyone, as they are others than they were. */
  changed(): readonly Segment[] {
    return [...this.#defined].flatMap(([segment, before]) => (this.#isAsBefore(segment, before) ? [] : [segment]))
  }

  /** Takes the rules of snapshots, which were there only while they were taken, out again, and says whether there were any. */
  forgetSnapshots(): boolean {
    let found = false
    for (const segment of this.#defined.keys()) {
      if (segment.snapshot === undefined) continue
      segment.snapshot = undefined
      segment.snapshotTest = undefined
      found = true
    }
    return found
  }

  /** Whether a segment was defined there and back, so that what moves somebody is not that it was defined. */
  #isAsBefore(segment: Segment, { kind, rule, damping, damper }: DefinedBefore): boolean {
    if (segment.removed || segment.snapshot !== undefined || this.#created.has(segment)) return false
    if (segment.kind !== kind || segment.damper !== damper || segment.rule === undefined || rule === undefined)
      return false
    return rulesEqual(segment.rule, rule) && sameDamping(segment.damping?.written, damping?.written)
  }
}
