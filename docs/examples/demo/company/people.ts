import { days, type Engine } from 'coterie'
import { email, name } from './names.js'
import type { Random } from './random.js'
import type { schema } from './schema.js'

/** Someone as the company first hears of them. */
export interface Person {
  readonly id: string
  readonly attributes: Parameters<Engine<typeof schema>['contacts']['put']>[0]['attributes'] & { readonly name: string }
  readonly tags: readonly string[]
  /** The values of deals that are open. */
  readonly deals: readonly number[]
  readonly tickets: number
  /** When the last conversation was, in ms. */
  readonly talked?: number
  /** When the last purchase was, in ms, and of how much. */
  readonly bought?: { readonly at: number; readonly amount: number }
}

const sources = [
  'source-website',
  'source-website',
  'source-social',
  'source-referral-friend',
  'source-referral-partner',
] as const
const regions = ['region-europe', 'region-europe', 'region-usa', 'region-asia'] as const
const interests = ['interest-boots', 'interest-hats', 'interest-tents'] as const

/** Somebody who has been a contact for up to three years; the younger ones are more. */
export function acquaintance(random: Random, number: number, now: number): Person {
  const age = days(900) * random.next() ** 1.2
  const ago = (mean: number): number => Math.floor(now - Math.min(age, random.wait(days(mean))))
  const buys = random.chance(0.5)
  const called = name(random)
  const value = buys ? Math.round(Math.exp(random.normal(7, 1))) : 0
  const leadScore = scoreOf(random.normal(50, 20))
  return {
    id: idOf(number),
    attributes: {
      name: called,
      email: email(called, number),
      plan: buys ? random.pick(['basic', 'pro']) : 'trial',
      leadScore,
      lifetimeValue: value,
      createdAt: Math.floor(now - age),
    },
    deals: random.chance(leadScore > 75 ? 0.35 : 0.1) ? dealsOf(random, random.whole(1, 2)) : [],
    tickets: Math.floor(random.wait(1.1)),
    ...(random.chance(0.95) ? { talked: ago(30) } : undefined),
    ...(buys ? { bought: { at: ago(70), amount: Math.min(value, amountOf(random)) } } : undefined),
    tags: [
      random.pick(sources),
      random.pick(regions),
      ...(random.chance(0.4) ? [random.pick(interests)] : []),
      buys ? 'paying-customer' : 'trial-user',
      ...(random.chance(0.015) ? ['VIP'] : []),
      ...(random.chance(0.02) ? ['do-not-call'] : []),
    ],
  }
}

/** Somebody who signs up now, through the source given or one of the usual ones. */
export function newcomer(random: Random, number: number, now: number, source: string = random.pick(sources)): Person {
  const called = name(random)
  return {
    id: idOf(number),
    attributes: {
      name: called,
      email: email(called, number),
      plan: 'trial',
      leadScore: scoreOf(random.normal(48, 18)),
      lifetimeValue: 0,
      createdAt: now,
    },
    deals: [],
    tickets: 0,
    talked: now,
    tags: [source, random.pick(regions), 'trial-user'],
  }
}

/** What somebody pays at once. */
export function amountOf(random: Random): number {
  return Math.round(Math.exp(random.normal(5, 0.9)))
}

/** What a deal would bring. */
export function dealValue(random: Random): number {
  return random.whole(3, 25) * 100
}

function dealsOf(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => dealValue(random))
}

/** A lead score: a whole number from 0 to 100. */
export function scoreOf(number: number): number {
  return Math.min(100, Math.max(0, Math.round(number)))
}

function idOf(number: number): string {
  return `c${String(number).padStart(5, '0')}`
}
