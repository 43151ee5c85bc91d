import type { Schema } from '../../contacts/schema.js'
import type { Rule } from '../ast.js'
import { events, records } from './collections.js'
import type { ExpressionOf } from './expression-of.js'
import { all, any, everyone, inSample, inSegment, nobody, not, someOf } from './groups.js'
import type { EventExpression, RecordExpression } from './item-expressions.js'
import type { CollectionPath, CollectionShape } from './shape-names.js'
import { followedBy, notFollowedBy, sequence } from './steps.js'
import { hasAllTags, hasAnyTag, hasNoneOfTags, hasTag, hasTagLike, tag } from './tags.js'
import { attribute, contactId, tagCount } from './values.js'

/** The builders of rules, with the types of a schema. They are the package's own functions. */
export interface Rules<S extends Schema = Schema> {
  /** An attribute of the contact. */
  readonly attribute: <K extends keyof AttributeFields<S> & string>(name: K) => ExpressionOf<AttributeFields<S>[K]>
  /** The events of a type that have happened. */
  readonly events: <K extends keyof EventFields<S> & string>(type: K) => EventExpression<EventFields<S>[K]>
  /** The records of a collection, or with a path such as `'orders.lines'` those inside its records. */
  readonly records: <const P extends CollectionPath<RecordFields<S>>>(
    path: P,
  ) => RecordExpression<CollectionShape<RecordFields<S>, P>>
  readonly sequence: typeof sequence
  readonly followedBy: typeof followedBy
  readonly notFollowedBy: typeof notFollowedBy
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

/** The events of a schema; of any type where nothing is known of them. */
export type EventFields<S extends Schema> = NonNullable<S['events']>

/** The collections of a schema; of any name where nothing is known of them. */
export type RecordFields<S extends Schema> = NonNullable<S['records']>

const builders: Rules = /* @__PURE__ */ Object.freeze({
  attribute,
  events,
  records,
  sequence,
  followedBy,
  notFollowedBy,
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
