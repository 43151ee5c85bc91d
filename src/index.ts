/**
 * Live segments of contacts: contacts, tags and rules in, enter and exit out.
 *
 * @module coterie
 */
export type {
  Change,
  ChangeType,
  ClockAdvance,
  ContactIdentify,
  ContactMerge,
  ContactName,
  ContactPatch,
  ContactPut,
  ContactRemove,
  EventCorrect,
  EventData,
  EventRecord,
  EventRemove,
  EventFold,
  MemberExclude,
  MemberInclude,
  MemberReset,
  RecordPut,
  RecordRemove,
  SegmentConvert,
  SegmentDamping,
  SegmentDefine,
  SegmentDescribe,
  SegmentDescription,
  SegmentHolds,
  SegmentKind,
  SegmentRemove,
  TagAdd,
  TagRemove,
} from './changes/change.js'
export type {
  Retagging,
  TagChange,
  TagDefine,
  TagDelete,
  TagDescription,
  TagGroup,
  TagKind,
  TagMerge,
  TagRename,
  TagUngroup,
} from './changes/tag-changes.js'
export type {
  AttributesInput,
  ChangeInput,
  ContactsInput,
  DampingInput,
  DayInput,
  HolderInput,
  InstantInput,
  SegmentInput,
  ValueInput,
} from './changes/input.js'
export type { FoldOutcome, Outcome, Receipt, RetagOutcome, TagOutcome } from './changes/receipt.js'
export type { Cause, CauseKind, TagEvent, Transition } from './changes/transition.js'
export type { EventName, Events, ListenerFilter } from './delivery/listeners.js'
export type { OverflowPolicy, StopSignal, StreamOptions } from './delivery/transition-stream.js'
export type { ContactHandle } from './engine/contact-handle.js'
export type { SliceOptions, SliceProgress } from './engine/ask-in-slices.js'
export type { Contacts } from './engine/contacts-face.js'
export type { DampedExplanation } from './engine/explain-damping.js'
export { createEngine, type Engine } from './engine/engine.js'
export type { FilterFor, OnFilter } from './engine/listen.js'
export type { EventLog } from './engine/events-face.js'
export type { Members, SlotInput } from './engine/members-face.js'
export type { EngineAutomations } from './engine/automation-port.js'
export type { EngineOptions } from './engine/options.js'
export type { Records } from './engine/records-face.js'
export type { Comparison, Preview, SegmentExplanation } from './engine/questions.js'
export type { Timers } from './engine/run.js'
export type { ChannelIdentity, NewContact, SeenOptions } from './engine/seen.js'
export type { SegmentHandle } from './engine/segment-handle.js'
export type { SegmentName } from './engine/segment-name.js'
export type { Segments } from './engine/segments-face.js'
export type { Statistics } from './engine/statistics.js'
export type { Catalogue, RetaggingInput } from './engine/tag-catalogue-face.js'
export type { RetagPreview, SegmentMoves } from './engine/tag-preview.js'
export type { TagReader } from './engine/tag-readers.js'
export type { Tags } from './engine/tags-face.js'
export type { AttributeNames, AttributesOf, InputFor } from './engine/typed-attributes.js'
export type { ContactEvent, HeldEvent } from './contacts/event.js'
export type { EventInput } from './contacts/read-event.js'
export type { RecordFieldsInput, RecordInput } from './contacts/read-record.js'
export type { ContactRecord } from './contacts/record.js'
export type { Slot } from './segments/segment.js'
export type { DeclaredTag } from './tags/tag-catalogue.js'
export type { TagGroupDefinition } from './tags/tag-groups.js'
export type { TagTrailEntry, TagTrailFilter } from './tags/tag-trail.js'
export {
  CoterieError,
  isCoterieError,
  type ErrorCode,
  type ErrorDetails,
  type Issue,
  type Path,
} from './base/errors.js'
export type { CalendarPeriod, CalendarUnit, Weekday } from './base/calendar-period.js'
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
} from './base/calendar-names.js'
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
} from './base/duration.js'
export type { Contact, ContactView } from './contacts/contact.js'
export type { FoldedEnd, FoldedEvents, FoldedTotal, FoldedView } from './contacts/folded.js'
export type { Limits } from './contacts/limits.js'
export type { ContactInput } from './contacts/read-contact.js'
export {
  defineSchema,
  field,
  type Field,
  type FieldType,
  type OneOf,
  type RecordsField,
  type Schema,
  type Shape,
} from './contacts/schema.js'
export type { HeldTag, Holder, HolderKind, TagHold } from './contacts/tag.js'
export type { DayValue, InstantValue, ListValue, Scalar, Value, ValueType } from './contacts/value.js'
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
} from './rules/ast.js'
export { events, records } from './rules/builders/collections.js'
export type { ExpressionFor, ExpressionOf } from './rules/builders/expression-of.js'
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
} from './rules/builders/comparisons.js'
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
} from './rules/builders/expressions.js'
export { all, any, everyone, inSample, inSegment, nobody, not, someOf, type Sample } from './rules/builders/groups.js'
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
} from './rules/builders/item-expressions.js'
export { rulesFor, type Rules } from './rules/builders/rules-for.js'
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
} from './rules/builders/shape-names.js'
export {
  followedBy,
  notFollowedBy,
  sequence,
  type AbsenceLimits,
  type SequenceOptions,
  type SharedProperties,
  type StepLimits,
} from './rules/builders/steps.js'
export {
  hasAllTags,
  hasAnyTag,
  hasNoneOfTags,
  hasTag,
  hasTagLike,
  tag,
  type TagConditions,
} from './rules/builders/tags.js'
export { attribute, contactId, tagCount } from './rules/builders/values.js'
export { explain, type Explanation } from './rules/explain.js'
export { ruleJsonSchema } from './rules/json-schema.js'
export { matches, timeline, type MatchOptions, type TimelineEntry, type TimelineOptions } from './rules/matches.js'
export type { Moment, QuestionOptions } from './rules/question.js'
export { readRule, type RuleOptions, type RuleResult } from './rules/read-rule.js'
export type { SeenValue, SeenWindow } from './rules/seen.js'
export type { SegmentRules } from './rules/segment-rules.js'
export type { NextChange } from './rules/timed.js'
export { verify, type Deviation, type Verification, type VerifyOptions } from './population/verify.js'
export { memoryStorage } from './durable/memory-storage.js'
export type { Migration } from './durable/migration.js'
export { openEngine } from './durable/open-engine.js'
export { openReplica, type Following, type Replica, type ReplicaOptions } from './durable/open-replica.js'
export type {
  StorageAdapter,
  StorageCapabilities,
  StorageNotice,
  StorageOpening,
  StorageSession,
  StoredRecord,
  StoredSnapshot,
} from './durable/storage-adapter.js'
export type { OpenOptions, SnapshotPolicy, StorageOptions } from './durable/storage-options.js'
export type { StorageStatus, Stored, StoredEngine, SubscribeOptions, Subscription } from './durable/stored-engine.js'
