import type { Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
import { elementsOf, isListInput, propertiesOf, reportTooLarge } from '../contacts/plain-input.js'
import { readId } from '../contacts/read-text.js'
import type { Reading } from '../contacts/reading.js'
import { refuse, refuseUnknown } from '../contacts/refused.js'
import type { ContactName } from './change.js'
import { mostContacts, type ChangeReading, type FieldReader } from './change-reading.js'

/*
 * The names in a change. There can be a million of them, so a look tells whether one is right; only for what is wrong a
 * path is made, and the readers that everything else uses say what it is.
 */

/** Reads a name: any text that is not empty and not too long. `what` says of what. */
export function nameReader(what: string): FieldReader<string> {
  return (input, reading, path) =>
    isName(input, reading) ? input : readId(input, what, reading, path, 'CHANGE_INVALID')
}

function isName(input: unknown, { limits }: Reading): input is string {
  return typeof input === 'string' && input !== '' && input.length <= limits.name && isWellFormed(input)
}

const readContactId = nameReader('the id of a contact (or {"channel": …, "id": …})')
const readIdentityChannel = nameReader('the channel of an identity')
const readIdentityId = nameReader('the id of an identity')
const identityProperties = ['channel', 'id']

/** Reads the id of a contact, or an identity tied to it. */
export function readContactName(input: unknown, reading: ChangeReading, path: Path): ContactName | undefined {
  const given = typeof input === 'string' ? undefined : propertiesOf(input)
  if (given === undefined) return readContactId(input, reading, path)
  refuseUnknown(given.keys(), identityProperties, 'an identity', 'CHANGE_INVALID', reading, path)
  const channel = readIdentityChannel(given.get('channel'), reading, [...path, 'channel'])
  const id = readIdentityId(given.get('id'), reading, [...path, 'id'])
  return channel === undefined || id === undefined ? undefined : Object.freeze({ channel, id })
}

/** Reads one contact or several. */
export function readContacts(input: unknown, reading: ChangeReading, path: Path): readonly ContactName[] | undefined {
  return readSeveral(input, readContactName, { what: 'contacts', least: 1, most: mostContacts }, reading, path)
}

/** Reads the contacts of a static segment, which may have none. */
export function readMembers(input: unknown, reading: ChangeReading, path: Path): readonly ContactName[] | undefined {
  return readSeveral(input, readContactName, { what: 'contacts', least: 0, most: mostContacts }, reading, path)
}

const readTag = nameReader('a tag')
const readLabel = nameReader('a label')

/** Reads one tag or several. */
export function readTags(input: unknown, reading: ChangeReading, path: Path): readonly string[] | undefined {
  return readSeveral(input, readTag, { what: 'tags', least: 1, most: reading.limits.list }, reading, path)
}

/** Reads the tags of a group, which may have none yet. */
export function readTagsOfGroup(input: unknown, reading: ChangeReading, path: Path): readonly string[] | undefined {
  return readSeveral(input, readTag, { what: 'tags', least: 0, most: reading.limits.list }, reading, path)
}

/** Reads the labels of a segment, which may have none. */
export function readLabels(input: unknown, reading: ChangeReading, path: Path): readonly string[] | undefined {
  return readSeveral(input, readLabel, { what: 'labels', least: 0, most: reading.limits.list }, reading, path)
}

interface ListSize {
  readonly what: string
  readonly least: 0 | 1
  readonly most: number
}

/** Reads a list of names, or one for a list of one. A name that stands there twice is kept where it stands first. */
function readSeveral<N extends ContactName>(
  input: unknown,
  read: FieldReader<N>,
  { what, least, most }: ListSize,
  reading: ChangeReading,
  path: Path,
): readonly N[] | undefined {
  if (!isListInput(input)) return onlyOne(read(input, reading, path))
  const elements = elementsOf(input, most)
  if (typeof elements === 'number') {
    reportTooLarge(reading, path, what, most, String(elements))
    return undefined
  }
  if (elements === undefined || elements.length < least) {
    const wanted = least === 0 ? `a list of ${what}` : `a list of ${what} with at least one`
    refuse(input, wanted, reading, path, 'CHANGE_INVALID')
    return undefined
  }
  if (elements.length === 1) return onlyOne(read(elements[0], reading, [...path, 0]))
  const several = new Map<string, N>()
  let isWhole = true
  for (const [place, element] of elements.entries()) {
    const name = isName(element, reading) ? (element as N) : read(element, reading, [...path, place])
    if (name === undefined) isWhole = false
    // No name holds U+0000, so an id and an identity have no key in common.
    else several.set(typeof name === 'string' ? name : `${name.channel}\0${name.id}`, name)
  }
  return isWhole ? Object.freeze([...several.values()]) : undefined
}

function onlyOne<N>(name: N | undefined): readonly N[] | undefined {
  return name === undefined ? undefined : Object.freeze([name])
}
