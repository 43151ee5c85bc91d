import { grown, roomAfter } from '../base/grown.js'
import type { Saved } from '../base/saved.js'
import { TextEnds } from './text-ends.js'

/** The texts by their codes, and how often each is used. */
export type SavedTexts = Saved<readonly string[], readonly [Uint32Array<ArrayBuffer>]>

/** Fewer texts are asked one by one. */
const many = 1_024

/**
 * Texts by small codes, counted by use: a text that nobody uses any more gives its code to the next new one, so that
 * values that come and go for years take no more room than those that are there.
 */
export class TextDictionary {
  readonly #codes = new Map<string, number>()
  readonly #texts: string[] = []
  #uses = new Uint32Array(0)
  readonly #free: number[] = []
  #generation = 0
  /** The ends of the texts; made when many texts are asked for one for the second time. */
  readonly #ends: { first: TextEnds | 'asked' | undefined; last: TextEnds | 'asked' | undefined } = {
    first: undefined,
    last: undefined,
  }

  /** Rises whenever a code is given to a text or taken from it. */
  get generation(): number {
    return this.#generation
  }

  /** How many different texts are in use. */
  get size(): number {
    return this.#codes.size
  }

  /** One more than the highest code ever given. */
  get end(): number {
    return this.#texts.length
  }

  /** The text of a code that is in use. */
  text(code: number): string {
    return this.#texts[code] ?? ''
  }

  /** The code of a text, or -1 where it is not in use. Its next use can give it another, and the code to another text. */
  codeOf(text: string): number {
    return this.#codes.get(text) ?? -1
  }

  /** Whether a code is in use. */
  has(code: number): boolean {
    return (this.#uses[code] ?? 0) > 0
  }

  /** Visits the texts in use. */
  forEach(visit: (text: string, code: number) => void): void {
    this.#codes.forEach((code, text) => {
      visit(text, code)
    })
  }

  /**
   * By code plus one: 1 where the text begins (`first`) or ends (`last`) with an affix; of codes that are not in use it means
   * nothing. Undefined where it costs less to ask each text.
   */
  truthsOfAffix(affix: string, end: 'first' | 'last'): Uint8Array | undefined {
    const known = this.#ends[end]
    if (typeof known === 'object') return known.truths(this.#texts, affix)
    if (this.#texts.length < many) return undefined
    if (known === undefined) {
      this.#ends[end] = 'asked'
      return undefined
    }
    const ends = new TextEnds(end === 'last')
    this.#ends[end] = ends
    return ends.truths(this.#texts, affix)
  }

  /** The code of a text, used once more. */
  retain(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) {
      this.#uses[known] = (this.#uses[known] ?? 0) + 1
      return known
    }
    const code = this.#free.pop() ?? this.#texts.length
    this.#generation += 1
    this.#codes.set(text, code)
    this.#texts[code] = text
    this.#writeEnds(code, text)
    if (code >= this.#uses.length) this.#makeRoom()
    this.#uses[code] = 1
    return code
  }

  /** A code used once less. */
  release(code: number): void {
    const left = (this.#uses[code] ?? 0) - 1
    this.#uses[code] = left
    if (left > 0) return
    this.#generation += 1
    this.#codes.delete(this.text(code))
    this.#texts[code] = ''
    this.#free.push(code)
    if (this.#codes.size === 0) this.#ends.first = this.#ends.last = undefined
  }

  /** All of it, for a snapshot. */
  save(): SavedTexts {
    return { json: [...this.#texts], arrays: [this.#uses.slice(0, this.#texts.length)] }
  }

  /** Takes over what was saved, in place of all there is. */
  load({ json: texts, arrays: [uses] }: SavedTexts): void {
    this.#uses = uses
    this.#generation += 1
    for (const [code, text] of texts.entries()) {
      this.#texts.push(text)
      this.#writeEnds(code, text)
      if ((uses[code] as number) > 0) this.#codes.set(text, code)
      else this.#free.push(code)
    }
  }

  #writeEnds(code: number, text: string): void {
    const { first, last } = this.#ends
    if (typeof first === 'object') first.write(code, text)
    if (typeof last === 'object') last.write(code, text)
  }

  #makeRoom(): void {
    const has = this.#uses.length
    this.#uses = grown(this.#uses, new Uint32Array(roomAfter(has, has + 8)))
  }
}
