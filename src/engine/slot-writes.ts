import type { Segment, Slot, SlotKind } from '../segments/segment.js'
import type { Draft } from '../store/draft.js'
import type { EngineState } from './state.js'

interface Written {
  readonly segment: Segment
  readonly kind: SlotKind
  readonly ordinal: number
  readonly before: Slot | undefined
}

/** The slots that a transaction fills and empties, and the queue of those that end by themselves. */
export class SlotWrites {
  readonly #draft: Draft
  readonly #written: Written[] = []

  constructor(draft: Draft) {
    this.#draft = draft
  }

  /** Fills or empties a slot. */
  set(segment: Segment, kind: SlotKind, ordinal: number, slot: Slot | undefined): void {
    const slots = segment.slots[kind]
    const before = slots.get(ordinal)
    if (slot === undefined) slots.delete(ordinal)
    else slots.set(ordinal, slot)
    this.#draft.onRollback(() => {
      if (before === undefined) slots.delete(ordinal)
      else slots.set(ordinal, before)
    })
    this.#written.push({ segment, kind, ordinal, before })
  }

  /** Visits the slots that are filled now and were not before, and the other way round: the net effect of all writes. */
  visitChanged(visit: (segment: Segment, ordinal: number) => void): void {
    const seen = new Map<Segment, Set<string>>()
    for (const { segment, kind, ordinal, before } of this.#written) {
      let places = seen.get(segment)
      if (places === undefined) seen.set(segment, (places = new Set<string>()))
      const place = `${kind} ${String(ordinal)}`
      if (places.has(place)) continue
      places.add(place)
      if ((before !== undefined) !== segment.slots[kind].has(ordinal)) visit(segment, ordinal)
    }
  }

  /** When nothing is taken back any more: those that are gone wait for no end, those that are there do. */
  queueEnds({ slotEnds, slotTokens }: EngineState, removed: readonly Segment[]): void {
    const forget = (slot: Slot | undefined): void => {
      const token = slot && slotTokens.get(slot)
      if (token !== undefined) slotEnds.remove(token)
    }
    for (const { segment, kind, ordinal, before } of this.#written) {
      const slot = segment.slots[kind].get(ordinal)
      if (before !== slot) forget(before)
      if (slot?.until === undefined || segment.removed || slotTokens.has(slot)) continue
      slotTokens.set(slot, slotEnds.add(slot.until, { segment, kind, ordinal }))
    }
    for (const { slots } of removed) {
      slots.include.forEach(forget)
      slots.exclude.forEach(forget)
    }
  }
}
