/**
 * Texts by small codes, counted by use: a text that nobody uses any more gives its code to the next new one, so that
 * values that come and go for years take no more room than those that are there.
 */
export class TextDictionary {
  readonly #codes = new Map<string, number>()
  readonly #texts: string[] = []
  readonly #uses: number[] = []
  readonly #free: number[] = []

  /** How many different texts are in use. */
  get size(): number {
    return this.#codes.size
  }

  /** The text of a code that is in use. */
  text(code: number): string {
    return this.#texts[code] ?? ''
  }

  /** The code of a text, used once more. */
  retain(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) {
      this.#uses[known] = (this.#uses[known] ?? 0) + 1
      return known
    }
    const code = this.#free.pop() ?? this.#texts.length
    this.#codes.set(text, code)
    this.#texts[code] = text
    this.#uses[code] = 1
    return code
  }

  /** A code used once less. */
  release(code: number): void {
    const left = (this.#uses[code] ?? 0) - 1
    this.#uses[code] = left
    if (left > 0) return
    this.#codes.delete(this.text(code))
    this.#texts[code] = ''
    this.#free.push(code)
  }
}
