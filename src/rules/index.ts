/**
 * For those who only ask "does this contact match?": rules, their builders, reading them from JSON, and the plain
 * evaluator with its timeline and explanation. No engine, no state.
 *
 * @module coterie/rules
 */
export {
  CoterieError,
  isCoterieError,
  type ErrorCode,
  type ErrorDetails,
  type Issue,
  type Path,
} from '../base/errors.js'
export type { CalendarPeriod, CalendarUnit, Weekday } from '../base/calendar-period.js'
export {
  inMonth,
  inQuarter,
  inYear,
  lastDays,
  lastMonth,
  lastMonths,
  lastQuarter,
  lastWeek,
  lastWeeks,
  lastYear,
  nextDays,
  nextMonth,
  nextMonths,
  nextQuarter,
  nextWeek,
  nextWeeks,
  nextYear,
  onDay,
  thisMonth,
  thisQuarter,
  thisWeek,
  thisYear,
  today,
  tomorrow,
  yesterday,
  type CurrentUnit,
} from '../base/calendar-names.js'
export {
  days,
  hours,
  milliseconds,
  minutes,
  seconds,
  weeks,
  type DurationInput,
  type DurationText,
  type ExactDuration,
} from '../base/duration.js'
export type { Contact, ContactView } from '../contacts/contact.js'
export type { FoldedEnd, FoldedEvents, FoldedTotal, FoldedView } from '../contacts/folded.js'
export type { Limits } from '../contacts/limits.js'
export type { ContactInput } from '../contacts/read-contact.js'
export {
  defineSchema,
  field,
  type Field,
  type FieldType,
  type OneOf,
  type RecordsField,
  type Schema,
  type Shape,
} from '../contacts/schema.js'
export type { HeldTag, Holder, HolderKind, TagHold } from '../contacts/tag.js'
export type { DayValue, InstantValue, ListValue, Scalar, Value, ValueType } from '../contacts/value.js'
export type {
  AnniversaryRule,
  ArithmeticOperand,
  AttributeOperand,
  BetweenAgoRule,
  BetweenRule,
  CalendarRule,
  CompareRule,
  ComputedOperand,
  ConstantRule,
  ContactIdOperand,
  CountOperand,
  DateCompareRule,
  DistinctPeriodsOperand,
  EndOperand,
  EventItems,
  EveryItemRule,
  GroupRule,
  HasTagLikeRule,
  HasTagRule,
  HasTagsRule,
  InSampleRule,
  InSegmentRule,
  Items,
  ItemsRule,
  ItemWindow,
  LeafRule,
  LengthOperand,
  ListRule,
  MatchesRule,
  NotRule,
  NthOperand,
  OneOfRule,
  Operand,
  OperandGet,
  PresenceRule,
  PropertyOperand,
  RecordItems,
  RelativeWindowRule,
  Rule,
  RuleOp,
  SequenceRule,
  SequenceStep,
  ShiftOperand,
  SomeOfRule,
  SummaryOperand,
  TagAddedOperand,
  TagCountOperand,
  TagHeldByRule,
  TextRule,
} from './ast.js'
export { events, records } from './builders/collections.js'
export type { ExpressionFor, ExpressionOf } from './builders/expression-of.js'
export type {
  AnniversaryOptions,
  CalendarOptions,
  CaseOption,
  DateComparisons,
  DateLiteral,
  DateWindows,
  Expression,
  ListComparisons,
  NumberComparisons,
  TextComparisons,
  ValueComparisons,
  ZoneOption,
} from './builders/comparisons.js'
export type {
  AnyDate,
  AnyExpression,
  BooleanExpression,
  ChoiceExpression,
  DateBound,
  DateExpression,
  ListExpression,
  ListOf,
  NumberExpression,
  TextExpression,
} from './builders/expressions.js'
export { all, any, everyone, inSample, inSegment, nobody, not, someOf, type Sample } from './builders/groups.js'
export type {
  EventExpression,
  EventItem,
  FollowingStep,
  ItemAggregates,
  ItemCondition,
  ItemWindows,
  Ordered,
  RecordConditions,
  RecordExpression,
  RecordItem,
  ShapeOf,
  StepEvents,
  TimedAggregates,
  TimedRecords,
  WindowedEvents,
  WindowedRecords,
} from './builders/item-expressions.js'
export { rulesFor, type Rules } from './builders/rules-for.js'
export type {
  CollectionPath,
  CollectionShape,
  EventShape,
  InnerCollections,
  InnerShape,
  PropertiesOfType,
  PropertyExpression,
  PropertyMatch,
  PropertyNames,
} from './builders/shape-names.js'
export {
  followedBy,
  notFollowedBy,
  sequence,
  type AbsenceLimits,
  type SequenceOptions,
  type SharedProperties,
  type StepLimits,
} from './builders/steps.js'
export { hasAllTags, hasAnyTag, hasNoneOfTags, hasTag, hasTagLike, tag, type TagConditions } from './builders/tags.js'
export { attribute, contactId, tagCount } from './builders/values.js'
export { explain, type Explanation } from './explain.js'
export { ruleJsonSchema } from './json-schema.js'
export { matches, timeline, type MatchOptions, type TimelineEntry, type TimelineOptions } from './matches.js'
export type { Moment, QuestionOptions } from './question.js'
export { readRule, type RuleOptions, type RuleResult } from './read-rule.js'
export { ruleCost } from './rule-cost.js'
export type { SeenValue, SeenWindow } from './seen.js'
export type { SegmentRules } from './segment-rules.js'
export type { NextChange } from './timed.js'
