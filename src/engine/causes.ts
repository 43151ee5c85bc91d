import { FewMap } from '../base/few-map.js'
import type { Change } from '../changes/change.js'
import type { Cause, CauseKind } from '../changes/transition.js'
import { ownReason, type Reason } from '../segments/segment.js'
import type { EngineState } from './state.js'

/** Who caused what: a change and as what it moves contacts, or time. */
export interface Source {
  readonly kind: CauseKind
  readonly change?: Change
  readonly eventAt?: number
  readonly late?: true
}

/** The causes of one transaction: of several that are equal there is one object, which their transitions share. */
export class Causes {
  readonly #state: EngineState
  readonly #listener: string | undefined
  readonly #byContact = new FewMap<number, Source>()
  #made: FewMap<Source, FewMap<Reason, Cause>> | undefined
  /** Where no change names the contact: time, or the last definition. */
  #general: Source
  #named: Source | undefined
  /** The one that was asked for last: most are asked for many times in a row. */
  #last: { readonly ordinal: number; readonly reason: Reason; readonly cause: Cause } | undefined

  constructor(state: EngineState, general: Source, listener: string | undefined) {
    this.#state = state
    this.#general = general
    this.#listener = listener
  }

  /** Notes that a change names a contact, and as what it moves it; of several the last stands. */
  touch(ordinal: number, kind: CauseKind, change: Change, eventAt?: number): void {
    if (this.#named?.kind !== kind || this.#named.change !== change) {
      const late = eventAt !== undefined && eventAt < this.#state.now
      // Written out, as there is one for each change: parts that are spread in cost more than all the rest.
      this.#named =
        eventAt === undefined
          ? { kind, change }
          : late
            ? { kind, change, eventAt, late: true }
            : { kind, change, eventAt }
    }
    this.#byContact.set(ordinal, this.#named)
  }

  /** Notes that a change defines a segment; of several the last stands. */
  define(change: Change): void {
    this.#general = { kind: 'definition', change }
  }

  /** Why a contact's membership, or its tag, moved. */
  of(ordinal: number, reason: Reason): Cause {
    const last = this.#last
    if (last?.ordinal === ordinal && last.reason === reason) return last.cause
    const cause = this.#find(ordinal, reason)
    this.#last = { ordinal, reason, cause }
    return cause
  }

  #find(ordinal: number, reason: Reason): Cause {
    const source = this.#byContact.get(ordinal) ?? this.#general
    this.#made ??= new FewMap<Source, FewMap<Reason, Cause>>()
    let byReason = this.#made.get(source)
    if (byReason === undefined) this.#made.set(source, (byReason = new FewMap<Reason, Cause>()))
    let cause = byReason.get(reason)
    if (cause === undefined) byReason.set(reason, (cause = this.#make(source, reason)))
    return cause
  }

  #make(source: Source, reason: Reason): Cause {
    const { revision, now } = this.#state
    const { kind, change, eventAt, late } = source
    if (reason === ownReason && change !== undefined && late === undefined && this.#listener === undefined)
      return Object.freeze(eventAt === undefined ? { revision, kind, change } : { revision, kind, change, eventAt })
    return Object.freeze({
      revision,
      ...source,
      ...(source.kind === 'time' ? { dueAt: now } : undefined),
      ...reason,
      ...(this.#listener === undefined ? undefined : { listener: this.#listener }),
    })
  }
}
