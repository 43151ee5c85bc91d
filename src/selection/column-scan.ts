import { mixed, type Column } from '../store/column.js'
import { typesByCode } from '../store/type-codes.js'
import { eachScan } from './each-scan.js'
import { anyOf } from './group-scans.js'
import { rangeScan, type NumberRange } from './number-scan.js'
import { testOfValue } from './one-value.js'
import { nobodyScan, type Scan } from './scan.js'
import { codeScan, truthScan, truthsOf } from './text-scan.js'
import { rangesOf, textsOf, type AskedAt, type ValueLeaf } from './value-test.js'

/** More ranges than this are cheaper to look through row by row than to scan for one by one. */
const fewRanges = 4

/** A positive leaf about the value of an attribute, asked of its column. */
export function columnScan(leaf: ValueLeaf, column: Column | undefined, at: AskedAt): Scan {
  if (column === undefined || column.count === 0) return nobodyScan
  if (column.shape === mixed) return eachScan(4, anyTypeTest(leaf, column, at))
  const type = typesByCode[column.shape]
  if (type === undefined) return nobodyScan
  if (type === 'text') return textScan(leaf, column)
  const ranges = type === 'list' ? undefined : rangesOf(leaf, type, at)
  if (ranges === undefined) return eachScan(20, askedTest(leaf, column, at))
  return ranges.length > fewRanges ? eachScan(4, inRanges(column, ranges)) : rangesScan(column, ranges)
}

function rangesScan(column: Column, ranges: readonly NumberRange[]): Scan {
  if (ranges.length === 0) return nobodyScan
  return anyOf(ranges.map((range) => rangeScan(column.numbers, range)))
}

function textScan(leaf: ValueLeaf, { dictionary, codes }: Column): Scan {
  const wanted = textsOf(leaf)
  if (wanted === undefined) return nobodyScan
  if (typeof wanted === 'function') return truthScan(codes, truthsOf(dictionary, wanted))
  const [first, ...others] = wanted.map((text) => dictionary.codeOf(text)).filter((code) => code >= 0)
  if (first === undefined) return nobodyScan
  if (others.length === 0) return codeScan(codes, first)
  const truths = new Uint8Array(dictionary.end + 1)
  for (const code of [first, ...others]) truths[code + 1] = 1
  return truthScan(codes, truths)
}

/** A test of the numbers at rows: whether they lie in one of many ranges, each of one number. */
function inRanges(column: Column, ranges: readonly NumberRange[]): (row: number) => boolean {
  const wanted = new Set(ranges.map(({ low }) => low))
  return (row) => wanted.has(column.numberAt(row))
}

/** A test of whatever value is at a row, by the plain evaluator. */
function askedTest(leaf: ValueLeaf, column: Column, at: AskedAt): (row: number) => boolean {
  const test = testOfValue(leaf, at)
  return (row) => {
    const value = column.get(row)
    return value !== undefined && test(value)
  }
}

/** A test for rows of several types: texts by their code, all else by the plain evaluator. */
function anyTypeTest(leaf: ValueLeaf, column: Column, at: AskedAt): (row: number) => boolean {
  const wanted = textsOf(leaf)
  const test = typeof wanted === 'function' ? wanted : (text: string) => wanted?.includes(text) === true
  const truths = truthsOf(column.dictionary, test)
  const asked = askedTest(leaf, column, at)
  return (row) => {
    const code = column.codeAt(row)
    return code < 0 ? asked(row) : truths[code + 1] === 1
  }
}
