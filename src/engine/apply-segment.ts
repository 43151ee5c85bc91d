import { CoterieError } from '../base/errors.js'
import type {
  SegmentConvert,
  SegmentDefine,
  SegmentDescribe,
  SegmentDescription,
  SegmentHolds,
  SegmentKind,
  SegmentRemove,
} from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import type { Rule } from '../rules/ast.js'
import { ruleCost } from '../rules/rule-cost.js'
import { rulesEqual } from '../rules/rule-key.js'
import { dampingAfter, givesDamping, sameDamping } from '../segments/damping.js'
import { Segment } from '../segments/segment.js'
import { Visits } from '../segments/visits.js'
import { checkConvertedDamping, checkDefinedDamping, damp, undamp } from './damp-segment.js'
import { checkRuleKept } from './kept-history.js'
import { namedContact } from './names.js'
import { kindError, write } from './segment-writes.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/**
 * Defines a segment, or one that is there anew.
 *
 * @throws CoterieError `SEGMENT_KIND` where that is not the kind it has, or one is given contacts or damping that are not for its kind;
 *   `CHANGE_INVALID` where a rule is missing; `RULE_NEEDS_FOLDED`, `RULE_TOO_COSTLY`.
 */
export function defineSegment(state: EngineState, transaction: Transaction, change: SegmentDefine): Outcome {
  const { segments } = state
  const known = segments.get(change.id)
  const kind = change.kind ?? known?.kind ?? kindOf(change)
  if (known !== undefined && known.kind !== kind) throw kindError(known, `${kind}; segments.convert changes a kind`)
  checkDefinedDamping(change, kind)
  if ((kind === 'dynamic' || kind === 'damped') && change.contacts !== undefined)
    throw kindError({ id: change.id, kind }, 'a static or hybrid segment, where contacts are given')
  if (kind !== 'static' && change.rule === undefined && known?.rule === undefined) throw ruleMissing(kind)

  checkRuleOf(state, change)

  const segment = known ?? create(state, transaction, change.id, kind)
  const isOtherRule = change.rule !== undefined && (kind === 'static' || !sameRule(segment, change))
  const damping = kind === 'damped' ? dampingAfter(known?.damping?.written ?? {}, change) : undefined
  const isOtherDamping = damping !== undefined && !sameDamping(known?.damping?.written, damping)
  let changed = known === undefined
  if (
    kind === 'static'
      ? change.rule !== undefined || change.contacts !== undefined
      : (change.rule !== undefined && !sameRule(segment, change)) || isOtherDamping
  ) {
    transaction.define(segment, change, known === undefined)
    changed = true
  } else if (known === undefined) {
    transaction.define(segment, change, true)
  }
  if (kind === 'static') {
    // Whom the same batch was about to put in by a rule stays so, unless this says who is in.
    if (change.rule !== undefined || change.contacts !== undefined) write(transaction, segment, 'snapshot', change.rule)
    if (change.rule !== undefined && change.contacts === undefined) emptySlots(transaction, segment)
  } else if (change.rule !== undefined && !sameRule(segment, change)) {
    write(transaction, segment, 'rule', change.rule)
  }
  if (damping !== undefined && (known === undefined || isOtherDamping)) damp(state, transaction, segment, damping)
  if (change.contacts !== undefined) {
    changed = true
    fillSlots(state, transaction, segment, change)
  }
  if (keepVisits(state, transaction, segment, change.visits)) changed = true
  if (holdTag(transaction, segment, change.holds)) changed = true
  if (describe(transaction, segment, isOtherRule ? { ...noSource, ...change } : change)) changed = true
  return { type: change.type, segmentId: segment.id, created: known === undefined, changed }
}

/** The kind of a new segment of which none is said. */
function kindOf(change: SegmentDefine): SegmentKind {
  if (givesDamping(change)) return 'damped'
  return change.rule === undefined ? 'static' : 'dynamic'
}

/** What is left of how a rule was written when another one takes its place. */
const noSource = Object.freeze({ source: null })

