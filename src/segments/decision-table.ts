import type { SegmentRegistry } from './registry.js'

/*
 * What deciding a segment takes, by rank, side by side: where its program begins and where its members stand. A change decides
 * tens of segments of which most do not move, and looking each up as an object would be most of the cost. Made anew when
 * definitions changed.
 */

/** Stands for a segment of which its rule is not the whole truth: one with slots, or that is being taken away. */
export const notByRule = -3

/** Where the segments' programs begin and their members stand, by rank. */
export class DecisionTable {
  #starts = new Int32Array(0)
  #slots = new Int32Array(0)
  #version = -1

  /** Where the program of the segment at a rank begins, or {@link notByRule}. */
  start(rank: number): number {
    return this.#starts[rank] as number
  }

  /** The slot of its members. */
  slot(rank: number): number {
    return this.#slots[rank] as number
  }

  /** Takes over what was defined since the last time. */
  refresh({ order, definitions }: SegmentRegistry): void {
    if (this.#version === definitions) return
    this.#version = definitions
    this.#starts = Int32Array.from(order, ({ kind, removed, program }) =>
      kind === 'dynamic' && !removed && program !== undefined ? program.start : notByRule,
    )
    this.#slots = Int32Array.from(order, ({ members }) => members.slot)
  }
}
