import { compareText } from '../../base/text.js'
import type { HeldTag, Holder, TagHold } from '../../contacts/tag.js'
import type { ModelGroup, ModelState } from './state.js'

/** A tag with one more holder; as it was where that one holds it already. */
export function heldAlso(held: HeldTag | undefined, tag: string, hold: TagHold): HeldTag {
  if (held === undefined) return { tag, since: hold.at, holders: [hold] }
  return held.holders.some((other) => isSame(other, hold)) ? held : { ...held, holders: [...held.holders, hold] }
}

/** What is left of a tag that is taken off: what automatic rules hold, or all that a named holder does not. */
export function heldStill(held: HeldTag | undefined, named: Holder | undefined): HeldTag | undefined {
  const keeps = (hold: TagHold): boolean => (named === undefined ? hold.kind === 'rule' : !isSame(hold, named))
  const holders = held?.holders.filter(keeps) ?? []
  return held === undefined || holders.length === 0 ? undefined : { ...held, holders }
}

/** What two contacts hold of a tag together, since the earlier of the two. */
export function heldByBoth(into: HeldTag | undefined, from: HeldTag): HeldTag {
  if (into === undefined) return from
  const more = from.holders.filter((hold) => !into.holders.some((other) => isSame(other, hold)))
  return { tag: into.tag, since: Math.min(into.since, from.since), holders: [...into.holders, ...more] }
}

/** Tags in the order in which they are given out: the oldest first, then by name in order of code points. */
export function byAge(tags: ReadonlyMap<string, HeldTag>): readonly HeldTag[] {
  return [...tags.values()].sort((a, b) => a.since - b.since || compareText(a.tag, b.tag))
}

function isSame(a: Holder, b: Holder): boolean {
  return a.kind === b.kind && a.by === b.by
}

/** Whether a group holds a tag. */
export function isInGroup({ prefix, tags }: ModelGroup, tag: string): boolean {
  return tags.includes(tag) || (prefix !== undefined && tag.startsWith(prefix))
}

/** The exclusive group of a tag. */
export function exclusiveGroupOf(state: ModelState, tag: string): ModelGroup | undefined {
  return [...state.groups.values()].find((group) => group.exclusive && isInGroup(group, tag))
}

/** The tags of a group in its order: those listed, then by name. */
export function inGroupOrder(group: ModelGroup, tags: readonly HeldTag[]): readonly HeldTag[] {
  const place = ({ tag }: HeldTag): number => (group.tags.includes(tag) ? group.tags.indexOf(tag) : Infinity)
  return [...tags].sort((a, b) => (place(a) === place(b) ? (a.tag < b.tag ? -1 : 1) : place(a) - place(b)))
}

/** Whether an automatic rule holds a tag. */
export function isHeldByRule({ holders }: HeldTag): boolean {
  return holders.some(({ kind }) => kind === 'rule')
}
