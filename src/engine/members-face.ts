import type { ContactName } from '../changes/change.js'
import type { ContactsInput, InstantInput } from '../changes/input.js'
import type { Receipt } from '../changes/receipt.js'
import type { Slot } from '../segments/segment.js'
import type { Core } from './core.js'
import { findContact } from './names.js'
import { segmentId, type SegmentName } from './segment-name.js'

/** Why somebody is put in or kept out by hand, and for how long. */
export interface SlotInput {
  readonly reason?: string
  /** The instant at which it ends by itself. */
  readonly until?: InstantInput
}

/** Members by hand: of static segments, and the slots of hybrid ones. Each method makes one `Change`, and throws what `apply` throws. */
export class Members {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** Puts contacts into a static segment, or into a hybrid one whatever its rule says. */
  include(segment: SegmentName, contacts: ContactsInput, slot: SlotInput = {}): Receipt {
    return this.#core.make(() => ({ ...slot, type: 'member.include', segment: segmentId(segment), contacts }))
  }

  /** Keeps contacts out of a hybrid segment, whatever its rule and inclusions say. */
  exclude(segment: SegmentName, contacts: ContactsInput, slot: SlotInput = {}): Receipt {
    return this.#core.make(() => ({ ...slot, type: 'member.exclude', segment: segmentId(segment), contacts }))
  }

  /** Takes contacts out of a static segment, or empties the slots of a hybrid one: both, or the one named. */
  reset(segment: SegmentName, contacts: ContactsInput, slot?: 'include' | 'exclude'): Receipt {
    return this.#core.make(() => ({
      type: 'member.reset',
      segment: segmentId(segment),
      contacts,
      ...(slot === undefined ? undefined : { slot }),
    }))
  }

  /** The slots of a contact in a segment that are filled; of a static segment the membership is the one that includes. */
  slotsOf(segment: SegmentName, contact: ContactName): { readonly include?: Slot; readonly exclude?: Slot } {
    const { state } = this.#core
    const ordinal = findContact(state, contact)
    const slots = state.segments.get(segmentId(segment))?.slots
    if (ordinal === undefined || slots === undefined) return {}
    const include = slots.include.get(ordinal)
    const exclude = slots.exclude.get(ordinal)
    return {
      ...(include === undefined ? undefined : { include }),
      ...(exclude === undefined ? undefined : { exclude }),
    }
  }
}
