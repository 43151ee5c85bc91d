import type { TagStore } from '../store/tag-store.js'
import { TextDictionary } from '../store/text-dictionary.js'

/*
 * Which tags the contact at hand has. A condition on a tag could look into the set of those who have it, but each of these sets
 * is somewhere else in memory; the contact's own tags stand side by side, and are marked once, when the first is asked for.
 *
 * Tags have codes only while somebody has them, and another code the next time; where codes were given or taken since, the
 * codes of the tags asked for are looked up anew.
 */

/** The tags asked for, by small places, and whether the contact at hand has them. */
export class TagsAtHand {
  readonly #store: TagStore
  /** The tags asked for, each under its place, as often as it is asked for. */
  readonly #tags = new TextDictionary()
  #codes = new Int32Array(16)
  #generation = -1
  /** By code, the number of the contact that was last found to have the tag. */
  #marks = new Uint32Array(16)
  #mark = 0
  #isMarked = false
  #ordinal = 0

  constructor(store: TagStore) {
    this.#store = store
  }

  /** The place of a tag, used once more. */
  retain(tag: string): number {
    // Where it was not asked for yet it has a code to be found.
    this.#generation = -1
    return this.#tags.retain(tag)
  }

  /** A place used once less. */
  release(place: number): void {
    this.#tags.release(place)
  }

  /** Turns to a contact, or to the same one with other tags. */
  turnTo(ordinal: number): void {
    this.#ordinal = ordinal
    this.#isMarked = false
  }

  /** Whether the contact at hand has the tag at a place. */
  has(place: number): boolean {
    if (!this.#isMarked) this.#markAll()
    const code = this.#codes[place] as number
    return code >= 0 && this.#marks[code] === this.#mark
  }

  #markAll(): void {
    const { generation } = this.#store
    if (this.#generation !== generation) this.#findCodes(generation)
    this.#mark += 1
    if (this.#mark > 0xffffffff) {
      this.#mark = 1
      this.#marks.fill(0)
    }
    this.#store.markTags(this.#ordinal, this.#marks, this.#mark)
    this.#isMarked = true
  }

  #findCodes(generation: number): void {
    this.#generation = generation
    if (this.#codes.length < this.#tags.end) this.#codes = new Int32Array(this.#tags.end * 2)
    this.#tags.forEach((tag, place) => {
      this.#codes[place] = this.#store.codeOf(tag)
    })
    const { codesEnd } = this.#store
    if (this.#marks.length < codesEnd) this.#marks = new Uint32Array(codesEnd * 2)
  }
}