/** Changes parts of a description. */
export function describeSegment(state: EngineState, transaction: Transaction, change: SegmentDescribe): Outcome {
  const segment = state.segments.need(change.segment)
  return { type: change.type, segmentId: segment.id, changed: describe(transaction, segment, change) }
}

/**
 * Changes the kind of a segment.
 *
 * @throws CoterieError `CHANGE_INVALID` where it has that kind already, would need a rule, or is given damping that only damped ones
 *   have; `RULE_NEEDS_FOLDED`, `RULE_TOO_COSTLY`.
 */
export function convertSegment(state: EngineState, transaction: Transaction, change: SegmentConvert): Outcome {
  const segment = state.segments.need(change.segment)
  const { kind: from } = segment
  const { kind: to } = change
  if (from === to) {
    throw new CoterieError('CHANGE_INVALID', `Segment ${JSON.stringify(segment.id)} is ${to} already`, {
      path: ['kind'],
      received: to,
      expected: 'another kind',
    })
  }
  if (to === 'static' && change.rule !== undefined) {
    throw new CoterieError('CHANGE_INVALID', 'A static segment has no rule; its members at the time stay', {
      path: ['rule'],
      received: 'a rule',
      expected: 'no rule',
    })
  }
  checkConvertedDamping(change)
  const rule = to === 'static' ? undefined : (change.rule ?? segment.rule)
  if (to !== 'static' && rule === undefined) throw ruleMissing(to)
  checkRuleOf(state, change)
  transaction.define(segment, change, false)
  if (to === 'static') {
    segment.members.forEach((ordinal) => {
      if (!segment.slots.include.has(ordinal))
        transaction.setSlot(segment, 'include', ordinal, Object.freeze({ at: state.now }))
    })
    keepIncluded(transaction, segment)
  }
  if (to === 'dynamic' || to === 'damped') emptySlots(transaction, segment)
  if (to === 'damped') damp(state, transaction, segment, dampingAfter({}, change))
  else if (from === 'damped') undamp(transaction, segment)
  write(transaction, segment, 'kind', to)
  // Whom the same batch was about to put in by a rule has never been in.
  write(transaction, segment, 'snapshot', undefined)
  if (to === 'static' || (change.rule !== undefined && !sameRule(segment, change))) dropSource(transaction, segment)
  write(transaction, segment, 'rule', rule)
  return { type: change.type, segmentId: segment.id, from, to }
}

/** Takes a segment away; that no other refers to it is checked when everything is known. */
export function removeSegment(state: EngineState, transaction: Transaction, change: SegmentRemove): Outcome {
  const segment = state.segments.need(change.segment)
  transaction.remove(segment, change)
  state.segments.delete(segment)
  segment.removed = true
  transaction.draft.onRollback(() => {
    segment.removed = false
    state.segments.add(segment)
  })
  return { type: change.type, segmentId: segment.id }
}

/** Checks the rules of a change. */
function checkRuleOf(state: EngineState, { rule, stay }: SegmentDefine | SegmentConvert): void {
  checkRule(state, rule, 'rule')
  checkRule(state, stay ?? undefined, 'stay')
}

/** Checks of a new rule that what it asks for was kept, and that it costs no more than the host allows. */
function checkRule(state: EngineState, rule: Rule | undefined, part: 'rule' | 'stay'): void {
  if (rule === undefined) return
  checkRuleKept(state, rule, [part])
  const { maxRuleCost } = state.settings
  const cost = maxRuleCost === Infinity ? 0 : ruleCost(rule)
  if (cost <= maxRuleCost) return
  throw new CoterieError('RULE_TOO_COSTLY', `The rule costs ${String(cost)}, and may cost ${String(maxRuleCost)}`, {
    path: [part],
    received: String(cost),
    expected: `at most ${String(maxRuleCost)}`,
  })
}

function create(state: EngineState, transaction: Transaction, id: string, kind: SegmentKind): Segment {
  const segment = new Segment(id, kind, state.segments.nextPlace(), state.memberships)
  state.segments.add(segment)
  transaction.draft.onRollback(() => {
    state.segments.delete(segment)
    segment.members.release()
  })
  return segment
}

