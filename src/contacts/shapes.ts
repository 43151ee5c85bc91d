import { show, type ErrorCode, type Path } from '../base/errors.js'
import { reportName, type Reading } from './reading.js'
import type { Field, RecordsField, Shape } from './schema.js'

/*
 * The events, collections and properties that the schema knows, by their names. All look-ups are of own properties, so that
 * names such as `__proto__` find nothing that nobody put there. What is not known is reported with the nearest name.
 */

/** The fields of an event or a record: those that the schema says; without a schema any name is a field. */
export type KnownShape = Shape | 'any'

/** The fields of a type of events. Undefined, and reported, where the schema has no such type. */
export function eventShape(type: string, reading: Reading, path: Path): KnownShape | undefined {
  if (reading.schema === undefined) return 'any'
  const { events = {} } = reading.schema
  const found = own(events, type)
  if (found === undefined) {
    const message = `The schema has no event ${show(type)}`
    reportUnknown('EVENT_TYPE_UNKNOWN', type, message, () => Object.keys(events), reading, path)
  }
  return found
}

/** The fields of a collection's records. Undefined, and reported, where the schema has no such collection. */
export function collectionShape(name: string, reading: Reading, path: Path): KnownShape | undefined {
  if (reading.schema === undefined) return 'any'
  const { records = {} } = reading.schema
  const found = own(records, name)
  if (found === undefined) {
    const message = `The schema has no collection ${show(name)}`
    reportUnknown('COLLECTION_UNKNOWN', name, message, () => Object.keys(records), reading, path)
  }
  return found
}

/**
 * The fields of the records inside `what`. Undefined, and reported with a `note`, where it has no records of that name
 * inside.
 */
export function innerShape(
  shape: KnownShape,
  name: string,
  what: string,
  note: string,
  reading: Reading,
  path: Path,
): KnownShape | undefined {
  if (shape === 'any') return 'any'
  const found = own(shape, name)
  if (found?.type === 'records') return found.fields
  const message = `In ${what} there are no records ${show(name)}${note}`
  const known = (): string[] => Object.keys(shape).filter((other) => shape[other]?.type === 'records')
  reportUnknown('COLLECTION_UNKNOWN', name, message, known, reading, path)
  return undefined
}

/** The property of `what` of that name, `any` without a schema. Undefined, and reported, where it has no such property. */
export function propertyOf(
  shape: KnownShape,
  name: string,
  what: () => string,
  reading: Reading,
  path: Path,
): Field | RecordsField | 'any' | undefined {
  if (shape === 'any') return 'any'
  const found = own(shape, name)
  if (found === undefined) {
    const message = `In ${what()} there is no property ${show(name)}`
    reportUnknown('PROPERTY_UNKNOWN', name, message, () => Object.keys(shape), reading, path)
  }
  return found
}

function own<T>(names: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined
}

function reportUnknown(
  code: ErrorCode,
  name: string,
  message: string,
  known: () => readonly string[],
  reading: Reading,
  path: Path,
): void {
  reportName(reading, { code, path, message, expected: 'a name of the schema', received: show(name) }, name, known)
}
