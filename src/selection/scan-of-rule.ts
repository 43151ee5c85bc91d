import type { ChunkedSet } from '../base/chunked-set.js'
import type { OrdinalSet } from '../base/ordinal-set.js'
import type { LeafRule, Rule } from '../rules/ast.js'
import { positiveLeaf } from '../rules/rule-key.js'
import { columnScan } from './column-scan.js'
import { someEventScan } from './event-scan.js'
import { eachScan } from './each-scan.js'
import { allOf, anyOf, complementOf, someOf } from './group-scans.js'
import { measureOf } from './measure.js'
import { inRanges } from './number-test.js'
import type { Population } from './population.js'
import { askedCost, everyoneScan, nobodyScan, type Scan } from './scan.js'
import { setScan } from './set-scan.js'
import { isFieldLeaf, isOperandLeaf, rangesOf, type OperandLeaf } from './value-test.js'

/** A rule as a scan of the contacts as they are: of no use any more when one of them changes. */
export function scanOf(rule: Rule, population: Population): Scan {
  switch (rule.op) {
    case 'everyone':
      return everyoneScan
    case 'nobody':
      return nobodyScan
    case 'all':
      return allOf(rule.rules.map((inner) => scanOf(inner, population)))
    case 'any':
      return anyOf(rule.rules.map((inner) => scanOf(inner, population)))
    case 'someOf':
      return someOf(
        rule.count,
        rule.rules.map((inner) => scanOf(inner, population)),
      )
    case 'not':
      return complementOf(scanOf(rule.rule, population))
    case 'inSegment':
      return membersScan(population.membersOf(rule.segment))
    default: {
      const { leaf, negated } = positiveLeaf(rule)
      const scan = leafScan(leaf, population)
      return negated ? complementOf(scan) : scan
    }
  }
}

function leafScan(leaf: LeafRule, population: Population): Scan {
  const { tags } = population.store
  switch (leaf.op) {
    case 'hasTag':
      return tagScan(tags.contactsNow(leaf.tag))
    case 'hasAnyTag':
      return anyOf(leaf.tags.map((tag) => tagScan(tags.contactsNow(tag))))
    case 'hasAllTags':
      return allOf(leaf.tags.map((tag) => tagScan(tags.contactsNow(tag))))
    case 'some':
      return ('events' in leaf.of ? someEventScan(leaf.of, population) : undefined) ?? askedScan(leaf, population)
    default:
      return (isOperandLeaf(leaf) ? operandScan(leaf, population) : undefined) ?? askedScan(leaf, population)
  }
}

/** A leaf about one operand; undefined where only the plain evaluator knows that. */
function operandScan(leaf: OperandLeaf, population: Population): Scan | undefined {
  if (isFieldLeaf(leaf, 'attribute')) return columnScan(leaf, population.store.columnNow(leaf.left.name), population)
  const measure = measureOf(leaf.left, population)
  const ranges = measure && rangesOf(leaf, measure.type, population)
  if (measure === undefined || ranges === undefined) return undefined
  const test = inRanges(ranges)
  return eachScan(10, (ordinal) => test(measure.at(ordinal)))
}

function membersScan(members: OrdinalSet | undefined): Scan {
  return members === undefined || members.count === 0 ? nobodyScan : setScan(members.words)
}

function tagScan(contacts: ChunkedSet | undefined): Scan {
  return contacts === undefined || contacts.count === 0 ? nobodyScan : setScan(contacts.toWords())
}

/** What columns do not answer is asked of those one by one who are left. */
function askedScan(leaf: LeafRule, population: Population): Scan {
  const test = population.testOf(leaf)
  return eachScan(askedCost, (ordinal) => {
    population.onAsked()
    return test(ordinal)
  })
}
