import type { Field, OneOf } from '../../contacts/schema.js'
import type { DayValue, InstantValue } from '../../contacts/value.js'
import type {
  AnyExpression,
  BooleanExpression,
  ChoiceExpression,
  DateExpression,
  ListExpression,
  NumberExpression,
  TextExpression,
} from './expressions.js'

/** The expression of a field of a schema. */
export type ExpressionOf<F> = F extends Field<infer T> ? ExpressionFor<T> : never

/** The expression whose values are of type `T`. */
export type ExpressionFor<T> = unknown extends T
  ? AnyExpression
  : [T] extends [number]
    ? NumberExpression
    : [T] extends [boolean]
      ? BooleanExpression
      : [T] extends [InstantValue]
        ? DateExpression<InstantValue>
        : [T] extends [DayValue]
          ? DateExpression<DayValue>
          : [T] extends [readonly (infer E extends string | number)[]]
            ? ListExpression<Plain<E>>
            : [T] extends [string]
              ? string extends T
                ? TextExpression
                : ChoiceExpression<Plain<T> & string>
              : AnyExpression

/** A text or number without the mark of {@link OneOf}. */
export type Plain<T extends string | number> = T extends OneOf<infer E> ? E : T
