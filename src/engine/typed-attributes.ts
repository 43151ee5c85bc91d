import type { AttributesInput } from '../changes/input.js'
import type { Field, OneOf, Schema } from '../contacts/schema.js'
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
