import type { Path } from '../base/errors.js'
import { ownReason, type Reason } from './segment.js'

/*
 * The segments that one contact may have moved in, a bit each in the order in which segments are decided: however many
 * ways lead to a segment, it is decided once, after all that it refers to, and no sorting is needed to see to that.
 * To add one is O(1), to take all is a look at each word between the first and the last.
 *
 * A bit without a reason beside it is there on its own account, which most are.
 */
export class Candidates {
  #bits = new Uint32Array(8)
  /** The first word in which a bit may be set. */
  #first = 0
  /** One more than the last. */
  #end = 0
  /** By rank. Forgotten one by one: to clear a map would make its table anew, for each contact that time moves. */
  readonly #reasons: (Reason | undefined)[] = []
  /** The ranks that were given a reason, as far as `#reasoned` says. */
  readonly #ranks: number[] = []
  #reasoned = 0

  /** Adds the segment at a rank, on its own account. */
  add(rank: number): void {
    this.#set(rank)
    if (this.#reasoned > 0 && rank < this.#reasons.length) this.#reasons[rank] = undefined
  }

  /** Adds all segments below a rank, on their own account. */
  addAll(count: number): void {
    for (let rank = 0; rank < count; rank++) this.add(rank)
  }

  /** Adds a segment because a window moved; of several the one that comes first in its rule stands. */
  addByWindow(rank: number, reason: Reason): void {
    this.noteWindow(rank, reason)
    this.#set(rank)
  }

  /** Notes that a window moved which by itself can move nobody; should something else bring the segment, it is the reason. */
  noteWindow(rank: number, reason: Reason): void {
    const known = this.#reasons[rank]
    if (known === undefined ? !this.#has(rank) : isBefore(reason.window ?? nowhere, known.window ?? nowhere))
      this.#reason(rank, reason)
  }

  /** Adds a segment because one that it refers to moved, which is the reason where there is no other. */
  addThrough(rank: number, reason: Reason): void {
    if (this.#has(rank)) return
    this.#set(rank)
    if (this.#reasons[rank] === undefined) this.#reason(rank, reason)
  }

  /** Takes the first out; −1 where there is none left. */
  take(): number {
    for (; this.#first < this.#end; this.#first++) {
      const bits = this.#bits[this.#first] as number
      if (bits === 0) continue
      this.#bits[this.#first] = bits & (bits - 1)
      return (this.#first << 5) + 31 - Math.clz32(bits & -bits)
    }
    return -1
  }

  /** Puts one that was just taken back; why it is there stays as it is. */
  putBack(rank: number): void {
    this.#set(rank)
  }

  /** Why one that was just taken is there. */
  reasonOf(rank: number): Reason {
    return (this.#reasoned === 0 ? undefined : this.#reasons[rank]) ?? ownReason
  }

  /** Makes ready for the next contact, when all are taken. */
  clear(): void {
    this.#first = this.#end = 0
    for (let place = 0; place < this.#reasoned; place++) this.#reasons[this.#ranks[place] as number] = undefined
    this.#reasoned = 0
  }

  #reason(rank: number, reason: Reason): void {
    // Without a gap, which would make a slow list of it.
    while (this.#reasons.length <= rank) this.#reasons.push(undefined)
    if (this.#reasons[rank] === undefined) this.#ranks[this.#reasoned++] = rank
    this.#reasons[rank] = reason
  }

  #has(rank: number): boolean {
    return (((this.#bits[rank >>> 5] ?? 0) >>> (rank & 31)) & 1) === 1
  }

  #set(rank: number): void {
    const word = rank >>> 5
    if (word >= this.#bits.length) this.#grow(word + 1)
    this.#bits[word] = (this.#bits[word] as number) | (1 << (rank & 31))
    if (word >= this.#end) {
      if (this.#end === 0) this.#first = word
      this.#end = word + 1
    }
    if (word < this.#first) this.#first = word
  }

  #grow(words: number): void {
    const bits = new Uint32Array(Math.max(words, this.#bits.length * 2))
    bits.set(this.#bits)
    this.#bits = bits
  }
}

/** The place of a window that is none: nothing comes before it. */
const nowhere: Path = Object.freeze([])

/** Whether a place in a rule comes before another. */
function isBefore(a: Path, b: Path): boolean {
  const at = a.findIndex((step, depth) => step !== b[depth])
  const [mine, other] = [a[at], b[at]]
  if (mine === 'stay' || other === 'stay') return mine !== 'stay'
  return typeof mine === 'number' && typeof other === 'number' && mine < other
}
