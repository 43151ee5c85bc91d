import type { CalendarPeriod, Weekday } from '../base/calendar-period.js'
import type { DurationText } from '../base/duration.js'
import type { HolderKind } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'

/*
 * A rule as plain JSON. Builders, the text language and importers make it; evaluators, printers and compilers read
 * it. A node names what it is in `op` (a rule: true or false) or `get` (an operand: a value); a literal stands for itself.
 * Every `timeZone` and `weekStartsOn` is optional in what people write and always there in a rule that was read
 * with a zone to write in.
 */

// ── operands: the values that rules speak of ────────────────────────────────────────────────────────────────────

/** An attribute of the contact. */
export interface AttributeOperand {
  readonly get: 'attribute'
  readonly name: string
}

/** The contact's id, a text. */
export interface ContactIdOperand {
  readonly get: 'contactId'
}

/** How many tags the contact has. */
export interface TagCountOperand {
  readonly get: 'tagCount'
}

/** The instant since which the contact has the tag without a break; missing where it does not have it. */
export interface TagAddedOperand {
  readonly get: 'tagAdded'
  readonly tag: string
}

/** The number of elements of a list; missing where there is no list. */
export interface LengthOperand {
  readonly get: 'length'
  readonly of: Operand
}

/**
 * IEEE double arithmetic; missing where an operand is missing or no number, or the result is not finite. A date plus or
 * minus a number is that many milliseconds later or earlier, which is what `days(7)` is; a day moves only by whole days.
 */
export interface ArithmeticOperand {
  readonly get: 'plus' | 'minus' | 'times' | 'dividedBy'
  readonly left: Operand
  readonly right: Operand
}

/** An instant or day moved by a duration; a day only by whole days, months or years. */
export interface ShiftOperand {
  readonly get: 'later' | 'earlier'
  readonly of: Operand
  readonly duration: DurationText
  readonly timeZone?: string
}

/** A property of the event, or a field of the record, that a condition is about; only inside a `where` or a value of an aggregate. */
export interface PropertyOperand {
  readonly get: 'property'
  readonly name: string
}

/** How many items there are, or the first, last or `n`th of them: its instant, or a value of it. */
export interface CountOperand {
  readonly get: 'count'
  readonly of: Items
}

/** A number, or a date for the extremes, made of a value of each item; values of another type are passed over. */
export interface SummaryOperand {
  readonly get: 'sum' | 'average' | 'minimum' | 'maximum' | 'distinct' | 'mostFrequent'
  readonly of: Items
  readonly value: Operand
}

/** On how many different local days, or in how many weeks or months, there are items. */
export interface DistinctPeriodsOperand {
  readonly get: 'distinctPeriods'
  readonly of: Items
  readonly unit: 'day' | 'week' | 'month'
  readonly weekStartsOn?: Weekday
  readonly timeZone?: string
}

/** The instant of the first or last item in their order, or a value of it; missing where there is none. */
export interface EndOperand {
  readonly get: 'first' | 'last'
  readonly of: Items
  readonly value?: Operand
}

/** The instant of the `n`th item, from 1, or a value of it; missing where there are fewer. */
export interface NthOperand {
  readonly get: 'nth'
  readonly of: Items
  readonly n: number
  readonly value?: Operand
}

/** An operand that has to be looked up or computed. */
export type ComputedOperand =
  | AttributeOperand
  | ContactIdOperand
  | TagCountOperand
  | TagAddedOperand
  | LengthOperand
  | ArithmeticOperand
  | ShiftOperand
  | PropertyOperand
  | CountOperand
  | SummaryOperand
  | DistinctPeriodsOperand
  | EndOperand
  | NthOperand

/** A value of the contact, or a literal. */
export type Operand = Value | ComputedOperand

// ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** True for everyone, or for nobody. */
export interface ConstantRule {
  readonly op: 'everyone' | 'nobody'
}

/** `all` holds when each of its rules does, `any` when at least one does. Never empty. */
export interface GroupRule {
  readonly op: 'all' | 'any'
  readonly rules: readonly Rule[]
}

