import { ChunkedSet } from '../base/chunked-set.js'
import type { Saved } from '../base/saved.js'
import type { HeldTag } from '../contacts/tag.js'
import { HolderCodes, type SavedHolders } from './holder-codes.js'
import { RowArray } from './row-array.js'
import { Runs, type SavedRuns } from './runs.js'
import { TextDictionary, type SavedTexts } from './text-dictionary.js'

/*
 * Who has which tag. By contact, a run of rows, one for each of its tags: the code of the tag, since when, and the code of who
 * holds it. That is all there is to say of nearly every tag; one that several hold, or whose holder came later than it, is kept
 * as it is beside. By tag, a set of the contacts. Some twenty bytes a tag of a contact, and no object.
 */

/** Stands for the holder of a tag that is kept beside. */
const beside = -1

/** Tags as they are kept. */
export type SavedTags = Saved<
  {
    readonly end: number
    readonly names: readonly string[]
    readonly holders: SavedHolders['json']
    readonly beside: readonly (readonly [number, readonly HeldTag[]])[]
  },
  readonly [
    ...SavedRuns['arrays'],
    ...SavedTexts['arrays'],
    ...SavedHolders['arrays'],
    tags: Uint32Array<ArrayBuffer>,
    since: Float64Array<ArrayBuffer>,
    heldBy: Int32Array<ArrayBuffer>,
  ]
>

/** The tags of all contacts. */
export class TagStore {
  readonly #names = new TextDictionary()
  readonly #holders = new HolderCodes()
  readonly #runs = new Runs()
  readonly #tags = new RowArray(this.#runs, (length) => new Uint32Array(length))
  readonly #since = new RowArray(this.#runs, (length) => new Float64Array(length))
  readonly #heldBy = new RowArray(this.#runs, (length) => new Int32Array(length))
  readonly #beside = new Map<number, Map<string, HeldTag>>()
  readonly #byTag = new Map<string, ChunkedSet>()
  /** The tags whose sets somebody holds. */
  readonly #held = new Set<string>()

  /** The contacts that have a tag, for those who ask again and again: it stays the same, also while nobody has it. */
  contactsWith(tag: string): ChunkedSet {
    this.#held.add(tag)
    return this.#setOf(tag)
  }

  /** The contacts that have a tag now; undefined where nobody has it. */
  contactsNow(tag: string): ChunkedSet | undefined {
    return this.#byTag.get(tag)
  }

  /** What a contact holds of a tag. */
  get(ordinal: number, tag: string): HeldTag | undefined {
    const row = this.#rowOf(ordinal, this.#names.codeOf(tag))
    return row < 0 ? undefined : this.#heldAt(ordinal, row)
  }

  /** Whether a contact has a tag. */
  has(ordinal: number, tag: string): boolean {
    return this.#rowOf(ordinal, this.#names.codeOf(tag)) >= 0
  }

  /** Since when a contact has a tag, in ms; NaN where it does not have it. */
  sinceOf(ordinal: number, tag: string): number {
    const row = this.#rowOf(ordinal, this.#names.codeOf(tag))
    return row < 0 ? NaN : this.#since.at(row)
  }

