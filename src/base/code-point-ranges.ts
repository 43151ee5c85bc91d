import { lowerCase } from './text.js'

/**
 * A set of code points as pairs of first and last, one after the other: `[48, 57, 95, 95]` is `0` to `9` and `_`.
 * The pairs are in order, apart, and not adjacent, so that equal sets are equal lists.
 */
export type CodePointRanges = readonly number[]

const lastCodePoint = 0x10ffff

/** Every code point. */
export const anyCodePoint: CodePointRanges = [0, lastCodePoint]

/** The set of the given pairs, which may come in any order and overlap. O(n log n). */
export function rangesOf(pairs: readonly (readonly [number, number])[]): CodePointRanges {
  const ranges: number[] = []
  for (const [first, last] of [...pairs].sort((a, b) => a[0] - b[0])) {
    const end = ranges.at(-1)
    if (end === undefined || first > end + 1) ranges.push(first, last)
    else if (last > end) ranges[ranges.length - 1] = last
  }
  return ranges
}

/** The pairs of a set, to be joined with others. */
export function pairsOf(ranges: CodePointRanges): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i] as number, ranges[i + 1] as number])
  return pairs
}

/** All code points that are not in `ranges`. */
export function complementOf(ranges: CodePointRanges): CodePointRanges {
  const complement: number[] = []
  let next = 0
  for (const [first, last] of pairsOf(ranges)) {
    if (first > next) complement.push(next, first - 1)
    next = last + 1
  }
  if (next <= lastCodePoint) complement.push(next, lastCodePoint)
  return complement
}

/** Whether `codePoint` is in `ranges`: a binary search. */
export function inRanges(ranges: CodePointRanges, codePoint: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = ((low + high) >> 2) << 1
    if (codePoint > (ranges[middle + 1] as number)) low = middle + 2
    else high = middle
  }
  return low < ranges.length && codePoint >= (ranges[low] as number)
}

/**
 * The set whose lower-case members are the simple lower-case mappings of the members of `ranges`: a code point has the
 * same mapping as some member of `ranges` exactly when its own mapping is in the result. (The result keeps the members
 * that are not lower case; asked only about mappings, nobody sees them.)
 */
export function lowerCaseRanges(ranges: CodePointRanges): CodePointRanges {
  if (ranges === anyCodePoint) return ranges
  const first = ranges[0] ?? 0
  const last = ranges.at(-1) ?? 0
  const mappings = last - first < blockSize ? mappingsFrom(first, last) : allMappings()
  const added = mappings.flatMap(([from, to]): [number, number][] => (inRanges(ranges, from) ? [[to, to]] : []))
  return added.length === 0 ? ranges : rangesOf([...pairsOf(ranges), ...added])
}

/** A code point that is not its own lower-case mapping, and its mapping. */
type Mapping = readonly [from: number, to: number]

/** A divisor of the number of surrogates, and of where they begin: so a block has none, or nothing else. */
const blockSize = 0x800

function mappingsFrom(first: number, last: number): Mapping[] {
  const found: Mapping[] = []
  const codePoints = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  // One call for the block, since one for each code point costs more. Halves of pairs side by side would become one.
  if (codePoints.some((codePoint) => codePoint >= 0xd800 && codePoint <= 0xdfff)) return found
  let from = first
  for (const mapped of lowerCase(String.fromCodePoint(...codePoints))) {
    const to = mapped.codePointAt(0) as number
    if (to !== from) found.push([from, to])
    from++
  }
  return found
}

let known: readonly Mapping[] | undefined

/** All mappings, some 1,500, found on first use: a few milliseconds. Letters with case are in the first two planes. */
function allMappings(): readonly Mapping[] {
  if (known !== undefined) return known
  const found: Mapping[] = []
  for (let block = 0; block < 0x20000; block += blockSize) found.push(...mappingsFrom(block, block + blockSize - 1))
  return (known = found)
}
