import type { Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'
import { ruleCost } from '../rules/rule-cost.js'
import { dataFindings, type KnownData } from './data-findings.js'
import { inOrder, samePath, type Finding } from './finding.js'
import { Prover, type ProofOptions } from './prover.js'
import { issueFindings, zoneFindings } from './reading-findings.js'
import type { Truth } from './relation.js'
import { costFindings, shapeFindings, usualCost } from './shape-findings.js'
import { truthFindings } from './truth-findings.js'

/** How a rule is analysed. */
export interface AnalysisOptions extends ProofOptions {
  /** What is known of the contacts that the rule is asked of. */
  readonly known?: KnownData | undefined
  /** The cost above which a rule is told to be expensive, as `ruleCost` scores it. Default 2,000. */
  readonly maxCost?: number | undefined
}

/** What was found out about a rule. Plain JSON. */
export interface Analysis {
  /** Whether it can never hold, or always does; `open` where neither was proved, or it cannot be read. */
  readonly truth: Truth
  /** What is wrong with it, or could be better, in the order of the places in it. */
  readonly findings: readonly Finding[]
  /** The rule without its needless parts; left out where it cannot be read. */
  readonly simplified?: Rule
  /** What it costs to ask, as `ruleCost` scores it; left out where it cannot be read. */
  readonly cost?: number
}

/**
 * Looks a rule over before it is defined: what can never or always hold, what is needless, what is probably a slip, and what
 * it costs. What cannot be read is a finding too, and so are unknown names, with the nearest known one.
 *
 * Whatever is said of the truth of the rule or a part of it is proved of all contacts at all instants (from `since` on);
 * where nothing is said, nothing was proved.
 *
 * @throws CoterieError for wrong options, and for segments that cannot be read or refer to each other in a circle.
 */
export function analyseRule(input: Rule, options: AnalysisOptions = {}): Analysis {
  const { schema, timeZone, weekStartsOn, limits, known = {}, maxCost = usualCost } = options
  const read = readRule(input, { schema, timeZone: timeZone ?? 'UTC', weekStartsOn, limits })
  if (!read.ok) return Object.freeze({ truth: 'open', findings: inOrder(issueFindings(input, read.issues)) })
  const { rule } = read
  const prover = new Prover(options, [rule])
  const { truth, simplified, findings } = truthFindings(rule, prover)
  const slips = shapeFindings(rule, prover, timeZone ?? 'UTC')
  // What is explained better is not told twice.
  const rest = findings.filter(
    (finding) => finding.code === 'REDUNDANT' || !slips.some((slip) => samePath(slip.path, finding.path)),
  )
  const all = [
    ...rest,
    ...slips,
    ...costFindings(rule, maxCost),
    ...dataFindings(rule, known, schema, prover),
    ...(timeZone === undefined ? zoneFindings(input, rule) : []),
  ]
  return Object.freeze({ truth, findings: inOrder(all), simplified, cost: ruleCost(rule) })
}
