import { Random } from '../../test/data/random.js'
import { liveQuestions } from './live-questions.js'
import { plainContact, type PlainContact } from './plain-contact.js'
import { day, now, type Population } from './population.js'
import type { Question } from './question.js'

/*
 * A bot that people talk to: what it is told, what it knows, and how it answers. Of its segments every tenth also asks whether
 * somebody has written in the last days, or has not. Peers keep with each contact when it wrote last.
 */

/** A message to the bot: somebody only talks, or orders something. */
export interface Message {
  /** What the channel calls whoever wrote it: {@link channelId} of a contact. */
  readonly from: string
  readonly id: string
  readonly at: number
  readonly type: 'message' | 'purchase'
  readonly amount: number
}

/** What a segment of the bot asks. */
export interface BotQuestion {
  /** Whether somebody has written in the last so many ms, or has not. */
  readonly wrote?: { readonly inLast: number; readonly is: boolean }
  readonly rest: Question
}

/** Somebody who makes a bot. */
export interface BotPeer {
  readonly name: string
  readonly packages: readonly string[]
  readonly start: (population: Population, questions: readonly BotQuestion[]) => Promise<BotSubject>
}

/** A bot that is up. */
export interface BotSubject {
  /** Makes ready what is not to be timed. */
  readonly prepare?: (messages: readonly Message[]) => void
  /** Takes note of a message, and says what it answers. */
  readonly answer: (message: Message) => string
  /** How many memberships have changed so far, where that is known. */
  readonly transitions: () => number | undefined
}

/** What the bot answers those of the first segments, in order; whoever is in none of them gets another. */
export const greetings: readonly string[] = Array.from({ length: 5 }, (_, place) => `answer ${String(place)}`)
export const otherwise = 'answer to all others'

/** What a channel calls the contact at a place of a population. */
export function channelId(contact: number): string {
  return String(700_000_000 + contact)
}

/** What so many segments ask. */
export function botQuestions(count: number): readonly BotQuestion[] {
  const random = new Random(79)
  return liveQuestions(count).map((rest, place) => {
    if (place % 10 > 0) return { rest }
    return { wrote: { inLast: random.whole(1, 60) * day, is: random.chance(0.5) }, rest }
  })
}

/** The same, asked of a plain object. */
export function asQuestion({ wrote, rest }: BotQuestion): Question {
  if (wrote === undefined) return rest
  const lately: Question = { field: 'lastSeenAt', inLast: wrote.inLast }
  return { all: [wrote.is ? lately : { not: lately }, rest] }
}

/** A contact as a plain object that says when it wrote last. */
export function botContact(population: Population, contact: number): PlainContact {
  const plain = plainContact(population, contact)
  const messages = plain.events.filter(({ type }) => type === 'message')
  return Object.assign(plain, { lastSeenAt: Math.max(0, ...messages.map(({ at }) => at)) })
}

/** Takes note of a message in a plain object. */
export function noted(contact: PlainContact, { type, at, amount }: Message): void {
  contact.events.push({ type, at, amount })
  if (type === 'message') contact.lastSeenAt = at
  else {
    contact.purchases += 1
    contact.lastPurchaseAt = at
  }
}

/** An endless row of messages by whoever, so many ms between them. */
export class Messages {
  readonly #random = new Random(91)
  readonly #contacts: number
  readonly #pace: number
  readonly #type: Message['type']
  #count = 0

  constructor(contacts: number, pace: number, type: Message['type']) {
    this.#contacts = contacts
    this.#pace = pace
    this.#type = type
  }

  take(count: number): readonly Message[] {
    return Array.from({ length: count }, () => {
      this.#count += 1
      return {
        from: channelId(this.#random.whole(0, this.#contacts - 1)),
        id: `m${String(this.#count)}`,
        at: now + this.#count * this.#pace,
        type: this.#type,
        amount: this.#random.whole(1, 200),
      }
    })
  }
}
