import type { Path } from '../base/errors.js'
import type { AutomationReason, AutomationStep, AutomationTrigger } from './automation-changes.js'
import type { Change, ChangeType, SegmentKind } from './change.js'
import type { TagKind } from './tag-changes.js'
import type { FieldReader } from './change-reading.js'
import { readData } from './read-data.js'
import {
  oneOf,
  orNull,
  readAttributesToPatch,
  readAttributesToPut,
  readCount,
  readExactDuration,
  readFlag,
  readHolder,
  readHolds,
  readInstantMs,
  readRuleField,
  readWords,
} from './read-field.js'
import { readCorrection, readEventField, readRecordField } from './read-history.js'
import {
  nameReader,
  readContactName,
  readContacts,
  readLabels,
  readMembers,
  readTags,
  readTagsOfGroup,
} from './read-names.js'

/*
 * What each type of change is made of: a row for each of its fields, with what reads it. The types hold the rows to the
 * changes of `change.ts`: no field is missing, and none may be left out that a change must have.
 */

/** A field that a change always has; where people may leave it out, `otherwise` is what it is then. */
interface NeededField<T> {
  readonly read: FieldReader<T>
  readonly isNeeded: true
  readonly otherwise?: T
}

/** A field that a change may have. */
interface OptionalField<T> {
  readonly read: FieldReader<T>
  readonly isNeeded: false
}

type Reentry = NonNullable<ChangeOf<'automation.define'>['reentry']>
type ChangeOf<T extends ChangeType> = Extract<Change, { readonly type: T }>
type FieldOf<C, K extends keyof C> =
  Partial<Pick<C, K>> extends Pick<C, K> ? OptionalField<Exclude<C[K], undefined>> : NeededField<C[K]>
type FieldsOf<C> = { readonly [K in Exclude<keyof C, 'type'>]-?: FieldOf<C, K> }

/** A field of a type of change, by name. */
export interface ShapeField {
  readonly name: string
  readonly path: Path
  readonly read: FieldReader<unknown>
  readonly isNeeded: boolean
  readonly otherwise?: unknown
}

const segment = needed(nameReader('the id of a segment'))
const contact = needed(readContactName)
const contacts = needed(readContacts)
const collection = needed(nameReader('the name of a collection'))
const eventId = needed(nameReader('the id of an event'))
const words = optional(readWords)
const wordsOrNull = optional(orNull(readWords))
const kinds = oneOf<SegmentKind>('dynamic', 'static', 'hybrid', 'damped')
const rule = optional(readRuleField)
const until = optional(readInstantMs)
const tag = needed(nameReader('a tag'))
const group = needed(nameReader('the name of a group of tags'))
const tagKinds = oneOf<TagKind>('manual', 'automatic', 'campaign', 'behavioural')
const force = optional(readFlag)
const automation = needed(nameReader('the id of an automation'))
const run = needed(nameReader('the id of a run'))
const stepPlace = needed(nameReader('the place of a step'))
const turn = optional(readCount)
const because = optional(readData as FieldReader<AutomationReason>)
// What is in a definition is read by those who know automations.
const triggers: FieldReader<readonly AutomationTrigger[]> = (input, reading, path, beside) =>
  (reading.definitions?.triggers ?? (readData as typeof triggers))(input, reading, path, beside)
const steps: FieldReader<readonly AutomationStep[]> = (input, reading, path, beside) =>
  (reading.definitions?.steps ?? (readData as typeof steps))(input, reading, path, beside)
const reentry: FieldReader<Reentry> = (input, reading, path, beside) =>
  (reading.definitions?.reentry ?? (readWords as typeof reentry))(input, reading, path, beside)

