import { mixed, type Column } from '../store/column.js'
import { typesByCode } from '../store/type-codes.js'
import { eachScan } from './each-scan.js'
import { anyOf } from './group-scans.js'
import { rangeScan } from './number-scan.js'
import { rowTest } from './row-test.js'
import { nobodyScan, type Scan } from './scan.js'
import { codeScan, truthScan, truthsOfTest } from './text-scan.js'
import { rangesOf, textsOf, type AskedAt, type FieldLeaf } from './value-test.js'

/** More ranges than this are cheaper to look through row by row than to scan for one by one. */
const fewRanges = 4

/** A positive leaf about an attribute, asked of its column. */
export function columnScan(leaf: FieldLeaf, column: Column | undefined, at: AskedAt): Scan {
  if (column === undefined || column.count === 0) return nobodyScan
  const type = column.shape === mixed ? undefined : typesByCode[column.shape]
  if (type === 'text') return textScan(leaf, column)
  const ranges = type === undefined || type === 'list' ? undefined : rangesOf(leaf, type, at)
  if (ranges === undefined || ranges.length > fewRanges) return eachScan(8, rowTest(leaf, column, at))
  return ranges.length === 0 ? nobodyScan : anyOf(ranges.map((range) => rangeScan(column.numbers, range)))
}

function textScan(leaf: FieldLeaf, { dictionary, codes }: Column): Scan {
  const wanted = textsOf(leaf)
  if (wanted === undefined) return nobodyScan
  if ('holds' in wanted) return truthScan(codes, truthsOfTest(dictionary, wanted))
  const [first, ...others] = wanted.map((text) => dictionary.codeOf(text)).filter((code) => code >= 0)
  if (first === undefined) return nobodyScan
  if (others.length === 0) return codeScan(codes, first)
  const truths = new Uint8Array(dictionary.end + 1)
  for (const code of [first, ...others]) truths[code + 1] = 1
  return truthScan(codes, truths)
}
