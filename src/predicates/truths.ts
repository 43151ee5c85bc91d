import { grown } from '../base/grown.js'
import type { LeafRule } from '../rules/ast.js'
import type { ContactStore } from '../store/contact-store.js'
import { numberInRange, type NumberInRange } from './direct-test.js'
import type { ContactTest, Ground } from './ground.js'
import { Readings } from './readings.js'
import { TagsAtHand } from './tags-at-hand.js'

/*
 * What holds of one contact while its segments are decided: each condition is asked for tens of times a change. Most are
 * thresholds of a number, which is read once and then compared, or tags, which are marked once; those cost some
 * nanoseconds and are asked as they come. Of all others the answer is kept. Turning to the next contact costs nothing: what
 * is read or known counts only while it bears the number of the turn in which it was.
 */

/** How a condition is asked. */
const ways = Object.freeze({ byTest: 0, byRange: 1, byTag: 2 })

/** So many facts are kept of a condition. */
const stride = 4

/** So many contacts are asked to estimate how many a condition holds of. */
const samples = 64

/** Conditions by small numbers, and their truth for the contact at hand. */
export class Truths {
  readonly #store: ContactStore
  readonly #readings = new Readings()
  readonly #tags: TagsAtHand
  readonly #tests: (ContactTest | undefined)[] = []
  readonly #free: number[] = []
  /**
   * Of each, side by side: how it is asked, where its number or tag stands, and the ends of its range. A rule asks for
   * conditions all over the place, and what is known of one should be one look into memory.
   */
  #facts = new Float64Array(16 * stride)
  #turns = new Uint32Array(16)
  #values = new Uint8Array(16)
  #turn = 0
  #ordinal = 0

  constructor(store: ContactStore) {
    this.#store = store
    this.#tags = new TagsAtHand(store.tags)
  }

  /** Takes in a condition, and returns its number. */
  add(test: ContactTest): number {
    const id = this.#free.pop() ?? this.#tests.length
    this.#tests[id] = test
    if (id >= this.#turns.length) this.#grow()
    this.#turns[id] = 0
    this.#facts[id * stride] = ways.byTest
    return id
  }

  /** Takes in a positive leaf that `test` tests, and returns its number. */
  addLeaf(leaf: LeafRule, test: ContactTest, ground: Ground): number {
    const id = this.add(test)
    const range = numberInRange(leaf, ground)
    if (range !== undefined) this.#askByRange(id, range)
    else if (leaf.op === 'hasTag') {
      this.#facts[id * stride] = ways.byTag
      this.#facts[id * stride + 1] = this.#tags.retain(leaf.tag)
    }
    return id
  }

  #askByRange(id: number, { key, reader, low, high }: NumberInRange): void {
    this.#facts.set([ways.byRange, this.#readings.retain(key, reader), low, high], id * stride)
  }

  /** Gives the number of a condition away. */
  remove(id: number): void {
    const way = this.#facts[id * stride]
    const place = this.#facts[id * stride + 1] as number
    if (way === ways.byRange) this.#readings.release(place)
    else if (way === ways.byTag) this.#tags.release(place)
    this.#facts[id * stride] = ways.byTest
    this.#tests[id] = undefined
    this.#free.push(id)
  }

  /** Turns to a contact, of which nothing is known yet. */
  turnTo(ordinal: number): void {
    this.#ordinal = ordinal
    this.#turn += 1
    if (this.#turn > 0xffffffff) {
      this.#turn = 1
      this.#turns.fill(0)
      this.#readings.forget()
    }
    this.#readings.turnTo(ordinal, this.#turn)
    this.#tags.turnTo(ordinal)
  }

  /** Makes known whether a condition holds of the contact at hand. */
  know(id: number, holds: boolean): void {
    this.#turns[id] = this.#turn
    this.#values[id] = holds ? 1 : 0
  }

  /** Makes known that the tags of the contact at hand were written; what that flips is to be made known too. */
  tagsWritten(): void {
    this.#tags.turnTo(this.#ordinal)
  }

  /** Whether a condition holds of the contact at hand. */
  holds(id: number): boolean {
    const at = id * stride
    const way = this.#facts[at]
    if (way === ways.byRange) {
      const value = this.#readings.value(this.#facts[at + 1] as number)
      return value >= (this.#facts[at + 2] as number) && value <= (this.#facts[at + 3] as number)
    }
    if (way === ways.byTag) return this.#tags.has(this.#facts[at + 1] as number)
    if (this.#turns[id] === this.#turn) return this.#values[id] === 1
    const holds = this.#tests[id]?.(this.#ordinal) ?? false
    this.know(id, holds)
    return holds
  }

  /** Of what part of the contacts a condition holds, estimated from some of them; one half where there are none. */
  share(id: number): number {
    const { directory } = this.#store
    const step = Math.max(1, Math.floor(directory.end / samples))
    let asked = 0
    let held = 0
    for (let ordinal = 0; ordinal < directory.end; ordinal += step) {
      if (!directory.present.has(ordinal)) continue
      asked += 1
      if (this.#tests[id]?.(ordinal) === true) held += 1
    }
    return (held + 1) / (asked + 2)
  }

  #grow(): void {
    const room = this.#turns.length * 2
    this.#facts = grown(this.#facts, new Float64Array(room * stride))
    this.#turns = grown(this.#turns, new Uint32Array(room))
    this.#values = grown(this.#values, new Uint8Array(room))
  }
}
