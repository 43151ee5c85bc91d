import { CoterieError, show } from '../base/errors.js'
import type { ContactName } from '../changes/change.js'
import type { CauseKind } from '../changes/transition.js'
import { eventNames, type EventName, type Events, type ListenerFilter } from '../delivery/listeners.js'
import { checkFunction, checkOneOf, optionInvalid, plainOptions } from './arguments.js'
import type { Core } from './core.js'
import { findContact, needContact } from './names.js'
import { segmentId, type SegmentName } from './segment-name.js'
import type { EngineState } from './state.js'

/** What a listener wants to hear of; a part that is left out asks for all. */
export interface OnFilter extends Omit<ListenerFilter, 'segment' | 'contact'> {
  readonly segment?: SegmentName
  readonly contact?: ContactName
}

/** The parts of a filter that mean something to an event. */
export type FilterFor<E extends EventName> = E extends 'error'
  ? Pick<OnFilter, 'name'>
  : E extends 'tag'
    ? Omit<OnFilter, 'segment'>
    : Omit<OnFilter, 'tag'>

const filterNames = ['segment', 'contact', 'tag', 'causes', 'name']

/** All that can cause something. */
const causeKinds = Object.keys({
  contact: true,
  attribute: true,
  tag: true,
  record: true,
  event: true,
  member: true,
  merge: true,
  definition: true,
  time: true,
  settle: true,
} satisfies Record<CauseKind, true>)

/**
 * Begins to listen; returns what ends it.
 *
 * @throws CoterieError `OPTION_INVALID` where event, filter or listener are none, `CONTACT_UNKNOWN` for an identity that nobody has.
 */
export function listen<E extends EventName>(
  core: Core,
  event: E,
  filter: OnFilter,
  hear: (heard: Events[E]) => void,
): () => void {
  checkOneOf('event', event, eventNames)
  checkFunction(hear, 'The listener')
  return core.listeners.add(event, plainFilter(core.state, filter), hear)
}

/** A filter as the listeners keep it: segments and contacts by their ids. */
export function plainFilter(state: EngineState, given: OnFilter): ListenerFilter {
  const filter = plainOptions('filter', given)
  for (const name of Object.keys(filter)) checkOneOf('filter', name, filterNames)
  const { segment, contact, tag, causes, name } = filter
  const id = contact === undefined ? undefined : contactId(state, contact)
  if (causes !== undefined) checkCauses(causes)
  return {
    ...(segment === undefined ? undefined : { segment: textOption('segment', segmentId(segment)) }),
    ...(id === undefined ? undefined : { contact: textOption('contact', id) }),
    ...(tag === undefined ? undefined : { tag: textOption('tag', tag) }),
    ...(causes === undefined ? undefined : { causes: [...causes] }),
    ...(name === undefined ? undefined : { name: textOption('name', name) }),
  }
}

/** An id may be listened to before its contact is put; an identity has to lead to somebody. */
function contactId(state: EngineState, contact: ContactName): string {
  const ordinal = typeof contact === 'object' ? needContact(state, contact) : findContact(state, contact)
  return ordinal === undefined ? (contact as string) : state.store.directory.idOf(ordinal)
}

function checkCauses(causes: readonly CauseKind[]): void {
  if (!Array.isArray(causes)) throw optionInvalid('causes', causes, 'a list of causes')
  for (const cause of causes) checkOneOf('causes', cause, causeKinds)
}

function textOption(name: string, given: unknown): string {
  if (typeof given === 'string') return given
  throw new CoterieError('OPTION_INVALID', `The filter's ${name} is no text`, {
    path: [name],
    received: show(given),
    expected: 'a text',
  })
}
