import { FewMap, type FewEntries } from '../base/few-map.js'
import type { ContactView } from '../contacts/contact.js'
import type { HeldEvent } from '../contacts/event.js'
import type { FoldedView } from '../contacts/folded.js'
import type { ContactRecord } from '../contacts/record.js'
import { sameHeldTag, type HeldTag } from '../contacts/tag.js'
import { sameValue, type Value } from '../contacts/value.js'
import type { ContactStore } from './contact-store.js'
import { viewOfFolded, type HeldFolded } from './folded-history.js'
import { Touched } from './touched.js'

/*
 * What a change or a batch writes. Everything is written to the store at once, and what stood there before is kept here,
 * once for each field: that is the difference that segments are settled from, the contact as it was before, and, when the
 * change is refused after all, the way back. A contact that is removed keeps its row until the draft is committed.
 */

/** The writes of one change or batch to the store, and the way back. */
export class Draft {
  readonly #store: ContactStore
  readonly #touched = new FewMap<number, Touched>()
  #inOrder: Touched[] = none
  #undo: (() => void)[] | undefined

  constructor(store: ContactStore) {
    this.#store = store
  }

  /** The contacts written to, in the order in which they were first touched. */
  get touched(): readonly Touched[] {
    return this.#inOrder
  }

  /** The same by ordinal. */
  get touchedByOrdinal(): FewEntries<number, Touched> {
    return this.#touched
  }

  touchedAt(ordinal: number): Touched | undefined {
    return this.#touched.get(ordinal)
  }

  /** Puts a new contact under an id, which must be free; returns its ordinal. */
  create(id: string): number {
    const { directory } = this.#store
    const ordinal = directory.add(id)
    this.#touchedOrNew(ordinal, true)
    this.onRollback(() => {
      directory.takeBack(ordinal)
    })
    return ordinal
  }

