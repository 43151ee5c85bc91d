import { OrdinalSet } from '../base/ordinal-set.js'

/*
 * Who is there. A contact is a small whole number, its ordinal, everywhere inside; the ordinal of one that is removed goes
 * to the next that is put, so that contacts who come and go for years take no more room than those who are there. The
 * order in which contacts were put is therefore kept beside the ordinals.
 */

/** Contacts by id, by the ids of those merged into them, and by outside identities. */
export class Directory {
  readonly #ordinals = new Map<string, number>()
  readonly #identities = new Map<string, Map<string, number>>()
  readonly #names = new Map<number, Names>()
  readonly #free: number[] = []
  readonly #present = new OrdinalSet()
  #ids: (string | undefined)[] = []
  #idsShared = false
  /** The ordinal that was asked for last: whoever asks about one contact asks again. */
  #asked = 0
  readonly #places: number[] = []
  #placed = 0
  /** Whether ordinals rise as places do: until one that was freed is given again. */
  #isInOrder = true

  /** How many contacts are there. */
  get count(): number {
    return this.#present.count
  }

  /** The ordinals of those who are there. */
  get present(): OrdinalSet {
    return this.#present
  }

  /** One more than the highest ordinal ever given. */
  get end(): number {
    return this.#ids.length
  }

