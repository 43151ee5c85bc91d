import { CoterieError } from '../base/errors.js'
import { OrdinalSet } from '../base/ordinal-set.js'
import type { SegmentKind } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'
import { explainWithSegments, type Explanation } from '../rules/explain.js'
import { ruleOf } from '../rules/read-rule.js'
import { referencesOf } from '../rules/rule-walk.js'
import { nextFlip, type NextChange, type Timed } from '../rules/timed.js'
import { isDampedMember, watchedRule } from '../segments/damping.js'
import type { Segment, Slot } from '../segments/segment.js'
import { dampedOf, type DampedExplanation } from './explain-damping.js'
import { checkRuleKept } from './kept-history.js'
import { selectContacts } from './select-contacts.js'
import { timedMembership, withReferences } from './segment-time.js'
import type { EngineState } from './state.js'

/** How far ahead a next change is looked for where nothing else is said: five years, in ms. */
export const defaultHorizon = 1_826 * 86_400_000

/** How many contacts a rule holds for, and some of them. */
export interface Preview {
  readonly count: number
  /** Ids of the first of them, in the order in which they were put. */
  readonly sample: readonly string[]
}

/** Who would move if a segment were defined anew. */
export interface Comparison {
  /** Ids of those who would enter, in the order in which they were put. */
  readonly enter: readonly string[]
  readonly exit: readonly string[]
  /** How many are members now. */
  readonly before: number
  /** How many would be. */
  readonly after: number
}

/** Why a contact is a member of a segment, or is not. */
export interface SegmentExplanation {
  readonly segmentId: string
  readonly contactId: string
  readonly kind: SegmentKind
  readonly member: boolean
  /** Since when, in ms; only of a member of a segment that keeps visits. */
  readonly since?: number
  /** The slots that are filled; `exclude` beats `include`, and that the rule. */
  readonly slots: { readonly include?: Slot; readonly exclude?: Slot }
  /** The rule as a tree, with each node's truth. Left out for a static segment. */
  readonly rule?: Explanation
  /** Of a damped segment: where the contact stands, beside the plain rule. */
  readonly damped?: DampedExplanation
  /** When time alone changes the membership. */
  readonly next: NextChange
}

/** A rule from outside, read with the engine's schema, zone and segments; it may need no events that were folded away. */
export function readEngineRule(state: EngineState, rule: Rule): Rule {
  const { schema, timeZone, weekStartsOn, limits } = state.settings
  const read = ruleOf(rule, {
    ...(schema === undefined ? undefined : { schema }),
    timeZone,
    weekStartsOn,
    limits,
    segments: state.segments.ids(),
  })
  checkRuleKept(state, read)
  return read
}

/** The contacts a rule holds for, in the order in which they were put. */
export function findContacts(state: EngineState, rule: Rule): readonly string[] {
  return idsOf(state, selectContacts(state, readEngineRule(state, rule)))
}

/** How many contacts a rule holds for, and the first of them. */
export function previewRule(state: EngineState, rule: Rule, size: number): Preview {
  return previewOf(state, selectContacts(state, readEngineRule(state, rule)), size)
}

/** The count of some contacts, and the first of them. */
export function previewOf({ store: { directory } }: EngineState, found: OrdinalSet, size: number): Preview {
  const sample = directory.firstOf(found, size).map((ordinal) => directory.idOf(ordinal))
  return Object.freeze({ count: found.count, sample: Object.freeze(sample) })
}

/** Who would enter and who would leave a segment, had it another rule; its slots stay, and what damps it. */
export function compareRule(state: EngineState, segment: Segment, input: Rule): Comparison {
  const rule = readEngineRule(state, input)
  if (leadsBack(state, rule, segment)) throw loopThrough(segment)
  const asked = selectContacts(state, rule)
  const after = segment.damping === undefined ? asked : dampedBy(state, segment, asked)
  if (segment.kind === 'hybrid') {
    for (const ordinal of segment.slots.include.keys()) after.add(ordinal)
    for (const ordinal of segment.slots.exclude.keys()) after.delete(ordinal)
  }
  const members = segment.members.look()
  return Object.freeze({
    enter: Object.freeze(idsOf(state, after.without(members))),
    exit: Object.freeze(idsOf(state, members.without(after))),
    before: members.count,
    after: after.count,
  })
}

