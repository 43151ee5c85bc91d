import { CoterieError, show, type Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
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
  /** What people call the field, in words about rules. It changes nothing of what the field holds. */
  readonly label?: string
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
  /** A record has its `id` beside these fields, so none of them is called that. */
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
  /** A field that people know by a label: `field.labelled('the lead score', field.number())`. */
  labelled: <F extends Field>(label: string, of: F): F => Object.freeze({ ...of, label }),
  /** Records inside a record, at most two levels deep. */
  records: <const S extends Shape>(fields: S): RecordsField<S> =>
    Object.freeze({ type: 'records', fields: Object.freeze({ ...fields }) }),
})

const fieldTypes: ReadonlySet<unknown> = new Set<FieldType>(['text', 'number', 'boolean', 'instant', 'day', 'list'])

/** How many fields, and texts of `oneOf`, a schema may have in all. */
const mostParts = 100_000

/**
 * Checks a schema; what comes back is a frozen copy. Types are inferred from it; builders and the engine take it.
 *
 * @throws CoterieError `SCHEMA_INVALID`, with the path of the field that is wrong.
 */
export function defineSchema<const S extends Schema>(schema: S): S {
  const size = { parts: 0 }
  const parts: Record<string, unknown> = {}
  for (const [part, shapes] of entriesOf(schema, [], size)) {
    if (part === 'attributes') {
      parts[part] = shapeOf(shapes, [part], 3, size)
    } else if (part === 'records' || part === 'events') {
      const level = part === 'records' ? 1 : 3
      const named = entriesOf(shapes, [part], size).map(([name, shape]) => [
        name,
        shapeOf(shape, [part, name], level, size),
      ])
      parts[part] = Object.freeze(Object.fromEntries(named))
    } else {
      throw invalid([part], show(part), 'attributes, records or events')
    }
  }
  return Object.freeze(parts) as S
}

interface Size {
  parts: number
}

/** The fields of a shape; `level` counts the records around, an innermost record being of the third. */
function shapeOf(shape: unknown, path: Path, level: number, size: Size): Shape {
  const fields = entriesOf(shape, path, size).map(([name, given]): [string, Field | RecordsField] => {
    const at = [...path, name]
    if (name === 'id' && level === 1) throw invalid(at, '"id"', 'another name: `id` is the record’s own')
    const properties = new Map(entriesOf(given, at, size, 'a field, such as field.text()'))
    return [
      name,
      properties.get('type') === 'records' ? recordsOf(properties, at, level, size) : plainField(properties, at, size),
    ]
  })
  return Object.freeze(Object.fromEntries(fields))
}

function recordsOf(properties: ReadonlyMap<string, unknown>, path: Path, level: number, size: Size): RecordsField {
  if (level >= 3)
    throw invalid(path, 'records', 'records only inside the records of a collection, at most two levels deep')
  checkNames(properties, ['type', 'fields'], path)
  return Object.freeze({ type: 'records', fields: shapeOf(properties.get('fields'), path, level + 1, size) })
}

function plainField(properties: ReadonlyMap<string, unknown>, path: Path, size: Size): Field {
  const [type, of, oneOf] = [properties.get('type'), properties.get('of'), properties.get('oneOf')]
  const label = properties.get('label')
  if (!fieldTypes.has(type)) throw invalid(path, show(type), 'a field, such as field.text()')
  checkNames(
    properties,
    ['type', 'label', ...(type === 'list' ? ['of'] : []), ...(type === 'text' || of === 'text' ? ['oneOf'] : [])],
    path,
  )
  if (label !== undefined && (typeof label !== 'string' || label === '' || !isWellFormed(label)))
    throw invalid([...path, 'label'], show(label), 'a text that is not empty')
  if (type === 'list' && of !== 'text' && of !== 'number') throw invalid([...path, 'of'], show(of), 'text or number')
  return Object.freeze({
    type: type as FieldType,
    ...(of === undefined ? undefined : { of: of as 'text' | 'number' }),
    ...(oneOf === undefined ? undefined : { oneOf: textsOf(oneOf, [...path, 'oneOf'], size) }),
    ...(label === undefined ? undefined : { label }),
  })
}

function textsOf(given: unknown, path: Path, size: Size): readonly string[] {
  if (!Array.isArray(given) || given.length === 0) throw invalid(path, show(given), 'a list of texts')
  count(given.length, path, size)
  return Object.freeze(
    Array.from(given as readonly unknown[], (text, place) => {
      if (typeof text === 'string' && isWellFormed(text)) return text
      throw invalid([...path, place], show(text), 'a text')
    }),
  )
}

function checkNames(properties: ReadonlyMap<string, unknown>, known: readonly string[], path: Path): void {
  for (const [name, value] of properties) {
    if (!known.includes(name) && value !== undefined) throw invalid([...path, name], show(name), known.join(', '))
  }
}

/** The own properties of an object. From JavaScript a schema can be anything, also one that unfolds without an end. */
function entriesOf(given: unknown, path: Path, size: Size, expected = 'an object'): [string, unknown][] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid(path, show(given), expected)
  const entries = Object.entries(given as Record<string, unknown>).filter(([, value]) => value !== undefined)
  count(entries.length, path, size)
  for (const [name] of entries)
    if (name === '' || !isWellFormed(name)) throw invalid([...path, name], show(name), 'a name that is not empty')
  return entries
}

function count(parts: number, path: Path, size: Size): void {
  size.parts += parts
  if (size.parts > mostParts)
    throw invalid(path, `more than ${String(mostParts)} parts`, `at most ${String(mostParts)} fields and texts`)
}

function invalid(path: Path, received: string, expected: string): CoterieError {
  const place = path.length === 0 ? '' : ` at ${path.join('.')}`
  return new CoterieError('SCHEMA_INVALID', `The schema is wrong${place}`, { path, received, expected })
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
