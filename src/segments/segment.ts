import type { Path } from '../base/errors.js'
import type { SegmentDescription, SegmentHolds, SegmentKind } from '../changes/change.js'
import type { ContactTest } from '../predicates/ground.js'
import type { RuleProgram, RulePrograms } from '../predicates/rule-programs.js'
import type { Rule } from '../rules/ast.js'
import { referencesOf, walkRule } from '../rules/rule-walk.js'
import { SlotMembers, type Memberships } from './memberships.js'
import type { TagUnit } from './tag-units.js'
import { Visits } from './visits.js'

/** Why a segment is looked at for a contact: on its own account, by a window of its rule, or through another segment. */
export interface Reason {
  /** The place in the rule of the node whose window moved. */
  readonly window?: Path
  /** The segment through whose move this one is looked at. */
  readonly through?: string
}

/** On the segment's own account: its rule, a slot or the contact changed. */
export const ownReason: Reason = Object.freeze({})

/** A contact put in by hand, or kept out. */
export interface Slot {
  readonly reason?: string
  /** The instant at which it ends by itself, in ms. */
  readonly until?: number
  /** When it was filled, in ms. */
  readonly at: number
}

/** The slots of a hybrid segment. A static one has inclusions only, and they are its members. */
export type SlotKind = 'include' | 'exclude'

const nothing: ReadonlySet<string> = new Set<string>()

/** A segment with its members. What it says of a contact is a function of rule, slots and the segments it refers to. */
export class Segment {
  readonly id: string
  /** The place of its first definition among all. */
  readonly place: number
  kind: SegmentKind
  rule: Rule | undefined
  /** Of a static segment that is being defined by a rule: whom to put in when the change settles. */
  snapshot: Rule | undefined
  description: SegmentDescription = Object.freeze({})
  /** The tag that it puts on its members. */
  holds: SegmentHolds | undefined
  /** The tags that what it holds decides about together with others; none where it holds nothing. */
  unit: TagUnit<Segment> | undefined
  /** The segments that hold tags which its rule reads. */
  readsTagsOf: readonly Segment[] = Object.freeze([])
  /** The place in the order in which segments are decided. */
  rank = -1
  readonly members: SlotMembers
  slots: Readonly<Record<SlotKind, Map<number, Slot>>> = noSlots()
  /** `undefined` where the segment keeps no visits. */
  visits: Visits | undefined = new Visits()
  /** The segments whose rules refer to this one. */
  readonly dependents = new Set<Segment>()
  /** The reason of those that are looked at because this one moved. */
  readonly moved: Reason
  /** Set when the segment was taken away: handles to it are stale. */
  removed = false
  /** The rule as it is asked of contacts; made when the definition is committed. */
  program: RuleProgram | undefined
  /** The rule of the snapshot being taken, as it is asked of contacts. */
  snapshotTest: ContactTest | undefined
  #references: { readonly rule: Rule | undefined; readonly ids: ReadonlySet<string> } = {
    rule: undefined,
    ids: nothing,
  }

  /** `slot` is where its members are, of one that was there before. */
  constructor(id: string, kind: SegmentKind, place: number, memberships: Memberships, slot?: number) {
    this.id = id
    this.kind = kind
    this.place = place
    this.members = new SlotMembers(memberships, slot)
    this.moved = Object.freeze({ through: id })
  }

  /** The ids of the segments that it refers to. */
  get references(): ReadonlySet<string> {
    const rule = this.snapshot ?? this.rule
    if (this.#references.rule !== rule)
      this.#references = { rule, ids: rule === undefined ? nothing : referencesOf(rule) }
    return this.#references.ids
  }

  /** Where its rule first refers to a segment. */
  placeOfReference(id: string): Path | undefined {
    let found: Path | undefined
    const rule = this.snapshot ?? this.rule
    if (rule === undefined) return undefined
    walkRule(rule, (node, path) => {
      if (found === undefined && node.op === 'inSegment' && node.segment === id) found = path
    })
    return found
  }

  /** Whether the contact belongs, of which `programs` know what there is to know. The segments referred to must be settled. */
  wants(ordinal: number, programs: RulePrograms<Segment>): boolean {
    const { include, exclude } = this.slots
    switch (this.kind) {
      case 'static':
        return include.has(ordinal) || (this.snapshotTest?.(ordinal) ?? false)
      case 'hybrid':
        return !exclude.has(ordinal) && (include.has(ordinal) || this.#ruleHolds(programs))
      case 'dynamic':
        return this.#ruleHolds(programs)
    }
  }

  #ruleHolds(programs: RulePrograms<Segment>): boolean {
    return this.program !== undefined && programs.holds(this.program)
  }
}

/** Slots with nobody in them. */
export function noSlots(): Record<SlotKind, Map<number, Slot>> {
  return { include: new Map<number, Slot>(), exclude: new Map<number, Slot>() }
}

/** What ends a slot, in the queue of those that end. */
export interface SlotEnd {
  readonly segment: Segment
  readonly kind: SlotKind
  readonly ordinal: number
}
