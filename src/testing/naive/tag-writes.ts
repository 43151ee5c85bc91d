import type { Change } from '../../changes/change.js'
import type { Retagging } from '../../changes/tag-changes.js'
import type { HeldTag } from '../../contacts/tag.js'
import { goneBy, intoOf } from './catalogue.js'
import { contactAt, update } from './contact-writes.js'
import { touchTag, type Effects } from './effects.js'
import { withEntry, type ModelState } from './state.js'
import { exclusiveGroupOf, heldAlso, heldByBoth, heldStill, isHeldByRule, isInGroup } from './tags.js'

/** Puts tags on a contact, or takes them off. */
export function writeTags(
  state: ModelState,
  serial: number,
  change: Extract<Change, { readonly type: 'tag.add' | 'tag.remove' }>,
  effects: Effects,
): void {
  for (const tag of change.tags) {
    const held = contactAt(state, serial).tags.get(tag)
    if (change.type === 'tag.add' && held === undefined && !makeWay(state, serial, tag, effects)) continue
    const after =
      change.type === 'tag.add'
        ? heldAlso(held, tag, { ...change.holder, at: state.now })
        : heldStill(held, change.holder)
    writeTag(state, serial, tag, after, effects)
  }
}

/** Writes what a contact holds of a tag; to write what is there is not to write. */
export function writeTag(
  state: ModelState,
  serial: number,
  tag: string,
  held: HeldTag | undefined,
  effects: Effects,
): void {
  const { tags } = contactAt(state, serial)
  if (sameJson(held, tags.get(tag))) return
  update(state, serial, { tags: withEntry(tags, tag, held) })
  touchTag(effects, serial, tag)
}

/** Takes the others of a tag's exclusive group off a contact; says no where a rule holds one of them. */
export function makeWay(state: ModelState, serial: number, tag: string, effects: Effects): boolean {
  const group = exclusiveGroupOf(state, tag)
  if (group === undefined) return true
  const others = [...contactAt(state, serial).tags.values()].filter(
    (held) => held.tag !== tag && isInGroup(group, held.tag),
  )
  if (others.some(isHeldByRule)) return false
  for (const other of others) writeTag(state, serial, other.tag, undefined, effects)
  return true
}

/** Gives the tags of a contact other names. */
export function retagContact(state: ModelState, serial: number, change: Retagging, effects: Effects): void {
  const { tags } = contactAt(state, serial)
  const into = intoOf(change)
  const lost = goneBy(change).flatMap((tag) => tags.get(tag) ?? [])
  if (lost.length === 0) return
  effects.named.add(serial)
  for (const { tag } of lost) writeTag(state, serial, tag, undefined, effects)
  if (into === undefined) return
  if (!tags.has(into) && !makeWay(state, serial, into, effects)) return
  const named = lost.map((held) => ({ ...held, tag: into }))
  const united = named.reduce<HeldTag | undefined>(heldByBoth, tags.get(into))
  writeTag(state, serial, into, united, effects)
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
