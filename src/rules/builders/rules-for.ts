import type { Field, OneOf, Schema } from '../../contacts/schema.js'
import type { DayValue, InstantValue } from '../../contacts/value.js'
import type { Rule } from '../ast.js'
import type {
  AnyExpression,
  BooleanExpression,
  ChoiceExpression,
  DateExpression,
  ListExpression,
  NumberExpression,
  TextExpression,
} from './expressions.js'
import { all, any, everyone, inSample, inSegment, nobody, not, someOf } from './groups.js'
import { hasAllTags, hasAnyTag, hasNoneOfTags, hasTag, hasTagLike, tag } from './tags.js'
import { attribute, contactId, tagCount } from './values.js'

/** The builders of rules, with the types of a schema. They are the package's own functions. */
export interface Rules<S extends Schema = Schema> {
  /** An attribute of the contact. */
  readonly attribute: <K extends keyof AttributeFields<S> & string>(name: K) => ExpressionOf<AttributeFields<S>[K]>
  readonly contactId: typeof contactId
  readonly tag: typeof tag
  readonly tagCount: typeof tagCount
  readonly hasTag: typeof hasTag
  readonly hasAnyTag: typeof hasAnyTag
  readonly hasAllTags: typeof hasAllTags
  readonly hasNoneOfTags: typeof hasNoneOfTags
  readonly hasTagLike: typeof hasTagLike
  readonly all: typeof all
  readonly any: typeof any
  readonly not: typeof not
  readonly someOf: typeof someOf
  readonly everyone: Rule
  readonly nobody: Rule
  readonly inSegment: typeof inSegment
  readonly inSample: typeof inSample
}

/** The attributes of a schema; of any name where nothing is known of them. */
export type AttributeFields<S extends Schema> = NonNullable<S['attributes']>

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

const builders: Rules = /* @__PURE__ */ Object.freeze({
  attribute,
  contactId,
  tag,
  tagCount,
  hasTag,
  hasAnyTag,
  hasAllTags,
  hasNoneOfTags,
  hasTagLike,
  all,
  any,
  not,
  someOf,
  everyone,
  nobody,
  inSegment,
  inSample,
})

/**
 * The builders with the types of a schema, at no cost: the functions are the same whatever the schema, which is only
 * looked at by the type checker. The rules they make are checked against a schema when a segment is defined.
 * Without a schema every name is taken, and a value has every method.
 */
export function rulesFor(): Rules
export function rulesFor<S extends Schema>(schema: S): Rules<S>
export function rulesFor(): unknown {
  return builders
}
