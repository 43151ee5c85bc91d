import type { NumberArray, Saved } from '../../base/saved.js'
import { utf8Bytes, utf8Text } from '../../base/utf8.js'

/*
 * The body of a section: JSON, and arrays of numbers behind it, each where it can be used as it lies.
 *
 *     4 bytes  length of the JSON     4 bytes  how many arrays     for each  4 bytes kind, 4 bytes length
 *     the JSON in UTF-8, then each array, all padded to multiples of 8
 *
 * Numbers are little-endian, as on every machine that runs JavaScript; on one that is not, a snapshot would be read as damaged.
 */

const kinds = [Float64Array, Int32Array, Uint32Array, Uint8Array] as const

/** The bytes of what was saved. */
export function bodyOf({ json, arrays }: Saved): Uint8Array {
  const text = utf8Bytes(JSON.stringify(json))
  const head = 8 + arrays.length * 8
  const start = padded(head + text.length)
  const bytes = new Uint8Array(start + arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, text.length, true)
  view.setUint32(4, arrays.length, true)
  bytes.set(text, head)
  let offset = start
  for (const [place, array] of arrays.entries()) {
    view.setUint32(
      8 + place * 8,
      kinds.findIndex((kind) => array instanceof kind),
      true,
    )
    view.setUint32(12 + place * 8, array.length, true)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset += padded(array.byteLength)
  }
  return bytes
}

/** What the bytes of a body say; the arrays lie in them. Throws where they are no body. */
export function readBody(body: Uint8Array<ArrayBuffer>): Saved {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const [length, count] = [view.getUint32(0, true), view.getUint32(4, true)]
  const head = 8 + count * 8
  const json: unknown = JSON.parse(utf8Text(body.subarray(head, head + length)))
  let offset = padded(head + length)
  const arrays = Array.from({ length: count }, (_, place): NumberArray => {
    const kind = kinds[view.getUint32(8 + place * 8, true)]
    const size = view.getUint32(12 + place * 8, true)
    if (kind === undefined || offset + size * kind.BYTES_PER_ELEMENT > body.length) throw new RangeError('no array')
    const array = new kind(body.buffer, body.byteOffset + offset, size)
    offset += padded(array.byteLength)
    return array
  })
  return { json, arrays }
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
