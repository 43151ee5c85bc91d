import { CoterieError, show, type Path } from '../base/errors.js'
import type { Contact } from '../contacts/contact.js'
import { readContact, type ContactInput } from '../contacts/read-contact.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { Rule } from '../rules/ast.js'
import { explain } from '../rules/explain.js'
import { holds } from '../rules/evaluate.js'
import type { MatchOptions } from '../rules/matches.js'
import { readMoment, readQuestion } from '../rules/question.js'
import { referencesOf } from '../rules/rule-walk.js'
import type { NextChange } from '../rules/timed.js'
import { scopeOf, singleChanges, type SingleChange, type Surroundings } from './single-changes.js'
import { smallestReason, type ReasonPart } from './smallest-reason.js'

/** Why a rule holds of a contact, or does not, and what would make it otherwise. Plain JSON. */
export interface Reasons {
  readonly holds: boolean
  /** The fewest leaves that decide it: were all others anything else, it would be the same. */
  readonly because: readonly Because[]
  /** Whether no other reason has fewer leaves. So it is of rules of up to 20; beyond, none of these can be left out. */
  readonly isFewest: boolean
  /** Single changes of the contact that would turn it over, the nearest first; none where none was found, or a damped segment has a say. */
  readonly changes: readonly SingleChange[]
  /** When time alone turns it over. */
  readonly next: NextChange
}

/** A leaf that decides. Of a reference to a segment: why the contact is in it, or not, where its rule is known. */
export interface Because extends ReasonPart {
  readonly segment?: readonly Because[]
}

/** Why a contact is in a segment, or not. */
export interface MembershipReasons extends Reasons {
  readonly segmentId: string
  readonly contactId: string
  /** Put in or kept out by hand, whatever the rule says: then that is the reason, and `because` is empty. */
  readonly byHand?: 'include' | 'exclude'
  /** In a damped segment: held inside or outside whatever the rules say, since it entered or left too lately; then `because` is empty. */
  readonly damped?: 'minimumStay' | 'coolDown'
}

/**
 * The smallest reason why a rule holds of a contact at an instant, or does not; the nearest single change that would turn it
 * over; and when time alone will. A pure function of what it is given.
 *
 * @throws CoterieError for what cannot be read; `SEGMENT_UNKNOWN` and `RULE_LOOP` for what the rules refer to.
 */
export function reasonsOf(rule: Rule, contact: ContactInput, options: MatchOptions): Reasons {
  const { rule: read, timeZone, segments } = readQuestion(rule, contact, options)
  const around: Surroundings = {
    now: readMoment(options.now, 'now', timeZone),
    timeZone,
    schema: options.schema,
    ruleOf: (id) => segments.get(id),
    byHand: () => undefined,
  }
  const whole = readContact(contact, { timeZone, schema: options.schema })
  return reasons(read, whole, around, explain(rule, contact, options).next)
}

/**
 * Why a contact is in a segment of an engine, or is not, and what would change that.
 *
 * @throws CoterieError `SEGMENT_UNKNOWN`, `CONTACT_UNKNOWN`.
 */
