import { CoterieError } from '../base/errors.js'
import type { Contact } from './contact.js'
import { propertiesOf } from './plain-input.js'
import { readAttributes, type AttributesInput } from './read-attributes.js'
import { readHeldTags, type TagInput } from './read-held-tag.js'
import { readId } from './read-text.js'
import { readingOf, throwIssues, type Reading, type ReadingOptions } from './reading.js'
import { refuse, refuseUnknown } from './refused.js'
import type { Value } from './value.js'

/** A contact as people write it, for those who ask rules about contacts that no engine keeps. */
export interface ContactInput {
  readonly id: string
  readonly attributes?: AttributesInput
  /** A tag without a time has been there since 1970, from before everything. */
  readonly tags?: readonly TagInput[]
}

const properties = ['id', 'attributes', 'tags']

/**
 * Reads a contact; the result is frozen, and reading it again gives an equal one.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function readContact(input: unknown, options: ReadingOptions = {}): Contact {
  const reading = readingOf(options)
  const contact = contactOf(input, reading)
  throwIssues('The contact cannot be read', reading)
  if (contact === undefined) throw new CoterieError('CONTACT_INVALID', 'The contact cannot be read')
  return contact
}

function contactOf(input: unknown, reading: Reading): Contact | undefined {
  const given = propertiesOf(input)
  if (given === undefined) {
    refuse(input, 'a contact: an object with an id', reading, [], 'CONTACT_INVALID')
    return undefined
  }
  refuseUnknown(given.keys(), properties, 'a contact', 'CONTACT_INVALID', reading, [])
  const id = readId(given.get('id'), 'the id of a contact', reading, ['id'], 'CONTACT_INVALID')
  const attributes = readAttributes(given.get('attributes'), reading, ['attributes'])
  const tags = readHeldTags(given.get('tags'), reading, ['tags'])
  if (id === undefined || attributes === undefined) return undefined
  return Object.freeze({ id, attributes: recordOf(attributes), tags: Object.freeze(tags) })
}

/** The attributes that are there, as a plain object: one named `__proto__` is a property like any other. */
function recordOf(attributes: ReadonlyMap<string, Value | null>): Readonly<Record<string, Value>> {
  const there = [...attributes].filter((entry): entry is [string, Value] => entry[1] !== null)
  return Object.freeze(Object.fromEntries(there))
}
