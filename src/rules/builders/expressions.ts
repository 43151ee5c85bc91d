import type { DurationInput, DurationText } from '../../base/duration.js'
import type { DayValue, InstantValue, ListValue, Value } from '../../contacts/value.js'
import type { Rule } from '../ast.js'
import type {
  DateComparisons,
  DateLiteral,
  DateWindows,
  Expression,
  ListComparisons,
  NumberComparisons,
  TextComparisons,
  ValueComparisons,
  ZoneOption,
} from './comparisons.js'

/** A number, and what can be asked of it or made from it. Arithmetic without a finite result gives a missing value. */
export interface NumberExpression extends Expression<number>, ValueComparisons<number, number>, NumberComparisons {
  /** Both ends are included. */
  between(low: number | Expression<number>, high: number | Expression<number>): Rule
  plus(right: number | Expression<number>): NumberExpression
  minus(right: number | Expression<number>): NumberExpression
  times(right: number | Expression<number>): NumberExpression
  dividedBy(right: number | Expression<number>): NumberExpression
}

/** A text, compared by code point. */
export interface TextExpression extends Expression<string>, ValueComparisons<string, string>, TextComparisons {
  /** Whether it is there and is `""`. */
  isEmpty(): Rule
}

/** A text that is one of a few: compared as a whole, and only with those. */
export interface ChoiceExpression<E extends string> extends Expression<E>, ValueComparisons<E, string> {}

export interface BooleanExpression extends Expression<boolean>, ValueComparisons<boolean, boolean> {}

/** An instant or a day. The two are never equal, but one can be before, after or on the other. */
export interface DateExpression<D extends InstantValue | DayValue = InstantValue | DayValue>
  extends
    Expression<D>,
    ValueComparisons<DateLiteral<D>, D>,
    DateComparisons<DateLiteral<InstantValue | DayValue>>,
    DateWindows {
  /** Neither before `low` nor after `high`. */
  between(low: DateBound, high: DateBound, options?: ZoneOption): Rule
  /**
   * The date a duration later: `'7d'`, `'P1M'`, `days(7)`, or a number of milliseconds that is itself an expression.
   * Months and years keep the local time, in the zone; a day moves by whole days only.
   */
  plus(duration: DurationInput | Expression<number>): DateExpression<D>
  plus(duration: DurationText, options?: ZoneOption): DateExpression<D>
  /** The date a duration earlier, as {@link DateExpression.plus}. */
  minus(duration: DurationInput | Expression<number>): DateExpression<D>
  minus(duration: DurationText, options?: ZoneOption): DateExpression<D>
}

/** An end of a span of dates. */
export type DateBound = DateLiteral<InstantValue | DayValue> | Expression<InstantValue | DayValue>

/** A list of texts or numbers. */
export interface ListExpression<E extends string | number>
  extends Expression<ListOf<E>>, ValueComparisons<readonly E[], ListOf<E>>, ListComparisons<readonly E[], ListOf<E>> {
  /** How many elements it has. */
  length(): NumberExpression
  /** Whether it is there and has no element. */
  isEmpty(): Rule
}

/** The lists that a list of `E` can be compared with. */
export type ListOf<E extends string | number> = E extends string ? readonly string[] : readonly number[]

/**
 * A value of which nothing is known until a contact is asked, as without a schema: it has every method. A text is a text
 * here and a number a number, so a date is compared with a `Date`, `{ instant }` or `{ day }`.
 */
export interface AnyExpression
  extends
    Expression<never>,
    ValueComparisons<Value | Date, Value>,
    NumberComparisons,
    TextComparisons,
    ListComparisons<ListValue, ListValue>,
    DateComparisons<InstantValue | DayValue | Date>,
    DateWindows {
  /** Both ends are included. */
  between(low: number | Expression<number>, high: number | Expression<number>): Rule
  between(low: AnyDate, high: AnyDate, options?: ZoneOption): Rule
  /** A text is a duration and moves a date; a number adds to a number, and to an instant as milliseconds. */
  plus(right: number | DurationText | Expression<number>): AnyExpression
  plus(duration: DurationText, options?: ZoneOption): AnyExpression
  /** Takes away what {@link AnyExpression.plus} adds. */
  minus(right: number | DurationText | Expression<number>): AnyExpression
  minus(duration: DurationText, options?: ZoneOption): AnyExpression
  times(right: number | Expression<number>): AnyExpression
  dividedBy(right: number | Expression<number>): AnyExpression
  length(): NumberExpression
  isEmpty(): Rule
}

/** A date where nothing else says that it is one. */
export type AnyDate = InstantValue | DayValue | Date | Expression<InstantValue | DayValue>
