import type { Field, RecordsField, Shape } from '../../contacts/schema.js'
import type { Rule } from '../ast.js'
import type { ExpressionOf } from './expression-of.js'

/*
 * Which names a schema has for the events, the records and their properties: types only. `F` is the shape of an event or a
 * record, `C` the shapes of collections by their names. Of a schema of which nothing is known every name is taken.
 */

/** The fields of an event. */
export interface EventShape {
  readonly [name: string]: Field
}

/** Collections of records, by their names. */
export interface Collections {
  readonly [name: string]: Shape
}

/** The names of a shape's fields that hold values, not records; those that all have where `F` is a union of shapes. */
export type PropertyNames<F> = {
  [K in keyof F & string]: [Extract<F[K], Field>] extends [never] ? never : K
}[keyof F & string]

/** The names of a shape's fields whose values are of type `T`. */
export type PropertiesOfType<F, T> = {
  [K in PropertyNames<F>]: Extract<F[K], Field> extends Field<infer V>
    ? unknown extends V
      ? K
      : [V] extends [T]
        ? K
        : never
    : never
}[PropertyNames<F>]

/** The expression of a property. */
export type PropertyExpression<F, K extends keyof F> = ExpressionOf<Extract<F[K], Field>>

/** What a property can be equal to. */
type Equal<E> = E extends { equals(right: infer R): Rule } ? R : never

/** Values by the names of the properties that are to equal them, all of one item. */
export type PropertyMatch<F> = [PropertyNames<F>] extends [never]
  ? never
  : { readonly [K in PropertyNames<F>]?: Equal<PropertyExpression<F, K>> }

/** The collections inside a record of a shape. */
export type InnerCollections<F> = {
  readonly [K in keyof F & string as [Extract<F[K], RecordsField>] extends [never] ? never : K]: Extract<
    F[K],
    RecordsField
  > extends RecordsField<infer S>
    ? S
    : never
}

/** A record of a collection has an id besides its fields; a record inside another has not. */
type WithId<F> = F & { readonly id: Field<string> }

/*
 * A path leads to a collection, or on to the records inside its records, two levels deep at most: `'orders'`, `'orders.lines'`,
 * or a list of names, which may have dots in them.
 */

/** How a collection is named, of the contact's or of those in a record. */
export type CollectionPath<C> = string extends keyof C ? string | readonly string[] : DottedPath<C> | NamesPath<C>

type DottedPath<C> = {
  [K in keyof C & string]: Dotless<K> | `${Dotless<K>}.${DottedPath2<InnerCollections<C[K]>>}`
}[keyof C & string]

type DottedPath2<C> = {
  [K in keyof C & string]: Dotless<K> | `${Dotless<K>}.${Dotless<keyof InnerCollections<C[K]>>}`
}[keyof C & string]

/** A name that is no path. */
type Dotless<K> = K extends `${string}.${string}` ? never : K & string

type NamesPath<C> = {
  [K in keyof C & string]: readonly [K] | readonly [K, ...NamesPath2<InnerCollections<C[K]>>]
}[keyof C & string]

type NamesPath2<C> = {
  [K in keyof C & string]: readonly [K] | readonly [K, keyof InnerCollections<C[K]> & string]
}[keyof C & string]

/** The shape of the records that a path leads to, from the collections of the contact. */
export type CollectionShape<C, P> = string extends keyof C
  ? C[keyof C]
  : NamesOf<P> extends readonly [string]
    ? WithId<ShapeAt<C, NamesOf<P>>>
    : ShapeAt<C, NamesOf<P>>

/** The shape of the records that a path leads to, from the collections inside a record. */
export type InnerShape<C, P> = string extends keyof C ? C[keyof C] : ShapeAt<C, NamesOf<P>>

/** The names of a path. */
type NamesOf<P> = P extends `${infer First}.${infer Rest}` ? [First, ...NamesOf<Rest>] : P extends string ? [P] : P

type ShapeAt<C, Names> = Names extends readonly [infer First extends keyof C, ...infer Rest]
  ? Rest extends readonly []
    ? C[First]
    : ShapeAt<InnerCollections<C[First]>, Rest>
  : never
