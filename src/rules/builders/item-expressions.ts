import type { CalendarPeriod } from '../../base/calendar-period.js'
import type { DurationInput } from '../../base/duration.js'
import type { Shape } from '../../contacts/schema.js'
import type { DayValue, InstantValue, Scalar } from '../../contacts/value.js'
import type { EventItems, Items, RecordItems, Rule, SequenceStep } from '../ast.js'
import type { CalendarOptions, DateLiteral, Expression, ZoneOption } from './comparisons.js'
import type { DateExpression, NumberExpression } from './expressions.js'
import type {
  CollectionPath,
  EventShape,
  InnerCollections,
  InnerShape,
  PropertiesOfType,
  PropertyExpression,
  PropertyMatch,
  PropertyNames,
} from './shape-names.js'

/*
 * What can be said of a contact's events and records. Types only: the one object that has all these methods is made in
 * items-expression.ts. `F` is the shape of an event or a record as the schema has it, `I` one of them in a condition.
 */

// ── one event, one record ───────────────────────────────────────────────────────────────────────────────────────

/** The event that a condition is about. Beside it only the contact's attributes can be spoken of. */
export interface EventItem<F = EventShape> {
  /** A property of the event. */
  property<K extends PropertyNames<F>>(name: K): PropertyExpression<F, K>
}

/** The record that a condition is about. Beside it only the contact's attributes can be spoken of. */
export interface RecordItem<F = Shape> {
  /** A field of the record. A record of a collection has an `id`, a text, besides the fields of its schema. */
  property<K extends PropertyNames<F>>(name: K): PropertyExpression<F, K>
  /** The records inside this one: `o.records('lines').where({ product: 11 }).exists()`. */
  records<const P extends CollectionPath<InnerCollections<F>>>(
    path: P,
  ): RecordExpression<InnerShape<InnerCollections<F>, P>>
}

/** A condition on one item: what some properties are to equal, or a function of the item that gives a rule. */
export type ItemCondition<F, I> = PropertyMatch<F> | ((item: I) => Rule)

// ── aggregates ──────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Events or records, and what can be asked of all of them together. A value of each is the name of a property, or a
 * function of the item: `e => e.property('quantity').times(e.property('unitPrice'))`.
 */
export interface ItemAggregates<F, I> {
  /** What stands for them in a rule: frozen plain JSON. */
  readonly items: Items
  /**
   * Only those of which the condition holds; of several conditions, those of which all hold. Throws `RULE_EMPTY` for
   * no property, `RULE_INVALID` where the condition is about something else than the item and the contact's attributes.
   */
  where(condition: ItemCondition<F, I>): this
  /** Whether there is one. */
  exists(): Rule
  /** Whether there is none. */
  none(): Rule
  /** How many there are. */
  count(): NumberExpression
  /** The exact sum, rounded once; 0 over nothing. */
  sum(value: PropertiesOfType<F, number> | ((item: I) => Expression<number>)): NumberExpression
  /** Missing over nothing, as are the others but `distinct`. */
  average(value: PropertiesOfType<F, number> | ((item: I) => Expression<number>)): NumberExpression
  /** The least number, or the earliest date. */
  minimum<K extends PropertiesOfType<F, Ordered>>(value: K): PropertyExpression<F, K>
  minimum<E extends Expression<Ordered>>(value: (item: I) => E): E
  /** The greatest number, or the latest date. */
  maximum<K extends PropertiesOfType<F, Ordered>>(value: K): PropertyExpression<F, K>
  maximum<E extends Expression<Ordered>>(value: (item: I) => E): E
  /** How many different values there are; 0 over nothing. */
  distinct(value: PropertyNames<F> | ((item: I) => Expression)): NumberExpression
  /** The value that comes most often; of several, the first by type and value. */
  mostFrequent<K extends PropertiesOfType<F, Scalar>>(value: K): PropertyExpression<F, K>
  mostFrequent<E extends Expression<Scalar>>(value: (item: I) => E): E
}

/** The types of values that have an order. */
export type Ordered = number | InstantValue | DayValue

