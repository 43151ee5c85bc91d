import { CoterieError } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { ContactInput } from '../contacts/read-contact.js'
import type { Rule } from './ast.js'
import { holds } from './evaluate.js'
import {
  checkAnswerable,
  readMoment,
  readQuestion,
  scopeAt,
  timedSegments,
  type Moment,
  type QuestionOptions,
} from './question.js'
import { inOrder, type Timed } from './timed-parts.js'
import { nextFlip, timedRule, type NextChange } from './timed.js'

/** How {@link matches} asks. */
export interface MatchOptions extends QuestionOptions {
  /** The instant that is asked about. */
  readonly now: Moment
}

/** How {@link timeline} asks. */
export interface TimelineOptions extends QuestionOptions {
  readonly from: Moment
  /** At or after `from`. */
  readonly to: Moment
}

/** A truth, and the instant in ms from which it holds. */
export interface TimelineEntry {
  readonly at: number
  readonly holds: boolean
}

/**
 * Whether a rule holds of a contact at an instant: a pure function of what it is given. A rule and a contact that are
 * frozen, such as what the builders make, are read at the first call only.
 *
 * @throws CoterieError for what cannot be read; `SEGMENT_UNKNOWN` and `RULE_LOOP` for what the rules refer to;
 *   `RULE_NEEDS_FOLDED` where they need events of the contact that were folded away.
 */
export function matches(rule: Rule, contact: ContactInput, options: MatchOptions): boolean {
  const question = readQuestion(rule, contact, options)
  return holds(question.rule, scopeAt(question, readMoment(options.now, 'now', question.timeZone)))
}

/**
 * When a rule holds of a contact whose data stand still, from one instant to another: the truth at `from`, then an entry
 * for each flip after it, `to` included. Only instants at which something may flip are looked at, so the cost grows with
 * these (a few for each date, two a year for an anniversary) and not with the time between.
 *
 * @throws CoterieError as {@link matches}; `OPTION_INVALID` where `to` is before `from`.
 */
export function timeline(rule: Rule, contact: ContactInput, options: TimelineOptions): readonly TimelineEntry[] {
  const question = readQuestion(rule, contact, options)
  const { timeZone } = question
  const from = readMoment(options.from, 'from', timeZone)
  const to = readMoment(options.to, 'to', timeZone)
  if (to < from) {
    throw new CoterieError('OPTION_INVALID', 'A timeline cannot end before it begins', {
      path: ['to'],
      received: formatInstant(to),
      expected: `an instant from ${formatInstant(from)} on`,
    })
  }
  checkAnswerable(question, from)
  const segments = timedSegments(question)
  const segmentOf = (id: string): Timed => segments.get(id) as Timed
  const timed = inOrder([...segments.values()], timedRule(question.rule, question.contact, timeZone, segmentOf))
  const entries: TimelineEntry[] = []
  let truth = timed.holdsAt(from)
  let next: NextChange = { at: from }
  while ('at' in next) {
    entries.push(Object.freeze({ at: next.at, holds: truth }))
    next = nextFlip(timed, next.at, to)
    truth = !truth
  }
  return Object.freeze(entries)
}
