import { sameHeldTag, withHolder, withoutHolders, type HeldTag } from '../contacts/tag.js'
import { compareInGroup } from '../tags/tag-groups.js'
import { isOfUnit, type TagHolder, type TagUnit } from './tag-units.js'

/*
 * What a contact has of the tags of a unit, once it is known in which of its holders the contact is. A segment holds its tag
 * on its members; of several tags of one exclusive group that are held so, the one named first stands, and takes the place of all
 * others. What comes once is put on as a person would put it on: in the place of others, unless a rule holds one of them.
 *
 * A function of the tags before and of the members, so that what is decided, listed beforehand and done again is the same.
 */

/** What becomes of a contact's tag. */
export interface TagWrite {
  readonly tag: string
  readonly held: HeldTag | undefined
  /** The tag that takes its place, in an exclusive group. */
  readonly displacedBy?: string
}

/** What is known of the contact. */
export interface HeldSituation<H extends TagHolder> {
  readonly isMember: (holder: H) => boolean
  /** Whether it became a member just now, or the segment just began to put its tag on. */
  readonly enters: (holder: H) => boolean
  readonly now: number
}

/** The tags of a unit that become others, of a contact that has the tags `held`; in the order of the group. */
export function decideUnit<H extends TagHolder>(
  unit: TagUnit<H>,
  held: Iterable<HeldTag>,
  { isMember, enters, now }: HeldSituation<H>,
): readonly TagWrite[] {
  const before = new Map<string, HeldTag>()
  for (const one of held) if (isOfUnit(unit, one.tag)) before.set(one.tag, one)
  const members = unit.holders.filter(isMember)
  const wanted = members.filter(({ holds }) => holds?.once !== true)
  const first = firstNamed(unit, before.values(), wanted)
  const after = new Map<string, HeldTag | undefined>(before)
  const displaced = new Map<string, string>()
  for (const tag of first === undefined || before.has(first) ? before.keys() : [...before.keys(), first]) {
    if (unit.group !== undefined && first !== undefined && tag !== first) {
      after.set(tag, undefined)
      displaced.set(tag, first)
    } else {
      const holders = tag === first ? wanted.filter(({ holds }) => holds?.tag === tag) : []
      after.set(tag, heldBy(unit, before.get(tag), tag, holders, now))
    }
  }
  for (const holder of members)
    if (holder.holds?.once === true && enters(holder)) putOnce(after, displaced, holder, now)
  const others = [...after.keys()].filter((tag) => !sameHeldTag(before.get(tag), after.get(tag)))
  return inOrder(unit, others).map((tag) => {
    const displacedBy = after.get(tag) === undefined ? displaced.get(tag) : undefined
    return { tag, held: after.get(tag), ...(displacedBy === undefined ? undefined : { displacedBy }) }
  })
}

/** Tags of a unit in the order of their group; where there is none, there is one tag at most. */
function inOrder({ group }: TagUnit<TagHolder>, tags: readonly string[]): readonly string[] {
  return group === undefined ? tags : [...tags].sort((a, b) => compareInGroup(group, a, b))
}

/** Of the tags that rules hold, the one that is named first. */
function firstNamed<H extends TagHolder>(
  unit: TagUnit<H>,
  before: Iterable<HeldTag>,
  wanted: readonly H[],
): string | undefined {
  const ruled = new Set(wanted.map(({ holds }) => holds?.tag ?? ''))
  // Rules of which nothing is known here hold too: those that came with data from elsewhere.
  for (const { tag, holders } of before)
    if (holders.some(({ kind, by }) => kind === 'rule' && !isOwn(unit.ids, by))) ruled.add(tag)
  return inOrder(unit, [...ruled])[0]
}

/** A tag that these segments hold, and none of the others of its unit; those that hold it already do so since then. */
function heldBy<H extends TagHolder>(
  { ids }: TagUnit<H>,
  before: HeldTag | undefined,
  tag: string,
  holders: readonly H[],
  at: number,
): HeldTag | undefined {
  let held = before
  for (const { id } of holders) held = withHolder(held, tag, Object.freeze({ kind: 'rule', by: id, at }))
  const wanted = new Set(holders.map(({ id }) => id))
  return held && withoutHolders(held, ({ kind, by = '' }) => kind !== 'rule' || !isOwn(ids, by) || wanted.has(by))
}

function putOnce(
  after: Map<string, HeldTag | undefined>,
  displaced: Map<string, string>,
  { id, holds: { tag } = { tag: '' } }: TagHolder,
  at: number,
): void {
  if (after.get(tag) === undefined) {
    const others = [...after.values()].filter((held) => held !== undefined)
    if (others.some(({ holders }) => holders.some(({ kind }) => kind === 'rule'))) return
    for (const other of others) {
      after.set(other.tag, undefined)
      displaced.set(other.tag, tag)
    }
  }
  after.set(tag, withHolder(after.get(tag), tag, Object.freeze({ kind: 'behaviour', by: id, at })))
}

function isOwn(ids: ReadonlySet<string>, by: string | undefined): boolean {
  return by !== undefined && ids.has(by)
}
