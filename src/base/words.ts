/*
 * Sets of small whole numbers as words of 32 bits each, number n being bit n mod 32 of word n / 32: what set algebra is done on.
 */

/** How many words hold so many bits. */
export function wordsFor(bits: number): number {
  return (bits + 31) >>> 5
}

/** How many bits are set. */
export function countBits(words: Uint32Array): number {
  let count = 0
  for (let i = 0; i < words.length; i += 1) count += bitsIn(words[i] as number)
  return count
}

/** How many bits of a word are set: added up in pairs, in fours, in bytes, and the bytes by a multiplication. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Whether no bit is set. */
export function hasNoBit(words: Uint32Array): boolean {
  for (let i = 0; i < words.length; i += 1) if (words[i] !== 0) return false
  return true
}

/** Whether a number is in; those beyond the last word are not. */
export function hasBit(words: Uint32Array, number: number): boolean {
  return (((words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1
}

/** Puts a number in. There must be a word for it. */
export function setBit(words: Uint32Array, number: number): void {
  const place = number >>> 5
  words[place] = (words[place] as number) | (1 << (number & 31))
}

/** Takes a number out. There must be a word for it. */
export function clearBit(words: Uint32Array, number: number): void {
  const place = number >>> 5
  words[place] = (words[place] as number) & ~(1 << (number & 31))
}

/** Visits the numbers in ascending order. */
export function forEachBit(words: Uint32Array, visit: (number: number) => void): void {
  for (let i = 0; i < words.length; i += 1) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) visit(lowestBit(i, bits))
  }
}

/** The number of the lowest bit that is set in the word at `index`. */
export function lowestBit(index: number, bits: number): number {
  return (index << 5) + 31 - Math.clz32(bits & -bits)
}
