import { CoterieError } from '../base/errors.js'
import type { ContactName, SegmentDamping, SegmentDescription, SegmentHolds, SegmentKind } from '../changes/change.js'
import type { Transition } from '../changes/transition.js'
import type { Rule } from '../rules/ast.js'
import type { Segment } from '../segments/segment.js'
import { checkOneOf, plainOptions } from './arguments.js'
import type { Core } from './core.js'
import { listen, type FilterFor } from './listen.js'
import { findContact } from './names.js'
import { segmentId, type SegmentName } from './segment-name.js'
import type { EngineState } from './state.js'

/** The segment that a name leads to, or `undefined`. Through a handle nothing is looked up. */
export function findSegment(state: EngineState, name: SegmentName): Segment | undefined {
  if (typeof name === 'object' && (name as unknown) !== null) {
    const found = SegmentHandle.behind(name, state)
    if (found !== undefined) return found
  }
  return state.segments.get(segmentId(name))
}

/**
 * A segment at hand: the fast way to its members. Every use throws `HANDLE_STALE` when the segment was taken away, even if
 * another was defined under its id since.
 */
export class SegmentHandle {
  readonly id: string
  readonly #core: Core
  #segment: Segment | undefined

  /** @internal */
  constructor(core: Core, id: string) {
    this.#core = core
    this.id = id
    this.#segment = core.state.segments.get(id)
  }

  /**
   * The segment behind a handle of this engine, unless it was taken away; nothing for whatever else was given.
   *
   * @internal
   */
  static behind(handle: object, state: EngineState): Segment | undefined {
    if (!(#segment in handle) || handle.#core.state !== state) return undefined
    return handle.#segment?.removed === false ? handle.#segment : undefined
  }

  /** The name of its description, or its id where it has none. */
  get name(): string {
    return this.#live().description.name ?? this.id
  }

  get kind(): SegmentKind {
    return this.#live().kind
  }

  /** The rule as it was read, zones written in; `undefined` for a static segment. */
  get rule(): Rule | undefined {
    return this.#live().rule
  }

  /** What makes a damped segment slower than its rule; `undefined` of another one. */
  get damping(): SegmentDamping | undefined {
    return this.#live().damping?.written
  }

  /** Name, description, owner, labels, data, and the rule as it was written. */
  get description(): SegmentDescription {
    return this.#live().description
  }

  /** The tag that it puts on its members; `undefined` where it puts on none. */
  get holds(): SegmentHolds | undefined {
    return this.#live().holds
  }

  /** How many members there are. */
  get count(): number {
    return this.#live().members.count
  }

  /** Whether a contact is a member; false where there is no such contact. */
  has(contact: ContactName): boolean {
    const { members } = this.#live()
    const ordinal = findContact(this.#core.state, contact)
    return ordinal !== undefined && members.has(ordinal)
  }

  /** The ids of the members as they are when iteration begins, whatever changes meanwhile. */
  *members(): IterableIterator<string> {
    const ids = this.#core.state.store.directory.idsByOrdinal()
    const members = this.#live().members.snapshot()
    for (const ordinal of members) {
      const id = ids[ordinal]
      if (id !== undefined) yield id
    }
  }

  /** Since when a contact is a member, in ms; `undefined` where it is none, or the segment keeps no visits. */
  since(contact: ContactName): number | undefined {
    const { members, visits } = this.#live()
    const ordinal = findContact(this.#core.state, contact)
    return ordinal !== undefined && members.has(ordinal) ? visits?.sinceOf(ordinal) : undefined
  }

  /** When a contact last entered a damped segment, or left it, in ms; `undefined` where it never was inside, or it is another one. */
  movedAt(contact: ContactName): number | undefined {
    const { damper } = this.#live()
    const ordinal = findContact(this.#core.state, contact)
    return ordinal === undefined ? undefined : damper?.movedAt(ordinal)
  }

  /** Listens to this segment; see `engine.on`. Returns what ends it. */
  on(
    event: 'enter' | 'exit' | 'transition',
    hear: (transition: Transition) => void,
    filter: Omit<FilterFor<'transition'>, 'segment'> = {},
  ): () => void {
    this.#live()
    checkOneOf('event', event, ['enter', 'exit', 'transition'])
    return listen(this.#core, event, { ...plainOptions('filter', filter), segment: this.id }, hear)
  }

  #live(): Segment {
    this.#segment ??= this.#core.state.segments.get(this.id)
    if (this.#segment !== undefined && !this.#segment.removed) return this.#segment
    throw new CoterieError('HANDLE_STALE', `There is no segment ${JSON.stringify(this.id)} behind this handle`, {
      received: this.id,
      expected: 'a segment that was not removed',
    })
  }
}
