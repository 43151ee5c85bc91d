import { hasNoBit } from '../base/words.js'
import { runLength, type Scan } from './scan.js'

/** Each of the parts holds: every part is asked about those only that are left by the ones before it, the cheapest first. */
export function allOf(parts: readonly Scan[]): Scan {
  const [first, ...rest] = byCost(parts)
  if (first === undefined) throw new RangeError('a group without parts')
  if (rest.length === 0) return first
  const found = new Uint32Array(runLength)
  return {
    cost: costOf(parts),
    fill(into, within, place) {
      first.fill(into, within, place)
      const next = found.subarray(0, into.length)
      for (const part of rest) {
        if (hasNoBit(into)) return
        part.fill(next, into, place)
        into.set(next)
      }
    },
  }
}

/** At least one of the parts holds: every part is asked about those only that none before it holds for, the cheapest first. */
export function anyOf(parts: readonly Scan[]): Scan {
  const ordered = byCost(parts)
  const found = new Uint32Array(runLength)
  const left = new Uint32Array(runLength)
  return {
    cost: costOf(parts),
    fill(into, within, place) {
      const next = found.subarray(0, into.length)
      const open = left.subarray(0, into.length)
      open.set(within)
      into.fill(0)
      for (const part of ordered) {
        if (hasNoBit(open)) return
        part.fill(next, open, place)
        for (let i = 0; i < into.length; i += 1) {
          into[i] = (into[i] as number) | (next[i] as number)
          open[i] = (open[i] as number) & ~(next[i] as number)
        }
      }
    },
  }
}

/** The part does not hold. */
export function complementOf(part: Scan): Scan {
  const found = new Uint32Array(runLength)
  return {
    cost: part.cost,
    fill(into, within, place) {
      const inside = found.subarray(0, into.length)
      part.fill(inside, within, place)
      for (let i = 0; i < into.length; i += 1) into[i] = (within[i] as number) & ~(inside[i] as number)
    },
  }
}

/**
 * At least `count` of the parts hold. For each number up to that, the set of those for whom so many hold is kept; a part
 * lifts whom it holds for from each set into the next. Whom enough hold for already is not asked about any more.
 */
export function someOf(count: number, parts: readonly Scan[]): Scan {
  const ordered = byCost(parts)
  const reached = Array.from({ length: count }, () => new Uint32Array(runLength))
  const found = new Uint32Array(runLength)
  const left = new Uint32Array(runLength)
  return {
    cost: costOf(parts),
    fill(into, within, place) {
      const size = into.length
      const open = left.subarray(0, size)
      const next = found.subarray(0, size)
      const last = reached[count - 1] as Uint32Array
      for (const level of reached) level.fill(0, 0, size)
      for (const part of ordered) {
        for (let i = 0; i < size; i += 1) open[i] = (within[i] as number) & ~(last[i] as number)
        if (hasNoBit(open)) break
        part.fill(next, open, place)
        lift(reached, next)
      }
      into.set(last.subarray(0, size))
    },
  }
}

/** Lifts those of `next` from each level into the one above; those in none into the lowest. */
function lift(levels: readonly Uint32Array[], next: Uint32Array): void {
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const into = levels[level] as Uint32Array
    const below = levels[level - 1]
    for (let i = 0; i < next.length; i += 1)
      into[i] = (into[i] as number) | ((next[i] as number) & (below === undefined ? -1 : (below[i] as number)))
  }
}

function byCost(parts: readonly Scan[]): readonly Scan[] {
  return [...parts].sort((a, b) => a.cost - b.cost)
}

function costOf(parts: readonly Scan[]): number {
  return parts.reduce((sum, { cost }) => sum + cost, 0)
}
