/**
 * MD5 (RFC 1321) as far as samples need it: the first word of the digest of a text's UTF-8. MD5 protects nothing;
 * it is here because a sample must come out the same in SQL, and every database has it.
 */

/** floor(2³² × |sin(i + 1)|) for each step, written out since `Math.sin` may differ in the last place between engines. */
const sines = [
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
  0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
  0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
  0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
  0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
  0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
  0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
  0xeb86d391,
] as const

/** How far each of the four rounds rotates, in turns of four steps. */
const rotations = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const

/**
 * The place of a contact in the sample of a salt, a whole number from 0 to 9,999: floor(u × 10,000 / 2³²), where u is
 * {@link md5First32} of `salt:contactId`.
 */
export function samplePlace(salt: string, contactId: string): number {
  return Math.floor((md5First32(`${salt}:${contactId}`) * 10_000) / 2 ** 32)
}

/**
 * The first 32 bits of the MD5 of a text's UTF-8, as a number from 0 to 2³² − 1: the first eight digits of the digest
 * as it is printed, read as a hexadecimal number. Half a surrogate pair is encoded as U+FFFD, as everywhere.
 */
export function md5First32(text: string): number {
  const message = paddedUtf8(text)
  const state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let at = 0; at < message.length; at += 16) addBlock(state, message, at)
  return swapBytes(state[0])
}

type State = [a: number, b: number, c: number, d: number]

function addBlock(state: State, message: Int32Array, at: number): void {
  let [a, b, c, d] = state
  for (let i = 0; i < 64; i++) {
    const round = i >> 4
    const sum = (a + mix(round, b, c, d) + (message[at + wordOf(round, i)] as number) + (sines[i] as number)) | 0
    const by = (rotations[round] as readonly number[])[i & 3] as number
    a = d
    d = c
    c = b
    b = (b + ((sum << by) | (sum >>> (32 - by)))) | 0
  }
  state[0] = (state[0] + a) | 0
  state[1] = (state[1] + b) | 0
  state[2] = (state[2] + c) | 0
  state[3] = (state[3] + d) | 0
}

/** F, G, H and I of the RFC. */
function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return (x & y) | (~x & z)
  if (round === 1) return (x & z) | (y & ~z)
  return round === 2 ? x ^ y ^ z : y ^ (x | ~z)
}

/** Which word of the block a step takes. */
function wordOf(round: number, step: number): number {
  if (round === 0) return step
  if (round === 1) return (5 * step + 1) & 15
  return (round === 2 ? 3 * step + 5 : 7 * step) & 15
}

/** The UTF-8 of a text with MD5's padding, as little-endian words: a one bit, zeros, and the length in bits. */
function paddedUtf8(text: string): Int32Array {
  const length = utf8Length(text)
  const words = new Int32Array((((length + 8) >> 6) + 1) * 16)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i) as number
    if (codePoint > 0xffff) i++
    at = putCodePoint(words, at, codePoint)
  }
  putByte(words, length, 0x80)
  words[words.length - 2] = (8 * length) | 0
  words[words.length - 1] = Math.floor(length / 2 ** 29)
  return words
}

function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i) as number
    if (codePoint > 0xffff) i++
    length += 1 + followingBytes(codePoint)
  }
  return length
}

/** How many bytes follow the first byte of a code point. */
function followingBytes(codePoint: number): number {
  if (codePoint < 0x80) return 0
  if (codePoint < 0x800) return 1
  return codePoint < 0x10000 ? 2 : 3
}

/** Puts the bytes of a code point at a place, and returns the place after them. */
function putCodePoint(words: Int32Array, at: number, codePoint: number): number {
  const following = followingBytes(codePoint)
  if (following === 0) {
    putByte(words, at, codePoint)
    return at + 1
  }
  const encoded = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint
  const mark = (0xff00 >> (following + 1)) & 0xff
  putByte(words, at, mark | (encoded >> (6 * following)))
  for (let i = 1; i <= following; i++) putByte(words, at + i, 0x80 | ((encoded >> (6 * (following - i))) & 0x3f))
  return at + following + 1
}

function putByte(words: Int32Array, at: number, byte: number): void {
  words[at >> 2] = (words[at >> 2] as number) | (byte << ((at & 3) << 3))
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}
