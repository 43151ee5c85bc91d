import type { Path } from '../base/errors.js'
import { propertiesOf, readElements } from './plain-input.js'
import { readInstantInput } from './read-date.js'
import { readId, readNamed, readTag } from './read-text.js'
import type { Reading } from './reading.js'
import { refuse, refuseUnknown, refused } from './refused.js'
import { holderKinds, unitedTag, type HeldTag, type HolderKind, type TagHold } from './tag.js'
import type { InstantValue } from './value.js'

/** An instant as people write it: a `Date`, milliseconds, or a written date. */
export type InstantInput = Date | number | string | InstantValue

/** A holder of a tag as people write it; `at` is since when, the tag's own `since` unless given. */
export type HolderOfTagInput =
  HolderKind | { readonly kind: HolderKind; readonly by?: string; readonly at?: InstantInput }

/**
 * A tag of a contact as people write it. Left out, `holders` is a person whom nobody named; `since` is when the earliest
 * holder took hold, and where none says when, 1970: from before everything.
 */
export type TagInput =
  string | { readonly tag: string; readonly since?: InstantInput; readonly holders?: readonly HolderOfTagInput[] }

const tagProperties = ['tag', 'since', 'holders']
const holderProperties = ['kind', 'by', 'at']

/** Reads the tags of a contact. One that stands there twice has the holders of both, since the earlier of the two. */
export function readHeldTags(input: unknown, reading: Reading, path: Path): readonly HeldTag[] {
  if (input === undefined) return []
  const tags = new Map<string, HeldTag>()
  const elements = readElements(input, 'a list of tags', 'CONTACT_INVALID', reading, path) ?? []
  for (const [place, element] of elements.entries()) {
    const held = readHeldTag(element, reading, [...path, place])
    if (held === undefined) continue
    const other = tags.get(held.tag)
    tags.set(held.tag, other === undefined ? held : unitedTag(other, held))
  }
  return [...tags.values()]
}

function readHeldTag(input: unknown, reading: Reading, path: Path): HeldTag | undefined {
  const given = propertiesOf(input)
  if (given === undefined && typeof input !== 'string') {
    refuse(input, 'a tag: a text, or an object with a tag', reading, path, 'CONTACT_INVALID')
    return undefined
  }
  if (given !== undefined) refuseUnknown(given.keys(), tagProperties, 'a tag', 'CONTACT_INVALID', reading, path)
  const tag = given === undefined ? readTag(input, reading, path) : readTag(given.get('tag'), reading, [...path, 'tag'])
  const since = readAt(given?.get('since'), reading, [...path, 'since'])
  const holders = readHolders(given?.get('holders'), since ?? 0, reading, [...path, 'holders'])
  if (tag === undefined || holders === undefined) return undefined
  const earliest = holders.reduce((least, { at }) => Math.min(least, at), Infinity)
  return Object.freeze({ tag, since: since ?? earliest, holders: Object.freeze(holders) })
}

/** The first of two equal holders stands. */
function readHolders(input: unknown, since: number, reading: Reading, path: Path): readonly TagHold[] | undefined {
  if (input === undefined) return [Object.freeze({ kind: 'person', at: since })]
  const elements = readElements(input, 'a list of holders', 'CONTACT_INVALID', reading, path)
  if (elements === undefined) return undefined
  const holders: TagHold[] = []
  const known = new Set<string>()
  for (const [place, element] of elements.entries()) {
    const holder = readHolder(element, since, reading, [...path, place])
    if (holder === undefined) continue
    const key = JSON.stringify([holder.kind, holder.by])
    if (!known.has(key)) holders.push(holder)
    known.add(key)
  }
  if (elements.length === 0)
    refuse(input, 'a list of at least one holder: a tag without is no tag', reading, path, 'CONTACT_INVALID')
  return holders
}

function readHolder(input: unknown, since: number, reading: Reading, path: Path): TagHold | undefined {
  const given = propertiesOf(input)
  if (given !== undefined) refuseUnknown(given.keys(), holderProperties, 'a holder', 'CONTACT_INVALID', reading, path)
  const kind =
    given === undefined
      ? readNamed(input, holderKinds, 'CONTACT_INVALID', reading, path)
      : readNamed(given.get('kind'), holderKinds, 'CONTACT_INVALID', reading, [...path, 'kind'])
  const by = given?.get('by')
  const name = by === undefined ? undefined : readId(by, 'who holds the tag', reading, [...path, 'by'])
  const at = readAt(given?.get('at'), reading, [...path, 'at']) ?? since
  if (kind === undefined) return undefined
  return Object.freeze({ kind, ...(name === undefined ? {} : { by: name }), at })
}

function readAt(input: unknown, reading: Reading, path: Path): number | undefined {
  if (input === undefined) return undefined
  const instant = readInstantInput(input, reading, path)
  return instant === refused ? undefined : instant.instant
}