/** Holds when its rule does not. */
export interface NotRule {
  readonly op: 'not'
  readonly rule: Rule
}

/** Holds when at least `count` of its rules do. */
export interface SomeOfRule {
  readonly op: 'someOf'
  readonly count: number
  readonly rules: readonly Rule[]
}

/** Holds for the members of another segment. */
export interface InSegmentRule {
  readonly op: 'inSegment'
  readonly segment: string
}

/** Holds for the contacts whose place of 10,000, drawn from salt and id, is at least `from` and below `to`. */
export interface InSampleRule {
  readonly op: 'inSample'
  readonly salt: string
  readonly from: number
  readonly to: number
}

/** One value compared with another. */
export interface CompareRule {
  readonly op: 'equals' | 'notEquals' | 'greaterThan' | 'atLeast' | 'lessThan' | 'atMost'
  readonly left: Operand
  readonly right: Operand
}

/** A date compared with a date. Between an instant and a day the day has a start and an end, in the zone. */
export interface DateCompareRule {
  readonly op: 'before' | 'after' | 'on'
  readonly left: Operand
  readonly right: Operand
  readonly timeZone?: string
}

/** Whether a value equals one of several. */
export interface OneOfRule {
  readonly op: 'in' | 'notIn'
  readonly left: Operand
  readonly right: readonly Operand[]
}

/** Whether a number or a date lies between two, both ends included. */
export interface BetweenRule {
  readonly op: 'between'
  readonly left: Operand
  readonly low: Operand
  readonly high: Operand
  readonly timeZone?: string
}

/** Whether there is a value (`exists` is true for `""` and `[]`), or one with nothing in it. */
export interface PresenceRule {
  readonly op: 'exists' | 'missing' | 'isEmpty'
  readonly left: Operand
}

/** A text inside a text. */
export interface TextRule {
  readonly op: 'contains' | 'notContains' | 'startsWith' | 'endsWith'
  readonly left: Operand
  readonly right: Operand
  readonly ignoreCase?: boolean
}

/** A text against a pattern of the library's own small language. */
export interface MatchesRule {
  readonly op: 'matches'
  readonly left: Operand
  readonly pattern: string
  readonly ignoreCase?: boolean
}

/** A list against a list. */
export interface ListRule {
  readonly op: 'containsAny' | 'containsAll' | 'containsNone'
  readonly left: Operand
  readonly right: Operand
}

/** A date against a window that moves with the clock. */
export interface RelativeWindowRule {
  readonly op: 'inLast' | 'notInLast' | 'inNext' | 'moreThanAgo'
  readonly left: Operand
  readonly duration: DurationText
  readonly timeZone?: string
}

/** A date against the window between `from` and `to` ago, `from` the shorter. */
export interface BetweenAgoRule {
  readonly op: 'betweenAgo'
  readonly left: Operand
  readonly from: DurationText
  readonly to: DurationText
  readonly timeZone?: string
}

/** A date against a window of the calendar. */
export interface CalendarRule {
  readonly op: 'inCalendar'
  readonly left: Operand
  readonly period: CalendarPeriod
  readonly weekStartsOn?: Weekday
  readonly timeZone?: string
}

/** Whether an anniversary of a date lies among the next `days` local days; with `current`, today is the first of them. */
export interface AnniversaryRule {
  readonly op: 'anniversaryIn'
  readonly left: Operand
  readonly days: number
  readonly current: boolean
  /** Where the anniversary of 29 February falls in other years; 28 February unless given. */
  readonly leapDay?: 'feb28' | 'mar1'
  readonly timeZone?: string
}

/** Whether the contact has a tag. */
export interface HasTagRule {
  readonly op: 'hasTag'
  readonly tag: string
}

/** Whether the contact has any, all, or none of several tags. */
export interface HasTagsRule {
  readonly op: 'hasAnyTag' | 'hasAllTags' | 'hasNoneOfTags'
  readonly tags: readonly string[]
}

