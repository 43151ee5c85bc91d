import type { SegmentHolds } from '../../changes/change.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { Rule } from '../../rules/ast.js'
import { readsTagCount, tagsIn } from './catalogue.js'
import { nodesOf } from './order.js'
import type { ModelContact, ModelSegment, ModelState } from './state.js'
import { exclusiveGroupOf, heldAlso, inGroupOrder, isHeldByRule, isInGroup } from './tags.js'

/*
 * The tags that segments hold, naively. Tags that decide about each other stand in one pot: a tag alone, or an exclusive group.
 * When the last segment that holds one of a pot is decided, what a contact has of the pot is worked out from who is a member.
 */

/** A segment that held a tag before. */
export interface FormerHolder {
  readonly id: string
  readonly tag: string
}

/** The pot of a tag: the name of its exclusive group, or its own. */
export function potOf(state: ModelState, tag: string): string {
  for (const [name, group] of state.groups) if (group.exclusive && isInGroup(group, tag)) return `group ${name}`
  return `tag ${tag}`
}

/** Whether a segment's rule reads a tag that decides about the same as `held`. */
export function readsTagOf(state: ModelState, { rule, damping, snapshot }: ModelSegment, held: string): boolean {
  return [snapshot ?? rule, damping?.stay].some((read) => read !== undefined && ruleReadsTag(state, read, held))
}

function ruleReadsTag(state: ModelState, read: Rule, held: string): boolean {
  const pot = potOf(state, held)
  if (tagsIn(read).some((tag) => potOf(state, tag) === pot)) return true
  if (readsTagCount(read)) return true
  return nodesOf(read).some((node) => node.op === 'hasTagLike' && mayFit(state, node.pattern, held))
}

/** Whether a segment reads a tag that another one holds; one that was taken away neither reads nor holds any more. */
export function readersIn(state: ModelState): (segment: ModelSegment, other: ModelSegment) => boolean {
  const isLive = ({ id, serial }: ModelSegment): boolean => state.segments.get(id)?.serial === serial
  return (segment, other) =>
    other.holds !== undefined && isLive(segment) && isLive(other) && readsTagOf(state, segment, other.holds.tag)
}

function mayFit(state: ModelState, pattern: string, held: string): boolean {
  const group = exclusiveGroupOf(state, held)
  if (group === undefined) return fits(pattern, held)
  if (group.tags.some((tag) => fits(pattern, tag))) return true
  const { prefix } = group
  if (prefix === undefined) return false
  const head = pattern.split('*')[0] ?? ''
  return head.startsWith(prefix) || (pattern.includes('*') && prefix.startsWith(head))
}

function fits(pattern: string, tag: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\/]/gu, '\\$&'))
  return new RegExp(`^${pieces.join('[^]*')}$`, 'u').test(tag)
}

/** What is known of a contact when a pot is worked out. */
export interface Holding {
  readonly segments: readonly ModelSegment[]
  readonly former: readonly FormerHolder[]
  readonly isMember: (segment: ModelSegment) => boolean
  readonly enters: (segment: ModelSegment) => boolean
}

/** The tags of a contact once a pot is worked out; those that became others in order. */
export function workOut(
  state: ModelState,
  pot: string,
  { tags }: ModelContact,
  { segments, former, isMember, enters }: Holding,
): { readonly tags: ReadonlyMap<string, HeldTag>; readonly changed: readonly string[] } {
  const holding = segments.filter(({ holds }) => holds !== undefined && potOf(state, holds.tag) === pot)
  const own = new Set([...holding, ...former.filter(({ tag }) => potOf(state, tag) === pot)].map(({ id }) => id))
  const members = holding.filter(isMember)
  const tagOf = ({ holds }: ModelSegment): string => (holds as SegmentHolds).tag
  const inside = (): HeldTag[] => [...now.values()].filter(({ tag }) => potOf(state, tag) === pot)
  const now = new Map(tags)

  for (const segment of members.filter(({ holds }) => holds?.once !== true)) {
    const tag = tagOf(segment)
    now.set(tag, heldAlso(now.get(tag), tag, { kind: 'rule', by: segment.id, at: state.now }))
  }
  for (const held of inside()) {
    const holders = held.holders.filter(({ kind, by = '' }) => {
      if (kind !== 'rule' || !own.has(by)) return true
      return members.some((one) => one.id === by && one.holds?.once !== true && tagOf(one) === held.tag)
    })
    if (holders.length === 0) now.delete(held.tag)
    else now.set(held.tag, { ...held, holders })
  }
  const group = pot.startsWith('group ') ? state.groups.get(pot.slice(6)) : undefined
  if (group !== undefined) {
    const first = inGroupOrder(group, inside()).find(isHeldByRule)
    if (first !== undefined) for (const { tag } of inside()) if (tag !== first.tag) now.delete(tag)
  }
  for (const segment of members.filter(({ holds }) => holds?.once === true).filter(enters)) {
    const tag = tagOf(segment)
    const others = inside().filter((held) => held.tag !== tag)
    if (!now.has(tag) && others.some(isHeldByRule)) continue
    if (!now.has(tag)) for (const other of others) now.delete(other.tag)
    now.set(tag, heldAlso(now.get(tag), tag, { kind: 'behaviour', by: segment.id, at: state.now }))
  }

  const seen = new Map([...tags, ...now].filter(([tag]) => potOf(state, tag) === pot))
  const ordered = group === undefined ? [...seen.values()] : inGroupOrder(group, [...seen.values()])
  const changed = ordered
    .map(({ tag }) => tag)
    .filter((tag) => JSON.stringify(tags.get(tag)) !== JSON.stringify(now.get(tag)))
  return { tags: now, changed }
}
