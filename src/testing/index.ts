/**
 * What tests of those who build on coterie need; for any test runner.
 *
 * @module coterie/testing
 */
export { arbitrariesFor, type Arbitraries, type ArbitraryOptions, type FastCheck } from './arbitraries.js'
export { manualClock, type ManualClock } from './clock.js'
export {
  checkExamples,
  examplesInWords,
  type Example,
  type ExamplesReport,
  type MissingExample,
  type Survivor,
} from './examples/check-examples.js'
export type { Mistake, Mutant } from './examples/mutants.js'
export {
  checkHistory,
  recordedEngine,
  replayHistory,
  type History,
  type HistoryStep,
  type Move,
  type RecordedEngine,
  type Replayed,
  type ReplayOptions,
} from './history.js'
export { checkEngine } from './laws/check-engine.js'
export type { SearchOptions } from './laws/find-moment.js'
export { checkRuleLaws } from './laws/rule-laws.js'
export { checkDisjoint, checkEquivalent, checkImplies, type LawHeld, type LawOptions } from './laws/rule-relations.js'
export { hearTransitions, segmentMatchers, type Heard, type MatcherResult, type SegmentMatchers } from './matchers.js'
export type { NaiveEngine } from './naive/engine-face.js'
export { naiveEngine } from './naive/naive-engine.js'
export type { SegmentInTests } from './naive/naive-segment.js'
export { storageConformance } from './storage/storage-conformance.js'
export type { StorageCase, StoragePlace, StorageUnderTest } from './storage/storage-case.js'
export type { RuleOptions as TestRuleOptions } from './worlds/draw-rule.js'
export type { TestContact, TestMoment, WrittenContact } from './worlds/moment.js'
export type { TestWorld } from './worlds/test-world.js'
