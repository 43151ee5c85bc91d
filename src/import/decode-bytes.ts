import { decoderOf, type Decoder } from './text-decoder.js'

/*
 * Bytes into text, by the stretch.
 *
 * A stretch ends behind a line break, so it can be decoded on its own: no character reaches over its end. It is decoded
 * strictly; only where that fails is it gone through line by line, and the lines that fail are decoded with U+FFFD for
 * what cannot be read, and noted. So the note is exact to the line, a U+FFFD that the file holds itself is none, and a
 * sound file costs one pass. What is left behind the last line break waits for more: a stretch is looked at only when it
 * has doubled since, so that a file without line breaks costs linear time too.
 */

/** Where something begins and ends in a text, in UTF-16 code units. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A stretch of a file's text. */
export interface DecodedText {
  readonly text: string
  /** Lines, or parts of lines, that hold bytes which are not of the encoding; each stands as U+FFFD in the text. */
  readonly broken: readonly Span[]
}

const stretchSize = 1 << 16
const sound: readonly Span[] = Object.freeze([])

/** Decodes bytes as they come. */
export class BytesDecoder {
  readonly #declared: string
  #strict: Decoder | undefined
  #lenient: Decoder | undefined
  #waiting: Uint8Array[] = []
  #size = 0
  readonly #stretch: number
  #wanted: number

  /** `stretch` is how many bytes are waited for, at least 4. Throws `OPTION_INVALID` where the runtime knows no such encoding. */
  constructor(encoding: string, stretch = stretchSize) {
    this.#declared = encoding
    this.#stretch = stretch
    this.#wanted = stretch
    decoderOf(encoding, true)
  }

  /** The encoding in use by its standard name, once something is decoded: the declared one, or that of the mark. */
  get encoding(): string {
    return (this.#strict ?? decoderOf(this.#declared, true)).encoding
  }

  /** The text that more bytes bring, if they bring some. */
  push(bytes: Uint8Array): DecodedText | undefined {
    this.#waiting.push(bytes)
    this.#size += bytes.length
    if (this.#size < this.#wanted) return undefined
    const all = this.#take()
    const start = this.#begin(all)
    const end = lastLineEnd(all, this.#unit())
    const rest = all.slice(Math.max(end, start))
    this.#waiting = [rest]
    this.#size = rest.length
    this.#wanted = Math.max(this.#stretch, 2 * rest.length)
    return end > start ? this.#decode(all.subarray(start, end)) : undefined
  }

  /** The text of the bytes that are left. */
  end(): DecodedText {
    const all = this.#take()
    return this.#decode(all.subarray(this.#begin(all)))
  }

  #take(): Uint8Array {
    const [only, ...more] = this.#waiting
    if (only !== undefined && more.length === 0) return only
    const all = new Uint8Array(this.#size)
    let at = 0
    for (const bytes of this.#waiting) {
      all.set(bytes, at)
      at += bytes.length
    }
    return all
  }

  /** Settles the encoding by the first bytes; gives the length of the mark. */
  #begin(bytes: Uint8Array): number {
    if (this.#strict !== undefined) return 0
    const mark = markOf(bytes)
    const encoding = mark?.encoding ?? this.#declared
    this.#strict = decoderOf(encoding, true)
    this.#lenient = decoderOf(encoding, false)
    return mark?.length ?? 0
  }

  #unit(): Unit {
    return this.encoding === 'utf-16le' ? 'little' : this.encoding === 'utf-16be' ? 'big' : 'byte'
  }

  #decode(bytes: Uint8Array): DecodedText {
    const text = this.#strictly(bytes)
    if (text !== undefined) return { text, broken: sound }
    const broken: Span[] = []
    let lines = ''
    const unit = this.#unit()
    for (let from = 0; from < bytes.length;) {
      const to = nextLineEnd(bytes, from, unit)
      const line = bytes.subarray(from, to)
      const read = this.#strictly(line)
      const start = lines.length
      lines += read ?? this.#lenient?.decode(line) ?? ''
      if (read === undefined) broken.push({ from: start, to: lines.length })
      from = to
    }
    return { text: lines, broken }
  }

  #strictly(bytes: Uint8Array): string | undefined {
    try {
      return this.#strict?.decode(bytes)
    } catch {
      return undefined
    }
  }
}

/** The encoding that a byte-order mark says. */
function markOf([a, b, c]: Uint8Array): { readonly encoding: string; readonly length: number } | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 }
  return a === 0xfe && b === 0xff ? { encoding: 'utf-16be', length: 2 } : undefined
}

/** What a line break is sought in: bytes, or two of them with the low one first or last. */
type Unit = 'byte' | 'little' | 'big'

function isBreak(bytes: Uint8Array, at: number, unit: Unit): boolean {
  const low = bytes[unit === 'big' ? at + 1 : at]
  if (low !== 0x0a && low !== 0x0d) return false
  return unit === 'byte' || bytes[unit === 'big' ? at : at + 1] === 0
}

/** The place behind the last line break, 0 where there is none. */
function lastLineEnd(bytes: Uint8Array, unit: Unit): number {
  const width = unit === 'byte' ? 1 : 2
  for (let at = Math.floor(bytes.length / width) * width - width; at >= 0; at -= width) {
    if (isBreak(bytes, at, unit)) return at + width
  }
  return 0
}

/** The place behind the next line break, or the end. */
function nextLineEnd(bytes: Uint8Array, from: number, unit: Unit): number {
  const width = unit === 'byte' ? 1 : 2
  for (let at = from; at + width <= bytes.length; at += width) if (isBreak(bytes, at, unit)) return at + width
  return bytes.length
}
