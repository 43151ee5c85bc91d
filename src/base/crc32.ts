/*
 * The checksum of zip and gzip (CRC-32, polynomial 0xEDB88320, IEEE 802.3): a byte a step through a table of remainders. It
 * finds every flip of up to three bits in any length that is kept here, every burst of up to 32 bits, and of anything else all
 * but one in four thousand million. It guards against accidents, not against those who mean it.
 */

const table = /* @__PURE__ */ makeTable()

function makeTable(): Int32Array {
  const remainders = new Int32Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
    remainders[byte] = remainder
  }
  return remainders
}

/** The checksum of bytes, from 0 to 2^32 − 1; `before` is that of what came before them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let remainder = ~before
  for (let place = 0; place < bytes.length; place += 1) {
    remainder = (table[(remainder ^ (bytes[place] as number)) & 255] as number) ^ (remainder >>> 8)
  }
  return ~remainder >>> 0
}

/** The checksum of a text: of its UTF-8 where it is well-formed, and in any case a function of its code units. */
export function crc32OfText(text: string): number {
  let remainder = -1
  const step = (byte: number): void => {
    remainder = (table[(remainder ^ byte) & 255] as number) ^ (remainder >>> 8)
  }
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    if (unit < 0x80) {
      remainder = (table[(remainder ^ unit) & 255] as number) ^ (remainder >>> 8)
      continue
    }
    const code = text.codePointAt(place) ?? unit
    if (code > 0xffff) {
      step(0xf0 | (code >>> 18))
      step(0x80 | ((code >>> 12) & 63))
      place += 1
    } else if (code > 0x7ff) step(0xe0 | (code >>> 12))
    else step(0xc0 | (code >>> 6))
    if (code > 0x7ff) step(0x80 | ((code >>> 6) & 63))
    step(0x80 | (code & 63))
  }
  return ~remainder >>> 0
}

/** A checksum as eight hexadecimal digits. */
export function hex32(checksum: number): string {
  return checksum.toString(16).padStart(8, '0')
}
