import type { ChangeInput } from '../changes/input.js'
import type { Contact } from '../contacts/contact.js'
import { sameHolder, type Holder } from '../contacts/tag.js'
import type { Value } from '../contacts/value.js'
import type { Engine } from '../engine/engine.js'
import type { ImportSegment } from './import-options.js'
import { differs, NetChanges } from './net-changes.js'
import type { ContactRow } from './read-row.js'

/*
 * What each row changes, found out before anything is applied.
 *
 * The state is, for each contact that rows named, what it will have once the changes planned so far are applied: first
 * what the engine has, then what each row makes of it. A row is compared with that, so a row that says what is so already
 * plans nothing, and a contact that comes twice is changed twice, as if the rows were applied one by one. After a batch
 * was applied this is what the engine has, and is forgotten; a dry run, which applies nothing, keeps it, and so finds
 * the same. It costs a copy of each contact that is named.
 */

/** How rows change contacts. */
export interface PlanningOptions {
  readonly mode: 'patch' | 'put'
  readonly keepsMissing: boolean
  readonly holder: Holder
  readonly segment: ImportSegment | undefined
}

/** What a row changes. */
export interface RowChanges {
  readonly contactId: string
  readonly isNew: boolean
  /** The attributes that change. */
  readonly attributes: readonly string[]
  /** Tags that the contact gets. */
  readonly added: readonly string[]
  /** Tags that it has, under another holder. */
  readonly held: readonly string[]
  /** How many of the row's tags it has under this holder. */
  readonly present: number
  /** Whether it is put into the segment. */
  readonly isIncluded: boolean
}

interface PlannedContact {
  readonly id: string
  isThere: boolean
  readonly attributes: Map<string, Value>
  readonly tags: Set<string>
  /** Those of its tags that the import holds. */
  readonly ownTags: Set<string>
  isIncluded: boolean
}

/** Turns rows into the changes that they need. */
export class PlannedContacts {
  readonly #engine: Engine
  readonly #options: PlanningOptions
  readonly #net: NetChanges
  readonly #contacts = new Map<string, PlannedContact>()
  /** Contacts by the tags that they get, so that one change puts them on all. */
  #tagged = new Map<string, { readonly tags: readonly string[]; readonly contacts: Set<string> }>()
  #included: string[] = []

  constructor(engine: Engine, options: PlanningOptions) {
    this.#engine = engine
    this.#options = options
    this.#net = new NetChanges(options.mode)
  }

  /** The id of the contact that a name leads to: its own, or that of the contact it was merged into. */
  idOf(name: string): string {
    return this.#engine.contacts.get(name)?.id ?? name
  }

  /** Plans what a row says. */
  plan(row: ContactRow): RowChanges {
    const contact = this.#contactOf(row.contactId)
    const isNew = !contact.isThere
    const attributes = this.#planAttributes(contact, row.attributes)
    const { added, held, present } = this.#planTags(contact, row.tags)
    const isIncluded = this.#options.segment !== undefined && !contact.isIncluded
    if (isIncluded) {
      contact.isIncluded = true
      this.#included.push(contact.id)
    }
    return { contactId: contact.id, isNew, attributes, added, held, present, isIncluded }
  }

  /** The changes planned since they were last taken: contacts first, then tags, then members. */
  takeChanges(): readonly ChangeInput[] {
    const changes = this.#net.take()
    const { holder, segment } = this.#options
    for (const { tags, contacts } of this.#tagged.values()) {
      changes.push({ type: 'tag.add', contacts: [...contacts], tags, holder })
    }
    if (segment !== undefined && this.#included.length > 0) {
      const reason = segment.reason === undefined ? undefined : { reason: segment.reason }
      changes.push({ type: 'member.include', segment: segment.id, contacts: this.#included, ...reason })
    }
    this.#tagged = new Map()
    this.#included = []
    return changes
  }

  /** Forgets what was planned, since it was applied. */
  forget(): void {
    this.#contacts.clear()
  }

  #contactOf(name: string): PlannedContact {
    const known = this.#contacts.get(name)
    if (known !== undefined) return known
    const there = this.#engine.contacts.get(name)
    const id = there?.id ?? name
    const contact = this.#contacts.get(id) ?? this.#asItIs(id, there)
    this.#contacts.set(id, contact)
    this.#contacts.set(name, contact)
    return contact
  }

  #asItIs(id: string, contact: Contact | undefined): PlannedContact {
    const { holder, segment } = this.#options
    const tags = contact?.tags ?? []
    const own = tags.filter(({ holders }) => holders.some((other) => sameHolder(other, holder)))
    return {
      id,
      isThere: contact !== undefined,
      attributes: new Map(Object.entries(contact?.attributes ?? {})),
      tags: new Set(tags.map(({ tag }) => tag)),
      ownTags: new Set(own.map(({ tag }) => tag)),
      isIncluded: segment !== undefined && this.#engine.members.slotsOf(segment.id, id).include !== undefined,
    }
  }

  #planAttributes(contact: PlannedContact, given: ContactRow['attributes']): readonly string[] {
    const { mode, keepsMissing } = this.#options
    const changes = new Map<string, Value | null>()
    for (const [name, value] of given) {
      if (value === null && keepsMissing) continue
      if (differs(contact.attributes.get(name), value ?? undefined)) changes.set(name, value)
    }
    if (mode === 'put') for (const name of contact.attributes.keys()) if (!given.has(name)) changes.set(name, null)
    if (!contact.isThere || changes.size > 0) this.#net.note(contact)
    for (const [name, value] of changes) {
      if (value === null) contact.attributes.delete(name)
      else contact.attributes.set(name, value)
    }
    contact.isThere = true
    return [...changes.keys()]
  }

  #planTags(contact: PlannedContact, given: readonly string[]): Pick<RowChanges, 'added' | 'held' | 'present'> {
    const missing = given.filter((tag) => !contact.ownTags.has(tag))
    if (missing.length === 0) return { added: missing, held: missing, present: given.length }
    const added = missing.filter((tag) => !contact.tags.has(tag))
    const held = missing.filter((tag) => contact.tags.has(tag))
    const key = JSON.stringify(missing)
    const group = this.#tagged.get(key) ?? { tags: missing, contacts: new Set<string>() }
    this.#tagged.set(key, group)
    group.contacts.add(contact.id)
    for (const tag of missing) {
      contact.tags.add(tag)
      contact.ownTags.add(tag)
    }
    return { added, held, present: given.length - missing.length }
  }
}
