import type { SegmentRegistry } from './registry.js'
import type { Segment } from './segment.js'

/*
 * What deciding a segment takes, by rank, side by side: where its program begins and where its members stand. A change decides
 * tens of segments of which most do not move, and looking each up as an object would be most of the cost. A definition writes
 * its own place, another order all of them.
 */

/** Stands for a segment of which its rule is not the whole truth: one with slots, or that is being taken away. */
export const notByRule = -3

/** Where the segments' programs begin and their members stand, by rank. */
export class DecisionTable {
  #starts = new Int32Array(16)
  #slots = new Int32Array(16)
  #orderVersion = -1

  /** Where the program of the segment at a rank begins, or {@link notByRule}. */
  start(rank: number): number {
    return this.#starts[rank] as number
  }

  /** The slot of its members. */
  slot(rank: number): number {
    return this.#slots[rank] as number
  }

  /** Takes over the order of segments where it is another than the last time. */
  arrange({ order, orderVersion }: SegmentRegistry): void {
    if (this.#orderVersion === orderVersion) return
    this.#orderVersion = orderVersion
    for (const segment of order) this.write(segment)
  }

  /** Takes over the definition of a segment. */
  write({ rank, kind, removed, program, members }: Segment): void {
    if (rank >= this.#starts.length) this.#grow(rank + 1)
    const isByRule = kind === 'dynamic' && !removed && program !== undefined
    this.#starts[rank] = isByRule ? program.start : notByRule
    this.#slots[rank] = members.slot
  }

  #grow(needed: number): void {
    const room = Math.max(needed, this.#starts.length * 2)
    const [starts, slots] = [new Int32Array(room), new Int32Array(room)]
    starts.set(this.#starts)
    slots.set(this.#slots)
    this.#starts = starts
    this.#slots = slots
  }
}
