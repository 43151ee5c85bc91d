import { CoterieError, show } from '../base/errors.js'
import { viewOf } from '../contacts/contact-view.js'
import type { ContactView } from '../contacts/contact.js'
import { readContact, type ContactInput } from '../contacts/read-contact.js'
import { readInstantInput } from '../contacts/read-date.js'
import { readingOf, throwIssues } from '../contacts/reading.js'
import { accepted } from '../contacts/refused.js'
import type { Schema } from '../contacts/schema.js'
import type { InstantValue } from '../contacts/value.js'
import type { Rule } from './ast.js'
import { holds } from './evaluate.js'
import { checkFolded, type FoldedType } from './folded-issues.js'
import { readOnce } from './read-once.js'
import { ruleOf } from './read-rule.js'
import type { Scope } from './scope.js'
import { segmentsReferred, type SegmentRules } from './segment-rules.js'
import { remembered, type Timed } from './timed-parts.js'
import { timedRule } from './timed.js'

/** How a question about one contact is read. */
export interface QuestionOptions {
  /** The zone of windows and written dates that have none of their own. Default `UTC`. */
  readonly timeZone?: string
  /** What the fields of the contact are. Without one a text is a text and a number a number. */
  readonly schema?: Schema
  /** What `inSegment` asks for, by id. A segment here is its rule: it has no slots, and nobody was put in by hand. */
  readonly segments?: SegmentRules
}

/** An instant as people write it: a `Date`, milliseconds, or a written date. */
export type Moment = Date | number | string | InstantValue

/** A rule and a contact, read. */
export interface Question {
  readonly rule: Rule
  readonly contact: ContactView
  readonly timeZone: string
  /** The rules of the segments that the rule refers to, itself or through others, each after those that it refers to. */
  readonly segments: ReadonlyMap<string, Rule>
}

const readRule = /* @__PURE__ */ readOnce(ruleOf)
const readView = /* @__PURE__ */ readOnce((input, options) => viewOf(readContact(input, options)))

/**
 * Reads a rule, a contact, and the rules of the segments that the rule refers to. What is frozen is read once.
 *
 * @throws CoterieError for what cannot be read; `SEGMENT_UNKNOWN` and `RULE_LOOP` for what the rules refer to.
 */
export function readQuestion(rule: Rule, contact: ContactInput, options: QuestionOptions): Question {
  const { timeZone = 'UTC', schema, segments = {} } = checked(options, [], 'an object of options')
  const reading = { timeZone, schema }
  const read = readRule(rule, reading)
  const referred = segmentsReferred(
    read,
    checked(segments, ['segments'], 'rules by the ids of their segments'),
    (input) => readRule(input, reading),
  )
  return { rule: read, contact: readView(contact, reading), timeZone, segments: referred }
}

function checked<T extends object>(options: T, path: readonly string[], expected: string): T {
  const received: unknown = options
  if (typeof received === 'object' && received !== null) return options
  throw new CoterieError('OPTION_INVALID', `${show(received)} is not ${expected}`, {
    path,
    received: show(received),
    expected,
  })
}

/** An instant of the options, in ms. Throws `DATE_INVALID` or `VALUE_INVALID`. */
export function readMoment(input: Moment, option: string, timeZone: string): number {
  const reading = readingOf({ timeZone })
  const moment = readInstantInput(input, reading, [option])
  throwIssues(`The option ${option} is wrong`, reading)
  return accepted(moment)?.instant ?? Number.NaN
}

/**
 * Checks that a question can be answered at an instant and later, where events of the contact were folded away.
 *
 * @throws CoterieError `RULE_NEEDS_FOLDED`.
 */
export function checkAnswerable({ rule, contact, timeZone, segments }: Question, now: number): void {
  const foldedOf = (type: string): FoldedType | undefined => {
    const folded = contact.folded(type)
    return folded && { before: folded.before, keeps: (key) => folded.total(key) !== undefined }
  }
  checkFolded(rule, { now, timeZone }, foldedOf)
  for (const [id, segment] of segments) checkFolded(segment, { now, timeZone }, foldedOf, ['segments', id])
}

/** All that the truth of a question's rule depends on at an instant. Throws `RULE_NEEDS_FOLDED`. */
export function scopeAt(question: Question, now: number): Scope {
  checkAnswerable(question, now)
  const { contact, timeZone, segments } = question
  const memberOf = new Set<string>()
  const scope: Scope = { contact, now, timeZone, inSegment: (segment) => memberOf.has(segment) }
  for (const [id, rule] of segments) if (holds(rule, scope)) memberOf.add(id)
  return scope
}

/** The segments of a question in time, in the question's order. */
export function timedSegments({ contact, timeZone, segments }: Question): ReadonlyMap<string, Timed> {
  const found = new Map<string, Timed>()
  const timedOf = (id: string): Timed => found.get(id) as Timed
  for (const [id, rule] of segments) found.set(id, remembered(timedRule(rule, contact, timeZone, timedOf)))
  return found
}
