import { crc32, hex32 } from '../../base/crc32.js'
import { utf8Bytes, utf8Text } from '../../base/utf8.js'
import type { StoredRecord } from '../../durable/storage-adapter.js'

/*
 * What one append writes to a journal file: a frame, all of whose bytes are under one checksum, so that it is there as a whole
 * or not at all. It is text, to be read with any pager:
 *
 *     ␞ checksum ␣ length ␣ synced ␣ first position ␣ a line for each record ␊
 *
 * The numbers are hexadecimal. The first byte, the record separator 0x1E, stands nowhere else, since JSON escapes it: so the
 * next frame is found behind one that is damaged. `synced` is up to which offset the file was known to be on the disk when the
 * frame was written. That tells damage from a torn write: what lies before the `synced` of any whole frame was whole once.
 */

/** The bytes before the records. */
export const frameHead = 45

const separator = 0x1e
const lineEnd = 0x0a

/** A frame that is whole. */
export interface Frame {
  readonly records: readonly StoredRecord[]
  readonly synced: number
  /** The offset behind it. */
  readonly end: number
}

/** The bytes of a frame. */
export function frameBytes(records: readonly StoredRecord[], synced: number): Uint8Array {
  const lines = records.map(({ data }) => data).join('\n')
  const body = utf8Bytes(`${lines}\n`)
  const bytes = new Uint8Array(frameHead + body.length)
  const first = records[0]?.position ?? 0
  const head = ` ${hex32(body.length)} ${hex(synced)} ${hex(first)} `
  bytes[0] = separator
  bytes.set(utf8Bytes(head), 9)
  bytes.set(body, frameHead)
  bytes.set(utf8Bytes(hex32(crc32(bytes.subarray(9)))), 1)
  return bytes
}

/** A file of records, each in a frame of its own, as of a file that is on the disk as a whole. */
export function framesOf(records: readonly StoredRecord[]): {
  readonly frames: readonly Uint8Array[]
  readonly end: number
} {
  let end = 0
  const frames = records.map((record) => {
    const bytes = frameBytes([record], end)
    end += bytes.length
    return bytes
  })
  return { frames, end }
}

/** The frame that begins at an offset of a file; `undefined` where none does, or it is not whole. */
export function frameAt(file: Uint8Array, offset: number): Frame | undefined {
  if (file[offset] !== separator || offset + frameHead > file.length) return undefined
  const head = String.fromCharCode(...file.subarray(offset + 1, offset + frameHead))
  const [, checksum = '', length = '', synced = '', first = ''] =
    /^([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{12}) ([0-9a-f]{12}) $/.exec(head) ?? []
  const end = offset + frameHead + Number.parseInt(length, 16)
  if (checksum === '' || end > file.length || file[end - 1] !== lineEnd) return undefined
  if (hex32(crc32(file.subarray(offset + 9, end))) !== checksum) return undefined
  const position = Number.parseInt(first, 16)
  const lines = utf8Text(file.subarray(offset + frameHead, end - 1)).split('\n')
  return {
    records: lines.map((data, place) => ({ position: position + place, data })),
    synced: Number.parseInt(synced, 16),
    end,
  }
}

/** The offset of the next byte from an offset on that could begin a frame; that of the end where there is none. */
export function nextFrameFrom(file: Uint8Array, offset: number): number {
  const next = file.indexOf(separator, offset)
  return next < 0 ? file.length : next
}

function hex(number: number): string {
  return number.toString(16).padStart(12, '0')
}
