/*
 * A truth for each choice of up to 20 things, as bits: of `n` things there are 2^n choices, and choice `c` has the things in
 * it whose bits are set. Whole words of 32 choices are worked on at once, so that a table of a million costs a few hundred
 * microseconds for each step.
 */

/** The most things of which a table is made. */
export const mostThings = 20

/** By thing, for the first five: the choices of a word that have it. */
const masks = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000] as const

/** A truth for each choice. */
export type TruthTable = Uint32Array

function wordsOf(things: number): number {
  return Math.max(1, 2 ** things / 32)
}

/** True for the choices that have a thing in them. */
export function having(thing: number, things: number): TruthTable {
  const mask = masks[thing]
  if (mask !== undefined) return new Uint32Array(wordsOf(things)).fill(mask)
  const bit = 2 ** (thing - 5)
  return Uint32Array.from({ length: wordsOf(things) }, (_, word) => ((word & bit) === 0 ? 0 : 0xffffffff))
}

/** The same truth for every choice. */
export function constantTable(truth: boolean, things: number): TruthTable {
  return new Uint32Array(wordsOf(things)).fill(truth ? 0xffffffff : 0)
}

export function complementTable(table: TruthTable): TruthTable {
  return table.map((word) => ~word)
}

/** True where at least so many of the tables are; each word is counted up to that. */
export function atLeastTable(count: number, tables: readonly TruthTable[], things: number): TruthTable {
  const reached = Array.from({ length: count + 1 }, (_, number) => constantTable(number === 0, things))
  for (const table of tables) {
    for (let number = count; number > 0; number--) {
      const [to, from] = [reached[number] as TruthTable, reached[number - 1] as TruthTable]
      for (let word = 0; word < to.length; word++)
        to[word] = (to[word] as number) | ((from[word] as number) & (table[word] as number))
    }
  }
  return reached[count] as TruthTable
}

/** Makes a table true for every choice that has one in it for which it was: whoever has more has that too. Changes it. */
export function closeUpwards(table: TruthTable, things: number): void {
  for (let thing = 0; thing < things; thing++) {
    const mask = masks[thing]
    const step = 2 ** (thing - 5)
    for (let word = 0; word < table.length; word++) {
      const now = table[word] as number
      if (mask !== undefined) table[word] = now | ((now << (2 ** thing)) & mask)
      else if ((word & step) === 0) table[word + step] = (table[word + step] as number) | now
    }
  }
}

/** The choice with the most things for which a table is false; of several the greatest. Undefined where it is always true. */
export function largestFalse(table: TruthTable, things: number): number | undefined {
  let best: number | undefined
  let most = -1
  for (let choice = 2 ** things - 1; choice >= 0; choice--) {
    if ((((table[choice >>> 5] as number) >>> (choice & 31)) & 1) === 1) continue
    const count = bitCount(choice)
    if (count > most) [best, most] = [choice, count]
  }
  return best
}

function bitCount(choice: number): number {
  let count = 0
  for (let rest = choice; rest !== 0; rest &= rest - 1) count += 1
  return count
}
