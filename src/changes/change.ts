import type { DurationText } from '../base/duration.js'
import type { Rule } from '../rules/ast.js'
import type { AutomationChange } from './automation-changes.js'
import type { ContactChange, ContactName } from './contact-changes.js'
import type { TagChange } from './tag-changes.js'

/*
 * A change as plain JSON: the only way in. Every method of the engine makes one, a journal stores them, and a property
 * test generates them. The types here are those of changes that were read: values and rules in them are resolved.
 * What people may write instead (a `Date`, a written date, one contact for a list of one) is in `input.ts`.
 */

export type * from './contact-changes.js'

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

/** The kind of a segment: by a rule, by hand, by both, or by a rule with some inertia. */
export type SegmentKind = 'dynamic' | 'static' | 'hybrid' | 'damped'

/** What makes a damped segment slower than its rule. */
export interface SegmentDamping {
  /** The rule by which members stay; left out, the segment's rule. Nobody enters for whom it does not hold. */
  readonly stay?: Rule
  /** How long who entered stays in any case: an exact duration. Left out, no time. */
  readonly minimumStay?: DurationText
  /** How long who left stays out in any case: an exact duration. Left out, no time. */
  readonly coolDown?: DurationText
}

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
  /** Left out: that of the segment that is there, or else damped with any of its parts, dynamic with a rule and static without. */
  readonly kind?: SegmentKind
  /** The rule of a dynamic, hybrid or damped segment. Of a static one: whom to put in, as a snapshot at the instant of the change. */
  readonly rule?: Rule
  /** Of a damped one: see {@link SegmentDamping}. `null` takes a part away. */
  readonly stay?: Rule | null
  readonly minimumStay?: DurationText | null
  readonly coolDown?: DurationText | null
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
 * Changes the kind of a segment. To static: the members at the time stay. To another kind: by `rule`, or by the rule it
 * has; static members become inclusions of a hybrid one. Those of a damped one have been in since their visits began, or
 * since now where the segment keeps none.
 */
export interface SegmentConvert extends SegmentDamping {
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

/** Moves the clock, instant by instant through all that falls due. Never back. */
export interface ClockAdvance {
  readonly type: 'clock.advance'
  readonly to: number
}

/** A change to the engine, as plain JSON. */
export type Change =
  | ContactChange
  | TagChange
  | SegmentDefine
  | SegmentDescribe
  | SegmentConvert
  | SegmentRemove
  | AutomationChange
  | ClockAdvance

/** The name of every kind of change. */
export type ChangeType = Change['type']
