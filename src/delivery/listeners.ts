import type { CoterieError } from '../base/errors.js'
import type { CauseKind, TagEvent, Transition } from '../changes/transition.js'

/** What can be listened to, and what a listener is given. */
export interface Events {
  /** A contact entered a segment; definitions and settling aside unless `causes` asks for them. */
  readonly enter: Transition
  /** A contact left a segment; definitions and settling aside unless `causes` asks for them. */
  readonly exit: Transition
  /** Every enter and exit, whatever caused it. */
  readonly transition: Transition
  /** A contact gained or lost a tag. */
  readonly tag: TagEvent
  /** Something went wrong that nobody waits for: a listener threw, a listener's change was refused, a cascade was cut. */
  readonly error: CoterieError
}

/** The name of something to listen to. */
export type EventName = keyof Events

/** All that can be listened to. */
export const eventNames: readonly EventName[] = Object.freeze(['enter', 'exit', 'transition', 'tag', 'error'])

/** What a listener wants to hear of; a part that is left out asks for all. */
export interface ListenerFilter {
  readonly segment?: string
  /** The id of a contact. */
  readonly contact?: string
  readonly tag?: string
  /** Only these causes. */
  readonly causes?: readonly CauseKind[]
  /** The name that the causes of the listener's own changes carry; default the event's. */
  readonly name?: string
}

/** Something that is called with what happened. */
export interface Listener<E extends EventName = EventName> {
  readonly event: E
  readonly filter: ListenerFilter
  readonly hear: (heard: Events[E]) => void
  /** Set when it ends: from then on it is not called any more. */
  ended: boolean
}

/** Calls a listener. */
export type CallListener = (listener: Listener, heard: Events[EventName]) => void

/** Called when a listener threw, with what it threw. */
export type ListenerFailed = (error: unknown, listener: Listener) => void

/** Those who listen, in the order in which they began to. */
export class Listeners {
  #all: readonly Listener[] = []

  /** Begins to listen; returns what ends it. */
  add<E extends EventName>(event: E, filter: ListenerFilter, hear: (heard: Events[E]) => void): () => void {
    const listener = { event, filter, hear, ended: false } as unknown as Listener
    this.#all = [...this.#all, listener]
    return () => {
      listener.ended = true
      this.#all = this.#all.filter((other) => other !== listener)
    }
  }

  /**
   * Tells tag events, then transitions, one after the other, each to all who asked for it; `call` runs a listener, so that what
   * it changes can be told apart. Whoever begins to listen meanwhile hears of what comes later, and one that ended meanwhile,
   * by another's doing, is not called any more.
   */
  tell(tagEvents: readonly TagEvent[], transitions: readonly Transition[], call: CallListener): void {
    const listeners = this.#all
    if (listeners.length === 0) return
    for (const event of tagEvents) {
      for (const listener of listeners) if (!listener.ended && wantsTagEvent(listener, event)) call(listener, event)
    }
    // By places, as there are many transitions: an iterator for each costs more than to look at a listener.
    for (let i = 0; i < transitions.length; i++) {
      const transition = transitions[i] as Transition
      for (let place = 0; place < listeners.length; place++) {
        const listener = listeners[place] as Listener
        if (!listener.ended && wantsTransition(listener, transition)) call(listener, transition)
      }
    }
  }

  /** Tells of an error; returns false where nobody listens for errors. */
  tellError(error: CoterieError, call: CallListener): boolean {
    const listeners = this.#all.filter(({ event }) => event === 'error')
    for (const listener of listeners) if (!listener.ended) call(listener, error)
    return listeners.length > 0
  }
}

/** Whether a listener asked for a transition. */
export function wantsTransition(
  { event, filter }: Pick<Listener, 'event' | 'filter'>,
  transition: Transition,
): boolean {
  const { kind } = transition.cause
  if (event !== 'transition') {
    if (event !== transition.type) return false
    if (filter.causes === undefined && (kind === 'definition' || kind === 'settle')) return false
  }
  if (filter.tag !== undefined) return false
  return (
    (filter.segment === undefined || filter.segment === transition.segmentId) &&
    (filter.contact === undefined || filter.contact === transition.contactId) &&
    (filter.causes === undefined || filter.causes.includes(kind))
  )
}

function wantsTagEvent({ event, filter }: Listener, tagEvent: TagEvent): boolean {
  return (
    event === 'tag' &&
    filter.segment === undefined &&
    (filter.tag === undefined || filter.tag === tagEvent.tag) &&
    (filter.contact === undefined || filter.contact === tagEvent.contactId) &&
    (filter.causes === undefined || filter.causes.includes(tagEvent.cause.kind))
  )
}
