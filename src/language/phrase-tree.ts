/** A word or sign of the language with what may follow it. */
interface Branch<T> {
  readonly next: Map<string, Branch<T>>
  /** What the phrase that ends here means; undefined where none does. */
  means: T | undefined
}

/**
 * Phrases of one or several words, looked up word by word. Of several that fit the longest is meant: `is not in` before
 * `is not`. Looking one up costs as many steps as the longest phrase has words.
 */
export class PhraseTree<T> {
  readonly #root: Branch<T> = { next: new Map(), means: undefined }
  /** The first phrase of each meaning, by a text that equal meanings share. */
  readonly #first = new Map<string, readonly [phrase: string, means: T]>()
  /** What the phrases are together, for messages: `a comparison`. */
  readonly label: string

  constructor(label: string, phrases: Iterable<readonly [phrase: string, means: T]>) {
    this.label = label
    for (const [phrase, means] of phrases) {
      let branch = this.#root
      for (const word of phrase.split(' ')) {
        const known = branch.next.get(word) ?? { next: new Map<string, Branch<T>>(), means: undefined }
        branch.next.set(word, known)
        branch = known
      }
      branch.means = means
      const key = JSON.stringify(means)
      if (!this.#first.has(key)) this.#first.set(key, [phrase, means])
    }
  }

  /** The branch that all phrases begin at. */
  get root(): PhraseBranch<T> {
    return this.#root
  }

  /** One phrase for each meaning: the one that comes first. */
  *firstPhrases(isApt: (means: T) => boolean): Iterable<string> {
    for (const [phrase, means] of this.#first.values()) if (isApt(means)) yield phrase
  }

  /** The words that phrases begin with. */
  firstWords(): Iterable<string> {
    return this.#root.next.keys()
  }
}

/** A place in a tree of phrases, to be read only. */
export interface PhraseBranch<T> {
  readonly next: ReadonlyMap<string, PhraseBranch<T>>
  readonly means: T | undefined
}

/** The ways in which a phrase goes on from a branch, each to its end, of those whose meaning is apt. */
export function* continuations<T>(branch: PhraseBranch<T>, isApt: (means: T) => boolean): Iterable<string> {
  for (const [word, next] of branch.next) {
    if (next.means !== undefined && isApt(next.means)) yield word
    for (const rest of continuations(next, isApt)) yield `${word} ${rest}`
  }
}
