import type { Transition } from 'coterie'
import type { CauseWords } from './cause-words.js'
import { wrapped, type Terminal } from './terminal.js'
import { printTransition, type TransitionWords } from './transition-line.js'

/** What the feed says, and how. */
export interface FeedWords extends TransitionWords {
  readonly causes: CauseWords
}

/** One transition is shown after so many days. */
const showEvery = 7

/** How often each kind of cause is shown, beside the others. */
const weights: { readonly [kind in Transition['cause']['kind']]: number } = {
  time: 6,
  attribute: 5,
  tag: 3,
  member: 2,
  contact: 1,
  merge: 1,
  definition: 0,
}

/** The last transition of its sort, not shown yet. */
interface Waiting {
  readonly transition: Transition
  readonly why: string
}

/** The last transition of its sort, not shown yet. */
interface Waiting {
  readonly transition: Transition
  readonly why: string
}

/**
 * The transitions as they happen. They are thousands, so only a few are shown: every few days one, of the kind of cause whose
 * turn it is, and of the segment and direction that were shown least with it.
 */
export class Feed {
  readonly #terminal: Terminal
  readonly #words: FeedWords
  readonly #shown = new Map<string, number>()
  #waiting = new Map<string, Waiting>()
  #daysSince = 0

  constructor(terminal: Terminal, words: FeedWords) {
    this.#terminal = terminal
    this.#words = words
  }

  /** Hears of a transition, while its cause can still be put into words. */
  hear(transition: Transition): void {
    if (transition.cause.kind === 'definition') return
    this.#waiting.set(sortOf(transition), { transition, why: this.#words.causes.of(transition) })
  }

  dayOver(): void {
    if (++this.#daysSince >= showEvery) this.#showOne()
  }

  /** Something else to tell, in its place among the transitions. */
  tell(instant: number, news: string): void {
    this.#showOne()
    const indent = ' '.repeat(21)
    const [first = '', ...rest] = wrapped(news, this.#terminal.width - indent.length)
    this.#terminal.print(this.#terminal.paint('yellow', `${this.#words.dates.instant(instant)}  ${first}`))
    for (const line of rest) this.#terminal.print(this.#terminal.paint('yellow', indent + line))
  }

  #showOne(): void {
    const turn = ({ transition }: Waiting): number => {
      const { kind } = transition.cause
      return (this.#timesShown(kind) + 1) / weights[kind] + this.#timesShown(sortOf(transition)) / 1000
    }
    const [first] = [...this.#waiting.values()].sort((a, b) => turn(a) - turn(b))
    this.#waiting = new Map()
    this.#daysSince = 0
    if (first === undefined) return
    const { transition, why } = first
    for (const counted of [transition.cause.kind, sortOf(transition)])
      this.#shown.set(counted, this.#timesShown(counted) + 1)
    printTransition(this.#terminal, this.#words, transition, why)
  }

  #timesShown(what: string): number {
    return this.#shown.get(what) ?? 0
  }
}

function sortOf({ segmentId, type, cause }: Transition): string {
  return `${segmentId} ${type} ${cause.kind}`
}
