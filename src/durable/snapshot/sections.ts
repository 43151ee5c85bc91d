import { crc32 } from '../../base/crc32.js'
import { storageDamaged, storageNewer } from '../storage-error.js'

/*
 * The frame of a snapshot: sections one after the other, each with a name of four letters, a checksum over everything else
 * of it, and its length, padded to eight bytes so that numbers can be read where they lie. The last is called `DONE` and counts
 * those before it, so one that was cut short, also between two sections, is told from a whole one.
 *
 *     8 bytes  "coterie\x1e"           then for each section
 *     4 bytes  version of the format     4 bytes  name            8 bytes  length of the body
 *     4 bytes  zero                      4 bytes  checksum        the body, and zeros up to a multiple of 8
 *
 * Numbers are little-endian.
 */

const magic = 'coterie\x1e'
const format = 1
const headBytes = 16

/** A named part of a snapshot. */
export interface Section {
  readonly name: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** The bytes before the first section. */
export function snapshotHead(): Uint8Array {
  const bytes = new Uint8Array(headBytes)
  writeAscii(bytes, 0, magic)
  new DataView(bytes.buffer).setUint32(8, format, true)
  return bytes
}

/** The bytes of a section. */
export function sectionBytes({ name, body }: { readonly name: string; readonly body: Uint8Array }): Uint8Array {
  const bytes = new Uint8Array(headBytes + padded(body.length))
  const view = new DataView(bytes.buffer)
  writeAscii(bytes, 0, name)
  view.setUint32(8, body.length >>> 0, true)
  view.setUint32(12, Math.floor(body.length / 2 ** 32), true)
  bytes.set(body, headBytes)
  view.setUint32(4, checksumOf(bytes), true)
  return bytes
}

/** The bytes after the last section. */
export function snapshotEnd(sections: number): Uint8Array {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setUint32(0, sections, true)
  return sectionBytes({ name: 'DONE', body })
}

/**
 * The sections of a snapshot, each as soon as its bytes are there.
 *
 * @throws CoterieError `STORAGE_DAMAGED`, with the offset at which it is; `STORAGE_NEWER`.
 */
export async function* readSections(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Section, void, undefined> {
  const bytes = new ByteQueue(chunks)
  checkHead(await bytes.take(headBytes))
  for (let count = 0; ; count += 1) {
    const { offset } = bytes
    const head = await bytes.take(headBytes)
    const view = new DataView(head.buffer, head.byteOffset, headBytes)
    const length = view.getUint32(8, true) + view.getUint32(12, true) * 2 ** 32
    // A length that damage made large is only believed when so many bytes are there.
    if ((await bytes.atLeast(padded(length))) < padded(length)) throw damaged(offset, 'a section that is cut short')
    const whole = new Uint8Array(headBytes + padded(length))
    whole.set(head)
    bytes.fill(whole.subarray(headBytes))
    if (checksumOf(whole) !== view.getUint32(4, true)) throw damaged(offset, 'a wrong checksum')
    const name = String.fromCharCode(...whole.subarray(0, 4))
    const body = whole.subarray(headBytes, headBytes + length)
    if (name !== 'DONE') {
      yield { name, body }
      continue
    }
    if (new DataView(body.buffer, body.byteOffset, length).getUint32(0, true) !== count)
      throw damaged(offset, 'another number of sections')
    if ((await bytes.atLeast(1)) > 0) throw damaged(bytes.offset, 'more after the end')
    return
  }
}

function checkHead(head: Uint8Array): void {
  const view = new DataView(head.buffer, head.byteOffset, headBytes)
  if (String.fromCharCode(...head.subarray(0, 8)) !== magic || view.getUint32(12, true) !== 0)
    throw damaged(0, 'another beginning')
  const version = view.getUint32(8, true)
  if (version > format && version < 1000)
    throw storageNewer('the snapshot', `format ${String(version)}`, `format ${String(format)}`)
  if (version !== format) throw damaged(8, `format ${String(version)}`)
}

/** The checksum over name, length and body, without itself. */
function checksumOf(bytes: Uint8Array): number {
  return crc32(bytes.subarray(8), crc32(bytes.subarray(0, 4)))
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}

function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let place = 0; place < text.length; place += 1) bytes[at + place] = text.charCodeAt(place)
}

function damaged(position: number, received: string): Error {
  return storageDamaged(`the snapshot, at byte ${String(position)}`, received, 'a snapshot as it was written', position)
}

/** Bytes that come in chunks, taken in other lengths. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>
  #waiting: Uint8Array[] = []
  #has = 0
  #ended = false
  /** How many bytes were taken. */
  offset = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Waits until so many bytes are there, or the end; returns how many are, at most that. */
  async atLeast(length: number): Promise<number> {
    while (this.#has < length && !this.#ended) {
      const { done = false, value } = (await this.#chunks.next()) as IteratorResult<Uint8Array, undefined>
      if (done || value === undefined) this.#ended = true
      else if (value.length > 0) {
        this.#waiting.push(value)
        this.#has += value.length
      }
    }
    return Math.min(this.#has, length)
  }

  async take(length: number): Promise<Uint8Array> {
    if ((await this.atLeast(length)) < length) throw damaged(this.offset + this.#has, 'the end')
    const taken = new Uint8Array(length)
    this.fill(taken)
    return taken
  }

  /** Takes as many bytes as fit into `target`; they must be there. */
  fill(target: Uint8Array): void {
    let filled = 0
    while (filled < target.length) {
      const first = this.#waiting[0] as Uint8Array
      const part = first.subarray(0, target.length - filled)
      target.set(part, filled)
      filled += part.length
      if (part.length === first.length) this.#waiting.shift()
      else this.#waiting[0] = first.subarray(part.length)
    }
    this.#has -= target.length
    this.offset += target.length
  }
}
