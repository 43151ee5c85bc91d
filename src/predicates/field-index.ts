import type { LeafFields } from '../rules/rule-walk.js'

/** The fields of a contact that a change wrote. */
export interface ChangedFields {
  readonly attributes: Names
  readonly tags: Names
  readonly events: Names
  readonly records: Names
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

  /** Those that read any of the fields, each once. */
  reading(changed: ChangedFields): ReadonlySet<T> {
    const found = new Set<T>()
    collect(this.#byAttribute, changed.attributes, found)
    collect(this.#byTag, changed.tags, found)
    collect(this.#byEvent, changed.events, found)
    collect(this.#byRecord, changed.records, found)
    if (changed.tags.size > 0) for (const reader of this.#byAnyTag) found.add(reader)
    return found
  }
}

function collect<T>(index: ReadonlyMap<string, ReadonlySet<T>>, names: Names, found: Set<T>): void {
  if (names.size === 0) return
  for (const name of names.keys()) for (const reader of index.get(name) ?? []) found.add(reader)
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