export function membershipReasons<S extends Schema>(
  engine: Engine<S>,
  segment: SegmentName,
  contactId: string,
): MembershipReasons {
  const id = segmentId(segment)
  const { member, rule, slots, damped, next } = engine.segments.explain(segment, contactId)
  const contact = engine.contacts.get(contactId)
  if (contact === undefined) throw new CoterieError('CONTACT_UNKNOWN', `There is no contact ${show(contactId)}`)
  const ids = { segmentId: id, contactId: contact.id }
  const byHand = slots.exclude !== undefined ? 'exclude' : slots.include !== undefined ? 'include' : undefined
  const isHeld = damped?.waitsUntil !== undefined
  if (byHand !== undefined || rule === undefined || isHeld) {
    const nothing = { holds: member, because: [], isFewest: true, changes: [], next }
    return Object.freeze({
      ...ids,
      ...nothing,
      ...(byHand === undefined ? undefined : { byHand }),
      ...(isHeld ? { damped: member ? ('minimumStay' as const) : ('coolDown' as const) } : undefined),
    })
  }
  const { rule: deciding, placeOf } = decidingRule(rule.rule, damped?.stay?.rule, member)
  const found = reasons(deciding, contact, surroundings(engine, contact.id), next)
  const because = found.because.map((part) => Object.freeze({ ...part, path: Object.freeze(placeOf(part.path)) }))
  // What holds a damped membership, its own or one that is referred to, is no change of the contact.
  const isBound = damped?.heldUntil !== undefined || refersToDamped(engine, deciding)
  return Object.freeze({
    ...ids,
    ...found,
    because: Object.freeze(because),
    changes: isBound ? Object.freeze([]) : found.changes,
  })
}

/**
 * The rule that decides about a membership, and where its places are in the segment's: members of a damped segment are held by
 * what lets them stay, and nobody enters for whom that does not hold too.
 */
function decidingRule(
  rule: Rule,
  stay: Rule | undefined,
  isMember: boolean,
): { readonly rule: Rule; readonly placeOf: (path: Path) => Path } {
  if (stay === undefined) return { rule, placeOf: (path) => path }
  if (isMember) return { rule: stay, placeOf: (path) => ['stay', ...path] }
  return {
    rule: Object.freeze({ op: 'all', rules: Object.freeze([rule, stay]) }),
    placeOf: ([, part, ...path]) => (part === 1 ? ['stay', ...path] : path),
  }
}

/** Whether a rule refers to a damped segment, itself or through others. */
function refersToDamped<S extends Schema>(engine: Engine<S>, rule: Rule): boolean {
  const found = new Set(referencesOf(rule))
  for (const id of found) {
    const segment = engine.segments.get(id)
    if (segment?.kind === 'damped') return true
    for (const next of segment?.rule === undefined ? [] : referencesOf(segment.rule)) found.add(next)
  }
  return false
}

/** What a rule of an engine depends on besides the contact. */
function surroundings<S extends Schema>(engine: Engine<S>, contact: string): Surroundings {
  return {
    now: engine.now,
    timeZone: engine.timeZone,
    schema: engine.schema,
    ruleOf: (id) => engine.segments.get(id)?.rule,
    byHand: (id) => {
      const { include, exclude } = engine.members.slotsOf(id, contact)
      if (exclude !== undefined) return false
      if (include !== undefined) return true
      const kind = engine.segments.get(id)?.kind
      // A damped membership is what came before, which no change of the contact turns over for sure.
      if (kind === 'damped') return engine.segments.has(id, contact)
      return kind === 'static' ? false : undefined
    },
  }
}

function reasons(rule: Rule, contact: Contact, around: Surroundings, next: NextChange): Reasons {
  const scope = scopeOf(contact, around)
  const told = new Set<string>()
  const because = (of: Rule): { readonly parts: readonly Because[]; readonly isFewest: boolean } => {
    const { parts, isFewest } = smallestReason(of, (leaf) => holds(leaf, scope))
    return { parts: parts.map((part) => withSegment(part)), isFewest }
  }
  /** A segment is told of where it first decides, so that many paths to one do not make a reason endless. */
  const withSegment = (part: ReasonPart): Because => {
    const id = part.rule.op === 'inSegment' ? part.rule.segment : undefined
    const inner = id === undefined || told.has(id) || around.byHand(id) !== undefined ? undefined : around.ruleOf(id)
    if (id === undefined || inner === undefined) return part
    told.add(id)
    return Object.freeze({ ...part, segment: Object.freeze(because(inner).parts) })
  }
  const { parts, isFewest } = because(rule)
  return Object.freeze({
    holds: holds(rule, scope),
    because: Object.freeze(parts),
    isFewest,
    changes: singleChanges(rule, contact, around),
    next,
  })
}
