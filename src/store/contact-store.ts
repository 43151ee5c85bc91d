import { compareText } from '../base/text.js'
import type { Contact, ContactView } from '../contacts/contact.js'
import { compareEvents, type ContactEvent, type HeldEvent } from '../contacts/event.js'
import type { FoldedView } from '../contacts/folded.js'
import type { ContactRecord } from '../contacts/record.js'
import type { HeldTag } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'
import { Column, type SavedColumn } from './column.js'
import { Directory } from './directory.js'
import { FoldedHistory } from './folded-history.js'
import { History } from './history.js'
import { TagStore } from './tag-store.js'

/** All contacts in memory: who is there, a column for each attribute, tags, events and records. */
export class ContactStore {
  readonly directory = new Directory()
  readonly tags = new TagStore()
  readonly history = new History()
  readonly folded = new FoldedHistory()
  readonly #columns = new Map<string, Column>()
  /** The names of the columns that somebody holds. */
  readonly #held = new Set<string>()

  /** The values of an attribute, for those who ask again and again: it stays the same, also while nobody has a value. */
  column(name: string): Column {
    let column = this.#columns.get(name)
    if (column === undefined) this.#columns.set(name, (column = new Column()))
    this.#held.add(name)
    return column
  }

  /** The values of an attribute as it is now; undefined where nobody has one. */
  columnNow(name: string): Column | undefined {
    return this.#columns.get(name)
  }

  attribute(ordinal: number, name: string): Value | undefined {
    return this.#columns.get(name)?.get(ordinal)
  }

  /** The attributes that a contact has. */
  *attributesOf(ordinal: number): Iterable<readonly [string, Value]> {
    for (const [name, column] of this.#columns) {
      const value = column.get(ordinal)
      if (value !== undefined) yield [name, value]
    }
  }

  setAttribute(ordinal: number, name: string, value: Value | undefined): void {
    let column = this.#columns.get(name)
    if (column === undefined) {
      if (value === undefined) return
      this.#columns.set(name, (column = new Column()))
    }
    column.set(ordinal, value)
    if (column.count === 0 && !this.#held.has(name)) this.#columns.delete(name)
  }

  /** The attributes of all contacts, for a snapshot. */
  saveAttributes(): readonly (readonly [string, SavedColumn])[] {
    const columns = [...this.#columns].filter(([, { count }]) => count > 0)
    return columns.map(([name, column]) => [name, column.save(this.directory.end)] as const)
  }

  /** Takes over the values of an attribute; nobody may have one yet. */
  loadAttribute(name: string, saved: SavedColumn): void {
    const column = new Column()
    column.load(saved)
    this.#columns.set(name, column)
  }

  /** Packs all tables, so that nothing is left of what was there before. */
  pack(): void {
    this.tags.pack()
    this.history.pack()
  }

  /** Empties the row of a contact and gives its ordinal away. Its names must be hidden already. */
  release(ordinal: number): void {
    for (const [name] of this.#columns) this.setAttribute(ordinal, name, undefined)
    for (const { tag } of this.tags.of(ordinal)) this.tags.set(ordinal, tag, undefined)
    this.history.release(ordinal)
    this.folded.release(ordinal)
    this.directory.release(ordinal)
  }

  /** A view of the contact that now has this ordinal; reads the store at each question. */
  view(ordinal: number): ContactView {
    return new RowView(this, ordinal)
  }

  /** The tags of a contact in the order in which they are given out: the oldest first, then by name. */
  tagsByAge(ordinal: number): readonly HeldTag[] {
    return Object.freeze([...this.tags.of(ordinal)].sort((a, b) => a.since - b.since || compareText(a.tag, b.tag)))
  }

  /** A copy of a contact as plain data: attributes by name, tags by age. */
  contact(ordinal: number): Contact {
    const attributes = [...this.attributesOf(ordinal)].sort(([a], [b]) => compareText(a, b))
    const tags = this.tagsByAge(ordinal)
    const folded = this.folded.of(ordinal)
    return Object.freeze({
      id: this.directory.idOf(ordinal),
      attributes: Object.freeze(Object.fromEntries(attributes)),
      tags,
      events: Object.freeze(this.#eventsOf(ordinal)),
      records: Object.freeze(Object.fromEntries(this.#recordsOf(ordinal))),
      ...(folded === undefined ? undefined : { folded }),
    })
  }

  #eventsOf(ordinal: number): readonly ContactEvent[] {
    return [...this.history.eventTypes(ordinal)]
      .flatMap((type) => this.history.events(ordinal, type))
      .sort(compareEvents)
      .map(({ type, at, properties, id }) =>
        Object.freeze(id === undefined ? { type, at, properties } : { type, at, properties, id }),
      )
  }

  #recordsOf(ordinal: number): readonly (readonly [string, readonly ContactRecord[]])[] {
    const collections = [...this.history.collections(ordinal)].sort(compareText)
    return collections.map((collection) => [collection, this.history.records(ordinal, collection)])
  }
}

class RowView implements ContactView {
  readonly #store: ContactStore
  readonly #ordinal: number

  constructor(store: ContactStore, ordinal: number) {
    this.#store = store
    this.#ordinal = ordinal
  }

  get id(): string {
    return this.#store.directory.idOf(this.#ordinal)
  }

  get tagCount(): number {
    return this.#store.tags.countOf(this.#ordinal)
  }

  attribute(name: string): Value | undefined {
    return this.#store.attribute(this.#ordinal, name)
  }

  tag(name: string): HeldTag | undefined {
    return this.#store.tags.get(this.#ordinal, name)
  }

  tags(): Iterable<HeldTag> {
    return this.#store.tags.of(this.#ordinal)
  }

  events(type: string): readonly HeldEvent[] {
    return this.#store.history.events(this.#ordinal, type)
  }

  countEvents(type: string, from: number, to: number): number {
    const { history } = this.#store
    if (history.countOf(this.#ordinal, type) === 0) return 0
    return Math.max(0, history.placeFrom(this.#ordinal, type, to) - history.placeFrom(this.#ordinal, type, from))
  }

  folded(type: string): FoldedView | undefined {
    return this.#store.folded.view(this.#ordinal, type)
  }

  records(collection: string): readonly ContactRecord[] {
    return this.#store.history.records(this.#ordinal, collection)
  }
}
