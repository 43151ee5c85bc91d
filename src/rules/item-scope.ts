import { show, type Path } from '../base/errors.js'
import { deepestRecord } from '../contacts/read-record.js'
import { report, type Reading } from '../contacts/reading.js'
import type { Field } from '../contacts/schema.js'
import { collectionShape, eventShape, innerShape, propertyOf, type KnownShape } from '../contacts/shapes.js'

/** The events or records that a condition inside a `where`, or a value of an aggregate, is about; as far as they are known. */
export interface ItemScope {
  readonly kind: 'event' | 'record'
  /** The type of the events, or the names that lead to the records. */
  readonly name: string
  readonly shape: KnownShape
  /** How deep in a collection the records stand, from 1; 0 where that is not known, and for events. */
  readonly level: number
}

/** What is known of items that were refused: nothing more is found wrong with what is about them. */
export const unknownItem: ItemScope = Object.freeze({ kind: 'record', name: '', shape: 'any', level: 0 })

const idField: Field = Object.freeze({ type: 'text' })

/** The events of a type; reports where the schema has no such type. */
export function eventScope(type: string, reading: Reading, path: Path): ItemScope {
  const shape = eventShape(type, reading, path) ?? 'any'
  return { kind: 'event', name: type, shape, level: 0 }
}

/** The records to which names lead, from the contact or from the record at hand; reports the first that leads nowhere. */
export function recordScope(
  names: readonly string[],
  outer: ItemScope | undefined,
  reading: Reading,
  path: Path,
): ItemScope {
  let scope = outer
  for (const [place, name] of names.entries()) {
    const at = [...path, place]
    const level = (scope?.level ?? 0) + 1
    if (level > deepestRecord) {
      reportTooDeep(reading, at)
      return unknownItem
    }
    const shape = shapeAt(name, scope, scope === outer, reading, at)
    if (shape === undefined) return unknownItem
    scope = { kind: 'record', name: scope === undefined ? name : `${scope.name}.${name}`, shape, level }
  }
  return scope ?? unknownItem
}

function shapeAt(
  name: string,
  scope: ItemScope | undefined,
  isFirst: boolean,
  reading: Reading,
  path: Path,
): KnownShape | undefined {
  if (scope === undefined) return collectionShape(name, reading, path)
  const note = isFirst ? '; the contact’s other records stand beside an aggregate, not in it' : ''
  return innerShape(scope.shape, name, wordsOf(scope), note, reading, path)
}

function wordsOf({ kind, name }: ItemScope): string {
  return `the ${kind === 'event' ? 'event' : 'records'} ${show(name)}`
}

function reportTooDeep(reading: Reading, path: Path): void {
  const message = 'Records stand at most two levels deep in a record'
  const expected = `at most ${String(deepestRecord)} names from the contact`
  report(reading, { code: 'RULE_INVALID', path, message, expected, received: 'one more' })
}

/** The field of a property of the items, `any` where it is not known. Undefined, and reported, where there is no such property. */
export function propertyField(name: string, scope: ItemScope, reading: Reading, path: Path): Field | 'any' | undefined {
  if (scope.level === 1 && name === 'id') return idField
  const field = propertyOf(scope.shape, name, () => wordsOf(scope), reading, path)
  if (field === undefined || field === 'any' || field.type !== 'records') return field
  const message = `${show(name)} holds records, no value: an aggregate over them has one`
  report(reading, { code: 'TYPE_MISMATCH', path, message, expected: 'a property with a value', received: 'records' })
  return undefined
}
