/*
 * Rules over the lines of orders and their cancellations, each compared with a query over the same rows. Lines of one order are
 * of one instant, so their ids decide their order; some contacts have thousands of them.
 */

import { afterAll, beforeAll, describe } from 'vitest'
import { Folding } from './folding.js'
import type { Oracle } from './oracle.js'
import { Answers, askAll, defineAll } from './questions.js'
import { Random } from './random.js'
import { recordLine, retailEngine } from './retail-engine.js'
import { retailInstants, retailOracle, retailStart } from './retail-oracle.js'
import { retailAggregates, retailSequences } from './retail-questions.js'
import { generatedRetail, retailFiles, type Retail } from './retail-rows.js'
import { oneIn, patience, sizeOf } from './share.js'

const questions = [...retailAggregates, ...retailSequences]

const samples: readonly (readonly [string, () => Retail])[] = [
  ['a small copy', () => generatedRetail(31, 40)],
  ['the file, or a copy of it', () => retailFiles(oneIn(60)) ?? generatedRetail(32, sizeOf(4_372, 60))],
]

describe.each(samples)('%s', (_, read) => {
  let oracle: Oracle
  let answers: Answers
  beforeAll(() => {
    const retail = read()
    oracle = retailOracle(retail)
    const engine = retailEngine(retailStart, retail)
    const folding = new Folding(engine)
    for (const line of new Random(33).shuffled(retail.lines)) recordLine(engine, line)
    defineAll(engine, questions)
    answers = new Answers({ engine, oracle, instants: retailInstants }, folding)
  }, patience)
  afterAll(() => oracle.close())
  askAll(questions, () => answers)
})
