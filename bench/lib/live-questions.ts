import { Random } from '../../test/data/random.js'
import { Zipf } from './distributions.js'
import { countries, day, tags } from './population.js'
import type { Question } from './question.js'

/*
 * The rules of workload B: two to five random predicates over what its changes touch. Most ask for all of them, some for one
 * of two besides, few for any, as people write them.
 */

const seed = 77

/** So many rules; the first n are the same however many there are. */
export function liveQuestions(count: number): readonly Question[] {
  const random = new Random(seed)
  const draw = { random, country: new Zipf(countries.length), tag: new Zipf(tags.length) }
  return Array.from({ length: count }, () => question(draw))
}

interface Draw {
  readonly random: Random
  readonly country: Zipf
  readonly tag: Zipf
}

function question(draw: Draw): Question {
  const { random } = draw
  const parts = Array.from({ length: random.whole(2, 5) }, () => predicate(draw))
  if (random.chance(0.05)) return { any: parts }
  if (parts.length > 2 && random.chance(0.2)) return { all: [...parts.slice(2), { any: parts.slice(0, 2) }] }
  return { all: parts }
}

function predicate({ random, country, tag }: Draw): Question {
  switch (random.whole(0, 7)) {
    case 0:
    case 1:
      return random.chance(0.7)
        ? { field: 'leadScore', above: random.whole(5, 95) }
        : { field: 'leadScore', atMost: random.whole(5, 95) }
    case 2:
    case 3: {
      const value = Math.round(200 * Math.exp(1.5 * (random.next() * 4 - 2)))
      return random.chance(0.7) ? { field: 'lifetimeValue', above: value } : { field: 'lifetimeValue', atMost: value }
    }
    case 4: {
      const some = new Set(Array.from({ length: random.whole(1, 4) }, () => countries[country.draw(random)] as string))
      return { field: 'country', in: [...some] }
    }
    case 5: {
      const has = { tag: tags[tag.draw(random)] as string }
      return random.chance(0.2) ? { not: has } : has
    }
    case 6:
      return { field: 'purchases', above: random.whole(0, 6) }
    default:
      return { field: 'lastPurchaseAt', inLast: random.whole(7, 180) * day }
  }
}
