import type { DurationInput } from '../base/duration.js'
import type { AutomationStep, AutomationTrigger } from '../changes/automation-changes.js'
import type { AttributesInput, HolderInput, InstantInput, ValueInput } from '../changes/input.js'
import type { EventInput } from '../contacts/read-event.js'
import type { SegmentName } from '../engine/segment-name.js'
import { segmentId } from '../engine/segment-name.js'
import type { Items, Operand, Rule } from '../rules/ast.js'

/*
 * Triggers and steps, as plain objects of what people write. They are checked where an automation is defined, with the schema at hand.
 */

/** A trigger as people write it. */
export type TriggerInput =
  | AutomationTrigger
  | {
      /** A rule comes to hold. The automation keeps a segment for it, under `automation:` and its id, that explains itself. */
      readonly on: 'holds'
      readonly rule: Rule
    }

/** A step as people write it: durations, dates and values may be as elsewhere. Made by the functions beside. */
export type StepInput = AutomationStep | { readonly step: AutomationStep['step']; readonly [part: string]: unknown }

/** Events or records with a condition, such as `events('purchase').where({ product: 'boots' })`. */
export interface ItemsInput {
  readonly items: Items
}

/** A value that is worked out from the contact, such as `attribute('leadScore').plus(10)`. */
export interface OperandInput {
  readonly operand: Operand
}

// ── triggers ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The contact enters a segment. Leaving it cancels the run, unless `cancelOnExit: false`. */
export function enters(segment: SegmentName): AutomationTrigger {
  return { on: 'enter', segment: segmentId(segment) }
}

/** The contact leaves a segment. */
export function leaves(segment: SegmentName): AutomationTrigger {
  return { on: 'exit', segment: segmentId(segment) }
}

/**
 * A rule comes to hold, by data or by time: several conditions together, or a date that comes up, as in
 * `holds(attribute('renewsOn').inNext('30d'))`.
 */
export function holds(rule: Rule): TriggerInput {
  return { on: 'holds', rule }
}

/** The contact gains a tag. */
export function tagAdded(tag: string): AutomationTrigger {
  return { on: 'tagAdded', tag }
}

/** The contact loses a tag. */
export function tagRemoved(tag: string): AutomationTrigger {
  return { on: 'tagRemoved', tag }
}

/** An event is recorded: any of a type, or such as `events(type).where(…)`. */
export function recorded(events: string | ItemsInput): AutomationTrigger {
  if (typeof events === 'string') return { on: 'event', event: events }
  const { events: event = '', where } = events.items as Partial<Extract<Items, { readonly events: string }>>
  return { on: 'event', event, ...(where === undefined ? undefined : { where }) }
}

/** An attribute gets another value, or loses it. */
export function changes(attribute: string): AutomationTrigger {
  return { on: 'attribute', attribute }
}

/** A record is put that was not there, or was another: any of a collection, or such as `records(name).where(…)`. */
export function recordPut(records: string | ItemsInput, options: { readonly field?: string } = {}): AutomationTrigger {
  return { on: 'recordPut', ...recordsIn(records), ...options }
}

/** A record is taken out. */
export function recordRemoved(records: string | ItemsInput): AutomationTrigger {
  return { on: 'recordRemoved', ...recordsIn(records) }
}

// ── steps that change something ─────────────────────────────────────────────────────────────────────────────────────

/** Puts tags on. Default holder: behaviour, by the automation. */
export function addTags(tags: string | readonly string[], options: { readonly holder?: HolderInput } = {}): StepInput {
  return { step: 'change', changes: [{ type: 'tag.add', tags, ...options }] }
}

/** Takes tags off: all holders but automatic rules, or the one that is named. */
export function removeTags(
  tags: string | readonly string[],
  options: { readonly holder?: HolderInput } = {},
): StepInput {
  return { step: 'change', changes: [{ type: 'tag.remove', tags, ...options }] }
}

/** Gives attributes the values given; `null` takes one away. */
export function setAttributes(attributes: AttributesInput): StepInput {
  return { step: 'change', changes: [{ type: 'contact.patch', attributes }] }
}

/** Gives an attribute a value that is worked out from the contact; takes it away where that is missing. */
export function setTo(attribute: string, value: OperandInput): StepInput {
  return { step: 'set', attribute, to: value.operand }
}

/** Gives an attribute the instant, or the day, of the step. */
export function stamp(attribute: string): StepInput {
  return { step: 'stamp', attribute }
}

