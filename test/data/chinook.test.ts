/*
 * Rules over invoices, as events that come as the clock goes and as records two levels deep, each compared with a query over
 * the same rows.
 */

import { afterAll, beforeAll, describe } from 'vitest'
import { chinookEngine, putInvoices } from './chinook-engine.js'
import { chinookInstants, chinookOracle, chinookStart } from './chinook-oracle.js'
import { invoiceQuestions, yearQuestions } from './chinook-questions.js'
import { chinookFiles, generatedChinook, type Store } from './chinook-rows.js'
import { Folding } from './folding.js'
import type { Oracle } from './oracle.js'
import { Answers, askAll, defineAll } from './questions.js'
import { Random } from './random.js'
import { patience } from './share.js'

const questions = [...invoiceQuestions, ...yearQuestions]

const files = chinookFiles()

const samples: readonly (readonly [string, Store])[] = [
  ['a small copy', generatedChinook(21, 25)],
  files === undefined ? ['a copy', generatedChinook(22, 59)] : ['the files', files],
]

describe.each(samples)('%s', (_, store) => {
  let oracle: Oracle
  let answers: Answers
  beforeAll(() => {
    oracle = chinookOracle(store)
    const engine = chinookEngine(chinookStart, store)
    const folding = new Folding(engine)
    defineAll(engine, questions)
    putInvoices(engine, store, new Random(23))
    answers = new Answers({ engine, oracle, instants: chinookInstants }, folding)
  }, patience)
  afterAll(() => oracle.close())
  askAll(questions, () => answers)
})
