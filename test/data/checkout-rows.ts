import { DAY } from './local-days.js'
import { Random } from './random.js'

/** Something that a visitor of a shop did. Half an hour is the finest step, so that much is of one instant. */
export interface Happening {
  readonly visitor: string
  readonly type: 'checkout' | 'purchase' | 'opened'
  readonly at: number
  /** Some have none; then their arrival decides the order of what is of one instant. */
  readonly id: string | undefined
  readonly cart: string | undefined
  readonly cents: number
}

/** A happening as the engine learns of it: its place among all that come, and when. */
export interface Recorded extends Happening {
  readonly arrival: number
  readonly learnt: number
}

export interface Ticket {
  readonly visitor: string
  readonly id: string
  readonly opened: number
  readonly isSolved: boolean
}

export interface Visits {
  readonly visitors: readonly string[]
  readonly happenings: readonly Happening[]
  readonly tickets: readonly Ticket[]
}

export const HOUR = 3_600_000
const STEP = HOUR / 2

/** Where the clock begins. */
export const checkoutStart = Date.parse('2026-03-20T00:00:00Z')

/** Visitors with a few happenings in twenty days each, and tickets that they opened meanwhile and after. */
export function generatedVisits(seed: number, count: number): Visits {
  const random = new Random(seed)
  const visitors = Array.from({ length: count }, (_, place) => `v${String(place)}`)
  const happenings: Happening[] = []
  const tickets: Ticket[] = []
  for (const visitor of visitors) {
    let at = checkoutStart + random.whole(0, 2 * 48) * STEP
    for (let left = random.whole(0, 14); left > 0; left -= 1) {
      const type = random.pick(['checkout', 'checkout', 'purchase', 'opened'])
      happenings.push({
        visitor,
        type,
        at,
        // Ids in no order of time.
        id: random.chance(0.5) ? `${random.pick(['x', 'y', 'z'])}${String(left)}` : undefined,
        cart: type === 'opened' || random.chance(0.1) ? undefined : random.pick(['a', 'a', 'b']),
        cents: random.whole(1, 8) * 2_500,
      })
      at += random.pick([0, STEP, HOUR, 6 * HOUR, DAY - STEP, DAY, DAY, 2 * DAY])
    }
    for (let left = random.whole(0, 5); left > 0; left -= 1) {
      const opened = checkoutStart + random.whole(0, 40 * 48) * STEP
      tickets.push({ visitor, id: `t${String(left)}`, opened, isSolved: random.chance(0.5) })
    }
  }
  return { visitors, happenings, tickets }
}

/** How the engine learns of what happens, in the order of arrival. */
export const arrivals = {
  ahead: ({ happenings }: Visits, random: Random): readonly Recorded[] =>
    inOrder(happenings, random, () => checkoutStart),
  then: ({ happenings }: Visits, random: Random): readonly Recorded[] => inOrder(happenings, random, ({ at }) => at),
  late: ({ happenings }: Visits, random: Random): readonly Recorded[] =>
    inOrder(happenings, random, ({ at }) => at + random.whole(0, 6 * 48) * STEP),
}

function inOrder(
  happenings: readonly Happening[],
  random: Random,
  learntAt: (each: Happening) => number,
): readonly Recorded[] {
  return random
    .shuffled(happenings)
    .map((each) => ({ ...each, learnt: learntAt(each) }))
    .sort((a, b) => a.learnt - b.learnt)
    .map((each, arrival) => ({ ...each, arrival }))
}
