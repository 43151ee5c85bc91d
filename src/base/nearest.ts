import { compareText, lowerCase } from './text.js'

/** Longer names are passed over: nobody reads such a suggestion, and the cost grows with the square. */
const longestName = 64

/** How many known names are looked at. */
const mostNames = 10_000

/**
 * The name among `known` that `name` was probably meant to be, or undefined where none is near.
 *
 * Nearness is the optimal string alignment distance: the least number of code points put in, taken out, replaced, or
 * swapped with their neighbour, without regard to case. It may be a third of the name's length, and 1 in any case.
 * Among equally near ones that of least distance with regard to case is taken, then the first by code point.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = codePointsOf(lowerCase(name.slice(0, 2 * longestName + 1)))
  if (wanted.length > longestName) return undefined
  let nearest: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / 3))
  let seen = 0
  for (const candidate of known) {
    if (++seen > mostNames) break
    if (candidate.length > 2 * longestName) continue
    const distance = distanceWithin(wanted, codePointsOf(lowerCase(candidate)), least)
    if (distance === undefined) continue
    if (nearest !== undefined && distance === least && !isNearer(name, candidate, nearest)) continue
    nearest = candidate
    least = distance
  }
  return nearest
}

/** Whether `a` is nearer to `name` than `b` is, of two that are equally near without regard to case. */
function isNearer(name: string, a: string, b: string): boolean {
  const [exactly, toA, toB] = [name, a, b].map(codePointsOf) as [number[], number[], number[]]
  const distance = (to: number[]): number => distanceWithin(exactly, to, Infinity) ?? Infinity
  return (distance(toA) - distance(toB) || compareText(a, b)) < 0
}

function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) as number)
}

/** The distance of two texts, or undefined if it is more than `limit`: three rows of the usual table. */
function distanceWithin(a: readonly number[], b: readonly number[], limit: number): number | undefined {
  if (b.length > longestName || Math.abs(a.length - b.length) > limit) return undefined
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (above[j - 1] as number) + (same ? 0 : 1),
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1)
      }
      row.push(cost)
      least = Math.min(least, cost)
    }
    // No later cell is below this row's least: a swap reaches over it, but to a cell plus one, as this row does too.
    if (least > limit) return undefined
    before = above
    above = row
  }
  const distance = above[b.length] as number
  return distance <= limit ? distance : undefined
}
