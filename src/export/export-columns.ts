import { CoterieError, show } from '../base/errors.js'
import { compareText } from '../base/text.js'
import type { Contact } from '../contacts/contact.js'
import type { Value } from '../contacts/value.js'
import { optionInvalid } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'

/** What a column holds of a contact. */
export type ExportedValue =
  /** Its id, the names of its tags, or the ids of its segments. */
  | 'id'
  | 'tags'
  | 'segments'
  | { readonly attribute: string }
  /** What a channel calls it. */
  | { readonly identity: string }
  /** Whatever is made of it; `undefined` is missing. */
  | ((contact: Contact) => Value | undefined)

/** A column: the attribute of its name, or a header and what stands below it. */
export type ExportColumn = string | { readonly header: string; readonly value: ExportedValue }

/** A column that was read. */
export interface ReadColumn {
  readonly header: string
  /** What it holds of a contact; `undefined` where that is missing. */
  readonly valueOf: (contact: Contact) => Value | undefined
}

/**
 * Reads the columns of an export; left out they are the id and every attribute: with a schema those of it, in its order,
 * without one those that any of the contacts has, by name.
 *
 * @throws CoterieError `OPTION_INVALID`, `ATTRIBUTE_UNKNOWN`.
 */
export function readColumns(
  engine: AnyEngine,
  given: readonly ExportColumn[] | undefined,
  contactIds: readonly string[],
): readonly ReadColumn[] {
  const columns = given ?? [{ header: 'id', value: 'id' as const }, ...attributesOf(engine, contactIds)]
  if (!Array.isArray(columns) || columns.length === 0) throw optionInvalid('columns', given, 'a list of columns')
  const headers = new Set<string>()
  return (columns as readonly ExportColumn[]).map((column, place): ReadColumn => {
    const { header, value } = typeof column === 'string' ? { header: column, value: { attribute: column } } : column
    if (typeof header !== 'string' || header === '') throw columnInvalid(place, header, 'a header')
    if (headers.has(header)) throw columnInvalid(place, header, 'another header than those before')
    headers.add(header)
    return { header, valueOf: valueReader(engine, value, place) }
  })
}

function attributesOf(engine: AnyEngine, contactIds: readonly string[]): readonly string[] {
  if (engine.schema !== undefined) return Object.keys(engine.schema.attributes ?? {})
  const names = new Set<string>()
  for (const id of contactIds)
    for (const name of Object.keys(engine.contacts.get(id)?.attributes ?? {})) names.add(name)
  return [...names].sort(compareText)
}

function valueReader(engine: AnyEngine, value: ExportedValue, place: number): ReadColumn['valueOf'] {
  if (value === 'id') return ({ id }) => id
  if (value === 'tags') return ({ tags }) => tags.map(({ tag }) => tag)
  if (value === 'segments') return ({ id }) => engine.segments.of(id)
  if (typeof value === 'function') return value
  if (typeof value === 'object' && 'attribute' in value) {
    const name = value.attribute
    checkAttribute(engine, name, place)
    return ({ attributes }) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined)
  }
  if (typeof value === 'object' && typeof value.identity === 'string')
    return ({ id }) => engine.contacts.identitiesOf(id).find(({ channel }) => channel === value.identity)?.id
  throw columnInvalid(place, value, 'id, tags, segments, an attribute, an identity or a function')
}

function checkAttribute({ schema }: AnyEngine, name: unknown, place: number): void {
  if (typeof name !== 'string') throw columnInvalid(place, name, 'the name of an attribute')
  if (schema === undefined || Object.hasOwn(schema.attributes ?? {}, name)) return
  throw new CoterieError('ATTRIBUTE_UNKNOWN', `The schema knows no attribute ${show(name)}`, {
    path: ['columns', place],
    received: show(name),
    expected: Object.keys(schema.attributes ?? {}).join(', '),
  })
}

function columnInvalid(place: number, received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The column in place ${String(place)} is wrong`, {
    path: ['columns', place],
    received: show(received),
    expected,
  })
}