/** Events, or records with a time, and what can be asked of them by it. */
export interface TimedAggregates<F, I> extends ItemAggregates<F, I> {
  /** On how many different local days there are some. */
  distinctDays(options?: ZoneOption): NumberExpression
  /** In how many different weeks there are some. */
  distinctWeeks(options?: CalendarOptions): NumberExpression
  /** In how many different months there are some. */
  distinctMonths(options?: ZoneOption): NumberExpression
  /** When the first was; missing where there is none. */
  first(): DateExpression<InstantValue>
  /** A value of the first. */
  first<K extends PropertyNames<F>>(value: K): PropertyExpression<F, K>
  first<E extends Expression>(value: (item: I) => E): E
  /** When the last was; missing where there is none. */
  last(): DateExpression<InstantValue>
  /** A value of the last. */
  last<K extends PropertyNames<F>>(value: K): PropertyExpression<F, K>
  last<E extends Expression>(value: (item: I) => E): E
  /** When the nth was, counted from 1; missing where there are fewer. */
  nth(n: number): DateExpression<InstantValue>
  /** A value of the nth. */
  nth<K extends PropertyNames<F>>(n: number, value: K): PropertyExpression<F, K>
  nth<E extends Expression>(n: number, value: (item: I) => E): E
}

// ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** When the items are that count; `W` is what they are then. There is one window at most. */
export interface ItemWindows<W> {
  /** In `(now − duration, now]`. */
  inLast(duration: DurationInput, options?: ZoneOption): W
  /** At or before `now − duration`. */
  moreThanAgo(duration: DurationInput, options?: ZoneOption): W
  /** In `(now − to, now − from]`: `from` the shorter, both exact or both of months and years. */
  betweenAgo(from: DurationInput, to: DurationInput, options?: ZoneOption): W
  /** In a stretch of whole local days, such as `thisWeek` or `lastDays(7, { current: true })`. */
  inCalendar(period: CalendarPeriod, options?: CalendarOptions): W
  /** From that instant on; a written date without an offset is read in the engine's zone. */
  from(date: DateLiteral<InstantValue>): W & {
    /** Before that instant. */
    to(date: DateLiteral<InstantValue>): W
  }
  /** Before that instant. */
  to(date: DateLiteral<InstantValue>): W & {
    /** From that instant on. */
    from(date: DateLiteral<InstantValue>): W
  }
}

// ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────

declare const shape: unique symbol

/** Events that can serve a step of a sequence. */
export interface StepEvents<F = EventShape> {
  readonly items: EventItems
  /** Never there at run time: it carries the type. */
  readonly [shape]?: F
}

/** Events of a type in a window. */
export interface WindowedEvents<F = EventShape> extends StepEvents<F>, TimedAggregates<F, EventItem<F>> {
  readonly items: EventItems
}

/** Events of a type: those that have happened. */
export interface EventExpression<F = EventShape> extends WindowedEvents<F>, ItemWindows<WindowedEvents<F>> {}

/** A step of a sequence after the first one, made by `followedBy` or `notFollowedBy`. */
export interface FollowingStep<F = EventShape> {
  /** What stands for it in a rule: frozen plain JSON. */
  readonly step: SequenceStep
  /** Never there at run time: it carries the type. */
  readonly [shape]?: F
}

/** The shape of the events of a step. */
export type ShapeOf<E> = E extends { readonly [shape]?: infer F } ? F : never

// ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** What can be asked of records only. */
export interface RecordConditions<F> {
  readonly items: RecordItems
  /** Whether a condition holds for each of them; also where there is none. */
  every(condition: ItemCondition<F, RecordItem<F>>): Rule
}

/** Records in a window. */
export interface WindowedRecords<F = Shape> extends RecordConditions<F>, TimedAggregates<F, RecordItem<F>> {
  readonly items: RecordItems
}

/** Records with a time. */
export interface TimedRecords<F = Shape> extends WindowedRecords<F>, ItemWindows<WindowedRecords<F>> {
  /** In `(now, now + duration]`. */
  inNext(duration: DurationInput, options?: ZoneOption): WindowedRecords<F>
}

/** Records of a collection. */
export interface RecordExpression<F = Shape> extends RecordConditions<F>, ItemAggregates<F, RecordItem<F>> {
  readonly items: RecordItems
  /** The date field that gives the records their time and order. */
  by(name: PropertiesOfType<F, InstantValue | DayValue>): TimedRecords<F>
}
