import { CoterieError, type ErrorCode } from '../../base/errors.js'
import type { Change, ContactName, SegmentKind } from '../../changes/change.js'
import { tagProblems } from './catalogue.js'
import { givesDamping, kindOf } from './definitions.js'
import { decisionOrder, referencesOf } from './order.js'
import { readersIn } from './holding.js'
import { identityKey, serialOf, type ModelState } from './state.js'

/** A change that the model refuses, with every code that says rightly why. */
export class ModelRefusal extends CoterieError {
  readonly codes: readonly ErrorCode[]

  constructor(codes: readonly ErrorCode[]) {
    super(codes[0] ?? 'CHANGE_INVALID', `The naive engine refuses it: ${[...new Set(codes)].join(', ')}`)
    this.codes = codes
  }
}

/** What decides about changes besides what is there; as the options of an engine. */
export interface Policy {
  readonly unknownContacts?: 'refuse' | 'create'
  /** How far ahead of the clock an event may lie, in ms. */
  readonly maxAhead?: number
}

/** Whom a change names. */
export function contactsNamed(change: Change): readonly ContactName[] {
  switch (change.type) {
    case 'contact.put':
      return typeof change.contact === 'string' ? [] : [change.contact]
    case 'contact.patch':
    case 'contact.remove':
    case 'contact.identify':
    case 'event.record':
    case 'event.correct':
    case 'event.remove':
    case 'record.put':
    case 'record.remove':
      return [change.contact]
    case 'contact.merge':
      return [change.from, change.into]
    case 'segment.define':
      return change.contacts ?? []
    case 'tag.add':
    case 'tag.remove':
    case 'member.include':
    case 'member.exclude':
    case 'member.reset':
      return change.contacts
    default:
      return []
  }
}

/** The segment that a change names, unless it defines it. */
export function segmentNamed(change: Change): string | undefined {
  return 'segment' in change ? change.segment : undefined
}

/** Whether a change creates contacts that it names by an id nobody has, where that is wanted. */
export function createsUnknown(change: Change): boolean {
  switch (change.type) {
    case 'contact.patch':
    case 'contact.identify':
    case 'event.record':
    case 'record.put':
    case 'tag.add':
    case 'member.include':
    case 'member.exclude':
    case 'segment.define':
      return true
    default:
      return false
  }
}

/** All that speaks against a change in a state, references of rules aside. */
export function problemsOf(
  state: ModelState,
  change: Change,
  { unknownContacts, maxAhead = Infinity }: Policy,
): ErrorCode[] {
  const problems: ErrorCode[] = []
  const creates = unknownContacts === 'create' && createsUnknown(change)
  const unknown = contactsNamed(change).filter((name) => serialOf(state, name) === undefined)
  if (unknown.some((name) => !creates || typeof name !== 'string')) problems.push('CONTACT_UNKNOWN')
  const segmentId = segmentNamed(change)
  const segment = segmentId === undefined ? undefined : state.segments.get(segmentId)
  if (segmentId !== undefined && segment === undefined) problems.push('SEGMENT_UNKNOWN')
  switch (change.type) {
    case 'contact.merge': {
      const [from, into] = [serialOf(state, change.from), serialOf(state, change.into)]
      if (from !== undefined && from === into) problems.push('MERGE_SELF')
      break
    }
    case 'event.record':
      if ((change.event.at ?? state.now) - state.now > maxAhead) problems.push('EVENT_FAR_FUTURE')
      break
    case 'event.correct': {
      const serial = serialOf(state, change.contact)
      const events = serial === undefined ? [] : (state.contacts.get(serial)?.events ?? [])
      const held = events.find(({ id }) => id === change.id)
      if (held === undefined) problems.push('EVENT_UNKNOWN')
      else if ((change.event.at ?? held.at) - state.now > maxAhead) problems.push('EVENT_FAR_FUTURE')
      break
    }
    case 'contact.identify': {
      const owner = state.identities.get(identityKey(change))
      if (owner !== undefined && owner !== serialOf(state, change.contact)) problems.push('IDENTITY_TAKEN')
      break
    }
    case 'segment.define':
      problems.push(...definitionProblems(state, change))
      break
    case 'segment.convert':
      if (segment?.kind === change.kind) problems.push('CHANGE_INVALID')
      if (change.kind === 'static' && change.rule !== undefined) problems.push('CHANGE_INVALID')
      if (change.kind !== 'damped' && givesDamping(change)) problems.push('CHANGE_INVALID')
      if (change.kind !== 'static' && change.rule === undefined && segment?.rule === undefined)
        problems.push('CHANGE_INVALID')
      break
    case 'member.include':
    case 'member.exclude':
      if (change.until !== undefined && change.until <= state.now) problems.push('CHANGE_INVALID')
      if (segment !== undefined && !hasSlot(segment.kind, change.type === 'member.include' ? 'include' : 'exclude')) {
        problems.push('SEGMENT_KIND')
      }
      break
    case 'tag.add':
    case 'tag.remove': {
      const { kind, by = '' } = change.holder ?? { kind: 'person' as const }
      const holds = kind === 'rule' ? state.segments.get(by)?.holds : undefined
      if (holds !== undefined && change.tags.includes(holds.tag)) problems.push('CHANGE_INVALID')
      break
    }
    case 'member.reset':
      if (segment?.kind === 'dynamic' || segment?.kind === 'damped') problems.push('SEGMENT_KIND')
      break
    case 'tag.define':
    case 'tag.group':
    case 'tag.ungroup':
    case 'tag.rename':
    case 'tag.merge':
    case 'tag.delete':
      problems.push(...tagProblems(state, change))
      break
    case 'clock.advance':
      problems.push('BATCH_CLOCK')
      break
    case 'automation.define':
    case 'automation.remove':
    case 'automation.start':
    case 'automation.step':
    case 'automation.wait':
    case 'automation.finish':
      // It has no automation, and would not know what comes of it.
      problems.push('CHANGE_INVALID')
      break
    default:
  }
  return problems
}

function hasSlot(kind: SegmentKind, slot: 'include' | 'exclude'): boolean {
  return kind === 'hybrid' || (kind === 'static' && slot === 'include')
}

function definitionProblems(
  state: ModelState,
  change: Extract<Change, { readonly type: 'segment.define' }>,
): ErrorCode[] {
  const problems: ErrorCode[] = []
  const old = state.segments.get(change.id)
  const kind = kindOf(state, change)
  if (old !== undefined && old.kind !== kind) problems.push('SEGMENT_KIND')
  if ((kind === 'dynamic' || kind === 'damped') && change.contacts !== undefined) problems.push('SEGMENT_KIND')
  if (kind !== 'damped' && givesDamping(change)) problems.push('SEGMENT_KIND')
  if (kind !== 'static' && change.rule === undefined && old?.rule === undefined) problems.push('CHANGE_INVALID')
  return problems
}

/** What is wrong with the references of all rules, once a change or batch is written. */
export function referenceProblems(state: ModelState, removed: ReadonlySet<string>): ErrorCode[] {
  const problems: ErrorCode[] = []
  for (const segment of state.segments.values()) {
    for (const id of referencesOf(segment)) {
      if (!state.segments.has(id)) problems.push(removed.has(id) ? 'SEGMENT_IN_USE' : 'SEGMENT_UNKNOWN')
    }
  }
  if (decisionOrder([...state.segments.values()], readersIn(state)) === undefined) problems.push('RULE_LOOP')
  return problems
}