/** Who would be a member of a damped segment now, had it the rule that holds for some. */
function dampedBy(state: EngineState, segment: Segment, entering: OrdinalSet): OrdinalSet {
  const { damping, damper, members } = segment
  const after = members.look().without(new OrdinalSet())
  if (damping === undefined) return after
  const { stay } = damping.written
  const staying = stay === undefined ? entering : selectContacts(state, stay)
  const moving = members.look().without(staying)
  entering.without(members.look()).forEach((ordinal) => moving.add(ordinal))
  moving.forEach((ordinal) => {
    const standing = {
      inside: members.has(ordinal),
      movedAt: damper?.movedAt(ordinal),
      rule: () => entering.has(ordinal),
      stay: () => staying.has(ordinal),
    }
    if (isDampedMember(damping, standing, state.now)) after.add(ordinal)
    else after.delete(ordinal)
  })
  return after
}

function idsOf({ store: { directory } }: EngineState, contacts: OrdinalSet): readonly string[] {
  return directory.inOrderOf(contacts).map((ordinal) => directory.idOf(ordinal))
}

/** Whether a rule, given to a segment, would lead back to it: by what it refers to and by tags that segments hold, through others too. */
function leadsBack({ segments }: EngineState, rule: Rule, segment: Segment): boolean {
  const asked = watchedRule(rule, segment.damping?.written.stay) ?? rule
  const found = new Set<Segment>()
  const follow = (ids: Iterable<string>, holders: readonly Segment[]): void => {
    for (const id of ids) {
      const referred = segments.get(id)
      if (referred !== undefined) found.add(referred)
    }
    for (const holder of holders) found.add(holder)
  }
  follow(referencesOf(asked), segments.units.holdersReadBy(asked))
  for (const each of found) follow(each.references, each.readsTagsOf)
  return found.has(segment)
}

function loopThrough({ id }: Segment): CoterieError {
  return new CoterieError('RULE_LOOP', `Given that rule, segment ${JSON.stringify(id)} would depend on itself`, {
    received: id,
    expected: 'a rule that leads to no loop of segments',
  })
}

/** Why a contact is in, or is not. */
export function explainMembership(state: EngineState, segment: Segment, ordinal: number): SegmentExplanation {
  const include = segment.slots.include.get(ordinal)
  const exclude = segment.slots.exclude.get(ordinal)
  const member = segment.members.has(ordinal)
  const since = member ? segment.visits?.sinceOf(ordinal) : undefined
  const rule = segment.rule && explainForContact(state, segment.rule, ordinal)
  const stay = segment.damping?.written.stay
  const toStay = stay && explainForContact(state, stay, ordinal)
  const damped = dampedOf(state, segment, ordinal, rule?.holds ?? false, toStay)
  return Object.freeze({
    segmentId: segment.id,
    contactId: state.store.directory.idOf(ordinal),
    kind: segment.kind,
    member,
    ...(since === undefined ? undefined : { since }),
    slots: Object.freeze({
      ...(include === undefined ? undefined : { include }),
      ...(exclude === undefined ? undefined : { exclude }),
    }),
    ...(rule === undefined ? undefined : { rule }),
    ...(damped === undefined ? undefined : { damped }),
    next: nextMembershipChange(state, segment, ordinal, defaultHorizon),
  })
}

function explainForContact(state: EngineState, rule: Rule, ordinal: number): Explanation {
  const timedOf = (id: string): Timed | undefined => {
    const segment = state.segments.get(id)
    return segment === undefined ? undefined : timedMembership(state, segment, ordinal)
  }
  return explainWithSegments(rule, state.scopeOf(ordinal), timedOf, (id) => state.segments.get(id)?.rule)
}

/** When time alone changes a membership, looked for up to `horizon` ms from now. */
export function nextMembershipChange(
  state: EngineState,
  segment: Segment,
  ordinal: number,
  horizon: number,
): NextChange {
  const next = nextFlip(timedMembership(state, segment, ordinal), state.now, state.now + horizon)
  const held = nextHolderChange(state, segment, ordinal, horizon)
  if (held === undefined || ('at' in next && next.at < held)) return next
  return Object.freeze({ notBefore: Math.min(held, state.now + horizon) })
}

/**
 * The first instant at which time may move a tag that segments hold and that the segment reads, itself or through those it refers
 * to: until then its tags are those that it has. Beyond the horizon, one millisecond after it; undefined where there is none.
 */
function nextHolderChange(state: EngineState, segment: Segment, ordinal: number, horizon: number): number | undefined {
  const holders = new Set<Segment>()
  for (const each of withReferences(state, segment)) for (const holder of each.readsTagsOf) holders.add(holder)
  for (const holder of holders) {
    for (const each of withReferences(state, holder)) for (const other of each.readsTagsOf) holders.add(other)
  }
  let first: number | undefined
  for (const holder of holders) {
    const next = nextFlip(timedMembership(state, holder, ordinal), state.now, state.now + horizon)
    if ('never' in next) continue
    first = Math.min(first ?? Infinity, 'at' in next ? next.at : next.notBefore + 1)
  }
  return first
}
