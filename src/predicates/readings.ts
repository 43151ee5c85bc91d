import { grown } from '../base/grown.js'
import { TextDictionary } from '../store/text-dictionary.js'

/*
 * The numbers that conditions read of the contact at hand: an attribute, how many events there are in a window. Each is read
 * once however many conditions ask for it, so that to test one of a hundred thresholds of a score is to compare two
 * numbers that are in the cache already. What is read counts only while it bears the number of the turn in which it was
 * read, so turning to the next contact costs nothing.
 */

/** Reads a number of the contact at an ordinal; NaN where there is none, so that no comparison holds of it. */
export type NumberReader = (ordinal: number) => number

/** Numbers of the contact at hand, by small places that conditions with one operand share. */
export class Readings {
  readonly #readers: (NumberReader | undefined)[] = []
  /** The keys, each under its place, as often as it is used. */
  readonly #keys = new TextDictionary()
  #turns = new Uint32Array(16)
  #values = new Float64Array(16)
  #turn = 0
  #ordinal = 0

  /** The place of what is read under a key, used once more. */
  retain(key: string, reader: NumberReader): number {
    const place = this.#keys.retain(key)
    if (this.#readers[place] !== undefined) return place
    this.#readers[place] = reader
    if (place >= this.#turns.length) this.#grow()
    this.#turns[place] = 0
    return place
  }

  /** A place used once less. */
  release(place: number): void {
    this.#keys.release(place)
    if (!this.#keys.has(place)) this.#readers[place] = undefined
  }

  /** Turns to a contact, of which nothing is read yet; `turn` is a number above 0 that none before had. */
  turnTo(ordinal: number, turn: number): void {
    this.#ordinal = ordinal
    this.#turn = turn
  }

  /** Lets no turn count that was, as their numbers begin anew. */
  forget(): void {
    this.#turns.fill(0)
  }

  /** The number at a place. */
  value(place: number): number {
    return this.#turns[place] === this.#turn ? (this.#values[place] as number) : this.#read(place)
  }

  #read(place: number): number {
    const value = this.#readers[place]?.(this.#ordinal) ?? NaN
    this.#turns[place] = this.#turn
    this.#values[place] = value
    return value
  }

  #grow(): void {
    const room = this.#turns.length * 2
    this.#turns = grown(this.#turns, new Uint32Array(room))
    this.#values = grown(this.#values, new Float64Array(room))
  }
}
