import { CoterieError } from '../../base/errors.js'
import type { ContactName, SegmentHolds, SegmentKind } from '../../changes/change.js'
import type { Transition } from '../../changes/transition.js'
import type { SegmentHandle } from '../../engine/segment-handle.js'
import type { Rule } from '../../rules/ast.js'
import { listenNaively } from './naive-listeners.js'
import type { NaiveModel } from './naive-model.js'
import { contactsOf, serialOf, type ModelSegment } from './state.js'

/** A segment at hand, as both engines give it out. */
export type SegmentInTests = Pick<
  SegmentHandle,
  'count' | 'has' | 'holds' | 'id' | 'kind' | 'members' | 'on' | 'rule' | 'since'
>

/** A segment of the naive engine at hand. */
export class NaiveSegment implements SegmentInTests {
  readonly id: string
  readonly #model: NaiveModel
  #serial: number | undefined

  /** @internal */
  constructor(model: NaiveModel, id: string) {
    this.#model = model
    this.id = id
    this.#serial = model.state.segments.get(id)?.serial
  }

  get kind(): SegmentKind {
    return this.#live().kind
  }

  get rule(): Rule | undefined {
    return this.#live().rule
  }

  get holds(): SegmentHolds | undefined {
    return this.#live().holds
  }

  get count(): number {
    return this.#live().members.size
  }

  has(contact: ContactName): boolean {
    return this.#visitOf(contact) !== undefined
  }

  *members(): IterableIterator<string> {
    const { members } = this.#live()
    yield* contactsOf(this.#model.state)
      .filter(({ serial }) => members.has(serial))
      .map(({ id }) => id)
  }

  since(contact: ContactName): number | undefined {
    return this.#live().keepsVisits ? this.#visitOf(contact)?.since : undefined
  }

  on(event: 'enter' | 'exit' | 'transition', hear: (transition: Transition) => void, filter: object = {}): () => void {
    this.#live()
    return listenNaively(this.#model, event, [{ ...filter, segment: this.id }, hear])
  }

  #visitOf(contact: ContactName): { readonly since: number } | undefined {
    const { members } = this.#live()
    const serial = serialOf(this.#model.state, contact)
    return serial === undefined ? undefined : members.get(serial)
  }

  #live(): ModelSegment {
    const segment = this.#model.state.segments.get(this.id)
    this.#serial ??= segment?.serial
    if (segment !== undefined && segment.serial === this.#serial) return segment
    throw new CoterieError('HANDLE_STALE', `There is no segment ${JSON.stringify(this.id)} behind this handle`)
  }
}
