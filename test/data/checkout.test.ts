/*
 * Rules over what visitors of a shop did, with much at one instant and limits kept or missed by nothing, compared with queries:
 * with events known ahead, as they happen, late, and put right after they were recorded wrongly.
 */

import { afterAll, beforeAll, describe } from 'vitest'
import { checkoutEngine, recordHappening, recordWrongly } from './checkout-engine.js'
import { checkoutQuestions } from './checkout-questions.js'
import { arrivals, checkoutStart, generatedVisits, HOUR, type Recorded, type Visits } from './checkout-rows.js'
import { Folding } from './folding.js'
import { DAY } from './local-days.js'
import { Oracle } from './oracle.js'
import { Answers, askAll, defineAll } from './questions.js'
import { Random } from './random.js'
import { isThorough, patience } from './share.js'

const visits = generatedVisits(41, isThorough ? 1_000 : 80)

/** The last three where nothing happens any more but by time. */
const instants = [
  ...[3, 10, 12.5, 14, 15.999_999_9, 16, 20].map((days) => checkoutStart + Math.round(days * DAY)),
  ...[30, 75, 90].map((days) => checkoutStart + days * DAY - HOUR),
]

function oracleOf({ visitors, tickets }: Visits, recorded: readonly Recorded[]): Oracle {
  const rows = recorded.map((r) => [
    r.visitor,
    r.type,
    r.at,
    r.id ?? null,
    r.cart ?? null,
    r.cents,
    r.arrival,
    r.learnt,
  ])
  return new Oracle()
    .table(
      'visitors',
      ['id'],
      visitors.map((id) => [id]),
    )
    .table('happenings', ['visitor', 'type', 'at', 'id', 'cart', 'cents', 'arrival', 'learnt'], rows)
    .table(
      'tickets',
      ['visitor', 'opened', 'is_solved'],
      tickets.map(({ visitor, opened, isSolved }) => [visitor, opened, isSolved]),
    )
    .index('happenings', 'visitor', 'type', 'at')
    .index('tickets', 'visitor')
}

describe.each(['ahead', 'then', 'late', 'wrongly'] as const)('recorded %s', (how) => {
  let oracle: Oracle
  let answers: Answers
  beforeAll(() => {
    const random = new Random(42)
    const recorded = arrivals[how === 'wrongly' ? 'ahead' : how](visits, random)
    oracle = oracleOf(visits, recorded)
    const engine = checkoutEngine(visits)
    const folding = new Folding(engine)
    defineAll(engine, checkoutQuestions)
    const coming = recorded.values()
    let next = coming.next()
    const bring = (at: number): void => {
      for (; next.done !== true && next.value.learnt <= at; next = coming.next()) {
        engine.advanceTo(next.value.learnt)
        recordHappening(engine, next.value)
      }
    }
    if (how === 'wrongly') {
      recordWrongly(engine, visits, recorded, random)
      answers = new Answers({ engine, oracle, instants: instants.filter((at) => at >= engine.now) }, folding)
    } else {
      answers = new Answers({ engine, oracle, instants, bring }, folding)
    }
  }, patience)
  afterAll(() => oracle.close())
  askAll(checkoutQuestions, () => answers)
})
