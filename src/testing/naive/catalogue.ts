import type { ErrorCode } from '../../base/errors.js'
import type { SegmentHolds } from '../../changes/change.js'
import type { Retagging, TagChange, TagGroup } from '../../changes/tag-changes.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { Rule } from '../../rules/ast.js'
import { nodesOf } from './order.js'
import { exclusiveGroupOf, inGroupOrder, isHeldByRule, isInGroup } from './tags.js'
import type { ModelGroup, ModelState } from './state.js'

/*
 * The names of tags, naively. A rule is rewritten as its JSON; a tag that is deleted gets a name in it that no contact can
 * have, so that the rule says of everybody what it says of those without the tag.
 */

const gone = '\u0000gone'

/** The tags that a retagging takes away. */
export function goneBy(change: Retagging): readonly string[] {
  if (change.type === 'tag.rename') return change.from === change.to ? [] : [change.from]
  if (change.type === 'tag.merge') return change.from.filter((tag) => tag !== change.into)
  return change.tags
}

/** The tag that comes in their place. */
export function intoOf(change: Retagging): string | undefined {
  if (change.type === 'tag.rename') return change.to
  return change.type === 'tag.merge' ? change.into : undefined
}

/** A rule with other tags in it. */
export function retagged(rule: Rule, change: Retagging): Rule {
  const out = goneBy(change)
  const after = (tag: string): string => (out.includes(tag) ? (intoOf(change) ?? gone) : tag)
  return JSON.parse(
    JSON.stringify(rule, (key, value: unknown) => {
      if (key === 'tag' && typeof value === 'string') return after(value)
      if (key === 'tags') return [...new Set((value as string[]).map(after))]
      return value
    }),
  ) as Rule
}

function rulesIn(state: ModelState): Rule[] {
  return [...state.segments.values()].flatMap(({ rule, damping }) =>
    [rule, damping?.stay].filter((one) => one !== undefined),
  )
}

function isKnown(state: ModelState, tag: string): boolean {
  return (
    state.declared.has(tag) ||
    [...state.groups.values()].some(({ tags }) => tags.includes(tag)) ||
    [...state.contacts.values()].some(({ tags }) => tags.has(tag)) ||
    [...state.segments.values()].some(({ holds }) => holds?.tag === tag) ||
    rulesIn(state).some((rule) => tagsIn(rule).includes(tag))
  )
}

/** The tags that a rule names, but for conditions that hold for nobody any more, as they ask for one that is gone. */
export function tagsIn(rule: Rule): readonly string[] {
  const found: string[] = []
  const leaves = nodesOf(rule).filter((node) => !('rules' in node) && node.op !== 'not')
  for (const leaf of leaves) {
    const named: string[] = []
    JSON.stringify(leaf, (key, value: unknown) => {
      if (key === 'tag') named.push(value as string)
      if (key === 'tags') named.push(...(value as string[]))
      return value
    })
    const asksForAny = leaf.op === 'hasAnyTag' || leaf.op === 'hasNoneOfTags'
    if (asksForAny || !named.includes(gone)) found.push(...named)
  }
  return found
}

/** Whether a rule reads how many tags a contact has. */
export function readsTagCount(rule: Rule): boolean {
  let found = false
  JSON.stringify(rule, (key, value: unknown) => {
    found ||= key === 'get' && value === 'tagCount'
    return value
  })
  return found
}

/** Whether somebody has a reason to ask before tags get other names. */
function isReadLoosely(state: ModelState, change: Retagging): boolean {
  if (goneBy(change).length === 0) return false
  const number = change.type !== 'tag.rename' && rulesIn(state).some(readsTagCount)
  return (
    number ||
    rulesIn(state)
      .flatMap(nodesOf)
      .some((node) => tellsApart(node, change))
  )
}

function tellsApart(node: Rule, change: Retagging): boolean {
  const out = goneBy(change)
  const into = intoOf(change)
  if (node.op === 'tagHeldBy') return change.type !== 'tag.rename' && (out.includes(node.tag) || node.tag === into)
  if (node.op !== 'hasTagLike') return false
  const pieces = node.pattern.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\/]/gu, '\\$&'))
  const pattern = new RegExp(`^${pieces.join('[^]*')}$`, 'u')
  const fitsInto = into !== undefined && pattern.test(into)
  return out.some((tag) => pattern.test(tag) !== fitsInto)
}

