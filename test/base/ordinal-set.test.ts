import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrdinalSet } from '../../src/base/ordinal-set.js'
import type { OrdinalSnapshot } from '../../src/base/ordinal-set.js'
import { runs } from '../runs.js'

// The laws, against a Set of numbers:
// 1. add and delete say whether they changed anything; has, count and forEach answer as the Set does, in order.
// 2. A snapshot stays what the set was when it was taken, whatever is changed afterwards.
// 3. Two sets are joined, met and lessened as Sets are, whichever is the longer.

const ordinal = fc.oneof(fc.nat(70), fc.constantFrom(31, 32, 63, 64, 1000, 100_000))
const change = fc.oneof(
  fc.record({ kind: fc.constantFrom('add' as const, 'delete' as const), ordinal }),
  fc.record({ kind: fc.constantFrom('clear' as const, 'snapshot' as const) }),
)

function visited(set: { forEach: OrdinalSet['forEach'] }): number[] {
  const members: number[] = []
  set.forEach((each) => members.push(each))
  return members
}

function expectSnapshot(snapshot: OrdinalSnapshot, members: readonly number[]): void {
  expect(snapshot.count).toBe(members.length)
  expect(visited(snapshot)).toEqual(members)
  expect([...snapshot]).toEqual(members)
  for (const each of [0, 31, 32, 64, 100_000, 200_000]) expect(snapshot.has(each)).toBe(members.includes(each))
}

describe('OrdinalSet', () => {
  it('holds what a Set holds (1), and its snapshots what it held (2)', () => {
    const law = fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const set = new OrdinalSet()
      const model = new Set<number>()
      const snapshots: [OrdinalSnapshot, number[]][] = []
      const members = (): number[] => [...model].sort((a, b) => a - b)
      for (const each of changes) {
        if (each.kind === 'add') {
          expect(set.add(each.ordinal)).toBe(!model.has(each.ordinal))
          model.add(each.ordinal)
        } else if (each.kind === 'delete') {
          expect(set.delete(each.ordinal)).toBe(model.delete(each.ordinal))
        } else if (each.kind === 'clear') {
          set.clear()
          model.clear()
        } else {
          snapshots.push([set.snapshot(), members()])
        }
        expect(set.count).toBe(model.size)
      }
      expect(visited(set)).toEqual(members())
      for (let each = 0; each <= 70; each++) expect(set.has(each)).toBe(model.has(each))
      for (const [snapshot, was] of snapshots) expectSnapshot(snapshot, was)
    })
    fc.assert(law, { numRuns: runs(300) })
  })

  it('is joined, met and lessened by another as sets of numbers are (3)', () => {
    const members = fc.uniqueArray(ordinal, { maxLength: 10 })
    const law = fc.property(members, members, (one, other) => {
      const [set, others] = [new OrdinalSet(), new OrdinalSet()]
      for (const each of one) set.add(each)
      for (const each of other) others.add(each)
      const sorted = (all: Iterable<number>): number[] => [...all].sort((a, b) => a - b)
      expect(visited(set.or(others))).toEqual(sorted(new Set([...one, ...other])))
      expect(visited(set.and(others))).toEqual(sorted(one.filter((each) => other.includes(each))))
      expect(visited(set.without(others))).toEqual(sorted(one.filter((each) => !other.includes(each))))
    })
    fc.assert(law, { numRuns: runs(200) })
  })

  it('can be changed while a snapshot is iterated', () => {
    const set = new OrdinalSet()
    for (const each of [1, 5, 40, 200]) set.add(each)
    const seen: number[] = []
    for (const each of set.snapshot()) {
      seen.push(each)
      set.delete(40)
      set.add(each + 1)
    }
    expect(seen).toEqual([1, 5, 40, 200])
    expect(visited(set)).toEqual([1, 2, 5, 6, 41, 200, 201])
  })

  it('makes one snapshot until something changes', () => {
    const set = new OrdinalSet()
    set.add(3)
    const first = set.snapshot()
    expect(set.add(3)).toBe(false)
    expect(set.delete(4)).toBe(false)
    expect(set.snapshot()).toBe(first)
    set.delete(3)
    expect(set.snapshot()).not.toBe(first)
    expectSnapshot(first, [3])
  })
})