/** Gives an attribute one of several values in turn; with `keep` those who have one keep it, and the turn goes on to the next. */
export function assign(
  attribute: string,
  among: readonly string[],
  options: { readonly keep?: boolean } = {},
): StepInput {
  return { step: 'assign', attribute, among, ...options }
}

/** Records an event; without an id, under one of the run's own. */
export function recordEvent(event: EventInput): StepInput {
  return { step: 'change', changes: [{ type: 'event.record', event }] }
}

/** Puts a record; without an id, under one of the run's own. */
export function putRecord(collection: string, record: Readonly<Record<string, unknown>>): StepInput {
  return { step: 'change', changes: [{ type: 'record.put', collection, record }] }
}

/** Changes fields of records: of all of a collection, of such as `records(name).where(…)`, or with `triggering` of the one that began the run. */
export function setRecords(
  records: string | ItemsInput,
  set: Readonly<Record<string, ValueInput>>,
  options: { readonly triggering?: boolean } = {},
): StepInput {
  return { step: 'setRecords', ...recordsIn(records), set, ...options }
}

/** Puts the contact into a static segment, or into the slot of a hybrid one. */
export function include(
  segment: SegmentName,
  options: { readonly reason?: string; readonly until?: InstantInput } = {},
): StepInput {
  return { step: 'change', changes: [{ type: 'member.include', segment: segmentId(segment), ...options }] }
}

/** Keeps the contact out of a hybrid segment. */
export function exclude(
  segment: SegmentName,
  options: { readonly reason?: string; readonly until?: InstantInput } = {},
): StepInput {
  return { step: 'change', changes: [{ type: 'member.exclude', segment: segmentId(segment), ...options }] }
}

/** Takes the contact out of a static segment, or empties its slots of a hybrid one. */
export function reset(segment: SegmentName): StepInput {
  return { step: 'change', changes: [{ type: 'member.reset', segment: segmentId(segment) }] }
}

/** Does what several steps that change something do as one change. */
export function together(...steps: readonly StepInput[]): StepInput {
  return {
    step: 'change',
    changes: steps.flatMap((step) => ('changes' in step ? (step.changes as unknown[]) : [step])),
  }
}

// ── steps that go on ────────────────────────────────────────────────────────────────────────────────────────────────

/** How a handler is called. */
export interface CallOptions {
  /** How often it is tried in all. Default 1. */
  readonly attempts?: number
  /** How long after the first failure it is tried again, twice as long after each further one. Default `1m`. */
  readonly pause?: DurationInput
  /** How long an answer may take before it counts as failed. Default for ever. */
  readonly timeout?: DurationInput
  /** The attribute that the answer is written to. */
  readonly into?: string
  /** What to do when every attempt has failed; left out, the run ends as failed. */
  readonly failed?: readonly StepInput[]
}

/** Calls a handler of the host's, hands it plain JSON, and waits for its answer. */
export function call(handler: string, data?: unknown, options: CallOptions = {}): StepInput {
  return { step: 'call', handler, ...(data === undefined ? undefined : { with: data }), ...options }
}

/** Waits. */
export function wait(duration: DurationInput): StepInput {
  return { step: 'wait', for: duration }
}

/** Waits until a date of the contact, such as `attribute('renewsOn').minus('3d')`; goes on at once where it is missing or past. */
export function waitUntil(date: OperandInput): StepInput {
  return { step: 'waitUntil', date: date.operand }
}

/** Waits until something happens, at most so long, and goes one way or the other. */
export function waitFor(
  triggers: AutomationTrigger | readonly AutomationTrigger[],
  options: {
    readonly atMost: DurationInput
    readonly then?: readonly StepInput[]
    readonly else?: readonly StepInput[]
  },
): StepInput {
  return { step: 'waitFor', triggers, ...options }
}

/** Goes one way where a rule holds, and the other where it does not. */
export function branch(rule: Rule, then: readonly StepInput[], otherwise?: readonly StepInput[]): StepInput {
  return { step: 'if', rule, then, ...(otherwise === undefined ? undefined : { else: otherwise }) }
}

/** Ends the run, with a word for how. */
export function stop(outcome?: string): StepInput {
  return { step: 'stop', ...(outcome === undefined ? undefined : { outcome }) }
}

function recordsIn(records: string | ItemsInput): { readonly collection: string; readonly where?: Rule } {
  if (typeof records === 'string') return { collection: records }
  const { records: [collection = ''] = [], where } = records.items as Partial<
    Extract<Items, { readonly records: readonly string[] }>
  >
  return { collection, ...(where === undefined ? undefined : { where }) }
}