/** Whether the contact has a tag like a pattern in which `*` is any run of characters. */
export interface HasTagLikeRule {
  readonly op: 'hasTagLike'
  readonly pattern: string
}

/** Whether a tag is held by a kind of holder, or by a certain one of that kind. */
export interface TagHeldByRule {
  readonly op: 'tagHeldBy'
  readonly tag: string
  readonly holder: HolderKind
  readonly by?: string
}

// ── items: the events and records that aggregates and conditions are over ───────────────────────────────────────

/** The events of a type, as far as they have happened, lie in the window and satisfy `where`. */
export interface EventItems {
  readonly events: string
  readonly window?: ItemWindow
  /** A condition on each event alone, with the contact's attributes in reach. */
  readonly where?: Rule
}

/**
 * The records of a collection that satisfy `where`. A path of several names leads to the records inside records:
 * `['orders', 'lines']` are all lines of all orders. Inside a `where` the collections are those of the record at hand.
 */
export interface RecordItems {
  readonly records: readonly string[]
  /** The date field that gives the records their time and order; without it they have none. */
  readonly by?: string
  readonly window?: ItemWindow
  readonly where?: Rule
}

/** What an aggregate is over. */
export type Items = EventItems | RecordItems

/** When items count. Beginnings and ends are in ms, and the end does not belong to it. */
export type ItemWindow =
  | {
      readonly window: 'inLast' | 'inNext' | 'moreThanAgo'
      readonly duration: DurationText
      readonly timeZone?: string
    }
  | {
      readonly window: 'betweenAgo'
      readonly from: DurationText
      readonly to: DurationText
      readonly timeZone?: string
    }
  | { readonly window: 'absolute'; readonly from?: number; readonly to?: number }
  | {
      readonly window: 'inCalendar'
      readonly period: CalendarPeriod
      readonly weekStartsOn?: Weekday
      readonly timeZone?: string
    }

/** Whether there are such items, or none. */
export interface ItemsRule {
  readonly op: 'some' | 'none'
  readonly of: Items
}

/** Whether a condition holds for every such record; true where there is none. */
export interface EveryItemRule {
  readonly op: 'every'
  readonly of: RecordItems
  readonly rule: Rule
}

/** One step of a sequence: an event, or with `not` that none comes, within `within` of the previous one. */
export interface SequenceStep {
  readonly of: EventItems
  readonly not?: boolean
  /** Before the previous step (or with `from: 'start'` the first) plus this; exact. Always there where `not` is. */
  readonly within?: DurationText
  /** At or after the previous step (or the first) plus this; exact. */
  readonly after?: DurationText
  readonly from?: 'previous' | 'start'
}

/** Whether there is some choice of events, one per step, strictly rising in their order, that keeps every limit. */
export interface SequenceRule {
  readonly op: 'sequence'
  readonly steps: readonly SequenceStep[]
  /** A property that all steps must have, with one value. */
  readonly same?: string
}

/** A rule without rules inside it. */
export type LeafRule =
  | InSampleRule
  | CompareRule
  | DateCompareRule
  | OneOfRule
  | BetweenRule
  | PresenceRule
  | TextRule
  | MatchesRule
  | ListRule
  | RelativeWindowRule
  | BetweenAgoRule
  | CalendarRule
  | AnniversaryRule
  | HasTagRule
  | HasTagsRule
  | HasTagLikeRule
  | TagHeldByRule
  | ItemsRule
  | EveryItemRule
  | SequenceRule

/** A rule: true or false of each contact at each instant. Plain JSON. */
export type Rule = ConstantRule | GroupRule | NotRule | SomeOfRule | InSegmentRule | LeafRule

/** The rules whose truth moves with the clock alone. */
export type WindowRule = RelativeWindowRule | BetweenAgoRule | CalendarRule

/** The name of every kind of rule. */
export type RuleOp = Rule['op']

/** The name of every kind of computed operand. */
export type OperandGet = ComputedOperand['get']

/** Whether an operand is a literal and not something to look up. */
export function isLiteral(operand: Operand): operand is Value {
  return typeof operand !== 'object' || !('get' in operand)
}
