import type { ContactRecord } from '../contacts/record.js'
import type { HolderKind } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'
import type { Rule } from '../rules/ast.js'
import type { AutomationChange } from './automation-changes.js'
import type { TagChange } from './tag-changes.js'

/*
 * A change as plain JSON: the only way in. Every method of the engine makes one, a journal stores them, and a property
 * test generates them. The types here are those of changes that were read: values and rules in them are resolved.
 * What people may write instead (a `Date`, a written date, one contact for a list of one) is in `input.ts`.
 */

/** A contact by its id, or by an identity that was tied to it. */
export type ContactName = string | { readonly channel: string; readonly id: string }

/** Puts a contact, or replaces all attributes of one that is there, and nothing else of it. */
export interface ContactPut {
  readonly type: 'contact.put'
  readonly contact: ContactName
  readonly attributes: Readonly<Record<string, Value>>
}

/** Changes the attributes named; `null` takes one away. */
export interface ContactPatch {
  readonly type: 'contact.patch'
  readonly contact: ContactName
  readonly attributes: Readonly<Record<string, Value | null>>
}

/** Takes a contact away with all that it has; it exits from all its segments. */
export interface ContactRemove {
  readonly type: 'contact.remove'
  readonly contact: ContactName
}

/** Makes two contacts one: `into` wins, its gaps are filled from `from`, and `from` becomes another name of it. */
export interface ContactMerge {
  readonly type: 'contact.merge'
  readonly from: ContactName
  readonly into: ContactName
}

/** Ties an outside identity to a contact. */
export interface ContactIdentify {
  readonly type: 'contact.identify'
  readonly contact: ContactName
  readonly channel: string
  readonly id: string
}

/** Puts tags on contacts. Under a holder that is there it is no change. */
export interface TagAdd {
  readonly type: 'tag.add'
  readonly contacts: readonly ContactName[]
  readonly tags: readonly string[]
  readonly holder: { readonly kind: HolderKind; readonly by?: string }
}

/** Takes tags off contacts: all their holders but automatic rules, or only the holder that is named. */
export interface TagRemove {
  readonly type: 'tag.remove'
  readonly contacts: readonly ContactName[]
  readonly tags: readonly string[]
  readonly holder?: { readonly kind: HolderKind; readonly by?: string }
  /** Who takes them off, for the trail. */
  readonly by?: string
}

/** An event as a change carries it. */
export interface EventData {
  readonly type: string
  /** When it happened, in ms; left out, the instant at which the change is applied. */
  readonly at?: number
  readonly properties: Readonly<Record<string, Value>>
  /** Unique within the contact: the first event that comes with it stands. */
  readonly id?: string
}

/** Records that something happened to a contact: now, before, or in the future, where it counts from its instant on. */
export interface EventRecord {
  readonly type: 'event.record'
  readonly contact: ContactName
  readonly event: EventData
}

/** Replaces an event by its id. An instant that is left out stays. */
export interface EventCorrect {
  readonly type: 'event.correct'
  readonly contact: ContactName
  readonly id: string
  readonly event: Omit<EventData, 'id'>
}

/** Takes an event out and keeps its id, so that a late copy does not bring it back. */
export interface EventRemove {
  readonly type: 'event.remove'
  readonly contact: ContactName
  readonly id: string
}

/**
 * Folds events away that happened before an instant, as far as no live rule needs them: of each type those before the
 * beginning of every window over it. What rules ask of all of them is kept as totals.
 */
export interface EventFold {
  readonly type: 'event.fold'
  /** In ms, at most now. */
  readonly before: number
}

/** Puts a record into a collection of a contact, or replaces the one of that id. */
export interface RecordPut {
  readonly type: 'record.put'
  readonly contact: ContactName
  readonly collection: string
  readonly record: ContactRecord
}

/** Takes a record out of a collection. */
export interface RecordRemove {
  readonly type: 'record.remove'
  readonly contact: ContactName
  readonly collection: string
  readonly id: string
}

