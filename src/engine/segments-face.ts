import type { ContactName, SegmentDescribe, SegmentKind } from '../changes/change.js'
import type { DampingInput, SegmentInput } from '../changes/input.js'
import type { Receipt } from '../changes/receipt.js'
import type { Rule } from '../rules/ast.js'
import type { NextChange } from '../rules/timed.js'
import { checkWhole, plainOptions, readable } from './arguments.js'
import { askInSlices, type SliceOptions } from './ask-in-slices.js'
import { segmentsOf } from './contact-handle.js'
import type { Core } from './core.js'
import { findContact, needContact } from './names.js'
import {
  compareRule,
  defaultHorizon,
  explainMembership,
  nextMembershipChange,
  previewRule,
  readEngineRule,
  type Comparison,
  type Preview,
  type SegmentExplanation,
} from './questions.js'
import { findSegment, SegmentHandle } from './segment-handle.js'
import { segmentId, type SegmentName } from './segment-name.js'

/** The segments of an engine. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class Segments {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** How many segments there are. */
  get count(): number {
    return this.#core.state.segments.size
  }

  /**
   * Defines a segment, or defines one that is there anew; memberships change by exactly the difference, told as transitions.
   * Throws all that is wrong with the rule, `RULE_LOOP`, `SEGMENT_UNKNOWN`, `SEGMENT_KIND`.
   */
  define(segment: SegmentInput): SegmentHandle {
    const input = readable('CHANGE_INVALID', 'The segment cannot be read', () => ({ ...segment }))
    this.#core.apply({ ...input, type: 'segment.define' })
    return new SegmentHandle(this.#core, input.id)
  }

  /**
   * Does what {@link define} does, but asks the rule of all contacts in slices, so that nothing is held up meanwhile. It keeps up
   * with what changes between them, and is applied as one change at the end. Rejects with what `define` throws.
   */
  async build(segment: SegmentInput, options: SliceOptions = {}): Promise<SegmentHandle> {
    const input = readable('CHANGE_INVALID', 'The segment cannot be read', () => ({ ...segment }))
    const { rule } = input
    if (rule === undefined) return this.define(input)
    return askInSlices(this.#core.state, readEngineRule(this.#core.state, rule), options, () => this.define(input))
  }

  /** Changes name, description, owner, labels, data or source; moves nobody. */
  describe(segment: SegmentName, description: Omit<SegmentDescribe, 'type' | 'segment'>): Receipt {
    return this.#core.make(() => ({ ...description, type: 'segment.describe', segment: segmentId(segment) }))
  }

  /** Changes the kind. To static, the members of the moment stay; to another one, by `rule` or by the rule it has, and to damped by `damping`. */
  convert(segment: SegmentName, kind: SegmentKind, rule?: Rule, damping?: DampingInput): Receipt {
    return this.#core.make(() => ({
      ...damping,
      type: 'segment.convert',
      segment: segmentId(segment),
      kind,
      ...(rule === undefined ? undefined : { rule }),
    }))
  }

  /** Takes a segment away; its members exit. Throws `SEGMENT_IN_USE` while other segments refer to it. */
  remove(segment: SegmentName): Receipt {
    return this.#core.make(() => ({ type: 'segment.remove', segment: segmentId(segment) }))
  }

  /** The handle of a segment, or `undefined` where there is none. */
  get(id: string): SegmentHandle | undefined {
    return this.#core.state.segments.get(id) === undefined ? undefined : new SegmentHandle(this.#core, id)
  }

  /** The ids of all segments, in the order in which they were defined. */
  ids(): readonly string[] {
    return this.#core.state.segments.all().map(({ id }) => id)
  }

  /** Whether a contact is a member of a segment; false where either is unknown. */
  has(segment: SegmentName, contact: ContactName): boolean {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    if (ordinal === undefined) return false
    if (typeof segment !== 'string') return findSegment(state, segment)?.members.has(ordinal) ?? false
    // Two look-ups and a bit: of the segment itself nothing is looked at.
    const slot = state.segments.slotOf(segment)
    return slot !== undefined && state.memberships.has(slot, ordinal)
  }

  /** The ids of a contact's segments, in the order in which they were defined; none where there is no such contact. */
  of(contact: ContactName): readonly string[] {
    const ordinal = findContact(this.#core.state, contact)
    return ordinal === undefined ? [] : segmentsOf(this.#core.state, ordinal)
  }

  /** How many contacts a rule holds for now, and the first `sample` of them (default 10), without saving anything. */
  preview(rule: Rule, options: { readonly sample?: number } = {}): Preview {
    const { sample = 10 } = plainOptions('options', options)
    checkWhole('sample', sample, 0)
    return previewRule(this.#core.state, rule, sample)
  }

  /**
   * Does what {@link preview} does in slices, so that nothing is held up meanwhile; the answer is as of when it comes. Rejects
   * with what `preview` throws.
   */
  async previewInSlices(rule: Rule, options: SliceOptions & { readonly sample?: number } = {}): Promise<Preview> {
    const { sample = 10, ...slices } = plainOptions('options', options)
    checkWhole('sample', sample, 0)
    const { state } = this.#core
    const read = readEngineRule(state, rule)
    return askInSlices(state, read, slices, () => previewRule(state, read, sample))
  }

  /**
   * Who would enter and who would leave a segment if it were given another rule; other segments are taken as they are now.
   * Throws all that is wrong with the rule, `SEGMENT_UNKNOWN`, and `RULE_LOOP` where it refers to the segment itself.
   */
  compare(segment: SegmentName, rule: Rule): Comparison {
    const { state } = this.#core
    return compareRule(state, state.segments.need(segmentId(segment)), rule)
  }

  /** Why a contact is a member, or is not: the rule as a tree, and when time alone changes it. Throws `SEGMENT_UNKNOWN`, `CONTACT_UNKNOWN`. */
  explain(segment: SegmentName, contact: ContactName): SegmentExplanation {
    const { state } = this.#core
    return explainMembership(state, state.segments.need(segmentId(segment)), needContact(state, contact))
  }

  /** When time alone changes a membership: at an instant, never, or not within `horizon` ms (default five years). */
  nextChangeAt(segment: SegmentName, contact: ContactName, options: { readonly horizon?: number } = {}): NextChange {
    const { horizon = defaultHorizon } = plainOptions('options', options)
    checkWhole('horizon', horizon, 0)
    const { state } = this.#core
    return nextMembershipChange(state, state.segments.need(segmentId(segment)), needContact(state, contact), horizon)
  }
}