  /** The tags of a contact as they are now, in no order that may be relied on. */
  of(ordinal: number): readonly HeldTag[] {
    const start = this.#runs.startOf(ordinal)
    return Array.from({ length: this.#runs.countOf(ordinal) }, (_, place) => this.#heldAt(ordinal, start + place))
  }

  countOf(ordinal: number): number {
    return this.#runs.countOf(ordinal)
  }

  /** The code of a tag while somebody has it, otherwise -1. Good until {@link generation} rises. */
  codeOf(tag: string): number {
    return this.#names.codeOf(tag)
  }

  /** Rises whenever a tag gets a code or gives it away. */
  get generation(): number {
    return this.#names.generation
  }

  /** One more than the highest code ever given. */
  get codesEnd(): number {
    return this.#names.end
  }

  /** Writes a mark at the code of each tag that a contact has. */
  markTags(ordinal: number, marks: Uint32Array, mark: number): void {
    const start = this.#runs.startOf(ordinal)
    const end = start + this.#runs.countOf(ordinal)
    for (let row = start; row < end; row += 1) marks[this.#tags.at(row)] = mark
  }

  /** Every tag that somebody has, and how many have it. */
  *counts(): Iterable<{ readonly tag: string; readonly count: number }> {
    for (const [tag, { count }] of this.#byTag) if (count > 0) yield { tag, count }
  }

  /** Writes what a contact holds of a tag, or takes it away with `undefined`. */
  set(ordinal: number, tag: string, held: HeldTag | undefined): void {
    const row = this.#rowOf(ordinal, this.#names.codeOf(tag))
    if (row >= 0) this.#clear(ordinal, row)
    if (held === undefined) {
      if (row >= 0) this.#remove(ordinal, tag, row)
    } else {
      this.#write(ordinal, row >= 0 ? row : this.#insert(ordinal, tag), held)
    }
    if (this.#runs.isLoose) this.#pack()
  }

  /** Packs the rows, so that nothing is left of what was there before. */
  pack(): void {
    this.#pack()
  }

  /** All of it, for a snapshot. */
  save(): SavedTags {
    const names = this.#names.save()
    const holders = this.#holders.save()
    const runs = this.#runs.save()
    return {
      json: {
        end: runs.json,
        names: names.json,
        holders: holders.json,
        beside: [...this.#beside].map(([ordinal, tags]) => [ordinal, [...tags.values()]] as const),
      },
      arrays: [
        ...runs.arrays,
        ...names.arrays,
        ...holders.arrays,
        this.#tags.save(),
        this.#since.save(),
        this.#heldBy.save(),
      ],
    }
  }

  /** Takes over what was saved; nobody may have a tag yet. */
  load({ json, arrays: [starts, counts, nameUses, holderUses, tags, since, heldBy] }: SavedTags): void {
    this.#runs.load({ json: json.end, arrays: [starts, counts] })
    this.#names.load({ json: json.names, arrays: [nameUses] })
    this.#holders.load({ json: json.holders, arrays: [holderUses] })
    this.#tags.load(tags)
    this.#since.load(since)
    this.#heldBy.load(heldBy)
    for (const [ordinal, held] of json.beside) this.#beside.set(ordinal, new Map(held.map((each) => [each.tag, each])))
    const sets = json.names.map((tag, code) => ((nameUses[code] as number) > 0 ? this.#setOf(tag) : undefined))
    for (let ordinal = 0; ordinal < counts.length; ordinal += 1) {
      const start = starts[ordinal] as number
      for (let row = start; row < start + (counts[ordinal] as number); row += 1) sets[tags[row] as number]?.add(ordinal)
    }
  }

  /** The row of a contact's tag; -1 where it does not have it. */
  #rowOf(ordinal: number, code: number): number {
    if (code < 0) return -1
    const start = this.#runs.startOf(ordinal)
    const end = start + this.#runs.countOf(ordinal)
    for (let row = start; row < end; row += 1) if (this.#tags.at(row) === code) return row
    return -1
  }

  #heldAt(ordinal: number, row: number): HeldTag {
    const tag = this.#names.text(this.#tags.at(row))
    const kept = this.#heldBy.at(row) === beside ? this.#beside.get(ordinal)?.get(tag) : undefined
    if (kept !== undefined) return kept
    const since = this.#since.at(row)
    const holder = Object.freeze({ ...this.#holders.holder(this.#heldBy.at(row)), at: since })
    return Object.freeze({ tag, since, holders: Object.freeze([holder]) })
  }

  #insert(ordinal: number, tag: string): number {
    const row = this.#runs.insert(ordinal, this.#runs.countOf(ordinal), this.#move)
    this.#tags.set(row, this.#names.retain(tag))
    this.#setOf(tag).add(ordinal)
    return row
  }

  #write(ordinal: number, row: number, held: HeldTag): void {
    const [holder, ...others] = held.holders
    this.#since.set(row, held.since)
    if (holder !== undefined && others.length === 0 && holder.at === held.since) {
      this.#heldBy.set(row, this.#holders.retain(holder))
      return
    }
    this.#heldBy.set(row, beside)
    let kept = this.#beside.get(ordinal)
    if (kept === undefined) this.#beside.set(ordinal, (kept = new Map<string, HeldTag>()))
    kept.set(held.tag, held)
  }

  /** Forgets who holds the tag of a row. */
  #clear(ordinal: number, row: number): void {
    const code = this.#heldBy.at(row)
    if (code !== beside) {
      this.#holders.release(code)
      return
    }
    const kept = this.#beside.get(ordinal)
    if (kept?.delete(this.#names.text(this.#tags.at(row))) === true && kept.size === 0) this.#beside.delete(ordinal)
  }

  #remove(ordinal: number, tag: string, row: number): void {
    this.#names.release(this.#tags.at(row))
    this.#runs.remove(ordinal, row - this.#runs.startOf(ordinal), 1, this.#move)
    const contacts = this.#byTag.get(tag)
    if (contacts?.delete(ordinal) === true && contacts.count === 0 && !this.#held.has(tag)) this.#byTag.delete(tag)
  }

  #setOf(tag: string): ChunkedSet {
    let contacts = this.#byTag.get(tag)
    if (contacts === undefined) this.#byTag.set(tag, (contacts = new ChunkedSet()))
    return contacts
  }

  readonly #move = (from: number, to: number, count: number): void => {
    this.#tags.moveRows(from, to, count)
    this.#since.moveRows(from, to, count)
    this.#heldBy.moveRows(from, to, count)
  }

  #pack(): void {
    const rows = this.#runs.packed()
    this.#tags.arrange(rows)
    this.#since.arrange(rows)
    this.#heldBy.arrange(rows)
  }
}
