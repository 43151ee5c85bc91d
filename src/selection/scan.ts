/*
 * A rule asked of many contacts at once. Contacts are bits, 32 to a word, and a scan answers for a run of words: which of
 * those that are asked about it holds for. Groups are then operations on words, and whoever is decided already, by an earlier
 * part of an `all` or an `any`, is not asked about any more: a word of which nobody is left costs one comparison.
 *
 * Runs are of some thousand words, so that what lies between two parts of a rule stays near; a rule is asked run by run.
 */

/** How many words a run has at most. */
export const runLength = 1024

/** A condition that can be asked of a run of contacts. */
export interface Scan {
  /** What a contact costs, in looks at a column: parts that cost less are asked first. */
  readonly cost: number
  /**
   * Writes which of the contacts `within` it holds for. Both are words of a run that begins with word `first` of all contacts,
   * and are not the same.
   */
  fill(into: Uint32Array, within: Uint32Array, first: number): void
}

/** What a contact costs that has to be asked by itself: more than all columns that a rule may be about. */
export const askedCost = 1_000

/** Whether some part of a scan asks contacts by themselves. */
export function asksContacts({ cost }: Scan): boolean {
  return cost >= askedCost
}

/** Holds for everyone. */
export const everyoneScan: Scan = Object.freeze({
  cost: 0,
  fill: (into: Uint32Array, within: Uint32Array) => {
    into.set(within)
  },
})

/** Holds for nobody. */
export const nobodyScan: Scan = Object.freeze({
  cost: 0,
  fill: (into: Uint32Array) => {
    into.fill(0)
  },
})
