/*
 * Rules over orders and their lines, each compared with a query over the same rows, while the clock goes over the days of the
 * orders. Orders are put twice, in any order: before there are segments, and after.
 */

import { afterAll, beforeAll, describe } from 'vitest'
import { Folding } from './folding.js'
import { completeOrders, northwindEngine, placeOrders, putClients } from './northwind-engine.js'
import { northwindLines } from './northwind-lines.js'
import { northwindInstants, northwindOracle, northwindStart } from './northwind-oracle.js'
import { northwindOrders } from './northwind-orders.js'
import { generatedNorthwind, northwindFiles, type Trade } from './northwind-rows.js'
import type { Oracle } from './oracle.js'
import { Answers, askAll, defineAll } from './questions.js'
import { Random } from './random.js'
import { patience } from './share.js'

const questions = [...northwindOrders, ...northwindLines]

const files = northwindFiles()

const samples: readonly (readonly [string, Trade])[] = [
  ['a small copy', generatedNorthwind(11, 15)],
  files === undefined ? ['a copy', generatedNorthwind(12, 91)] : ['the files', files],
]

describe.each(samples)('%s', (_, trade) => {
  let oracle: Oracle
  let answers: Answers
  beforeAll(() => {
    oracle = northwindOracle(trade)
    const engine = northwindEngine(northwindStart)
    const folding = new Folding(engine)
    putClients(engine, trade)
    const random = new Random(13)
    placeOrders(engine, trade, random)
    defineAll(engine, questions)
    completeOrders(engine, trade, random)
    answers = new Answers({ engine, oracle, instants: northwindInstants }, folding)
  }, patience)
  afterAll(() => oracle.close())
  askAll(questions, () => answers)
})
