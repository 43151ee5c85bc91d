import type { LiveChange } from './live-changes.js'
import type { Population } from './population.js'
import type { Question } from './question.js'

/** Called once for each transition: which rule, and whether the contact entered. */
export type Hear = (rule: number, entered: boolean) => void

/** Somebody who keeps memberships of rules up to date while contacts change. */
export interface LivePeer {
  readonly name: string
  readonly packages: readonly string[]
  /** The most rules that it is asked to keep; more than that takes it minutes. */
  readonly mostRules?: number
  readonly start: (population: Population, questions: readonly Question[], hear: Hear) => Promise<LiveSubject>
}

/** One who has the contacts and the rules, and waits for changes. */
export interface LiveSubject {
  /** Makes ready what is not to be timed; gives what plays the changes. */
  readonly prepare: (changes: readonly LiveChange[]) => () => unknown
  /** Figures of its own, when all is done. */
  readonly figures?: () => Readonly<Record<string, number>>
  /** Whether a contact is held for a member of a rule, where it can be asked. */
  readonly isMember?: (contact: number, rule: number) => boolean
}
