import { grown, roomAfter } from '../base/grown.js'

/*
 * The first or last units of many texts, side by side, so that a million texts are asked whether they begin or end with something
 * without a look at one of them: each text is an object of its own somewhere in memory, and to come there costs more than the
 * question. A unit takes a byte here; one that has no byte of its own is written as 255, and a text that is shorter has 0, which
 * no unit is. Four units make a word, and all words of one place stand in one array: an affix of twelve units is three passes of
 * a comparison each. Only what is longer than is kept, or asks for units without a byte, is then asked of the texts that are
 * left.
 *
 * Words are made when an affix first asks for them, four bytes a text each, and from then on written for each new text.
 */

/** So many words are kept of a text at most: 32 units. */
const mostWords = 8

/** Stands for all units that have no byte of their own. */
const wide = 255

/** One end of the texts of a dictionary, by their codes. */
export class TextEnds {
  readonly #isLast: boolean
  readonly #words: Uint32Array<ArrayBuffer>[] = []

  /** The last units, or the first ones. */
  constructor(isLast: boolean) {
    this.#isLast = isLast
  }

  /** Writes the end of a text that got a code. */
  write(code: number, text: string): void {
    for (const [place, words] of this.#words.entries()) {
      const roomy = code < words.length ? words : widened(words, code + 1)
      if (roomy !== words) this.#words[place] = roomy
      roomy[code] = this.#wordOf(text, place)
    }
  }

  /** By code plus one: 1 where the text begins, or ends, with an affix. Of codes that no text has it means nothing. */
  truths(texts: readonly string[], affix: string): Uint8Array {
    const end = texts.length
    const truths = new Uint8Array(end + 1).fill(1, 1)
    const needed = Math.min(mostWords, Math.ceil(affix.length / 4))
    this.#make(needed, texts)
    for (let place = 0; place < needed; place++) {
      const wanted = this.#wordOf(affix, place)
      const mask = maskOf(affix.length - 4 * place)
      const words = this.#words[place] as Uint32Array
      for (let code = 0; code < end; code++) {
        const differs = ((words[code] as number) ^ wanted) & mask
        truths[code + 1] = (truths[code + 1] as number) & +(differs === 0)
      }
    }
    if (affix.length > 4 * mostWords || hasWide(affix)) this.#askEach(texts, affix, truths)
    return truths
  }

  #askEach(texts: readonly string[], affix: string, truths: Uint8Array): void {
    for (const [code, text] of texts.entries()) {
      if (truths[code + 1] === 0) continue
      truths[code + 1] = +(this.#isLast ? text.endsWith(affix) : text.startsWith(affix))
    }
  }

  /** Makes the first so many words of each text. */
  #make(needed: number, texts: readonly string[]): void {
    const known = this.#words.length
    if (known >= needed) return
    while (this.#words.length < needed) this.#words.push(new Uint32Array(texts.length))
    for (let code = 0; code < texts.length; code++) {
      const text = texts[code] as string
      for (let place = known; place < needed; place++)
        (this.#words[place] as Uint32Array)[code] = this.#wordOf(text, place)
    }
  }

  /** Four units of a text: those of a place, from its beginning on or from its end. */
  #wordOf(text: string, place: number): number {
    let word = 0
    const many = Math.min(4, text.length - 4 * place)
    for (let i = 0; i < many; i++) {
      const at = 4 * place + i
      const unit = text.charCodeAt(this.#isLast ? text.length - 1 - at : at)
      word |= (unit < wide ? unit : wide) << (8 * i)
    }
    return word
  }
}

/** The bits of the first so many units of a word. */
function maskOf(units: number): number {
  return units >= 4 ? -1 : (1 << (8 * units)) - 1
}

function hasWide(text: string): boolean {
  for (let place = 0; place < text.length; place++) if (text.charCodeAt(place) >= wide) return true
  return false
}

function widened(words: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  return grown(words, new Uint32Array(roomAfter(words.length, needed)))
}
