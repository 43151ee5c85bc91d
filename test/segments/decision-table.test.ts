import { describe, expect, it } from 'vitest'
import { DecisionTable, notByRule } from '../../src/segments/decision-table.js'
import type { SegmentRegistry } from '../../src/segments/registry.js'
import type { Segment } from '../../src/segments/segment.js'

function segmentAt(rank: number, more: Partial<Record<keyof Segment, unknown>> = {}): Segment {
  const segment = { rank, kind: 'dynamic', removed: false, program: { start: rank * 10 }, members: { slot: rank + 1 } }
  return { ...segment, ...more } as unknown as Segment
}

function registryOf(order: readonly Segment[], orderVersion: number): SegmentRegistry {
  return { order, orderVersion } as unknown as SegmentRegistry
}

describe('what deciding takes', () => {
  it('stands by rank, however many there are', () => {
    const table = new DecisionTable()
    table.arrange(
      registryOf(
        [0, 1, 2].map((rank) => segmentAt(rank)),
        1,
      ),
    )
    expect([table.start(2), table.slot(2)]).toEqual([20, 3])
    for (const rank of [15, 16, 17, 100]) table.write(segmentAt(rank))
    for (const rank of [0, 1, 2, 15, 16, 17, 100])
      expect([table.start(rank), table.slot(rank)]).toEqual([rank * 10, rank + 1])
  })

  it('is that of any program, wherever it begins', () => {
    const table = new DecisionTable()
    for (let start = 0; start < 10; start += 1) {
      table.write(segmentAt(0, { program: { start } }))
      expect([table.start(0), table.start(0) === notByRule]).toEqual([start, false])
    }
  })

  it('is a program only where the rule is the whole truth', () => {
    const table = new DecisionTable()
    const starts = [{}, { kind: 'static' }, { kind: 'hybrid' }, { removed: true }, { program: undefined }].map(
      (more) => {
        table.write(segmentAt(3, more))
        return [table.start(3), table.slot(3)]
      },
    )
    expect(starts).toEqual([[30, 4], ...Array.from({ length: 4 }, () => [notByRule, 4])])
  })

  it('is taken over anew where the order is another', () => {
    const table = new DecisionTable()
    table.arrange(registryOf([segmentAt(0)], 1))
    const moved = segmentAt(0, { program: { start: 70 } })
    table.arrange(registryOf([moved], 1))
    expect(table.start(0)).toBe(0)
    table.arrange(registryOf([moved], 2))
    expect(table.start(0)).toBe(70)
  })
})
