import type { ContactTest } from './ground.js'

/*
 * What is known of one contact while its segments are decided: of each condition whether it holds, asked once however many
 * rules use it. Turning to the next contact costs nothing: an answer counts only while it bears the number of the turn in
 * which it was given.
 */

/** Conditions by small numbers, and their truth for the contact at hand. */
export class Truths {
  readonly #tests: (ContactTest | undefined)[] = []
  readonly #free: number[] = []
  #turns = new Uint32Array(16)
  #values = new Uint8Array(16)
  #turn = 0
  #ordinal = 0

  /** Takes in a condition, and returns its number. */
  add(test: ContactTest): number {
    const id = this.#free.pop() ?? this.#tests.length
    this.#tests[id] = test
    if (id >= this.#turns.length) this.#grow()
    this.#turns[id] = 0
    return id
  }

  /** Gives the number of a condition away. */
  remove(id: number): void {
    this.#tests[id] = undefined
    this.#free.push(id)
  }

  /** Turns to a contact, of which nothing is known yet. */
  turnTo(ordinal: number): void {
    this.#ordinal = ordinal
    this.#turn += 1
    if (this.#turn <= 0xffffffff) return
    this.#turn = 1
    this.#turns.fill(0)
  }

  /** Makes known whether a condition holds of the contact at hand. */
  know(id: number, holds: boolean): void {
    this.#turns[id] = this.#turn
    this.#values[id] = holds ? 1 : 0
  }

  /** Whether a condition holds of the contact at hand. */
  holds(id: number): boolean {
    if (this.#turns[id] === this.#turn) return this.#values[id] === 1
    const holds = this.#tests[id]?.(this.#ordinal) ?? false
    this.know(id, holds)
    return holds
  }

  #grow(): void {
    const turns = new Uint32Array(this.#turns.length * 2)
    const values = new Uint8Array(turns.length)
    turns.set(this.#turns)
    values.set(this.#values)
    this.#turns = turns
    this.#values = values
  }
}
