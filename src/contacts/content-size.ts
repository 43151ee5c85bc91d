import type { Path } from '../base/errors.js'
import type { Limits } from './limits.js'
import { reportTooLarge } from './plain-input.js'
import { isFull, type Reading } from './reading.js'
import { isList, type Value } from './value.js'

/** An event or a record may hold so many times as many values, and as much text, as one list or one text may. */
const ofOne = 10

/** A contact may hold so many times as much in all its events and records. */
const ofAll = 100

/**
 * How much events and records hold so far. The same object can stand in many places of what is read, so that a small input
 * unfolds into a huge one, or an endless one. Once a limit is passed, or there are as many issues as are kept, nothing more
 * is admitted.
 */
export class ContentSize {
  readonly #limits: Limits
  readonly #times: number
  #values = 0
  #characters = 0
  #isOver = false

  private constructor(limits: Limits, times: number) {
    this.#limits = limits
    this.#times = times
  }

  /** That of one event or record. */
  static ofOne(limits: Limits): ContentSize {
    return new ContentSize(limits, ofOne)
  }

  /** That of a contact. */
  static ofContact(limits: Limits): ContentSize {
    return new ContentSize(limits, ofAll)
  }

  /** Counts values, records inside and elements of lists; false, and reported, where they are too many. */
  admitsValues(count: number, reading: Reading, path: Path): boolean {
    this.#values += count
    return this.#within(this.#values, this.#times * this.#limits.list, 'values', reading, path)
  }

  /** Counts what a value holds besides itself; false, and reported, where that is too much. */
  admitsContent(value: Value, reading: Reading, path: Path): boolean {
    if (typeof value === 'string') return this.#admitsCharacters(value.length, reading, path)
    if (typeof value !== 'object' || !isList(value)) return true
    let characters = 0
    for (const element of value) if (typeof element === 'string') characters += element.length
    return this.admitsValues(value.length, reading, path) && this.#admitsCharacters(characters, reading, path)
  }

  #admitsCharacters(count: number, reading: Reading, path: Path): boolean {
    this.#characters += count
    return this.#within(this.#characters, this.#times * this.#limits.text, 'characters', reading, path)
  }

  #within(size: number, limit: number, what: string, reading: Reading, path: Path): boolean {
    if (this.#isOver || isFull(reading)) return false
    if (size <= limit) return true
    this.#isOver = true
    reportTooLarge(reading, path, what, limit, String(size))
    return false
  }
}
