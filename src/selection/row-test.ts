import type { Column } from '../store/column.js'
import { typeCodes } from '../store/type-codes.js'
import { inRanges, type NumberTest } from './number-test.js'
import { testOfValue } from './one-value.js'
import { truthsOfTest } from './text-scan.js'
import { rangesOf, textsOf, type AskedAt, type FieldLeaf } from './value-test.js'

/** A positive leaf about a field as a test of single rows of its column, of whatever types they are. */
export function rowTest(leaf: FieldLeaf, column: Column, at: AskedAt): (row: number) => boolean {
  const texts = textTruths(leaf, column)
  const asked = testOfValue(leaf, at)
  const tests: (NumberTest | undefined)[] = []
  for (const type of ['number', 'boolean', 'instant', 'day'] as const) {
    const ranges = rangesOf(leaf, type, at)
    tests[typeCodes[type]] = ranges && inRanges(ranges)
  }
  return (row) => {
    const type = column.typeAt(row)
    if (type === typeCodes.text) return texts[column.codeAt(row) + 1] === 1
    const test = tests[type]
    if (test !== undefined) return test(column.numberAt(row))
    const value = column.get(row)
    return value !== undefined && asked(value)
  }
}

function textTruths(leaf: FieldLeaf, { dictionary }: Column): Uint8Array {
  const wanted = textsOf(leaf)
  if (wanted !== undefined && 'holds' in wanted) return truthsOfTest(dictionary, wanted)
  const truths = new Uint8Array(dictionary.end + 1)
  for (const text of wanted ?? []) truths[dictionary.codeOf(text) + 1] = 1
  truths[0] = 0
  return truths
}
