import { durationOf, type DurationInput } from '../base/duration.js'
import { ExactSum } from '../base/exact-sum.js'
import type { InstantInput } from '../changes/input.js'
import { viewOf } from '../contacts/contact-view.js'
import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readMomentFor } from '../population/as-of.js'
import { eventsReaching, readGoal, type Goal, type ReadGoal } from '../population/goal.js'
import type { Audience, AudienceEntry } from './audience.js'
import { compare, type Compared, type Measured } from './compared.js'

/*
 * What a message did: how many of those who got it reached a goal within a time, against those of the control group, who
 * are drawn from the same contacts and got nothing. Every contact counts for the group that it was drawn into, and for the
 * segments that it was in then, whatever became of it since; test contacts count for nobody.
 */

/** What is measured, and for how long. */
export interface EffectOptions {
  /** The event to reach: `events('purchase').where(…).exists()`. */
  readonly goal: Goal
  /** For how long after sending it counts: an exact duration. */
  readonly within: DurationInput
  /** A property of those events, a number: how much each contact brought is measured too. */
  readonly value?: string
  /** When it was sent. Default the instant as of which each contact was decided. */
  readonly sentAt?: InstantInput
  /** How sure the intervals are to hold the true value. Default 0.95. */
  readonly confidence?: number
}

/** What a message did. */
export interface Effect extends Compared {
  readonly audience: string
  readonly confidence: number
  /** Whether the time is over for everybody; until then it is what is known so far. */
  readonly isOver: boolean
  /** How many of those who were in or of the control group are there no more. */
  readonly gone: number
  /** The same, of those who were in a segment under `note` at sending time. */
  readonly bySegment: readonly (Compared & { readonly segment: string })[]
}

/**
 * Measures what a message did.
 *
 * @throws CoterieError `OPTION_INVALID`, what is wrong with the goal, and `RULE_NEEDS_FOLDED` where events of the time were
 *   folded away.
 */
export function effectOf(engine: AnyEngine, audience: Audience, options: EffectOptions): Effect {
  const { goal, within, value, sentAt, confidence = 0.95 } = plainOptions('options', options)
  if (!(confidence >= 0.5 && confidence <= 0.9999)) throw optionInvalid('confidence', confidence, 'from 0.5 to 0.9999')
  const duration = durationOf(within)
  if (duration.kind !== 'exact') throw optionInvalid('within', within, "an exact duration, such as '14d'")
  const measure: Measure = {
    goal: readGoal(engine, goal, 'goal'),
    within: duration.ms,
    value,
    sentAt: sentAt === undefined ? undefined : readMomentFor(engine, sentAt, 'sentAt'),
  }
  const measured: Measured[] = []
  let gone = 0
  for (const entry of audience.entries) {
    const { kind } = entry.reason
    if (kind !== 'included' && kind !== 'control') continue
    const one = measureOne(engine, entry, measure)
    if (one === undefined) gone += 1
    else measured.push(one)
  }
  return Object.freeze({
    audience: audience.id,
    confidence,
    isOver: audience.entries.every((entry) => endOf(entry, measure) <= engine.now),
    gone,
    ...compare(measured, measure.value !== undefined, confidence),
    bySegment: Object.freeze(
      audience.noted.map((segment) => {
        const those = measured.filter(({ entry }) => entry.segments?.includes(segment) === true)
        return Object.freeze({ segment, ...compare(those, measure.value !== undefined, confidence) })
      }),
    ),
  })
}

interface Measure {
  readonly goal: ReadGoal
  readonly within: number
  readonly value: string | undefined
  readonly sentAt: number | undefined
}

function endOf({ at }: AudienceEntry, { sentAt, within }: Measure): number {
  return (sentAt ?? at) + within
}

/** What a contact did from the instant after sending on; undefined of one that is there no more. */
function measureOne(engine: AnyEngine, entry: AudienceEntry, measure: Measure): Measured | undefined {
  const contact = engine.contacts.get(entry.contactId)
  if (contact === undefined) return undefined
  const end = endOf(entry, measure)
  const found = eventsReaching(engine, viewOf(contact), measure.goal, end - measure.within + 1, end + 1)
  const sum = new ExactSum()
  for (const item of measure.value === undefined ? [] : found) {
    const value = item.value(measure.value ?? '')
    if (typeof value === 'number') sum.add(value)
  }
  return { entry, reached: found.length > 0, brought: sum.value }
}
