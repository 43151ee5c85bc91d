import { CoterieError } from '../base/errors.js'
import type { Contact } from './contact.js'
import { ContentSize } from './content-size.js'
import { propertiesOf } from './plain-input.js'
import { readAttributes, type AttributesInput } from './read-attributes.js'
import type { EventInput } from './read-event.js'
import { readFolded } from './read-folded.js'
import { readHeldTags, type InstantInput, type TagInput } from './read-held-tag.js'
import { readEvents, readRecords } from './read-history.js'
import type { RecordInput } from './read-record.js'
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
  /** In any order; those that neither instant nor id tells apart come in the order given. Of several with one id the first stands. */
  readonly events?: readonly (EventInput & { readonly at: InstantInput })[]
  /** By collection; of several with one id the last stands. */
  readonly records?: { readonly [collection: string]: readonly RecordInput[] }
  /** What is left of events that an engine folded away, as it gave it out. */
  readonly folded?: Contact['folded']
}

const properties = ['id', 'attributes', 'tags', 'events', 'records', 'folded']

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
  const size = ContentSize.ofContact(reading.limits)
  const events = readEvents(given.get('events'), reading, ['events'], size)
  const records = readRecords(given.get('records'), reading, ['records'], size)
  const folded = readFolded(given.get('folded'), events, reading, ['folded'], size)
  if (id === undefined || attributes === undefined) return undefined
  return Object.freeze({
    id,
    attributes: plainObject(attributes),
    tags: Object.freeze(tags),
    events,
    records,
    ...(folded === undefined ? undefined : { folded }),
  })
}

/** The attributes that are there, as a plain object: one named `__proto__` is a property like any other. */
function plainObject(attributes: ReadonlyMap<string, Value | null>): Readonly<Record<string, Value>> {
  const there = [...attributes].filter((entry): entry is [string, Value] => entry[1] !== null)
  return Object.freeze(Object.fromEntries(there))
}
