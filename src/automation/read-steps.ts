import type { Path } from '../base/errors.js'
import type { AutomationStep, StepChange, StepChangeType } from '../changes/automation-changes.js'
import type { ChangeReading } from '../changes/change-reading.js'
import { readCount } from '../changes/read-field.js'
import { readData } from '../changes/read-data.js'
import { nameReader } from '../changes/read-names.js'
import type { OwnProperties } from '../contacts/own-properties.js'
import { propertiesOf, setOwn } from '../contacts/plain-input.js'
import type { Value } from '../contacts/value.js'
import {
  readAttributeName,
  readChangeAt,
  readEach,
  readExact,
  readKind,
  readList,
  readOperandAt,
  readRuleAt,
  readSpan,
  readWhere,
  refusePart,
} from './read-parts.js'
import { readTriggers } from './read-triggers.js'

type StepName = AutomationStep['step']

const properties: Readonly<Record<StepName, readonly string[]>> = {
  change: ['changes'],
  set: ['attribute', 'to'],
  stamp: ['attribute'],
  assign: ['attribute', 'among', 'keep'],
  setRecords: ['collection', 'where', 'triggering', 'set'],
  call: ['handler', 'with', 'into', 'attempts', 'pause', 'timeout', 'failed'],
  wait: ['for'],
  waitUntil: ['date'],
  waitFor: ['triggers', 'atMost', 'then', 'else'],
  if: ['rule', 'then', 'else'],
  stop: ['outcome'],
}

/** The names in which a change says whom it is about: a step leaves them out. */
const aboutOne: ReadonlySet<string> = new Set<StepChangeType>([
  'contact.patch',
  'contact.identify',
  'event.record',
  'record.put',
  'record.remove',
])
const aboutSeveral: ReadonlySet<string> = new Set<StepChangeType>([
  'tag.add',
  'tag.remove',
  'member.include',
  'member.exclude',
  'member.reset',
])

const readHandler = nameReader('the name of a handler')

/** Reads a list of steps. `automation` is the id of the automation: tags that it puts on are held by it. */
export function readSteps(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  automation: string,
): readonly AutomationStep[] | undefined {
  if (path.length > reading.limits.depth) {
    refusePart(input, 'steps at most so deep as the limit allows', reading, path)
    return undefined
  }
  return readEach(input, 'a list of steps', reading, path, (element, at) => readStep(element, reading, at, automation))
}

function readStep(input: unknown, reading: ChangeReading, path: Path, automation: string): AutomationStep | undefined {
  const issues = reading.issues.length
  const kind = readKind(input, 'step', properties, 'a step', reading, path)
  if (kind === undefined) return undefined
  const { kind: step, given } = kind
  const parts = new StepParts(given, reading, path, automation)
  const read = withoutUndefined({ step, ...readers[step](parts) })
  return reading.issues.length > issues ? undefined : (Object.freeze(read) as AutomationStep)
}

/** The parts of a step as they were written, and how each kind of part is read. */
class StepParts {
  readonly automation: string
  readonly #given: OwnProperties
  readonly #reading: ChangeReading
  readonly #path: Path

  constructor(given: OwnProperties, reading: ChangeReading, path: Path, automation: string) {
    this.#given = given
    this.#reading = reading
    this.#path = path
    this.automation = automation
  }

