import { CoterieError } from '../base/errors.js'
import type { Value } from '../contacts/value.js'
import type { Rule } from '../rules/ast.js'
import { holdsOf } from './contact-question.js'
import type { EngineState } from './state.js'
import { findSegment } from './segment-handle.js'
import type { SegmentName } from './segment-name.js'

/**
 * A contact at hand: what a bot asks on every message. Every use throws `HANDLE_STALE` when the contact was taken away or
 * merged into another, even if one was put under its id since.
 */
export class ContactHandle {
  readonly id: string
  readonly #state: EngineState
  readonly #ordinal: number
  readonly #place: number

  /** @internal */
  constructor(state: EngineState, ordinal: number) {
    const { directory } = state.store
    this.#state = state
    this.#ordinal = ordinal
    this.#place = directory.placeOf(ordinal)
    this.id = directory.idOf(ordinal)
  }

  /** Whether the contact is a member of a segment; false where there is no such segment. */
  in(segment: SegmentName): boolean {
    const ordinal = this.#live()
    return findSegment(this.#state, segment)?.members.has(ordinal) ?? false
  }

  /** The value of an attribute, or `undefined` where it is missing. */
  get(attribute: string): Value | undefined {
    return this.#state.store.attribute(this.#live(), attribute)
  }

  /** The names of the contact's tags, oldest first. */
  get tags(): readonly string[] {
    return this.#state.store.contact(this.#live()).tags.map(({ tag }) => tag)
  }

  hasTag(tag: string): boolean {
    return this.#state.store.tags.get(this.#live(), tag) !== undefined
  }

  /** Whether a rule holds of the contact now. Throws what `segments.define` throws of a rule. */
  matches(rule: Rule): boolean {
    return holdsOf(this.#state, this.#live(), rule)
  }

  /** The host's own data of a segment that the contact is a member of; `undefined` where it is none, or there are no data. */
  dataOf(segment: SegmentName): unknown {
    const ordinal = this.#live()
    const found = findSegment(this.#state, segment)
    return found?.members.has(ordinal) === true ? found.description.data : undefined
  }

  /** The ids of the segments that the contact is a member of, in the order in which they were defined. */
  segments(): readonly string[] {
    return segmentsOf(this.#state, this.#live())
  }

  #live(): number {
    const { directory } = this.#state.store
    if (directory.placeOf(this.#ordinal) === this.#place && directory.isAt(this.#ordinal, this.id)) return this.#ordinal
    throw new CoterieError('HANDLE_STALE', `There is no contact ${JSON.stringify(this.id)} behind this handle`, {
      received: this.id,
      expected: 'a contact that was not removed',
    })
  }
}

/** The ids of a contact's segments, in the order in which they were defined. */
export function segmentsOf({ memberships, segments }: EngineState, ordinal: number): readonly string[] {
  return segments.idsOf(ordinal, memberships)
}
