import type { Path } from '../base/errors.js'
import type { SegmentDescription, SegmentHolds, SegmentKind } from '../changes/change.js'
import type { ContactTest } from '../predicates/ground.js'
import type { RuleProgram, RulePrograms } from '../predicates/rule-programs.js'
import type { Rule } from '../rules/ast.js'
import { referencesOf, walkRule } from '../rules/rule-walk.js'
import type { Damper } from './damper.js'
import { isDampedMember, movesFrom, watchedRule, type DampedStanding, type Damping } from './damping.js'
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
  /** Of a damped segment: what makes it slower than its rule, and what it remembers for that. */
  damping: Damping | undefined
  damper: Damper<Segment> | undefined
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
  /** The rule by which members of a damped segment stay, likewise; `undefined` where it is the same one. */
  stayProgram: RuleProgram | undefined
  /** The rule of the snapshot being taken, as it is asked of contacts. */
  snapshotTest: ContactTest | undefined
  #references: { readonly rule: Rule | undefined; readonly ids: ReadonlySet<string> } = {
    rule: undefined,
    ids: nothing,
  }
  #watched: { readonly rule?: Rule | undefined; readonly stay?: Rule | undefined; readonly both?: Rule | undefined } =
    {}

  /** `slot` is where its members are, of one that was there before. */
  constructor(id: string, kind: SegmentKind, place: number, memberships: Memberships, slot?: number) {
    this.id = id
    this.kind = kind
    this.place = place
    this.members = new SlotMembers(memberships, slot)
    this.moved = Object.freeze({ through: id })
  }

  /** The rule by whose leaves it is watched: its own, with that by which members stay. */
  get watched(): Rule | undefined {
    const { rule } = this
    const stay = this.damping?.written.stay
    if (this.#watched.rule !== rule || this.#watched.stay !== stay)
      this.#watched = { rule, stay, both: watchedRule(rule, stay) }
    return this.#watched.both
  }

  /** What it asks of contacts while it is defined: a snapshot's rule, or those by which it goes on. */
  get asked(): Rule | undefined {
    return this.snapshot ?? this.watched
  }

  /** The ids of the segments that it refers to. */
  get references(): ReadonlySet<string> {
    const rule = this.asked
    if (this.#references.rule !== rule)
      this.#references = { rule, ids: rule === undefined ? nothing : referencesOf(rule) }
    return this.#references.ids
  }

  /** Where its definition first refers to a segment. */
  placeOfReference(id: string): Path {
    let found: Path | undefined
    const rule = this.asked
    if (rule === undefined) return ['rule']
    walkRule(rule, (node, path) => {
      if (found === undefined && node.op === 'inSegment' && node.segment === id) found = path
    })
    const place = this.placeOf(found ?? [])
    return place[0] === 'stay' ? place : ['rule', ...place]
  }

  /** The place in its rule of a place in that by which it is {@link watched}; after `stay`, in that by which members stay. */
  placeOf(path: Path): Path {
    if (this.damping?.written.stay === undefined) return path
    const [, part, ...rest] = path
    return part === 1 ? ['stay', ...rest] : rest
  }

  /** Whether the contact belongs, of which `programs` know what there is to know. The segments referred to must be settled. */
  wants(ordinal: number, programs: RulePrograms<Segment>, now: number): boolean {
    const { include, exclude } = this.slots
    switch (this.kind) {
      case 'static':
        return include.has(ordinal) || (this.snapshotTest?.(ordinal) ?? false)
      case 'hybrid':
        return !exclude.has(ordinal) && (include.has(ordinal) || this.#ruleHolds(programs))
      case 'dynamic':
        return this.#ruleHolds(programs)
      case 'damped':
        return this.damping !== undefined && isDampedMember(this.damping, this.#standing(ordinal, programs), now)
    }
  }

  /** From when on a damped segment moves the contact, also a past instant; `undefined` where it leaves it where it is. */
  movesFrom(ordinal: number, programs: RulePrograms<Segment>): number | undefined {
    return this.damping && movesFrom(this.damping, this.#standing(ordinal, programs))
  }

  #standing(ordinal: number, programs: RulePrograms<Segment>): DampedStanding {
    return {
      inside: this.members.has(ordinal),
      movedAt: this.damper?.movedAt(ordinal),
      rule: () => this.#ruleHolds(programs),
      stay: () => (this.stayProgram === undefined ? this.#ruleHolds(programs) : programs.holds(this.stayProgram)),
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
