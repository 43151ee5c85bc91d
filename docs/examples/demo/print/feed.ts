import type { Transition } from 'coterie'
import type { CauseWords } from '../words/cause-words.js'
import { wrapped, type Terminal } from './terminal.js'
import { printTransition, type TransitionWords } from './transition-line.js'

/** What the feed says, and how. */
export interface FeedWords extends TransitionWords {
  readonly causes: CauseWords
}

/** Beyond those, so many days are waited for the sort whose turn it is, and so many for the kind of cause. */
const [sortWaits, kindWaits] = [1, 3]

type Kind = Transition['cause']['kind']

/** How often each kind of cause is shown, beside the others. */
const weights: { readonly [kind in Kind]: number } = {
  time: 6,
  attribute: 5,
  event: 5,
  record: 4,
  tag: 3,
  member: 2,
  contact: 1,
  merge: 1,
  definition: 0,
  settle: 0,
}

/** How often a kind of cause was shown, and how often each sort of it: a segment, and in or out. */
interface Shown {
  times: number
  readonly sorts: Map<string, number>
}

/**
 * The transitions as they happen. They are thousands, so only a few are shown: every few days the next one with the kind
 * of cause whose turn it is, and if it comes soon enough, of the sort that was shown least with it.
 */
export class Feed {
  readonly #terminal: Terminal
  readonly #words: FeedWords
  readonly #shown = new Map<Kind, Shown>()
  readonly #quietDays: number
  #daysSince = 0

  /** So many quiet days pass between two that are shown. */
  constructor(terminal: Terminal, words: FeedWords, quietDays = 6) {
    this.#terminal = terminal
    this.#words = words
    this.#quietDays = quietDays
  }

  /** Hears of every transition, in order. */
  hear(transition: Transition): void {
    const { causes } = this.#words
    causes.note(transition)
    const { kind } = transition.cause
    if (kind === 'definition' || kind === 'settle') return
    const shown = this.#shown.get(kind) ?? { times: 0, sorts: new Map<string, number>() }
    const sort = `${transition.type} ${transition.segmentId}`
    const times = shown.sorts.get(sort) ?? 0
    this.#shown.set(kind, shown)
    shown.sorts.set(sort, times)
    if (!this.#isTurnOf(kind, shown, times)) return
    shown.times += 1
    shown.sorts.set(sort, times + 1)
    this.#daysSince = 0
    printTransition(this.#terminal, this.#words, transition, causes.of(transition))
  }

  dayOver(): void {
    this.#daysSince += 1
  }

  /** Something else to tell, in its place among the transitions. */
  tell(instant: number, news: string): void {
    const { paint, print, width } = this.#terminal
    const indent = ' '.repeat(21)
    const [first = '', ...rest] = wrapped(news, width - indent.length)
    print(paint('yellow', `${this.#words.dates.instant(instant)}  ${first}`))
    for (const line of rest) print(paint('yellow', indent + line))
  }

  #isTurnOf(kind: Kind, shown: Shown, times: number): boolean {
    const waited = this.#daysSince - this.#quietDays
    if (waited < 0) return false
    const turn = (of: Kind, { times }: Shown): number => (times + 1) / weights[of]
    const isOthersTurn = [...this.#shown].some(([other, its]) => turn(other, its) < turn(kind, shown))
    if (isOthersTurn && waited < kindWaits) return false
    return waited >= sortWaits || [...shown.sorts.values()].every((others) => others >= times)
  }
}
