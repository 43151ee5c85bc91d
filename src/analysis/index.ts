/**
 * Rules looked over before they hurt: what can never or always hold, what is needless, what is a slip; how segments stand
 * to each other.
 *
 * @module coterie/analysis
 */
export { analyseEngine, knownOf, type EngineAnalysisOptions } from './analyse-engine.js'
export { analyseRule, type Analysis, type AnalysisOptions } from './analyse-rule.js'
export {
  analyseSegments,
  type SegmentDefinition,
  type SegmentsAnalysis,
  type SegmentsAnalysisOptions,
} from './analyse-segments.js'
export type { KnownData } from './data-findings.js'
export type { Finding, Fix, LintCode, Severity } from './finding.js'
export { planSegments, type PlannedSegment, type PlanOptions, type SegmentsPlan } from './plan-segments.js'
export type { PlannedAction } from './planned-segment.js'
export type { ProofOptions } from './prover.js'
export { membershipReasons, reasonsOf, type Because, type MembershipReasons, type Reasons } from './reasons.js'
export { reasonsInWords, type ReasonLabels, type WordsOptions } from './reasons-in-words.js'
export { relationOf, truthOf, type Relation, type Truth } from './relation.js'
export type { SegmentRelation } from './segment-relations.js'
export { simplifyRule } from './simplify.js'
export type { SingleChange } from './single-changes.js'
export type { ReasonPart } from './smallest-reason.js'
