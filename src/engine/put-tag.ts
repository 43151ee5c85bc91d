import { sameHolder, withHolder, type HeldTag, type TagHold } from '../contacts/tag.js'
import { compareInGroup, isInGroup, type TagGroupDefinition } from '../tags/tag-groups.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/*
 * A tag on a contact, with regard to the others of its exclusive group: of tags that rules hold the one named first stands,
 * else the one added last. So a tag that a person adds takes the place of the one there, unless a rule holds that one.
 */

/** What became of a tag that was to be put on. */
export interface PutTag {
  readonly became: 'added' | 'held' | 'present' | 'outranked'
  /** The tags of its exclusive group that it took the place of. */
  readonly displaced: readonly string[]
}

const nothing: readonly string[] = Object.freeze([])

/** Puts a tag on a contact under a holder, or does not, where a rule holds another of its exclusive group. */
export function putTag(
  state: EngineState,
  transaction: Transaction,
  ordinal: number,
  tag: string,
  hold: TagHold,
): PutTag {
  const before = state.store.tags.get(ordinal, tag)
  const became =
    before === undefined ? 'added' : before.holders.some((holder) => sameHolder(holder, hold)) ? 'present' : 'held'
  const displaced = before === undefined ? makeWay(state, transaction, ordinal, tag) : nothing
  if (displaced === undefined) return { became: 'outranked', displaced: nothing }
  transaction.draft.setTag(ordinal, tag, withHolder(before, tag, hold))
  return { became, displaced }
}

/** Takes the other tags of a tag's exclusive group off a contact; `undefined` where a rule holds one of them. */
export function makeWay(
  state: EngineState,
  transaction: Transaction,
  ordinal: number,
  tag: string,
): readonly string[] | undefined {
  const group = state.catalogue.groups.exclusiveOf(tag)
  const others = group === undefined ? [] : tagsInGroup(state, ordinal, group).filter((held) => held.tag !== tag)
  if (others.some(isHeldByRule)) return undefined
  for (const other of others) displace(transaction, ordinal, other.tag, tag)
  return others.map((other) => other.tag)
}

/** Leaves a contact one tag of an exclusive group: of those that rules hold the one named first, else the one added last. */
export function leaveOne(
  state: EngineState,
  transaction: Transaction,
  ordinal: number,
  group: TagGroupDefinition,
): void {
  const held = tagsInGroup(state, ordinal, group)
  const named = [...held].sort((a, b) => compareInGroup(group, a.tag, b.tag))
  const latest = Math.max(...held.map(({ since }) => since))
  const stays = named.find(isHeldByRule) ?? named.find(({ since }) => since === latest)
  for (const { tag } of named) {
    if (stays !== undefined && tag !== stays.tag) displace(transaction, ordinal, tag, stays.tag)
  }
}

/** The tags of a group that a contact has. */
export function tagsInGroup({ store }: EngineState, ordinal: number, group: TagGroupDefinition): readonly HeldTag[] {
  return [...store.tags.of(ordinal)].filter(({ tag }) => isInGroup(group, tag))
}

function displace(transaction: Transaction, ordinal: number, tag: string, displacedBy: string): void {
  transaction.tagMoves.note(ordinal, tag, { displacedBy })
  transaction.draft.setTag(ordinal, tag, undefined)
}

/** Whether an automatic rule holds a tag. */
export function isHeldByRule({ holders }: HeldTag): boolean {
  return holders.some(({ kind }) => kind === 'rule')
}
