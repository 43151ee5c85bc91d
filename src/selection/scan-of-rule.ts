import type { OrdinalSet } from '../base/ordinal-set.js'
import type { LeafRule, Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { positiveLeaf } from '../rules/rule-key.js'
import type { Scope } from '../rules/scope.js'
import type { ContactStore } from '../store/contact-store.js'
import { columnScan } from './column-scan.js'
import { eachScan } from './each-scan.js'
import { allOf, anyOf, complementOf, someOf } from './group-scans.js'
import { everyoneScan, nobodyScan, type Scan } from './scan.js'
import { setScan } from './set-scan.js'
import { isValueLeaf, type AskedAt } from './value-test.js'

/** What a rule is asked of. */
export interface Population extends AskedAt {
  readonly store: ContactStore
  /** The contact at an ordinal as rules see it. */
  scopeOf(ordinal: number): Scope
  /** The members of a segment; undefined where there is none. */
  membersOf(segment: string): OrdinalSet | undefined
  /** Called for each contact that the plain evaluator is asked about. */
  onAsked(): void
}

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
  const { store } = population
  switch (leaf.op) {
    case 'hasTag':
      return membersScan(store.tags.contactsNow(leaf.tag))
    case 'hasAnyTag':
      return anyOf(leaf.tags.map((tag) => membersScan(store.tags.contactsNow(tag))))
    case 'hasAllTags':
      return allOf(leaf.tags.map((tag) => membersScan(store.tags.contactsNow(tag))))
    default:
      return isValueLeaf(leaf) ? columnScan(leaf, store.columnNow(leaf.left.name), population) : asked(leaf, population)
  }
}

function membersScan(members: OrdinalSet | undefined): Scan {
  return members === undefined || members.count === 0 ? nobodyScan : setScan(members.words)
}

/** What columns do not answer: the plain evaluator, for those who are left. */
function asked(leaf: LeafRule, population: Population): Scan {
  return eachScan(100, (ordinal) => {
    population.onAsked()
    return holds(leaf, population.scopeOf(ordinal))
  })
}