function sameRule({ rule }: Segment, change: SegmentDefine | SegmentConvert): boolean {
  return rule !== undefined && change.rule !== undefined && rulesEqual(rule, change.rule)
}

/** Puts the contacts named into the slots that include, in place of those who were there. */
function fillSlots(state: EngineState, transaction: Transaction, segment: Segment, change: SegmentDefine): void {
  const named = new Set<number>()
  for (const name of change.contacts ?? [])
    named.add(namedContact(state, transaction, name, 'definition', change).ordinal)
  for (const ordinal of [...segment.slots.include.keys()]) {
    if (!named.has(ordinal)) transaction.setSlot(segment, 'include', ordinal, undefined)
  }
  for (const ordinal of named) {
    const slot = segment.slots.include.get(ordinal)
    const stands = slot !== undefined && slot.reason === undefined && slot.until === undefined
    if (!stands) transaction.setSlot(segment, 'include', ordinal, Object.freeze({ at: state.now }))
  }
}

function emptySlots(transaction: Transaction, segment: Segment): void {
  for (const kind of ['include', 'exclude'] as const) {
    for (const ordinal of [...segment.slots[kind].keys()]) transaction.setSlot(segment, kind, ordinal, undefined)
  }
}

/** What a static segment has no use for: exclusions, and inclusions of contacts who are kept out. */
function keepIncluded(transaction: Transaction, segment: Segment): void {
  for (const ordinal of [...segment.slots.exclude.keys()]) transaction.setSlot(segment, 'exclude', ordinal, undefined)
  for (const ordinal of [...segment.slots.include.keys()]) {
    if (!segment.members.has(ordinal)) transaction.setSlot(segment, 'include', ordinal, undefined)
  }
}

/** Lets a segment put a tag on its members, another than before, or none any more. */
function holdTag(transaction: Transaction, segment: Segment, holds: SegmentHolds | null | undefined): boolean {
  const { holds: before } = segment
  if (holds === undefined || JSON.stringify(holds ?? undefined) === JSON.stringify(before)) return false
  write(transaction, segment, 'holds', holds ?? undefined)
  transaction.held.hold(segment, before, true)
  return true
}

/** Begins or ends the keeping of visits; those inside begin their first visit now. */
function keepVisits(
  state: EngineState,
  transaction: Transaction,
  segment: Segment,
  keep: boolean | undefined,
): boolean {
  if (keep === undefined || keep === (segment.visits !== undefined)) return false
  const visits = keep ? new Visits() : undefined
  if (visits !== undefined) segment.members.forEach((ordinal) => visits.begin(ordinal, state.now))
  write(transaction, segment, 'visits', visits)
  return true
}

/** Forgets how the rule of a segment was written. */
export function dropSource(transaction: Transaction, segment: Segment): void {
  describe(transaction, segment, noSource)
}

/** Takes over the parts of a description that are given; `null` takes one away. */
function describe(
  transaction: Transaction,
  segment: Segment,
  given: Omit<SegmentDescribe, 'type' | 'segment'>,
): boolean {
  const parts = Object.entries({
    name: given.name,
    description: given.description,
    owner: given.owner,
    labels: given.labels,
    data: given.data,
    source: given.source,
  }).filter(([, value]) => value !== undefined)
  if (parts.length === 0) return false
  const merged = Object.entries({ ...segment.description, ...Object.fromEntries(parts) }).filter(
    ([, value]) => value !== null,
  )
  const description: SegmentDescription = Object.freeze(Object.fromEntries(merged))
  if (JSON.stringify(description) === JSON.stringify(segment.description)) return false
  write(transaction, segment, 'description', description)
  return true
}

function ruleMissing(kind: SegmentKind): CoterieError {
  return new CoterieError('CHANGE_INVALID', `A ${kind} segment needs a rule`, {
    path: ['rule'],
    received: 'no rule',
    expected: 'a rule',
  })
}
