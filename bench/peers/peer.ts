import type { PlainContact } from '../lib/plain-contact.js'
import type { Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'

export type Filter = (contact: PlainContact) => boolean

/** A peer that makes a function of a rule, which is asked of one object after the other. */
export interface FilterPeer {
  readonly name: string
  /** What is installed for it, and named with its version. */
  readonly packages: readonly string[]
  readonly start: () => Promise<(question: Question) => Filter>
  /** Why it does not answer a question, where it cannot. */
  readonly cannot?: (question: Question) => string | undefined
}

/** A peer that holds contacts and counts those for which a rule holds. */
export interface CountingPeer {
  readonly name: string
  readonly packages: readonly string[]
  readonly start: (population: Population) => Promise<(question: Question) => number | Promise<number>>
  readonly cannot?: (question: Question) => string | undefined
}
