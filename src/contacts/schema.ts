import { CoterieError, show, type Path } from '../base/errors.js'
import type { DayValue, InstantValue } from './value.js'

declare const held: unique symbol
declare const line: unique symbol

/** The type of a field's values as a schema names it. */
export type FieldType = 'text' | 'number' | 'boolean' | 'instant' | 'day' | 'list'

/** A field of a schema, plain data at run time; `T` is the type of its values. Made by {@link field}. */
export interface Field<T = unknown> {
  readonly type: FieldType
  /** The only texts that the field can hold. */
  readonly oneOf?: readonly string[]
  /** The type of a list's elements. */
  readonly of?: 'text' | 'number'
  readonly [held]?: T
}

/** Records inside a record, an order's lines for instance. Made by `field.records`. */
export interface RecordsField<S extends Shape = Shape> {
  readonly type: 'records'
  readonly fields: S
  readonly [line]?: S
}

/** The fields of an event or a record. */
export interface Shape {
  readonly [name: string]: Field | RecordsField
}

/** A text that is one of a few; marked so that builders can tell it from a free text. */
export type OneOf<E extends string> = E & { readonly __oneOf?: true }

/** What a schema says: the attributes of a contact, the records of each collection, the events of each type. */
export interface Schema {
  readonly attributes?: { readonly [name: string]: Field }
  readonly records?: { readonly [name: string]: Shape }
  readonly events?: { readonly [name: string]: { readonly [name: string]: Field } }
}

const plain = (type: FieldType): Field => Object.freeze({ type })

/** The fields that a schema is made of. */
export const field = Object.freeze({
  /** Any text. */
  text: (): Field<string> => plain('text') as Field<string>,
  /** A finite number. */
  number: (): Field<number> => plain('number') as Field<number>,
  /** True or false. */
  boolean: (): Field<boolean> => plain('boolean') as Field<boolean>,
  /** A point in time; takes a `Date`, milliseconds, or a written date. */
  instant: (): Field<InstantValue> => plain('instant') as Field<InstantValue>,
  /** A date without time or zone; takes `YYYY-MM-DD`. */
  day: (): Field<DayValue> => plain('day') as Field<DayValue>,
  /** One of the texts given. */
  oneOf: <const E extends readonly [string, ...string[]]>(...values: E): Field<OneOf<E[number]>> =>
    Object.freeze({ type: 'text', oneOf: Object.freeze([...values]) }),
  /** A list of texts or numbers: `field.list(field.text())`. */
  list: <T extends string | number>(of: Field<T>): Field<readonly T[]> => {
    if (of.type !== 'text' && of.type !== 'number') {
      throw new CoterieError('SCHEMA_INVALID', 'A list holds texts or numbers', {
        received: of.type,
        expected: 'text or number',
      })
    }
    return Object.freeze({ type: 'list', of: of.type, ...(of.oneOf === undefined ? {} : { oneOf: of.oneOf }) })
  },
  /** Records inside a record, at most two levels deep. */
  records: <const S extends Shape>(fields: S): RecordsField<S> =>
    Object.freeze({ type: 'records', fields: Object.freeze({ ...fields }) }),
})

const fieldTypes: ReadonlySet<string> = new Set<FieldType>(['text', 'number', 'boolean', 'instant', 'day', 'list'])

/**
 * Checks a schema and freezes it. Types are inferred from it; builders and the engine take it.
 *
 * @throws CoterieError `SCHEMA_INVALID`, with the path of the field that is wrong.
 */
export function defineSchema<const S extends Schema>(schema: S): S {
  const given: unknown = schema
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new CoterieError('SCHEMA_INVALID', 'That is no schema', {
      path: [],
      received: show(given),
      expected: 'an object',
    })
  }
  for (const part of Object.keys(schema)) {
    if (part !== 'attributes' && part !== 'records' && part !== 'events') {
      throw invalid([part], show(part), 'attributes, records or events')
    }
  }
  checkShape(schema.attributes ?? {}, ['attributes'], 3)
  for (const [name, shape] of Object.entries(schema.records ?? {})) checkShape(shape, ['records', name], 1)
  for (const [name, shape] of Object.entries(schema.events ?? {})) checkShape(shape, ['events', name], 3)
  return freezeDeep(schema)
}

/** `depth` counts the levels of records above, the innermost being the third. */
function checkShape(shape: unknown, path: Path, depth: number): void {
  if (typeof shape !== 'object' || shape === null || Array.isArray(shape))
    throw invalid(path, show(shape), 'an object of fields')
  for (const [name, value] of Object.entries(shape as Record<string, unknown>)) {
    const at = [...path, name]
    if (name === '') throw invalid(at, '""', 'a name that is not empty')
    if (typeof value !== 'object' || value === null) throw invalid(at, show(value), 'a field, such as field.text()')
    const type = (value as { readonly type?: unknown }).type
    if (type === 'records') {
      if (depth >= 3)
        throw invalid(at, 'records', 'records only inside the records of a collection, at most two levels deep')
      checkShape((value as RecordsField).fields, at, depth + 1)
    } else if (typeof type !== 'string' || !fieldTypes.has(type)) {
      throw invalid(at, show(type), 'a field, such as field.text()')
    }
  }
}

function invalid(path: Path, received: string, expected: string): CoterieError {
  return new CoterieError('SCHEMA_INVALID', `The schema is wrong at ${path.join('.')}`, { path, received, expected })
}

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freezeDeep(inner)
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) freezeDeep(inner)
  }
  return value
}

/** The field of that name, looked up so that names such as `__proto__` harm nothing. */
export function fieldOf(
  shape: { readonly [name: string]: Field | RecordsField } | undefined,
  name: string,
): Field | undefined {
  if (shape === undefined || !Object.hasOwn(shape, name)) return undefined
  const found = shape[name]
  return found === undefined || found.type === 'records' ? undefined : found
}