  /** The ordinal of a contact by its id or by that of one merged into it. */
  ordinalOf(id: string): number | undefined {
    if (this.isAt(this.#asked, id)) return this.#asked
    const ordinal = this.#ordinals.get(id)
    if (ordinal !== undefined) this.#asked = ordinal
    return ordinal
  }

  /** Whether the contact with this id, as its own and not by a merge, is there at an ordinal. */
  isAt(ordinal: number, id: string): boolean {
    return this.#ids[ordinal] === id && this.#present.has(ordinal)
  }

  /** The ordinal of a contact by an outside identity. */
  ordinalOfIdentity(channel: string, id: string): number | undefined {
    return this.#identities.get(channel)?.get(id)
  }

  idOf(ordinal: number): string {
    return this.#ids[ordinal] ?? ''
  }

  /** Whether a contact stands at an ordinal. */
  has(ordinal: number): boolean {
    return this.#ids[ordinal] !== undefined
  }

  /** The place of a contact in the order in which contacts were put; never given twice, so it also tells contacts apart that had one ordinal. */
  placeOf(ordinal: number): number {
    return this.#places[ordinal] ?? -1
  }

  /** The ids by ordinal as they are now; what changes later does not change it. Costs nothing until then. */
  idsByOrdinal(): readonly (string | undefined)[] {
    this.#idsShared = true
    return this.#ids
  }

  /** The ordinals of all contacts, in the order in which they were put; those too that are hidden and not released. */
  inOrder(): number[] {
    const ordinals: number[] = []
    for (let ordinal = 0; ordinal < this.#ids.length; ordinal += 1)
      if (this.#ids[ordinal] !== undefined) ordinals.push(ordinal)
    return this.#sorted(ordinals)
  }

  /** The ordinals of a set, in the order in which their contacts were put. */
  inOrderOf(set: OrdinalSet): number[] {
    const ordinals: number[] = []
    set.forEach((ordinal) => ordinals.push(ordinal))
    return this.#sorted(ordinals)
  }

  /** The first `most` of a set, in the order in which their contacts were put. */
  firstOf(set: OrdinalSet, most: number): number[] {
    if (set.count <= most || !this.#isInOrder) return this.inOrderOf(set).slice(0, most)
    const first: number[] = []
    set.forEachWhile((ordinal) => first.length < most && first.push(ordinal) < most)
    return first
  }

  /** Sorted in place; most often they are. */
  #sorted(ordinals: number[]): number[] {
    return this.#isInOrder ? ordinals : ordinals.sort((a, b) => this.placeOf(a) - this.placeOf(b))
  }

  /** Gives a new contact its ordinal. The id must be free. */
  add(id: string): number {
    const ordinal = this.#free.pop() ?? this.#ids.length
    if (ordinal < this.#ids.length - 1) this.#isInOrder = false
    this.#writeId(ordinal, id)
    this.#ordinals.set(id, ordinal)
    this.#places[ordinal] = this.#placed
    this.#placed += 1
    this.#present.add(ordinal)
    return ordinal
  }

  /** Takes back an {@link add}: as if the contact had never been. */
  takeBack(ordinal: number): void {
    this.hide(ordinal)
    this.release(ordinal)
    this.#placed -= 1
  }

  /** Lets no name lead to a contact any more, while its ordinal stays its own. Returns what brings the names back. */
  hide(ordinal: number): () => void {
    const id = this.idOf(ordinal)
    const names = this.#names.get(ordinal)
    this.#ordinals.delete(id)
    for (const alias of names?.aliases ?? []) this.#ordinals.delete(alias)
    for (const identity of names?.identities ?? []) this.#identities.get(identity.channel)?.delete(identity.id)
    this.#names.delete(ordinal)
    this.#present.delete(ordinal)
    return () => {
      this.#present.add(ordinal)
      this.#ordinals.set(id, ordinal)
      if (names === undefined) return
      this.#names.set(ordinal, names)
      for (const alias of names.aliases) this.#ordinals.set(alias, ordinal)
      for (const identity of names.identities) this.#identitiesOf(identity.channel).set(identity.id, ordinal)
    }
  }

  /** Frees the ordinal of a hidden contact for the next one. */
  release(ordinal: number): void {
    this.#writeId(ordinal, undefined)
    this.#free.push(ordinal)
  }

  /** Lets an id, which must be free, lead to a contact. */
  alias(id: string, ordinal: number): void {
    this.#namesOf(ordinal).aliases.push(id)
    this.#ordinals.set(id, ordinal)
  }

  /** Ties an identity, which must be free, to a contact. */
  identify(ordinal: number, channel: string, id: string): void {
    this.#namesOf(ordinal).identities.push({ channel, id })
    this.#identitiesOf(channel).set(id, ordinal)
  }

  /** Takes back an {@link identify} or an {@link alias}: the last name given to a contact. */
  takeBackName(ordinal: number, kind: keyof Names): void {
    const names = this.#namesOf(ordinal)
    if (kind === 'aliases') {
      const alias = names.aliases.pop()
      if (alias !== undefined) this.#ordinals.delete(alias)
    } else {
      const identity = names.identities.pop()
      if (identity !== undefined) this.#identities.get(identity.channel)?.delete(identity.id)
    }
  }

  /** The other names of a contact: ids of those merged into it, and its outside identities. */
  namesOf(ordinal: number): { readonly aliases: readonly string[]; readonly identities: readonly Identity[] } {
    return this.#names.get(ordinal) ?? noNames
  }

  /** All of it as plain data, for a snapshot: the places of ordinals that nobody has are not told. */
  save(): SavedDirectory {
    return {
      ids: [...this.#ids],
      places: Float64Array.from(this.#ids, (_, ordinal) => this.placeOf(ordinal)),
      placed: this.#placed,
      free: [...this.#free],
      names: [...this.#names].map(([ordinal, { aliases, identities }]) => ({ ordinal, aliases, identities })),
    }
  }

  /** Takes over what was saved; nobody may be there yet. */
  load({ ids, places, placed, free, names }: SavedDirectory): void {
    let last = -1
    for (const [ordinal, id] of ids.entries()) {
      const place = places[ordinal] ?? -1
      this.#ids.push(id ?? undefined)
      this.#places.push(place)
      if (id === null || id === undefined) continue
      this.#ordinals.set(id, ordinal)
      this.#present.add(ordinal)
      if (place < last) this.#isInOrder = false
      last = place
    }
    this.#placed = placed
    this.#free.push(...free)
    for (const { ordinal, aliases, identities } of names) {
      for (const alias of aliases) this.alias(alias, ordinal)
      for (const { channel, id } of identities) this.identify(ordinal, channel, id)
    }
  }

  #namesOf(ordinal: number): Names {
    let names = this.#names.get(ordinal)
    if (names === undefined) this.#names.set(ordinal, (names = { aliases: [], identities: [] }))
    return names
  }

  #identitiesOf(channel: string): Map<string, number> {
    let identities = this.#identities.get(channel)
    if (identities === undefined) this.#identities.set(channel, (identities = new Map<string, number>()))
    return identities
  }

  #writeId(ordinal: number, id: string | undefined): void {
    if (this.#idsShared) {
      this.#ids = [...this.#ids]
      this.#idsShared = false
    }
    this.#ids[ordinal] = id
  }
}

/** An identity that an outside system knows a contact by. */
export interface Identity {
  readonly channel: string
  readonly id: string
}

/** A directory as plain data. */
export interface SavedDirectory {
  /** By ordinal; nothing where nobody has it. */
  readonly ids: readonly (string | null | undefined)[]
  readonly places: Float64Array<ArrayBuffer>
  /** How many places were ever given. */
  readonly placed: number
  /** Ordinals that nobody has; the last is given next. */
  readonly free: readonly number[]
  readonly names: readonly {
    readonly ordinal: number
    readonly aliases: readonly string[]
    readonly identities: readonly Identity[]
  }[]
}

interface Names {
  readonly aliases: string[]
  readonly identities: Identity[]
}

const noNames: { readonly aliases: readonly string[]; readonly identities: readonly Identity[] } = Object.freeze({
  aliases: Object.freeze([]),
  identities: Object.freeze([]),
})