/** All that speaks against a change of tags. */
export function tagProblems(state: ModelState, change: TagChange): ErrorCode[] {
  switch (change.type) {
    case 'tag.define':
      return []
    case 'tag.group':
      return overlaps(state, change.group, groupOf(change)) ? ['TAG_GROUP_OVERLAP'] : []
    case 'tag.ungroup':
      return state.groups.has(change.group) ? [] : ['TAG_GROUP_UNKNOWN']
    default: {
      const problems: ErrorCode[] = []
      const out = goneBy(change)
      if (out.some((tag) => !isKnown(state, tag))) problems.push('TAG_UNKNOWN')
      if (change.type === 'tag.rename' && out.length > 0 && isKnown(state, change.to)) problems.push('TAG_IN_USE')
      if (change.force !== true && isReadLoosely(state, change)) problems.push('TAG_READ_LOOSELY')
      if (change.type === 'tag.rename' && out.length > 0 && wouldExclude(state, change))
        problems.push('TAG_GROUP_OVERLAP')
      if (change.type === 'tag.rename' && out.length > 0 && standsByName(state, change.from))
        problems.push('TAG_GROUP_OVERLAP')
      if (change.type === 'tag.merge' && wouldJoin(state, out, change.into)) problems.push('TAG_GROUP_OVERLAP')
      const groups = new Map([...state.groups].map(([name, group]) => [name, retaggedGroup(group, change)]))
      const after = { ...state, groups }
      if ([...groups].some(([name, group]) => overlaps(after, name, group))) problems.push('TAG_GROUP_OVERLAP')
      return problems
    }
  }
}

function wouldExclude(state: ModelState, { from, to }: { readonly from: string; readonly to: string }): boolean {
  const group = exclusiveGroupOf(state, to)
  if (group === undefined) return false
  return [...state.contacts.values()].some(
    ({ tags }) => tags.has(from) && [...tags.keys()].some((tag) => tag !== from && isInGroup(group, tag)),
  )
}

/** Whether somebody who has the tag that comes into an exclusive group has another of it too. */
function wouldJoin(state: ModelState, out: readonly string[], into: string): boolean {
  const joined = [...state.groups.values()].filter(
    (group) => group.exclusive && group.tags.some((tag) => out.includes(tag)) && !isInGroup(group, into),
  )
  return [...state.contacts.values()].some(
    ({ tags }) =>
      tags.has(into) &&
      [...tags.keys()].some((tag) => !out.includes(tag) && joined.some((group) => isInGroup(group, tag))),
  )
}

/** Whether a rule holds a tag that stands in its exclusive group by its name alone. */
function standsByName(state: ModelState, tag: string): boolean {
  const group = exclusiveGroupOf(state, tag)
  if (group === undefined || group.tags.includes(tag)) return false
  const held = [...state.contacts.values()].flatMap(({ tags }) => tags.get(tag) ?? [])
  return [...state.segments.values()].some(({ holds }) => holds?.tag === tag) || held.some(isHeldByRule)
}

/** Whether an exclusive group could share a tag with another. */
function overlaps(state: ModelState, name: string, group: ModelGroup): boolean {
  if (!group.exclusive) return false
  return [...state.groups].some(([otherName, other]) => {
    if (otherName === name || !other.exclusive) return false
    const apart =
      group.tags.every((tag) => !isInGroup(other, tag)) &&
      other.tags.every((tag) => !isInGroup(group, tag)) &&
      (group.prefix === undefined ||
        other.prefix === undefined ||
        !(group.prefix.startsWith(other.prefix) || other.prefix.startsWith(group.prefix)))
    return !apart
  })
}

function groupOf({ prefix, tags = [], exclusive = false }: TagGroup): ModelGroup {
  return { prefix, tags, exclusive }
}

function retaggedGroup(group: ModelGroup, change: Retagging): ModelGroup {
  const out = goneBy(change)
  const names = group.tags.map((tag) => (out.includes(tag) ? intoOf(change) : tag))
  return { ...group, tags: [...new Set(names.filter((tag) => tag !== undefined))] }
}

/** Writes what a change does to declarations, groups and rules. */
export function writeCatalogue(state: ModelState, change: TagChange): void {
  switch (change.type) {
    case 'tag.define':
      state.declared.add(change.tag)
      return
    case 'tag.group':
      state.groups.set(change.group, groupOf(change))
      return
    case 'tag.ungroup':
      state.groups.delete(change.group)
      return
    default: {
      const into = intoOf(change)
      for (const tag of goneBy(change)) if (state.declared.delete(tag) && into !== undefined) state.declared.add(into)
      for (const [name, group] of state.groups) state.groups.set(name, retaggedGroup(group, change))
      for (const [id, segment] of state.segments) {
        const { rule, damping, snapshot } = segment
        state.segments.set(id, {
          ...segment,
          rule: rule && retagged(rule, change),
          damping: damping?.stay === undefined ? damping : { ...damping, stay: retagged(damping.stay, change) },
          snapshot: snapshot && retagged(snapshot, change),
          holds: heldAfter(segment.holds, change),
        })
      }
    }
  }
}

function heldAfter(holds: SegmentHolds | undefined, change: Retagging): SegmentHolds | undefined {
  if (holds === undefined || !goneBy(change).includes(holds.tag)) return holds
  const into = intoOf(change)
  return into === undefined ? undefined : { ...holds, tag: into }
}

/** The tags of a group that a contact must lose, so that one is left. */
export function surplus(group: ModelGroup, tags: ReadonlyMap<string, HeldTag>): string[] {
  const inside = inGroupOrder(
    group,
    [...tags.values()].filter(({ tag }) => isInGroup(group, tag)),
  )
  if (inside.length < 2) return []
  const latest = Math.max(...inside.map(({ since }) => since))
  const stays = inside.find(isHeldByRule) ?? inside.find(({ since }) => since === latest)
  return inside.filter((held) => held !== stays).map(({ tag }) => tag)
}
