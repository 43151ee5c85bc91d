/**
 * Automation on tags and segments: what begins a run, what it does, and what it waits for.
 *
 * @module coterie/automation
 */
export type {
  AutomationChange,
  AutomationDefine,
  AutomationDefinition,
  AutomationFinish,
  AutomationProgress,
  AutomationReason,
  AutomationRemove,
  AutomationStart,
  AutomationStep,
  AutomationTrigger,
  AutomationWait,
  StepChange,
  StepChangeType,
} from '../changes/automation-changes.js'
export {
  Automations,
  automations,
  type AutomationInput,
  type AutomationTags,
  type AutomationsOptions,
  type DefinedAutomation,
} from './automations.js'
export {
  addTags,
  assign,
  branch,
  call,
  changes,
  enters,
  exclude,
  holds,
  include,
  leaves,
  putRecord,
  recorded,
  recordEvent,
  recordPut,
  recordRemoved,
  removeTags,
  reset,
  setAttributes,
  setRecords,
  setTo,
  stamp,
  stop,
  tagAdded,
  tagRemoved,
  together,
  wait,
  waitFor,
  waitUntil,
  type CallOptions,
  type ItemsInput,
  type OperandInput,
  type StepInput,
  type TriggerInput,
} from './builders.js'
export { stepsFor, type StepsFor } from './steps-for.js'
export type { Handler, HandlerCall } from './handlers.js'
export type { Decisive } from './reasons.js'
export type { RunEntry } from './run.js'
export type { RunFilter, RunInfo } from './run-info.js'
export type { TagFinding, TagFindingKind } from '../tagging/finding.js'
export type { TagHygieneOptions } from '../tagging/hygiene-options.js'
export type { NamingConvention } from '../tagging/naming.js'
export { tagHygiene, type TaggedEngine } from '../tagging/tag-hygiene.js'
export type { TagUser } from '../tagging/tag-use.js'
export { taggingGuide, type TaggingGuideOptions } from '../tagging/tagging-guide.js'
