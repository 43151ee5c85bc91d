import type { AttributesInput, InstantInput } from '../changes/input.js'
import type { EventInput } from '../contacts/read-event.js'
import type { RecordInput } from '../contacts/read-record.js'
import type { Field, OneOf, RecordsField, Schema } from '../contacts/schema.js'
import type { DayValue, InstantValue } from '../contacts/value.js'

/** What may be written where a field holds values of type `T`. */
export type InputFor<T> = unknown extends T
  ? AttributesInput[string]
  : [T] extends [InstantValue]
    ? Date | number | string | InstantValue
    : [T] extends [DayValue]
      ? string | DayValue
      : T extends OneOf<infer E>
        ? E
        : T

/** The attributes of a contact as a schema has them; `null` means missing. */
export type AttributesOf<S extends Schema> = string extends keyof NonNullable<S['attributes']>
  ? AttributesInput
  : {
      readonly [K in keyof S['attributes']]?: S['attributes'][K] extends Field<infer T>
        ? InputFor<T> | null | undefined
        : never
    }

/** The names of a schema's attributes. */
export type AttributeNames<S extends Schema> = keyof NonNullable<S['attributes']> & string

/** The fields of an event or a record as people write them. */
export type FieldsInput<F> = string extends keyof F
  ? AttributesInput
  : {
      readonly [K in keyof F]?:
        | (F[K] extends RecordsField<infer R>
            ? readonly FieldsInput<R>[]
            : F[K] extends Field<infer T>
              ? InputFor<T>
              : never)
        | null
        | undefined
    }

/** An event of one of the schema's types. */
export type EventOf<S extends Schema> = string extends keyof NonNullable<S['events']>
  ? EventInput
  : {
      [T in keyof NonNullable<S['events']> & string]: {
        readonly type: T
        /** When it happened; left out, now. */
        readonly at?: InstantInput
        readonly properties?: FieldsInput<NonNullable<S['events']>[T]>
        /** Unique within the contact: a second event with it is a duplicate. */
        readonly id?: string
      }
    }[keyof NonNullable<S['events']> & string]

/** The names of a schema's collections. */
export type CollectionName<S extends Schema> = keyof NonNullable<S['records']> & string

/** A record of a collection: its id beside its fields. */
export type RecordOf<S extends Schema, C extends CollectionName<S>> =
  string extends CollectionName<S> ? RecordInput : { readonly id: string } & FieldsInput<NonNullable<S['records']>[C]>
