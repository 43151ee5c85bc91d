import type { LeafFields } from '../rules/rule-walk.js'

/** The fields of a contact that a change wrote. */
export interface ChangedFields {
  readonly attributes: Names
  readonly tags: Names
  /** By type, the events that came and those that went. */
  readonly events: Names & { get(type: string): EventMoves | undefined }
  readonly records: Names
}

/** Events that came, and events that went. */
export interface EventMoves {
  readonly came: Iterable<{ readonly at: number }>
  readonly went: Iterable<{ readonly at: number }>
}

interface Names {
  readonly size: number
  keys(): Iterable<string>
}

/**
 * Who reads which field of a contact. A question costs a look-up for each field that changed, however many there are who
 * read others.
 */
export class FieldIndex<T> {
  readonly #byAttribute = new Map<string, Set<T>>()
  readonly #byTag = new Map<string, Set<T>>()
  readonly #byAnyTag = new Set<T>()
  readonly #byEvent = new Map<string, Set<T>>()
  readonly #byRecord = new Map<string, Set<T>>()

  add(reader: T, fields: LeafFields): void {
    for (const name of fields.attributes) setAt(this.#byAttribute, name).add(reader)
    for (const tag of fields.tags) setAt(this.#byTag, tag).add(reader)
    for (const type of fields.events) setAt(this.#byEvent, type).add(reader)
    for (const collection of fields.records) setAt(this.#byRecord, collection).add(reader)
    if (fields.anyTag) this.#byAnyTag.add(reader)
  }

  delete(reader: T, fields: LeafFields): void {
    for (const name of fields.attributes) deleteAt(this.#byAttribute, name, reader)
    for (const tag of fields.tags) deleteAt(this.#byTag, tag, reader)
    for (const type of fields.events) deleteAt(this.#byEvent, type, reader)
    for (const collection of fields.records) deleteAt(this.#byRecord, collection, reader)
    this.#byAnyTag.delete(reader)
  }

  /** Whether somebody reads any of the fields. */
  isReading({ attributes, tags, events, records }: ChangedFields): boolean {
    return (
      (tags.size > 0 && this.#byAnyTag.size > 0) ||
      hasAny(this.#byAttribute, attributes) ||
      hasAny(this.#byTag, tags) ||
      hasAny(this.#byEvent, events) ||
      hasAny(this.#byRecord, records)
    )
  }

  /** Visits those that read any of the fields, each once. */
  visitReading(changed: ChangedFields, visit: (reader: T) => void): void {
    const { attributes, tags, events, records } = changed
    const written = attributes.size + tags.size + events.size + records.size
    if (written === 0) return
    // Of one field that is no tag each reader stands in one set.
    if (written === 1 && tags.size === 0) {
      visitAll(this.#byAttribute, attributes, visit)
      visitAll(this.#byEvent, events, visit)
      visitAll(this.#byRecord, records, visit)
      return
    }
    const found = new Set<T>()
    const collect = (reader: T): void => {
      found.add(reader)
    }
    visitAll(this.#byAttribute, attributes, collect)
    visitAll(this.#byTag, tags, collect)
    visitAll(this.#byEvent, events, collect)
    visitAll(this.#byRecord, records, collect)
    if (tags.size > 0) this.#byAnyTag.forEach(collect)
    found.forEach(visit)
  }
}

function hasAny<T>(index: ReadonlyMap<string, ReadonlySet<T>>, names: Names): boolean {
  if (names.size === 0 || index.size === 0) return false
  for (const name of names.keys()) if (index.has(name)) return true
  return false
}

function visitAll<T>(index: ReadonlyMap<string, ReadonlySet<T>>, names: Names, visit: (reader: T) => void): void {
  if (names.size === 0) return
  for (const name of names.keys()) index.get(name)?.forEach(visit)
}

/** The set at a key, made where there is none. */
function setAt<T>(index: Map<string, Set<T>>, key: string): Set<T> {
  let found = index.get(key)
  if (found === undefined) index.set(key, (found = new Set<T>()))
  return found
}

/** Takes a value out of the set at a key, and the set away with its last value. */
function deleteAt<T>(index: Map<string, Set<T>>, key: string, value: T): void {
  const found = index.get(key)
  if (found?.delete(value) === true && found.size === 0) index.delete(key)
}
