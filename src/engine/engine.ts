import type { Weekday } from '../base/calendar-period.js'
import type { ContactName } from '../changes/change.js'
import type { ChangeInput, InstantInput } from '../changes/input.js'
import type { Receipt } from '../changes/receipt.js'
import type { Limits } from '../contacts/limits.js'
import type { Schema } from '../contacts/schema.js'
import type { Transition } from '../changes/transition.js'
import type { EventName, Events } from '../delivery/listeners.js'
import { TransitionStream, type StreamOptions } from '../delivery/transition-stream.js'
import type { NextChange } from '../rules/timed.js'
import { checkOneOf, checkWhole, plainOptions, readable } from './arguments.js'
import { ContactHandle } from './contact-handle.js'
import { Contacts } from './contacts-face.js'
import { Core } from './core.js'
import { EventLog } from './events-face.js'
import { listen, type FilterFor, type OnFilter } from './listen.js'
import { Members } from './members-face.js'
import { needContact } from './names.js'
import { readOptions, type EngineOptions } from './options.js'
import { Records } from './records-face.js'
import { run, type Timers } from './run.js'
import { seen, type ChannelIdentity, type NewContact, type SeenOptions } from './seen.js'
import type { SegmentName } from './segment-name.js'
import { Segments } from './segments-face.js'
import { EngineState } from './state.js'
import { statisticsOf, type Statistics } from './statistics.js'
import { Tags } from './tags-face.js'

/**
 * Contacts in, live segments, enter and exit out. Made by {@link createEngine}.
 *
 * `apply` and `batch` are the only ways in; the methods of `contacts`, `tags`, `segments` and `members` make changes for them.
 * A throw means that nothing was applied.
 */
export class Engine<S extends Schema = Schema> {
  readonly contacts: Contacts<S>
  readonly tags: Tags
  readonly events: EventLog<S>
  readonly records: Records<S>
  readonly segments: Segments
  readonly members: Members
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
    this.contacts = new Contacts<S>(this.#core)
    this.tags = new Tags(this.#core)
    this.events = new EventLog<S>(this.#core)
    this.records = new Records<S>(this.#core)
    this.segments = new Segments(this.#core)
    this.members = new Members(this.#core)
  }

  /** Where the clock stands, in ms. */
  get now(): number {
    return this.#core.state.now
  }

  /** Rises with each change, batch and due instant. */
  get revision(): number {
    return this.#core.state.revision
  }

  /** What contacts hold, as it was given; `undefined` where they may hold anything. */
  get schema(): S | undefined {
    return this.#core.state.settings.schema as S | undefined
  }

  /** The IANA zone of days and of dates without an offset. */
  get timeZone(): string {
    return this.#core.state.settings.timeZone
  }

  /** The first day of the week, where a rule does not say. */
  get weekStartsOn(): Weekday {
    return this.#core.state.settings.weekStartsOn
  }

  /** How large what comes in may be. */
  get limits(): Limits {
    return this.#core.state.settings.limits
  }

  /** Applies one change. Throws `CoterieError` where it is wrong or does not fit what is there. */
  apply(change: ChangeInput): Receipt {
    return this.#core.apply(change)
  }

  /**
   * Applies many changes as one, with one net effect; what they name is checked against the state after the last. Takes a
   * list, or a function that calls the engine's methods. Throws `BATCH_CLOCK` or `BATCH_PROMISE` where it is not of one instant.
   */
  batch(changes: readonly ChangeInput[] | (() => void)): Receipt {
    return this.#core.batch(changes)
  }

  /** Moves the clock to an instant, through every one at which something falls due; for one that is not later, does nothing. */
  advanceTo(to: InstantInput): Receipt {
    return this.#core.apply({ type: 'clock.advance', to })
  }

  /** The earliest instant after now at which anything live changes by time alone; no transition by time comes before it. */
  nextDueAt(): number | undefined {
    return this.#core.state.nextDueAt
  }

  /** See `segments.nextChangeAt`. */
  nextChangeAt(segment: SegmentName, contact: ContactName, options: { readonly horizon?: number } = {}): NextChange {
    return this.segments.nextChangeAt(segment, contact, options)
  }

  /**
   * Listens. Called with what happened, after it was settled; what the listener changes is applied when all is told. Returns
   * what ends it.
   */
  on<E extends EventName>(event: E, hear: (heard: Events[E]) => void): () => void
  on<E extends EventName>(event: E, filter: FilterFor<E>, hear: (heard: Events[E]) => void): () => void
  on<E extends EventName>(
    event: E,
    filter: OnFilter | ((heard: Events[E]) => void),
    hear?: (heard: Events[E]) => void,
  ): () => void {
    if (typeof filter === 'function') return listen(this.#core, event, {}, filter)
    // Left out, it is refused as what it is: no function.
    return listen(this.#core, event, filter, hear as (heard: Events[E]) => void)
  }

  /** Transitions for `for await`, from now on, until the loop or the signal ends; bounded, see {@link StreamOptions}. */
  transitions(options: FilterFor<'transition'> & StreamOptions = {}): AsyncIterableIterator<Transition> {
    const { signal, capacity = 10_000, overflow = 'error', ...filter } = plainOptions('options', options)
    checkWhole('capacity', capacity, 1)
    checkOneOf('overflow', overflow, ['error', 'dropOldest', 'dropNewest'])
    const stream = { capacity, overflow, ...(signal === undefined ? undefined : { signal }) }
    return new TransitionStream((hear) => listen(this.#core, 'transition', filter, hear), stream)
  }

  /** A contact at hand, for many questions. Throws `CONTACT_UNKNOWN`. */
  contact(name: ContactName): ContactHandle {
    return new ContactHandle(this.#core.state, needContact(this.#core.state, name))
  }

  /**
   * Takes note of a message, in one call that is safe to repeat: moves the clock to it, makes a contact of somebody unknown
   * if told to, records the event once by its id. Gives the contact; `undefined` where nobody knows it and none was made.
   * Throws `EVENT_FAR_FUTURE`, and what `apply` throws.
   */
  seen(identity: ChannelIdentity, options: SeenOptions<S> & { readonly create: true | NewContact<S> }): ContactHandle
  seen(identity: ChannelIdentity, options?: SeenOptions<S>): ContactHandle | undefined
  seen(identity: ChannelIdentity, options: SeenOptions<S> = {}): ContactHandle | undefined {
    const ordinal = seen(this.#core, identity, options as unknown as SeenOptions)
    return ordinal === undefined ? undefined : new ContactHandle(this.#core.state, ordinal)
  }

  /** Lets a timer of the host advance the clock whenever something is due; needs the option `clock`. Returns what stops it. */
  run(timers?: Timers): () => void {
    return run(this.#core, timers)
  }

  /** What is there, and what the work so far has cost. */
  statistics(): Statistics {
    return statisticsOf(this.#core.state)
  }
}

/**
 * Makes an engine. `now` begins its clock, which `advanceTo` moves; with `clock: Date.now` it follows the host's.
 *
 * @throws CoterieError `OPTION_INVALID`, `CLOCK_INVALID`, `SCHEMA_INVALID` or `TIME_ZONE_UNKNOWN`.
 */
export function createEngine<const S extends Schema = Schema>(options: EngineOptions<S>): Engine<S> {
  const { settings, core, now } = readable('OPTION_INVALID', 'The options cannot be read', () => readOptions(options))
  return new Engine<S>(new Core(new EngineState(settings, now), core))
}