const shapes: { readonly [T in ChangeType]: readonly ShapeField[] } = {
  'contact.put': fields<ChangeOf<'contact.put'>>({
    contact,
    attributes: needed(readAttributesToPut, Object.freeze({})),
  }),
  'contact.patch': fields<ChangeOf<'contact.patch'>>({ contact, attributes: needed(readAttributesToPatch) }),
  'contact.remove': fields<ChangeOf<'contact.remove'>>({ contact }),
  'contact.merge': fields<ChangeOf<'contact.merge'>>({ from: contact, into: contact }),
  'contact.identify': fields<ChangeOf<'contact.identify'>>({
    contact,
    channel: needed(nameReader('the channel of an identity')),
    id: needed(nameReader('the id of an identity')),
  }),
  'tag.add': fields<ChangeOf<'tag.add'>>({
    contacts,
    tags: needed(readTags),
    holder: needed(readHolder, Object.freeze({ kind: 'person' })),
  }),
  'tag.remove': fields<ChangeOf<'tag.remove'>>({
    contacts,
    tags: needed(readTags),
    holder: optional(readHolder),
    by: optional(nameReader('who takes the tag off')),
  }),
  'tag.define': fields<ChangeOf<'tag.define'>>({
    tag,
    name: wordsOrNull,
    description: wordsOrNull,
    when: wordsOrNull,
    kind: optional(orNull(tagKinds)),
    colour: wordsOrNull,
  }),
  'tag.group': fields<ChangeOf<'tag.group'>>({
    group,
    name: words,
    description: words,
    prefix: optional(nameReader('a prefix')),
    tags: optional(readTagsOfGroup),
    exclusive: optional(readFlag),
  }),
  'tag.ungroup': fields<ChangeOf<'tag.ungroup'>>({ group }),
  'tag.rename': fields<ChangeOf<'tag.rename'>>({ from: tag, to: tag, force }),
  'tag.merge': fields<ChangeOf<'tag.merge'>>({ from: needed(readTags), into: tag, force }),
  'tag.delete': fields<ChangeOf<'tag.delete'>>({ tags: needed(readTags), force }),
  'event.record': fields<ChangeOf<'event.record'>>({ contact, event: needed(readEventField) }),
  'event.correct': fields<ChangeOf<'event.correct'>>({ contact, id: eventId, event: needed(readCorrection) }),
  'event.remove': fields<ChangeOf<'event.remove'>>({ contact, id: eventId }),
  'event.fold': fields<ChangeOf<'event.fold'>>({ before: needed(readInstantMs) }),
  'record.put': fields<ChangeOf<'record.put'>>({ contact, collection, record: needed(readRecordField) }),
  'record.remove': fields<ChangeOf<'record.remove'>>({
    contact,
    collection,
    id: needed(nameReader('the id of a record')),
  }),
  'segment.define': fields<ChangeOf<'segment.define'>>({
    id: segment,
    kind: optional(kinds),
    rule,
    stay: optional(orNull(readRuleField)),
    minimumStay: optional(orNull(readExactDuration)),
    coolDown: optional(orNull(readExactDuration)),
    contacts: optional(readMembers),
    visits: optional(readFlag),
    holds: optional(orNull(readHolds)),
    name: words,
    description: words,
    owner: words,
    labels: optional(readLabels),
    data: optional(readData),
    source: words,
  }),
  'segment.describe': fields<ChangeOf<'segment.describe'>>({
    segment,
    name: wordsOrNull,
    description: wordsOrNull,
    owner: wordsOrNull,
    labels: optional(orNull(readLabels)),
    data: optional(readData),
    source: wordsOrNull,
  }),
  'segment.convert': fields<ChangeOf<'segment.convert'>>({
    segment,
    kind: needed(kinds),
    rule,
    stay: rule,
    minimumStay: optional(readExactDuration),
    coolDown: optional(readExactDuration),
  }),
  'segment.remove': fields<ChangeOf<'segment.remove'>>({ segment }),
  'member.include': fields<ChangeOf<'member.include'>>({ segment, contacts, reason: words, until }),
  'member.exclude': fields<ChangeOf<'member.exclude'>>({ segment, contacts, reason: words, until }),
  'member.reset': fields<ChangeOf<'member.reset'>>({ segment, contacts, slot: optional(oneOf('include', 'exclude')) }),
  'automation.define': fields<ChangeOf<'automation.define'>>({
    automation,
    name: words,
    description: words,
    when: needed(triggers),
    if: rule,
    steps: needed(steps),
    reentry: optional(reentry),
    overlap: optional(oneOf('ignore', 'restart', 'parallel')),
    existing: optional(readFlag),
    cancelOnExit: optional(readFlag),
    cancelWhen: optional(triggers),
  }),
  'automation.remove': fields<ChangeOf<'automation.remove'>>({ automation }),
  'automation.start': fields<ChangeOf<'automation.start'>>({
    automation,
    contact,
    run: optional(run.read),
    because,
    turn,
  }),
  'automation.step': fields<ChangeOf<'automation.step'>>({
    contact,
    run,
    at: stepPlace,
    to: optional(stepPlace.read),
    went: optional(oneOf('then', 'else', 'failed')),
    why: optional(readData),
    result: optional(readData),
    failed: words,
    attempt: turn,
    assigned: words,
    turn,
  }),
  'automation.wait': fields<ChangeOf<'automation.wait'>>({
    contact,
    run,
    at: stepPlace,
    until,
    for: optional(oneOf('time', 'trigger', 'answer', 'retry')),
    attempt: turn,
    turn,
  }),
  'automation.finish': fields<ChangeOf<'automation.finish'>>({
    contact,
    run,
    outcome: needed(oneOf('done', 'cancelled', 'failed')),
    why: words,
    because,
    turn,
  }),
  'clock.advance': fields<ChangeOf<'clock.advance'>>({ to: needed(readInstantMs) }),
}

/** The types of changes. */
export const changeTypes = Object.freeze(Object.keys(shapes)) as readonly ChangeType[]

/** The fields of a type of change besides `type`, in the order in which they are written; undefined where there is no such type. */
export function fieldsOfType(type: unknown): readonly ShapeField[] | undefined {
  return typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type as ChangeType] : undefined
}

function needed<T>(read: FieldReader<T>, otherwise?: T): NeededField<T> {
  return otherwise === undefined ? { read, isNeeded: true } : { read, isNeeded: true, otherwise }
}

function optional<T>(read: FieldReader<T>): OptionalField<T> {
  return { read, isNeeded: false }
}

function fields<C>(rows: FieldsOf<C>): readonly ShapeField[] {
  const entries = Object.entries<NeededField<unknown> | OptionalField<unknown>>(rows)
  return Object.freeze(entries.map(([name, row]) => Object.freeze({ ...row, name, path: Object.freeze([name]) })))
}
