import type { ChangeInput, InstantInput } from '../changes/input.js'
import { readInstantInput } from '../contacts/read-date.js'
import { readingOf, throwIssues } from '../contacts/reading.js'
import { accepted } from '../contacts/refused.js'
import type { Schema } from '../contacts/schema.js'
import { checkAhead } from './apply-event.js'
import { optionInvalid, plainOptions } from './arguments.js'
import type { Core } from './core.js'
import { findContact, needContact } from './names.js'
import type { AttributesOf, EventOf } from './typed-attributes.js'

/** What a channel calls somebody. */
export interface ChannelIdentity {
  readonly channel: string
  readonly id: string
}

/** A contact to be made for somebody whom nobody knows yet. */
export interface NewContact<S extends Schema = Schema> {
  /** Default `channel:id`. A contact that is there under this id is taken as it is. */
  readonly id?: string
  readonly attributes?: AttributesOf<S>
}

/** What is known of a message. All may be left out. */
export interface SeenOptions<S extends Schema = Schema> {
  /** When it was written. An engine without a `clock` is moved there; with one it follows the host's. Default now. */
  readonly at?: InstantInput
  /** An event to record, once for each id of it: that of the message. Its instant is `at` unless it says another. */
  readonly event?: EventOf<S>
  /** Whether somebody unknown becomes a contact. Default false. */
  readonly create?: boolean | NewContact<S>
}

/**
 * Takes note of a message: all of it at one instant, or none. Gives the contact, or undefined where nobody knows it and
 * none was to be made. The same message again changes nothing; one that comes late counts from now on.
 *
 * @throws CoterieError `EVENT_FAR_FUTURE` before the clock is moved; what `apply` throws.
 */
export function seen(core: Core, identity: ChannelIdentity, given: SeenOptions): number | undefined {
  const { state } = core
  const { at, event, create = false } = plainOptions('options', given)
  const { channel, id } = plainOptions('identity', identity)
  const moment = at === undefined ? undefined : readMoment(core, at)
  if (moment !== undefined && !core.hasClock) checkAhead(state.now, state.settings.maxAhead, moment, ['at'])
  const isKnown = findContact(state, { channel, id }) !== undefined
  // Called by a listener it would be made only when all is told, and there would be nobody to give.
  if (!isKnown && core.isTelling && create !== false) needContact(state, { channel, id })
  const changes: ChangeInput[] = isKnown || create === false ? [] : introduction(core, { channel, id }, create)
  if (event !== undefined && (isKnown || changes.length > 0)) {
    const own = plainOptions('event', event)
    const happened = own.at ?? moment
    changes.push({
      type: 'event.record',
      contact: { channel, id },
      event: happened === undefined ? own : { ...own, at: happened },
    })
  }
  core.applyAt(moment, changes)
  return create === false ? findContact(state, { channel, id }) : needContact(state, { channel, id })
}

/** Makes the contact, unless it is there under another name, and ties the identity to it. */
function introduction({ state }: Core, { channel, id }: ChannelIdentity, create: true | NewContact): ChangeInput[] {
  const { id: contact = `${channel}:${id}`, attributes = {} } = create === true ? {} : plainOptions('create', create)
  if (typeof contact !== 'string') throw optionInvalid('create', contact, 'an id, and attributes')
  const identify: ChangeInput = { type: 'contact.identify', contact, channel, id }
  const isThere = findContact(state, contact) !== undefined
  return isThere ? [identify] : [{ type: 'contact.put', contact, attributes }, identify]
}

function readMoment({ state }: Core, at: InstantInput): number {
  const reading = readingOf({ timeZone: state.settings.timeZone, limits: state.settings.limits })
  const read = readInstantInput(at, reading, ['at'])
  throwIssues('The message cannot be dated', reading)
  return accepted(read)?.instant ?? state.now
}