  /** Reads a part that must be there. */
  need<T>(name: string, read: (input: unknown, reading: ChangeReading, path: Path) => T): T {
    return read(this.#given.get(name), this.#reading, [...this.#path, name])
  }

  /** Reads a part that may be left out. */
  may<T>(name: string, read: (input: unknown, reading: ChangeReading, path: Path) => T): T | undefined {
    return this.#given.get(name) === undefined ? undefined : this.need(name, read)
  }

  /** Reads steps inside the step. */
  readonly steps = (input: unknown, reading: ChangeReading, path: Path): readonly AutomationStep[] | undefined =>
    readSteps(input, reading, path, this.automation)

  get(name: string): unknown {
    return this.#given.get(name)
  }
}

const readers: Readonly<Record<StepName, (parts: StepParts) => object>> = {
  change: (parts) => ({
    changes: parts.need('changes', (input, reading, path) => readStepChanges(input, reading, path, parts.automation)),
  }),
  set: (parts) => ({ attribute: parts.need('attribute', readAttributeName), to: parts.need('to', readOperandAt) }),
  stamp: (parts) => ({ attribute: parts.need('attribute', readAttributeName) }),
  assign: (parts) => ({
    attribute: parts.need('attribute', readAttributeName),
    among: parts.need('among', (input, reading, path) => readAmong(input, parts.get('attribute'), reading, path)),
    keep: parts.may('keep', readTruth),
  }),
  setRecords: (parts) => {
    const collection = parts.get('collection')
    const of = { records: [collection] }
    const where = parts.get('where')
    return {
      collection,
      where: parts.need(where === undefined ? 'collection' : 'where', (_, reading, path) =>
        readWhere(where, of, reading, path),
      ),
      triggering: parts.may('triggering', readTruth),
      set: parts.need('set', (input, reading, path) => readFields(input, collection, reading, path)),
    }
  },
  call: (parts) => ({
    handler: parts.need('handler', readHandler),
    with: parts.may('with', readData),
    into: parts.may('into', readAttributeName),
    attempts: parts.may('attempts', readAttempts),
    pause: parts.may('pause', readExact),
    timeout: parts.may('timeout', readExact),
    failed: parts.may('failed', parts.steps),
  }),
  wait: (parts) => ({ for: parts.need('for', readSpan) }),
  waitUntil: (parts) => ({ date: parts.need('date', readOperandAt) }),
  waitFor: (parts) => ({
    triggers: parts.need('triggers', readTriggers),
    atMost: parts.need('atMost', readSpan),
    then: parts.may('then', parts.steps),
    else: parts.may('else', parts.steps),
  }),
  if: (parts) => ({
    rule: parts.need('rule', readRuleAt),
    then: parts.need('then', parts.steps),
    else: parts.may('else', parts.steps),
  }),
  stop: (parts) => ({ outcome: parts.may('outcome', nameReader('how it ends')) }),
}

function readTruth(input: unknown, reading: ChangeReading, path: Path): boolean | undefined {
  if (typeof input === 'boolean') return input
  refusePart(input, 'true or false', reading, path)
  return undefined
}

function readAttempts(input: unknown, reading: ChangeReading, path: Path): number | undefined {
  if (input === 0) refusePart(input, 'a whole number from 1', reading, path)
  return readCount(input, reading, path)
}

/** Reads changes without their contacts. */
function readStepChanges(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  automation: string,
): readonly StepChange[] | undefined {
  return readEach(input, 'a list of changes', reading, path, (element, at) =>
    readStepChange(element, reading, at, automation),
  )
}

function readStepChange(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  automation: string,
): StepChange | undefined {
  const given = propertiesOf(input)
  const type = given?.get('type')
  if (given === undefined || typeof type !== 'string' || !(aboutOne.has(type) || aboutSeveral.has(type))) {
    const known = [...aboutOne, ...aboutSeveral].join(', ')
    refusePart(given === undefined ? input : type, `a change of one contact: ${known}`, reading, path)
    return undefined
  }
  const about = aboutOne.has(type) ? 'contact' : 'contacts'
  if (given.get(about) !== undefined) {
    refusePart(given.get(about), 'left out: the contact is that of the run', reading, [...path, about])
    return undefined
  }
  const whole: Record<string, unknown> = { ...Object.fromEntries(given), [about]: '-' }
  if (type === 'tag.add' && whole['holder'] === undefined)
    whole['holder'] = automation === '' ? 'behaviour' : { kind: 'behaviour', by: automation }
  const named = withRecordId(whole)
  const change = readChangeAt(named.change, reading, path)
  if (change === undefined) return undefined
  const parts = Object.entries(change).filter(([name]) => name !== about)
  const read = Object.fromEntries(parts) as { record?: Record<string, unknown> }
  if (named.isMadeUp && read.record !== undefined)
    read.record = Object.freeze(Object.fromEntries(Object.entries(read.record).filter(([name]) => name !== 'id')))
  return Object.freeze(read) as unknown as StepChange
}

/** A record that is put may be left without an id, which it gets when the step is done; to be read it needs one. */
function withRecordId(change: Record<string, unknown>): { readonly change: object; readonly isMadeUp: boolean } {
  const record = change['type'] === 'record.put' ? propertiesOf(change['record']) : undefined
  if (record === undefined || record.get('id') !== undefined) return { change, isMadeUp: false }
  return { change: { ...change, record: { ...Object.fromEntries(record), id: '-' } }, isMadeUp: true }
}

function readAmong(
  input: unknown,
  attribute: unknown,
  reading: ChangeReading,
  path: Path,
): readonly string[] | undefined {
  const elements = readList(input, 'a list of texts', reading, path)
  if (elements === undefined) return undefined
  if (elements.length === 0) refusePart(input, 'a list of at least one text', reading, path)
  for (const [place, element] of elements.entries()) {
    if (typeof element !== 'string') refusePart(element, 'a text', reading, [...path, place])
    else if (typeof attribute === 'string') readAttributeName(attribute, reading, [...path, place], element)
  }
  return Object.freeze(elements as readonly string[])
}

/** Reads fields of records of a collection; `null` takes one away. */
function readFields(
  input: unknown,
  collection: unknown,
  reading: ChangeReading,
  path: Path,
): Readonly<Record<string, Value | null>> | undefined {
  const given = propertiesOf(input)
  if (given === undefined || given.has('id')) {
    refusePart(input, 'fields of a record, but not its id', reading, path)
    return undefined
  }
  const record = { ...Object.fromEntries(given), id: '-' }
  const change = readChangeAt({ type: 'record.put', contact: '-', collection, record }, reading, path)
  if (change?.type !== 'record.put') return undefined
  const fields: Record<string, Value | null> = {}
  for (const name of given.keys()) {
    const value = Object.hasOwn(change.record, name) ? (change.record as Readonly<Record<string, Value>>)[name] : null
    setOwn(fields, name, value ?? null)
  }
  return Object.freeze(fields)
}

function withoutUndefined(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}
