import { CoterieError } from '../base/errors.js'
import type { Outcome } from '../changes/receipt.js'
import type { Retagging } from '../changes/tag-changes.js'
import { retagRule, type TagNames } from '../rules/retag.js'
import { dampingOf } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import { dropSource } from './apply-segment.js'
import { makeWay, tagsInGroup } from './put-tag.js'
import { write } from './segment-writes.js'
import { looseError, planRetagging, retaggedGroup, unitedHold, type RetagPlan } from './retagging.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/**
 * Renames, merges or deletes tags: on contacts, in rules, in the catalogue.
 *
 * @throws CoterieError `TAG_UNKNOWN`, `TAG_IN_USE`, `TAG_GROUP_OVERLAP`; `TAG_READ_LOOSELY` where rules may see a difference
 *   and `force` is not given.
 */
export function retag(state: EngineState, transaction: Transaction, change: Retagging): Outcome {
  const plan = planRetagging(state, change)
  if (plan.loose.length > 0 && change.force !== true && !state.isReplaying) throw looseError(plan.loose)
  if (change.type === 'tag.rename') {
    checkApart(state, plan)
    checkRank(state, change.from, plan)
  }
  retagGroups(state, transaction, plan)
  retagDeclared(state, transaction, plan)
  const segments = retagSegments(state, transaction, change, plan)
  const automations = state.automation?.retag(transaction.draft, plan.names) ?? []
  for (const ordinal of plan.ordinals) {
    transaction.touch(ordinal, 'tag', change)
    retagContact(state, transaction, ordinal, plan)
  }
  if (change.type === 'tag.rename' && plan.gone.size > 0) transaction.tagMoves.rename(change.from, change.to)
  return {
    type: change.type,
    contacts: plan.ordinals.length,
    segments,
    ...(automations.length === 0 ? undefined : { automations }),
  }
}

/** A new name in an exclusive group would take the place of other tags, and a rename moves nobody. */
function checkApart(state: EngineState, { gone, into = '', ordinals }: RetagPlan): void {
  const group = state.catalogue.groups.exclusiveOf(into)
  if (group === undefined) return
  for (const ordinal of ordinals) {
    const other = tagsInGroup(state, ordinal, group).find(({ tag }) => !gone.has(tag))
    if (other === undefined) continue
    throw new CoterieError(
      'TAG_GROUP_OVERLAP',
      `Under that name the tag would exclude ${JSON.stringify(other.tag)}, which somebody has too`,
      { path: ['to'], received: into, expected: `a name outside the group ${JSON.stringify(group.group)}` },
    )
  }
}

/**
 * Of tags of a group that rules hold, the one named first stands; in a group by prefix that is by the name, so that another
 * name could move somebody.
 */
function checkRank(state: EngineState, from: string, { gone, ordinals }: RetagPlan): void {
  const group = state.catalogue.groups.exclusiveOf(from)
  if (gone.size === 0 || group === undefined || group.tags?.includes(from) === true) return
  const isHeld =
    state.segments.all().some(({ holds }) => holds?.tag === from) ||
    ordinals.some((ordinal) => state.store.tags.get(ordinal, from)?.holders.some(({ kind }) => kind === 'rule'))
  if (!isHeld || state.isReplaying) return
  throw new CoterieError(
    'TAG_GROUP_OVERLAP',
    `A rule holds ${JSON.stringify(from)}, which stands by its name among the tags of the group ${JSON.stringify(group.group)}`,
    { path: ['from'], received: from, expected: 'a tag that the group lists, and so keeps in its place' },
  )
}

function retagContact(state: EngineState, transaction: Transaction, ordinal: number, { gone, into }: RetagPlan): void {
  const { store } = state
  const held = [...gone].map((tag) => store.tags.get(ordinal, tag)).filter((one) => one !== undefined)
  for (const { tag } of held) transaction.draft.setTag(ordinal, tag, undefined)
  if (into === undefined) return
  const own = store.tags.get(ordinal, into)
  if (own === undefined && makeWay(state, transaction, ordinal, into) === undefined) return
  transaction.draft.setTag(ordinal, into, unitedHold(into, own, held))
}

/** The ids of the segments whose rules are others then. */
function retagSegments(
  state: EngineState,
  transaction: Transaction,
  change: Retagging,
  { names }: RetagPlan,
): readonly string[] {
  const rewritten: string[] = []
  for (const segment of state.segments.all()) {
    const rule = segment.rule && retagRule(segment.rule, names)
    const snapshot = segment.snapshot && retagRule(segment.snapshot, names)
    const { written: damping } = segment.damping ?? {}
    const stay = damping?.stay && retagRule(damping.stay, names)
    // The names that it was written with are gone.
    if (snapshot !== segment.snapshot || rule !== segment.rule) dropSource(transaction, segment)
    if (snapshot !== segment.snapshot) write(transaction, segment, 'snapshot', snapshot)
    retagHolds(transaction, segment, names)
    if (rule === segment.rule && stay === damping?.stay) continue
    transaction.define(segment, change, false)
    write(transaction, segment, 'rule', rule)
    if (stay !== undefined) write(transaction, segment, 'damping', dampingOf(Object.freeze({ ...damping, stay })))
    rewritten.push(segment.id)
  }
  return rewritten
}

/** A segment that holds a tag holds the one that stands for it now; none where it is gone. */
function retagHolds(transaction: Transaction, segment: Segment, names: TagNames): void {
  const { holds } = segment
  const tag = holds && names(holds.tag)
  if (tag === holds?.tag) return
  write(transaction, segment, 'holds', tag === undefined ? undefined : Object.freeze({ ...holds, tag }))
  transaction.held.hold(segment, holds, false)
}

/** What was said of a tag goes on under its new name; of merged ones, what was said of the first where nothing was of the last. */
function retagDeclared({ catalogue }: EngineState, transaction: Transaction, { gone, into }: RetagPlan): void {
  for (const tag of gone) {
    if (catalogue.get(tag) === undefined) continue
    const moves = into !== undefined && catalogue.get(into) === undefined
    transaction.draft.onRollback(moves ? catalogue.rename(tag, into) : catalogue.set(tag, undefined))
  }
}

function retagGroups({ catalogue }: EngineState, transaction: Transaction, { names }: RetagPlan): void {
  let changed = false
  for (const group of [...catalogue.groups.all()]) {
    const tags = group.tags?.map(names)
    if (tags === undefined || tags.every((tag, place) => tag === group.tags?.[place])) continue
    transaction.draft.onRollback(catalogue.groups.set(group.group, retaggedGroup(group, names)))
    changed = true
  }
  if (changed) transaction.held.regroup()
}
