import { show, type Path } from '../base/errors.js'
import { ContentSize } from './content-size.js'
import { propertiesOf, readElements } from './plain-input.js'
import { readId } from './read-text.js'
import { readValue, type ValueInput } from './read-value.js'
import type { Reading } from './reading.js'
import { refuse, refused, reportUnexpected, type Refused } from './refused.js'
import type { ContactRecord, RecordFields } from './record.js'
import type { Field, RecordsField } from './schema.js'
import { collectionShape, propertyOf, type KnownShape } from './shapes.js'
import type { Value } from './value.js'

/** The fields of a record as people write them: values, and lists of records inside; `null` means that one is missing. */
export interface RecordFieldsInput {
  readonly [name: string]: ValueInput | readonly RecordFieldsInput[]
}

/** A record as people write it: its `id`, unique in its collection, beside its fields. */
export interface RecordInput extends RecordFieldsInput {
  readonly id: string
}

/** Records stand in records so many levels deep, a record of a collection being the first. */
export const deepestRecord = 3

/** What is read of a record, and how. */
interface RecordReading {
  readonly shape: KnownShape
  /** The names that lead to the records. */
  readonly name: string
  readonly level: number
  readonly size: ContentSize
}

/**
 * Reads a record of a collection, by the schema where there is one. What is given back is frozen and flat, its `id` first, and
 * reading it again gives an equal one. `size` counts what is read beside others.
 */
export function readRecord(
  collection: string,
  input: unknown,
  reading: Reading,
  path: Path,
  size: ContentSize = ContentSize.ofOne(reading.limits),
): ContactRecord | Refused {
  const shape = collectionShape(collection, reading, path)
  return shape === undefined ? refused : readRecordOf(shape, collection, input, reading, path, size)
}

/** Reads a record of a collection whose fields are known. */
export function readRecordOf(
  shape: KnownShape,
  collection: string,
  input: unknown,
  reading: Reading,
  path: Path,
  size: ContentSize,
): ContactRecord | Refused {
  if (!size.admitsValues(1, reading, path)) return refused
  const given = propertiesOf(input)
  if (given === undefined) return refuse(input, 'a record: an object with an id', reading, path, 'RECORD_INVALID')
  const id = readId(given.get('id'), 'the id of a record', reading, [...path, 'id'], 'RECORD_INVALID')
  const fields = readFields(given, { shape, name: collection, level: 1, size }, reading, path)
  return id === undefined || fields === undefined ? refused : Object.freeze({ id, ...Object.fromEntries(fields) })
}

type Held = Value | readonly RecordFields[]

/** Undefined where something in them was refused. */
function readFields(
  given: ReadonlyMap<string, unknown>,
  of: RecordReading,
  reading: Reading,
  path: Path,
): readonly (readonly [string, Held])[] | undefined {
  const fields: [string, Held][] = []
  let isWhole = true
  for (const [name, written] of given) {
    if (name === 'id' && of.level === 1) continue
    const at = [...path, name]
    if (!of.size.admitsValues(1, reading, at)) return undefined
    const held = readField(name, written, of, reading, at)
    if (held === refused) isWhole = false
    else if (held !== undefined) fields.push([name, held])
  }
  return isWhole ? fields : undefined
}

function readField(
  name: string,
  written: unknown,
  of: RecordReading,
  reading: Reading,
  path: Path,
): Held | undefined | Refused {
  if (readId(name, 'the name of a field', reading, path) === undefined) return refused
  const field = propertyOf(of.shape, name, () => `the records ${show(of.name)}`, reading, path)
  if (field === undefined) return refused
  if (written === undefined || written === null) return undefined
  if (field === 'any' ? isListOfObjects(written) : field.type === 'records') {
    const shape = field === 'any' ? 'any' : (field as RecordsField).fields
    return readInside(written, { ...of, shape, name: `${of.name}.${name}`, level: of.level + 1 }, reading, path)
  }
  const value = readValue(written, field === 'any' ? undefined : (field as Field), reading, path)
  return value === refused || value === undefined || of.size.admitsContent(value, reading, path) ? value : refused
}

/** Whether a list without a schema is one of records: no value is a list of objects. */
function isListOfObjects(input: unknown): boolean {
  try {
    return Array.isArray(input) && propertiesOf(input[0]) !== undefined
  } catch {
    return false
  }
}

/** Reads the records inside a record. */
function readInside(
  input: unknown,
  of: RecordReading,
  reading: Reading,
  path: Path,
): readonly RecordFields[] | Refused {
  if (of.level > deepestRecord) {
    return refuse(input, 'a value: records stand at most two levels deep in a record', reading, path, 'RECORD_INVALID')
  }
  const elements = readElements(input, 'a list of records', 'RECORD_INVALID', reading, path)
  if (elements === undefined || !of.size.admitsValues(elements.length, reading, path)) return refused
  const records: RecordFields[] = []
  for (const [place, element] of elements.entries()) {
    const at = [...path, place]
    const given = propertiesOf(element)
    if (given === undefined) reportUnexpected(element, 'a record: an object of fields', reading, at, 'RECORD_INVALID')
    const fields = given === undefined ? undefined : readFields(given, of, reading, at)
    if (fields !== undefined) records.push(Object.freeze(Object.fromEntries(fields)))
  }
  return records.length === elements.length ? Object.freeze(records) : refused
}
