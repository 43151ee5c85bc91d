import type { Schema } from '../contacts/schema.js'
import type { AutomationTrigger } from '../changes/automation-changes.js'
import type {
  AttributeNames,
  AttributesOf,
  CollectionName,
  EventOf,
  FieldsInput,
  RecordOf,
} from '../engine/typed-attributes.js'
import {
  assign,
  changes,
  putRecord,
  recorded,
  recordEvent,
  recordPut,
  recordRemoved,
  setAttributes,
  setRecords,
  setTo,
  stamp,
  type ItemsInput,
  type OperandInput,
  type StepInput,
} from './builders.js'

/** The names of a schema's types of events. */
type EventNames<S extends Schema> = keyof NonNullable<S['events']> & string

/** The fields of a collection's records. */
type RecordFieldsOf<S extends Schema, C extends CollectionName<S>> = FieldsInput<NonNullable<S['records']>[C]>

/** Triggers and steps that name attributes, events and records, with the types of a schema. */
export interface StepsFor<S extends Schema> {
  readonly recorded: (events: EventNames<S> | ItemsInput) => AutomationTrigger
  readonly changes: (attribute: AttributeNames<S>) => AutomationTrigger
  readonly recordPut: <C extends CollectionName<S>>(
    records: C | ItemsInput,
    options?: { readonly field?: keyof RecordFieldsOf<S, C> & string },
  ) => AutomationTrigger
  readonly recordRemoved: (records: CollectionName<S> | ItemsInput) => AutomationTrigger
  readonly setAttributes: (attributes: AttributesOf<S>) => StepInput
  readonly setTo: (attribute: AttributeNames<S>, value: OperandInput) => StepInput
  readonly stamp: (attribute: AttributeNames<S>) => StepInput
  readonly assign: (
    attribute: AttributeNames<S>,
    among: readonly string[],
    options?: { readonly keep?: boolean },
  ) => StepInput
  readonly recordEvent: (event: EventOf<S>) => StepInput
  readonly putRecord: <C extends CollectionName<S>>(
    collection: C,
    record: Omit<RecordOf<S, C>, 'id'> & { readonly id?: string },
  ) => StepInput
  readonly setRecords: (<C extends CollectionName<S>>(
    records: C,
    set: RecordFieldsOf<S, C>,
    options?: { readonly triggering?: boolean },
  ) => StepInput) &
    ((
      records: ItemsInput,
      set: Readonly<Record<string, unknown>>,
      options?: { readonly triggering?: boolean },
    ) => StepInput)
}

const untyped = Object.freeze({
  recorded,
  changes,
  recordPut,
  recordRemoved,
  setAttributes,
  setTo,
  stamp,
  assign,
  recordEvent,
  putRecord,
  setRecords,
})

/**
 * The functions that name attributes, events and records, with the types of a schema: a name that it does not have does not compile.
 * They are the package's own, at no cost at run time.
 */
export function stepsFor<const S extends Schema>(schema: S): StepsFor<S>
export function stepsFor(): unknown {
  return untyped
}
