import type { CalendarPeriod, Weekday } from '../../base/calendar-period.js'
import type { DurationInput } from '../../base/duration.js'
import type { DayValue, InstantValue, Value } from '../../contacts/value.js'
import type { AnniversaryRule, ComputedOperand, Rule } from '../ast.js'

/*
 * The methods of expressions, in groups as the types of values have them. Each makes the rule of the same name. Types
 * only: the one object that has them all is made in operand-expression.ts.
 */

declare const gives: unique symbol

/**
 * A value that rules can speak of, such as an attribute; its values are of type `T`. A comparison takes an expression
 * wherever it takes a literal of the same type.
 */
export interface Expression<T extends Value = Value> {
  /** What stands for it in a rule: frozen plain JSON. */
  readonly operand: ComputedOperand
  /** Never there at run time: it carries the type. */
  readonly [gives]?: T
}

/** The zone of local days and of written dates without an offset: an IANA name. The engine's unless given. */
export interface ZoneOption {
  readonly timeZone?: string
}

/** Whether upper and lower case are the same; not so unless given. */
export interface CaseOption {
  readonly ignoreCase?: boolean
}

export interface CalendarOptions extends ZoneOption {
  /** Monday unless given. */
  readonly weekStartsOn?: Weekday
}

export interface AnniversaryOptions extends ZoneOption {
  /** How many local days, a whole number from 1. */
  readonly days: number
  /** Whether today is the first of them; otherwise tomorrow is. */
  readonly current: boolean
  /** Where the anniversary of 29 February falls in other years: 28 February unless given. */
  readonly leapDay?: NonNullable<AnniversaryRule['leapDay']>
}

/** A date as people write it; a plain text or number is read as one where the schema says that the field is one. */
export type DateLiteral<D extends InstantValue | DayValue> = D extends InstantValue
  ? InstantValue | Date | string | number
  : DayValue | string

/** What can be asked of every value. A negative holds exactly where its positive does not, so also when missing. */
export interface ValueComparisons<Literal, Other extends Value> {
  equals(right: Literal | Expression<Other>): Rule
  notEquals(right: Literal | Expression<Other>): Rule
  /** Whether it equals one of those. Throws `RULE_EMPTY` for none. */
  in(right: readonly (Literal | Expression<Other>)[]): Rule
  /** Whether it equals none of those. Throws `RULE_EMPTY` for none. */
  notIn(right: readonly (Literal | Expression<Other>)[]): Rule
  /** Whether there is a value: `""` and `[]` are there. */
  exists(): Rule
  missing(): Rule
}

/** What can be asked of a number. */
export interface NumberComparisons {
  greaterThan(right: number | Expression<number>): Rule
  atLeast(right: number | Expression<number>): Rule
  lessThan(right: number | Expression<number>): Rule
  atMost(right: number | Expression<number>): Rule
}

/** What can be asked of a text. */
export interface TextComparisons {
  contains(right: string | Expression<string>, options?: CaseOption): Rule
  notContains(right: string | Expression<string>, options?: CaseOption): Rule
  startsWith(right: string | Expression<string>, options?: CaseOption): Rule
  endsWith(right: string | Expression<string>, options?: CaseOption): Rule
  /** Whether a pattern is found in it; `^` and `$` tie it to the ends. Throws `PATTERN_INVALID`. */
  matches(pattern: string, options?: CaseOption): Rule
}

/** What can be asked of lists. Each throws `RULE_EMPTY` for a list without elements. */
export interface ListComparisons<Literal, Other extends Value> {
  containsAny(right: Literal | Expression<Other>): Rule
  containsAll(right: Literal | Expression<Other>): Rule
  containsNone(right: Literal | Expression<Other>): Rule
}

/** A date against a date: exactly one of the three holds. An instant is on a day from its start to the start of the next. */
export interface DateComparisons<Literal> {
  before(right: Literal | Expression<InstantValue | DayValue>, options?: ZoneOption): Rule
  after(right: Literal | Expression<InstantValue | DayValue>, options?: ZoneOption): Rule
  on(right: Literal | Expression<InstantValue | DayValue>, options?: ZoneOption): Rule
}

/** A date against a window that moves with the clock. Each throws `DURATION_INVALID` where a duration is none. */
export interface DateWindows {
  /** In `(now − duration, now]`. */
  inLast(duration: DurationInput, options?: ZoneOption): Rule
  notInLast(duration: DurationInput, options?: ZoneOption): Rule
  /** In `(now, now + duration]`. */
  inNext(duration: DurationInput, options?: ZoneOption): Rule
  /** At or before `now − duration`. */
  moreThanAgo(duration: DurationInput, options?: ZoneOption): Rule
  /** In `(now − to, now − from]`: `from` the shorter, both exact or both of months and years. */
  betweenAgo(from: DurationInput, to: DurationInput, options?: ZoneOption): Rule
  /** In a stretch of whole local days, such as `thisWeek` or `lastDays(7, { current: true })`. */
  inCalendar(period: CalendarPeriod, options?: CalendarOptions): Rule
  /** Whether an anniversary of it, the first after a year, is among the next days. */
  anniversaryIn(options: AnniversaryOptions): Rule
}
