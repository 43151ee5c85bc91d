import type { Retagging } from '../changes/tag-changes.js'
import type { ContactView } from '../contacts/contact.js'
import type { HeldTag } from '../contacts/tag.js'
import { holds } from '../rules/evaluate.js'
import { retagRule, type TagNames } from '../rules/retag.js'
import type { Rule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import { dependencyOrder } from '../segments/dependency-order.js'
import { decideUnit } from '../segments/held-tags.js'
import { isDampedMember, watchedRule } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import { TagUnits, type TagHolder, type TagUnit } from '../segments/tag-units.js'
import type { TagCatalogue } from '../tags/tag-catalogue.js'
import { isInGroup, TagGroups, type TagGroupDefinition } from '../tags/tag-groups.js'
import { isHeldByRule } from './put-tag.js'
import { planRetagging, retaggedGroup, unitedHold, type RetagPlan } from './retagging.js'
import type { EngineState } from './state.js'
import type { TagReader } from './tag-readers.js'

/*
 * Whom a retagging would move, without doing it. Only contacts with one of the tags can move: to all others a condition says
 * the same under either name. For each of these the segments are decided in their order, by their rewritten rules, over the
 * contact with the tags that it would have; what segments hold of these is decided in between, as when it is done.
 *
 * Costs an evaluation of every segment for each contact with one of the tags.
 */

/** What renaming, merging or deleting tags would do. */
export interface RetagPreview {
  /** Ids of the contacts whose tags would be others, in the order in which they were put. */
  readonly contacts: readonly string[]
  /** The rules that name the tags, and would be rewritten. */
  readonly rules: readonly TagReader[]
  /** The rules that read the tags by pattern, number or holder and may see a difference; `force` is needed where there are any. */
  readonly loose: readonly TagReader[]
  /** Who would enter and leave, by segment, in the order in which they are decided; segments that nobody moves in are left out. */
  readonly moves: readonly SegmentMoves[]
}

/** Who would move in a segment. */
export interface SegmentMoves {
  readonly segment: string
  /** Ids in the order in which the contacts were put. */
  readonly enter: readonly string[]
  readonly exit: readonly string[]
}

/** Lists what a retagging would do. Throws what the change itself throws, but for `TAG_READ_LOOSELY`. */
export function previewRetagging(state: EngineState, change: Retagging): RetagPreview {
  const plan = planRetagging(state, change)
  const { directory } = state.store
  const { order, units, isRegrouped } = planned(state, plan)
  const moves = order.map((each) => ({ ...each, enter: [] as string[], exit: [] as string[] }))
  for (const ordinal of isRegrouped ? directory.inOrder() : affected(state, plan)) {
    const tags = retagged(state, ordinal, plan)
    const contact = withTags(state.store.view(ordinal), tags)
    const waiting = [...units]
    const decided = new Map<string, boolean>()
    const scope: Scope = {
      contact,
      now: state.now,
      timeZone: state.settings.timeZone,
      inSegment: (id) => decided.get(id) ?? false,
    }
    for (const [rank, { segment, rule, stay, enter, exit }] of moves.entries()) {
      while ((waiting[0]?.closing ?? rank) < rank) holdTags(waiting.shift(), tags, ordinal, decided, state.now)
      const was = segment.members.has(ordinal)
      const is = wouldBelong(segment, ordinal, { rule, stay }, scope)
      decided.set(segment.id, is)
      if (was !== is) (is ? enter : exit).push(directory.idOf(ordinal))
    }
  }
  return Object.freeze({
    contacts: Object.freeze(plan.ordinals.map((ordinal) => directory.idOf(ordinal))),
    rules: Object.freeze(plan.readers),
    loose: Object.freeze(plan.loose),
    moves: Object.freeze(
      moves
        .filter(({ enter, exit }) => enter.length + exit.length > 0)
        .map(({ segment, enter, exit }) => Object.freeze({ segment: segment.id, enter, exit })),
    ),
  })
}

/** A segment as it would be then. */
interface Planned extends TagHolder {
  readonly segment: Segment
  readonly rule: Rule | undefined
  /** The rule by which members of a damped segment stay, where it is another. */
  readonly stay: Rule | undefined
  readonly references: ReadonlySet<string>
}

interface Plan {
  /** In the order in which they would be decided. */
  readonly order: readonly Planned[]
  /** The tags that they would hold, in the order in which these would be. */
  readonly units: readonly TagUnit<Planned>[]
  /** Whether tags would be held otherwise than now, so that everyone may move. */
  readonly isRegrouped: boolean
}

function planned({ segments, catalogue }: EngineState, { names }: RetagPlan): Plan {
  const all = segments.all().map((segment): Planned => {
    const { id, place, holds: before, rule, damping, references } = segment
    const stay = damping?.written.stay && retagRule(damping.written.stay, names)
    const tag = before && names(before.tag)
    const after = tag === undefined ? undefined : { ...before, tag }
    return { segment, id, place, holds: after, rule: rule && retagRule(rule, names), stay, references }
  })
  const former = all.flatMap(({ id, segment, holds: after }) => {
    const before = segment.holds?.tag
    return before === undefined || before === after?.tag ? [] : [{ id, tag: before }]
  })
  const groups = new TagGroups()
  let isRegrouped = former.length > 0
  for (const group of catalogue.groups.all()) {
    const after = retaggedGroup(group, names)
    if (JSON.stringify(after) !== JSON.stringify(group)) isRegrouped = true
    groups.set(group.group, after)
  }
  const units = new TagUnits(all, former, groups)
  const order = dependencyOrder(all, ({ rule, stay }) => units.holdersReadBy(watchedRule(rule, stay)))
  const ranks = new Map(order.map((each, rank) => [each, rank]))
  units.close((holder) => ranks.get(holder) ?? -1)
  return { order, units: units.inOrder(), isRegrouped: isRegrouped && units.size > 0 }
}

function holdTags(
  unit: TagUnit<Planned> | undefined,
  tags: Map<string, HeldTag>,
  ordinal: number,
  decided: ReadonlyMap<string, boolean>,
  now: number,
): void {
  if (unit === undefined) return
  const isMember = ({ id }: Planned): boolean => decided.get(id) === true
  const enters = (holder: Planned): boolean => isMember(holder) && !holder.segment.members.has(ordinal)
  for (const { tag, held } of decideUnit(unit, tags.values(), { isMember, enters, now })) {
    if (held === undefined) tags.delete(tag)
    else tags.set(tag, held)
  }
}

function wouldBelong(
  segment: Segment,
  ordinal: number,
  { rule, stay }: Pick<Planned, 'rule' | 'stay'>,
  scope: Scope,
): boolean {
  const { include, exclude } = segment.slots
  if (segment.kind === 'static') return segment.members.has(ordinal)
  if (segment.kind === 'hybrid' && exclude.has(ordinal)) return false
  if (segment.kind === 'hybrid' && include.has(ordinal)) return true
  const byRule = (): boolean => rule !== undefined && holds(rule, scope)
  const { damping, damper, members } = segment
  if (damping === undefined) return byRule()
  const standing = {
    inside: members.has(ordinal),
    movedAt: damper?.movedAt(ordinal),
    rule: byRule,
    stay: () => (stay === undefined ? byRule() : holds(stay, scope)),
  }
  return isDampedMember(damping, standing, scope.now)
}

/** The contacts that may move: those with a tag that goes, or with the one that comes in its place. */
function affected({ store }: EngineState, { gone, into, ordinals }: RetagPlan): readonly number[] {
  const found = new Set(ordinals)
  if (into !== undefined && gone.size > 0) store.tags.contactsNow(into)?.forEach((ordinal) => void found.add(ordinal))
  return [...found].sort((a, b) => store.directory.placeOf(a) - store.directory.placeOf(b))
}

/** The tags that a contact would have, by name. */
function retagged(state: EngineState, ordinal: number, { gone, into, names }: RetagPlan): Map<string, HeldTag> {
  const { store, catalogue } = state
  const tags = new Map<string, HeldTag>()
  for (const held of store.tags.of(ordinal)) if (!gone.has(held.tag)) tags.set(held.tag, held)
  const others = [...gone].map((tag) => store.tags.get(ordinal, tag)).filter((held) => held !== undefined)
  const own = into === undefined ? undefined : tags.get(into)
  const united = into === undefined || others.length === 0 ? undefined : unitedHold(into, own, others)
  if (united === undefined) return tags
  const group = own === undefined ? exclusiveAfter(catalogue, names, united.tag) : undefined
  const beside = group === undefined ? [] : [...tags.values()].filter(({ tag }) => isInGroup(group, tag))
  if (!beside.some(isHeldByRule)) {
    for (const { tag } of beside) tags.delete(tag)
    tags.set(united.tag, united)
  }
  return tags
}

/** The exclusive group that a tag will be in. */
function exclusiveAfter({ groups }: TagCatalogue, names: TagNames, tag: string): TagGroupDefinition | undefined {
  return [...groups.all()].find(
    (group) => group.exclusive === true && (isInGroup(group, tag) || group.tags?.map(names).includes(tag) === true),
  )
}

function withTags(contact: ContactView, tags: ReadonlyMap<string, HeldTag>): ContactView {
  return {
    id: contact.id,
    attribute: (name) => contact.attribute(name),
    tag: (name) => tags.get(name),
    tags: () => tags.values(),
    get tagCount() {
      return tags.size
    },
    events: (type) => contact.events(type),
    countEvents: (type, from, to) => contact.countEvents(type, from, to),
    folded: (type) => contact.folded(type),
    records: (collection) => contact.records(collection),
  }
}
