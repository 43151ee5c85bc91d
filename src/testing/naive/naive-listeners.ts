import { isCoterieError, type CoterieError } from '../../base/errors.js'
import { eventNames, type EventName } from '../../delivery/listeners.js'
import { checkFunction, checkOneOf } from '../../engine/arguments.js'
import type { OnFilter } from '../../engine/listen.js'
import { segmentId } from '../../engine/segment-name.js'
import { serialOf, type ModelState } from './state.js'
import type { CauseKind, TagEvent, Transition } from '../../changes/transition.js'

/** What a listener hears. */
export type Heard = Transition | TagEvent | CoterieError

/** Whoever listens, and to what. */
export interface NaiveListener {
  readonly event: EventName
  readonly segment?: string
  /** The id of a contact. */
  readonly contact?: string
  readonly tag?: string
  readonly causes?: readonly CauseKind[]
  readonly hear: (heard: Heard) => void
}

/** Listens as the engine's `on` is asked to, with a filter or without; returns what ends it. */
export function listenNaively(model: Listenable, event: EventName, given: readonly unknown[]): () => void {
  const [filter, hear] = given.length < 2 ? [{}, given[0]] : given
  checkOneOf('event', event, eventNames)
  checkFunction(hear, 'The listener')
  const { segment, contact, ...rest } = filter as OnFilter
  const serial = contact === undefined ? undefined : serialOf(model.state, contact)
  const id = serial === undefined ? contact : model.state.contacts.get(serial)?.id
  return model.on({
    ...rest,
    event,
    hear: hear as NaiveListener['hear'],
    ...(segment === undefined ? undefined : { segment: segmentId(segment) }),
    ...(typeof id === 'string' ? { contact: id } : undefined),
  })
}

/** What a listener can be added to. */
interface Listenable {
  readonly state: ModelState
  on(listener: NaiveListener): () => void
}

/** Those who listen, in the order in which they began to. */
export class NaiveListeners {
  readonly #all = new Set<NaiveListener>()

  /** Returns what ends it. */
  add(listener: NaiveListener): () => void {
    const own = { ...listener }
    this.#all.add(own)
    return () => void this.#all.delete(own)
  }

  /** Those who asked for what is to be told, one after the other; who ends meanwhile is left out. */
  *of(heard: Heard): Iterable<NaiveListener> {
    for (const listener of [...this.#all]) if (this.#all.has(listener) && hears(listener, heard)) yield listener
  }
}

function hears({ event, segment, contact, tag, causes }: NaiveListener, heard: Heard): boolean {
  if (isCoterieError(heard)) return event === 'error'
  if (causes !== undefined && !causes.includes(heard.cause.kind)) return false
  if (contact !== undefined && contact !== heard.contactId) return false
  if ('tag' in heard) return event === 'tag' && segment === undefined && (tag === undefined || tag === heard.tag)
  if (event === 'tag' || tag !== undefined || (segment !== undefined && segment !== heard.segmentId)) return false
  if (event === 'transition') return true
  return event === heard.type && (causes !== undefined || heard.cause.kind !== 'definition')
}
