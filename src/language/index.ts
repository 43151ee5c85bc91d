/**
 * Rules as people say them: a text language to write them in, with completions and errors in their place, and words to
 * read them by. No dependency, no state.
 *
 * @module coterie/language
 */
export {
  CoterieError,
  isCoterieError,
  type ErrorCode,
  type ErrorDetails,
  type Issue,
  type Path,
} from '../base/errors.js'
export type { Weekday } from '../base/calendar-period.js'
export type { Limits } from '../contacts/limits.js'
export type { Schema } from '../contacts/schema.js'
export type { Operand, Rule } from '../rules/ast.js'
export { completeRule, type Completions, type Suggestion } from './complete.js'
export { describe, outline } from './describe/describe.js'
export { english } from './describe/english.js'
export type { DescribeOptions, Labels, Outline, Telling, Wording } from './describe/wording.js'
export type { SuggestionKind } from './expectation.js'
export type { LanguageOptions, NamedSegment } from './language-options.js'
export { namesOf, type EngineNames } from './names-of.js'
export { parseRule, readRuleText, type TextResult } from './parse-rule.js'
export { printRule, type PrintOptions } from './print/print-rule.js'
export { rule, ruleTag, type RuleTag } from './template.js'
export type { TextIssue } from './text-issue.js'
