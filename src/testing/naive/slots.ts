import type { ModelSegment, ModelSlot, ModelState } from './state.js'
import { withEntry } from './state.js'

type SlotKind = 'include' | 'exclude'

const slotKinds: readonly SlotKind[] = ['include', 'exclude']

/** Fills a slot, or replaces what is in it. */
export function fillSlot(
  state: ModelState,
  segment: ModelSegment,
  serial: number,
  change: { readonly type: `member.${SlotKind}`; readonly reason?: string; readonly until?: number },
): void {
  const kind = change.type === 'member.include' ? 'include' : 'exclude'
  const slot: ModelSlot = { reason: change.reason, until: change.until }
  state.segments.set(segment.id, { ...segment, [kind]: withSlot(segment[kind], serial, slot) })
}

/** The slots with one filled; the very same slot where nothing of it changes. */
export function withSlot(
  slots: ReadonlyMap<number, ModelSlot>,
  serial: number,
  slot: ModelSlot,
): ReadonlyMap<number, ModelSlot> {
  const old = slots.get(serial)
  if (old !== undefined && old.reason === slot.reason && old.until === slot.until) return slots
  return withEntry(slots, serial, slot)
}

/** Empties a slot, or both. */
export function emptySlot(state: ModelState, segment: ModelSegment, serial: number, kind: SlotKind | undefined): void {
  const emptied = { ...segment }
  for (const one of slotKinds) {
    if (kind === undefined || kind === one) emptied[one] = withEntry(segment[one], serial, undefined)
  }
  state.segments.set(segment.id, emptied)
}

/** Gives a contact the slots of another where it has none. */
export function mergeSlots(state: ModelState, segment: ModelSegment, from: number, into: number): void {
  const merged = { ...segment }
  for (const kind of slotKinds) {
    const slot = segment[kind].get(into) ?? segment[kind].get(from)
    merged[kind] = withEntry(segment[kind], into, slot)
  }
  state.segments.set(segment.id, merged)
}

/** Takes away the slots that end at or before an instant; returns whether there were any. */
export function endSlots(state: ModelState, at: number): boolean {
  let ended = false
  for (const segment of [...state.segments.values()]) {
    for (const kind of slotKinds) {
      for (const [serial, { until }] of segment[kind]) {
        if (until === undefined || until > at) continue
        emptySlot(state, state.segments.get(segment.id) ?? segment, serial, kind)
        ended = true
      }
    }
  }
  return ended
}
