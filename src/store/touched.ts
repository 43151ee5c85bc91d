import { FewMap, noEntries, type FewEntries } from '../base/few-map.js'
import type { ContactRecord } from '../contacts/record.js'
import type { HeldTag } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'
import { EventWrites } from './event-writes.js'
import type { HeldFolded } from './folded-history.js'

/** What a draft did to one contact. Most write one kind of thing, so room is made for each when it is first written. */
export class Touched {
  readonly ordinal: number
  readonly created: boolean
  removed = false
  #attributes: FewMap<string, Value | undefined> | undefined
  #tags: FewMap<string, HeldTag | undefined> | undefined
  #events: FewMap<string, EventWrites> | undefined
  #folded: FewMap<string, HeldFolded | undefined> | undefined
  #records: FewMap<string, readonly ContactRecord[]> | undefined

  constructor(ordinal: number, created: boolean) {
    this.ordinal = ordinal
    this.created = created
  }

  /** The attributes written, as they were before. */
  get attributes(): FewEntries<string, Value | undefined> {
    return this.#attributes ?? noEntries()
  }

  /** The tags written, as they were before. */
  get tags(): FewEntries<string, HeldTag | undefined> {
    return this.#tags ?? noEntries()
  }

  /** The types whose events were written, with those that came and went. */
  get events(): FewEntries<string, EventWrites> {
    return this.#events ?? noEntries()
  }

  /** The types of which more was written that is left of folded events, as that was before. */
  get folded(): FewEntries<string, HeldFolded | undefined> {
    return this.#folded ?? noEntries()
  }

  /** The collections whose records were written, as they were before. */
  get records(): FewEntries<string, readonly ContactRecord[]> {
    return this.#records ?? noEntries()
  }

  /** Notes what an attribute was; of several writes the first tells. */
  wroteAttribute(name: string, before: Value | undefined): void {
    this.#attributes = noted(this.#attributes, name, before)
  }

  /** Notes what was held of a tag. */
  wroteTag(tag: string, before: HeldTag | undefined): void {
    this.#tags = noted(this.#tags, tag, before)
  }

  /** What came and went of the events of a type. */
  eventWrites(type: string): EventWrites {
    this.#events ??= new FewMap<string, EventWrites>()
    let writes = this.#events.get(type)
    if (writes === undefined) this.#events.set(type, (writes = new EventWrites()))
    return writes
  }

  /** Notes what was left of the folded events of a type. */
  wroteFolded(type: string, before: HeldFolded | undefined): void {
    this.#folded = noted(this.#folded, type, before)
  }

  /** Notes what the records of a collection were. */
  wroteRecords(collection: string, before: readonly ContactRecord[]): void {
    this.#records = noted(this.#records, collection, before)
  }
}

function noted<V>(map: FewMap<string, V> | undefined, name: string, before: V): FewMap<string, V> {
  const notes = map ?? new FewMap<string, V>()
  if (!notes.has(name)) notes.set(name, before)
  return notes
}
