/** Purchases in the order in which they were made, in columns of a fixed length, so that keeping them takes no more and more memory. */
export class PurchaseLog {
  readonly #contact: Uint32Array
  readonly #generation: Uint32Array
  readonly #at: Float64Array
  readonly #amount: Uint16Array
  #count = 0

  constructor(capacity: number) {
    this.#contact = new Uint32Array(capacity)
    this.#generation = new Uint32Array(capacity)
    this.#at = new Float64Array(capacity)
    this.#amount = new Uint16Array(capacity)
  }

  /** Throws `RangeError` where there are more than it was made for. */
  add(contact: number, generation: number, at: number, amount: number): void {
    if (this.#count === this.#contact.length) throw new RangeError('There are more purchases than there is room for')
    this.#contact[this.#count] = contact
    this.#generation[this.#count] = generation
    this.#at[this.#count] = at
    this.#amount[this.#count] = amount
    this.#count += 1
  }

  visit(each: (contact: number, generation: number, at: number, amount: number) => void): void {
    for (let n = 0; n < this.#count; n += 1) {
      each(this.#contact[n] as number, this.#generation[n] as number, this.#at[n] as number, this.#amount[n] as number)
    }
  }
}
