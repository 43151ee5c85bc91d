/*
 * Rules over purchases, each compared with a query over the same rows, at instants on both sides of where something falls due.
 * Segments are defined over all that is known ahead, before it, and while it comes; purchases come in any order.
 */

import { afterAll, beforeAll, describe } from 'vitest'
import { cdnowAggregates } from './cdnow-aggregates.js'
import { cdnowEngine, putAll, record } from './cdnow-engine.js'
import { cdnowInstants, cdnowOracle } from './cdnow-oracle.js'
import { cdnowFiles, generatedCdnow, partOf, roundedToDays, type Shop } from './cdnow-rows.js'
import { cdnowSequences } from './cdnow-sequences.js'
import { cdnowWindows } from './cdnow-windows.js'
import { Folding } from './folding.js'
import type { Oracle } from './oracle.js'
import { Answers, askAll, defineAll } from './questions.js'
import { Random } from './random.js'
import { oneIn, patience, sizeOf } from './share.js'

const questions = [...cdnowAggregates, ...cdnowWindows, ...cdnowSequences]

const files = cdnowFiles()

const copy = generatedCdnow(6, 80)

interface Sample {
  readonly name: string
  readonly shop: Shop
  /** When the segments are defined: before the purchases come, or after. */
  readonly defined: 'first' | 'last'
}

const samples: readonly Sample[] = [
  { name: 'a small copy', shop: copy, defined: 'first' },
  { name: 'a small copy, rounded to the day', shop: roundedToDays(copy), defined: 'last' },
  files === undefined
    ? { name: 'a copy', shop: generatedCdnow(7, sizeOf(23_570, 100)), defined: 'last' }
    : { name: 'the files', shop: partOf(files, oneIn(100)), defined: 'last' },
]

describe.each(samples)('$name, segments defined $defined', ({ shop, defined }) => {
  let oracle: Oracle
  let answers: Answers
  beforeAll(() => {
    const random = new Random(8)
    oracle = cdnowOracle(shop)
    const engine = cdnowEngine()
    const folding = new Folding(engine)
    putAll(engine, shop.customers)
    if (defined === 'first') defineAll(engine, questions)
    for (const purchase of random.shuffled(shop.purchases)) record(engine, purchase)
    if (defined === 'last') defineAll(engine, questions)
    answers = new Answers({ engine, oracle, instants: cdnowInstants(shop, random) }, folding)
  }, patience)
  afterAll(() => oracle.close())
  askAll(questions, () => answers)
})
