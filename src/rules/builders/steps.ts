import type { DurationInput } from '../../base/duration.js'
import { readNamed } from '../../contacts/read-text.js'
import { throwIssues } from '../../contacts/reading.js'
import type { DayValue, InstantValue } from '../../contacts/value.js'
import type { Rule, SequenceStep } from '../ast.js'
import { checkStep } from '../check-step.js'
import { readPlainFields } from '../node-object.js'
import { stepFields, stepOrigins } from '../read-steps.js'
import { durationArgument } from './argument.js'
import { finish } from './frozen-copy.js'
import type { FollowingStep, ShapeOf, StepEvents } from './item-expressions.js'
import { readStepEvents } from './items-argument.js'
import { argumentReading, makeRule, readOptions } from './node.js'
import type { PropertiesOfType } from './shape-names.js'

/** When a step may come. Its limits are exact durations. */
export interface StepLimits {
  /** Before the step before it, plus this. */
  readonly within?: DurationInput
  /** At or after the step before it, plus this. */
  readonly after?: DurationInput
  /** Whether the limits are counted from the step before it, as they are unless given, or from the first one. */
  readonly from?: 'previous' | 'start'
}

/** How long a step must not have come. */
export interface AbsenceLimits {
  /** Before the step before it, plus this: an exact duration. The rule holds from that instant on. */
  readonly within: DurationInput
  /** Whether that is counted from the step before it, as it is unless given, or from the first one. */
  readonly from?: 'previous' | 'start'
}

/** What concerns all steps of a sequence; `N` are the properties that all of them have. */
export interface SequenceOptions<N extends string = string> {
  /** A property that the events of all steps must have, with one value: `'cartId'`. */
  readonly same?: N
}

/**
 * A step that comes after the one before it: `followedBy(events('purchase'), { within: '1d' })`. Throws `RULE_INVALID`
 * unless it is of events, `DURATION_INVALID` unless its limits are exact.
 */
export function followedBy<F>(events: StepEvents<F>, limits?: StepLimits): FollowingStep<F> {
  return following('followedBy', events, {}, ['within', 'after', 'from'], limits)
}

/** That no such event comes after the step before it, for so long. Throws as {@link followedBy} does. */
export function notFollowedBy<F>(events: StepEvents<F>, limits: AbsenceLimits): FollowingStep<F> {
  return following('notFollowedBy', events, { not: true }, ['within', 'from'], limits)
}

/** The properties that are of one type in all shapes of a union. */
export type SharedProperties<F> =
  | PropertiesOfType<F, string>
  | PropertiesOfType<F, number>
  | PropertiesOfType<F, boolean>
  | PropertiesOfType<F, InstantValue>
  | PropertiesOfType<F, DayValue>
  | PropertiesOfType<F, readonly string[]>
  | PropertiesOfType<F, readonly number[]>

/**
 * Whether there is some choice of events, one for each step, one after the other, that keeps every limit:
 * `sequence(events('checkout'), notFollowedBy(events('purchase'), { within: '1d' }), { same: 'cartId' })`. Throws
 * `RULE_INVALID` for fewer than two steps.
 */
export function sequence(first: StepEvents<unknown>, ...steps: readonly FollowingStep<unknown>[]): Rule
export function sequence<A, const B extends readonly FollowingStep<unknown>[]>(
  first: StepEvents<A>,
  ...stepsAndOptions: readonly [...B, SequenceOptions<SharedProperties<A | ShapeOf<B[number]>>>]
): Rule
export function sequence(...parts: readonly unknown[]): Rule {
  const last = parts.at(-1)
  const hasOptions =
    parts.length > 1 && !(typeof last === 'object' && last !== null && ('step' in last || 'items' in last))
  return makeRule('sequence', { steps: hasOptions ? parts.slice(0, -1) : parts }, hasOptions ? last : undefined)
}

function following<F>(
  name: string,
  events: unknown,
  given: { readonly not?: true },
  open: readonly string[],
  limits: unknown,
): FollowingStep<F> {
  const reading = argumentReading()
  const options = readOptions(name, open, limits, reading).filter(([, input]) => input !== undefined)
  const inputs = new Map([
    ...Object.entries(given),
    ...options.map(([key, input]) => [key, durationArgument(input)] as const),
  ])
  const values = new Map<string, unknown>()
  const of = readStepEvents(events, reading, ['of'])
  readPlainFields(stepFields, inputs, reading, [], values)
  const from = inputs.has('from')
    ? readNamed(inputs.get('from'), stepOrigins, 'RULE_INVALID', reading, ['from'])
    : undefined
  checkStep(1, values, inputs, reading, [])
  throwIssues(name, reading)
  const isFromStart = from === 'start' && (values.has('within') || values.has('after'))
  const step = { of, ...Object.fromEntries(values), ...(isFromStart ? { from } : {}) }
  return Object.freeze({ step: finish(step) as SequenceStep })
}