  /** Takes a contact away: its names and tags now, its row when the draft is committed. */
  remove(ordinal: number): void {
    this.#touchedOrNew(ordinal, false).removed = true
    // What comes after it in a batch must not find them: whether a tag is in use depends on who has it.
    for (const { tag } of this.#store.tags.of(ordinal)) this.setTag(ordinal, tag, undefined)
    this.onRollback(this.#store.directory.hide(ordinal))
  }

  /** Writes an attribute, or takes it away; returns whether that changed anything. */
  setAttribute(ordinal: number, name: string, value: Value | undefined): boolean {
    const before = this.#store.attribute(ordinal, name)
    if (before === undefined ? value === undefined : value !== undefined && identical(before, value)) return false
    this.#touchedOrNew(ordinal, false).wroteAttribute(name, before)
    this.#store.setAttribute(ordinal, name, value)
    return true
  }

  /** Writes what a contact holds of a tag, or takes it away. */
  setTag(ordinal: number, tag: string, held: HeldTag | undefined): void {
    const before = this.#store.tags.get(ordinal, tag)
    if (sameHeldTag(before, held)) return
    this.#touchedOrNew(ordinal, false).wroteTag(tag, before)
    this.#store.tags.set(ordinal, tag, held)
  }

  /** Puts an event in its place among those of its type. */
  addEvent(ordinal: number, event: HeldEvent): void {
    this.#touchedOrNew(ordinal, false).eventWrites(event.type).add(event)
    this.#store.history.addEvent(ordinal, event)
  }

  /** Takes an event out that is there. */
  removeEvent(ordinal: number, event: HeldEvent): void {
    this.#touchedOrNew(ordinal, false).eventWrites(event.type).remove(event)
    this.#store.history.removeEvent(ordinal, event)
  }

  /** Notes that the event of an id was taken out and must not come back. */
  setRemoved(ordinal: number, id: string): void {
    const { history } = this.#store
    if (history.eventById(ordinal, id) === 'removed') return
    history.setRemoved(ordinal, id, true)
    this.onRollback(() => {
      history.setRemoved(ordinal, id, false)
    })
  }

  /** Writes what is left of a contact's events of a folded type. To rules they are events of the type like others. */
  setFolded(ordinal: number, type: string, held: HeldFolded): void {
    const { folded } = this.#store
    const touched = this.#touchedOrNew(ordinal, false)
    touched.eventWrites(type)
    touched.wroteFolded(type, folded.get(ordinal, type))
    folded.set(ordinal, type, held)
  }

  /** Writes the records of a collection, in the order of their ids. */
  setRecords(ordinal: number, collection: string, list: readonly ContactRecord[]): void {
    const { history } = this.#store
    this.#touchedOrNew(ordinal, false).wroteRecords(collection, history.records(ordinal, collection))
    history.setRecords(ordinal, collection, list)
  }

  identify(ordinal: number, channel: string, id: string): void {
    const { directory } = this.#store
    directory.identify(ordinal, channel, id)
    this.onRollback(() => {
      directory.takeBackName(ordinal, 'identities')
    })
  }

  alias(id: string, ordinal: number): void {
    const { directory } = this.#store
    directory.alias(id, ordinal)
    this.onRollback(() => {
      directory.takeBackName(ordinal, 'aliases')
    })
  }

  /** Keeps the way back of something that was written elsewhere. */
  onRollback(undo: () => void): void {
    this.#undo ??= []
    this.#undo.push(undo)
  }

  /** The contact as it was before the draft. */
  before(touched: Touched): ContactView {
    return new BeforeView(this.#store, touched)
  }

  /** Takes everything back. */
  rollback(): void {
    const { history } = this.#store
    for (const { ordinal, attributes, tags, events, folded, records } of this.#inOrder) {
      for (const [name, value] of attributes) this.#store.setAttribute(ordinal, name, value)
      for (const [tag, held] of tags) this.#store.tags.set(ordinal, tag, held)
      for (const { came, went } of events.values()) {
        for (const event of came) history.removeEvent(ordinal, event)
        for (const event of went) history.addEvent(ordinal, event)
      }
      for (const [type, held] of folded) this.#store.folded.set(ordinal, type, held)
      for (const [collection, list] of records) history.setRecords(ordinal, collection, list)
    }
    for (const undo of this.#undo?.reverse() ?? []) undo()
  }

  /** Gives away the rows of contacts that were removed. */
  commit(): void {
    for (const { ordinal, removed } of this.#inOrder) if (removed) this.#store.release(ordinal)
  }

  #touchedOrNew(ordinal: number, created: boolean): Touched {
    let touched = this.#touched.get(ordinal)
    if (touched !== undefined) return touched
    this.#touched.set(ordinal, (touched = new Touched(ordinal, created)))
    // Most often it stays the only one.
    if (this.#inOrder.length === 0) this.#inOrder = [touched]
    else this.#inOrder.push(touched)
    return touched
  }
}

/** Equal, and for lists in the same order: a list that is written in another order is written. */
function identical(a: Value, b: Value): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return sameValue(a, b)
  return a.length === b.length && a.every((element, place) => element === b[place])
}

class BeforeView implements ContactView {
  readonly #store: ContactStore
  readonly #now: ContactView
  readonly #touched: Touched

  constructor(store: ContactStore, touched: Touched) {
    this.#store = store
    this.#now = store.view(touched.ordinal)
    this.#touched = touched
  }

  get id(): string {
    return this.#now.id
  }

  get tagCount(): number {
    let count = this.#now.tagCount
    for (const [tag, before] of this.#touched.tags) {
      const is = this.#now.tag(tag) !== undefined
      if (is !== (before !== undefined)) count += is ? -1 : 1
    }
    return count
  }

  attribute(name: string): Value | undefined {
    const { attributes } = this.#touched
    return attributes.has(name) ? attributes.get(name) : this.#now.attribute(name)
  }

  tag(name: string): HeldTag | undefined {
    const { tags } = this.#touched
    return tags.has(name) ? tags.get(name) : this.#now.tag(name)
  }

  *tags(): Iterable<HeldTag> {
    const { tags } = this.#touched
    for (const held of this.#now.tags()) if (!tags.has(held.tag)) yield held
    for (const before of tags.values()) if (before !== undefined) yield before
  }

  events(type: string): readonly HeldEvent[] {
    const now = this.#now.events(type)
    return this.#touched.events.get(type)?.before(now) ?? now
  }

  countEvents(type: string, from: number, to: number): number {
    const now = this.#now.countEvents(type, from, to)
    return now - (this.#touched.events.get(type)?.gainBetween(from, to) ?? 0)
  }

  folded(type: string): FoldedView | undefined {
    const { folded } = this.#touched
    return folded.has(type) ? viewOfFolded(this.#store.folded.type(type), folded.get(type)) : this.#now.folded(type)
  }

  records(collection: string): readonly ContactRecord[] {
    return this.#touched.records.get(collection) ?? this.#now.records(collection)
  }
}

const none: Touched[] = []