/** What people write beside a segment; it moves nobody. */
export interface SegmentDescription {
  readonly name?: string
  readonly description?: string
  readonly owner?: string
  readonly labels?: readonly string[]
  /** Data of the host's own, plain JSON. */
  readonly data?: unknown
  /**
   * The rule as somebody wrote it, such as a text of `coterie/language`: kept as it is, and read by nobody. It goes when the
   * segment gets another rule without one.
   */
  readonly source?: string
}

/** The kind of a segment: by a rule, by hand, or by both. */
export type SegmentKind = 'dynamic' | 'static' | 'hybrid'

/** A tag that a segment puts on its members. */
export interface SegmentHolds {
  readonly tag: string
  /**
   * Put on when a contact enters, and left there when it exits, under the holder `behaviour`. Otherwise the segment holds the tag
   * as long as the contact is a member, under the holder `rule`.
   */
  readonly once?: boolean
}

/**
 * Defines a segment, or defines one that is there anew; memberships change by exactly the difference. A description
 * that is left out stays as it was.
 */
export interface SegmentDefine extends SegmentDescription {
  readonly type: 'segment.define'
  readonly id: string
  /** Left out: that of the segment that is there, or else dynamic with a rule and static without. */
  readonly kind?: SegmentKind
  /** The rule of a dynamic or hybrid segment. Of a static one: whom to put in, as a snapshot at the instant of the change. */
  readonly rule?: Rule
  /** The contacts of a static segment; given anew they replace the ones before. Left out, those stay. */
  readonly contacts?: readonly ContactName[]
  /** Whether transitions carry visits and durations. Default true. */
  readonly visits?: boolean
  /** The tag that it puts on its members, which makes it an automatic tag; `null` takes that away. */
  readonly holds?: SegmentHolds | null
}

/** Changes parts of a segment's description; `null` takes one away. */
export interface SegmentDescribe {
  readonly type: 'segment.describe'
  readonly segment: string
  readonly name?: string | null
  readonly description?: string | null
  readonly owner?: string | null
  readonly labels?: readonly string[] | null
  readonly data?: unknown
  readonly source?: string | null
}

/**
 * Changes the kind of a segment. To static: the members at the time stay. To dynamic or hybrid: by `rule`, or by the
 * rule it has; static members become inclusions of the hybrid one.
 */
export interface SegmentConvert {
  readonly type: 'segment.convert'
  readonly segment: string
  readonly kind: SegmentKind
  readonly rule?: Rule
}

/** Takes a segment away; its members exit. Refused while other segments refer to it. */
export interface SegmentRemove {
  readonly type: 'segment.remove'
  readonly segment: string
}

/** Puts contacts into a static segment, or fills the slot of a hybrid one that includes them. */
export interface MemberInclude {
  readonly type: 'member.include'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly reason?: string
  /** The instant at which it ends by itself, in ms. */
  readonly until?: number
}

/** Fills the slot of a hybrid segment that keeps contacts out, whatever rule and inclusion say. */
export interface MemberExclude {
  readonly type: 'member.exclude'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly reason?: string
  readonly until?: number
}

/** Takes contacts out of a static segment, or empties the slots of a hybrid one; both slots unless one is named. */
export interface MemberReset {
  readonly type: 'member.reset'
  readonly segment: string
  readonly contacts: readonly ContactName[]
  readonly slot?: 'include' | 'exclude'
}

/** Moves the clock, instant by instant through all that falls due. Never back. */
export interface ClockAdvance {
  readonly type: 'clock.advance'
  readonly to: number
}

/** A change to the engine, as plain JSON. */
export type Change =
  | ContactPut
  | ContactPatch
  | ContactRemove
  | ContactMerge
  | ContactIdentify
  | TagAdd
  | TagRemove
  | TagChange
  | EventRecord
  | EventCorrect
  | EventRemove
  | EventFold
  | RecordPut
  | RecordRemove
  | SegmentDefine
  | SegmentDescribe
  | SegmentConvert
  | SegmentRemove
  | MemberInclude
  | MemberExclude
  | MemberReset
  | AutomationChange
  | ClockAdvance

/** The name of every kind of change. */
export type ChangeType = Change['type']
