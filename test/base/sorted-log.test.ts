import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SortedLog } from '../../src/base/sorted-log.js'
import { runs } from '../runs.js'

// The laws, against a sorted list of pairs:
// 1. add and remove say whether they changed anything, and size counts the pairs.
// 2. Every question is answered as the list answers it, after any changes, with any number of blocks.

type Pair = [key: number, ordinal: number]

class SortedList {
  readonly pairs: Pair[] = []

  add(key: number, ordinal: number): boolean {
    const at = this.pairs.findIndex(([k, o]) => k > key || (k === key && o >= ordinal))
    const there = this.pairs[at]
    if (there?.[0] === key && there[1] === ordinal) return false
    this.pairs.splice(at === -1 ? this.pairs.length : at, 0, [key, ordinal])
    return true
  }

  remove(key: number, ordinal: number): boolean {
    const at = this.pairs.findIndex(([k, o]) => k === key && o === ordinal)
    if (at === -1) return false
    this.pairs.splice(at, 1)
    return true
  }
}

function pairsOf(log: SortedLog, from = -Infinity, to = Infinity): Pair[] {
  const pairs: Pair[] = []
  log.forEachBetween(from, to, (key, ordinal) => pairs.push([key, ordinal]))
  return pairs
}

function ordinalsAt(log: SortedLog, key: number): number[] {
  const ordinals: number[] = []
  log.forEachAt(key, (ordinal) => ordinals.push(ordinal))
  return ordinals
}

function expectSame(log: SortedLog, list: SortedList, keys: readonly number[]): void {
  const { pairs } = list
  expect(log.size).toBe(pairs.length)
  expect(pairsOf(log)).toEqual(pairs)
  for (const key of keys) {
    expect(log.firstAbove(key)).toBe(pairs.find(([k]) => k > key)?.[0])
    expect(log.countBelow(key)).toBe(pairs.filter(([k]) => k < key).length)
    expect(ordinalsAt(log, key)).toEqual(pairs.filter(([k]) => k === key).map(([, ordinal]) => ordinal))
    for (const to of keys) expect(pairsOf(log, key, to)).toEqual(pairs.filter(([k]) => k >= key && k < to))
  }
}

const keys = [-Infinity, -1.5, 0, 0.1, 1, 2, 1767225600000, Infinity]
const key = fc.constantFrom(...keys.slice(1, -1))

describe('SortedLog', () => {
  it('is empty at first', () => {
    expectSame(new SortedLog(), new SortedList(), keys)
    expect(new SortedLog().remove(1, 1)).toBe(false)
  })

  it('keeps the greatest ordinal there is', () => {
    const log = new SortedLog()
    expect([log.add(1, 0xffffffff), log.add(1, 0), log.add(1, 0xffffffff)]).toEqual([true, true, false])
    expect(ordinalsAt(log, 1)).toEqual([0, 0xffffffff])
    expect(log.firstAbove(1)).toBeUndefined()
    expect(log.firstAbove(0.5)).toBe(1)
  })

  it('changes as a sorted list does, pair by pair (1, 2)', () => {
    const change = fc.tuple(fc.boolean(), key, fc.nat(3))
    const law = fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const log = new SortedLog()
      const list = new SortedList()
      for (const [adds, at, ordinal] of changes) {
        if (adds) expect(log.add(at, ordinal)).toBe(list.add(at, ordinal))
        else expect(log.remove(at, ordinal)).toBe(list.remove(at, ordinal))
      }
      expectSame(log, list, keys)
    })
    fc.assert(law, { numRuns: runs(200) })
  })

  it('answers as a sorted list does over many blocks (2)', () => {
    // A run of pairs is put in or taken out, going up or down by a step, so that blocks fill, split, empty and join.
    const run = fc.record({
      adds: fc.boolean(),
      begin: fc.integer({ min: 0, max: 2000 }),
      length: fc.integer({ min: 1, max: 1500 }),
      step: fc.constantFrom(1, -1, 3, -7, 0),
    })
    const law = fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (all) => {
      const log = new SortedLog()
      const held = new Set<number>()
      for (const { adds, begin, length, step } of all) {
        const wrong: number[] = []
        for (let i = 0; i < length; i++) {
          const value = step === 0 ? (begin * 31 + i * 7919) % 4001 : begin + i * step
          const changed = adds ? log.add(value >> 2, value & 3) : log.remove(value >> 2, value & 3)
          if (changed !== (held.has(value) !== adds)) wrong.push(value)
          if (adds) held.add(value)
          else held.delete(value)
        }
        expect(wrong).toEqual([])
        const list = new SortedList()
        for (const value of [...held].sort((a, b) => a - b)) list.pairs.push([value >> 2, value & 3])
        expectSame(log, list, [-3000, -1, 100, 250, 500, 5000])
      }
    })
    fc.assert(law, { numRuns: runs(30) })
  })

  it('goes on as a sorted list where blocks have become small and are joined (2)', () => {
    const log = new SortedLog()
    const list = new SortedList()
    for (let n = 0; n < 1_500; n++) log.add(n >> 1, n & 1)
    for (let n = 0; n < 1_500; n++) {
      if (n % 10 === 0) list.pairs.push([n >> 1, n & 1])
      else expect(log.remove(n >> 1, n & 1)).toBe(true)
    }
    expectSame(log, list, [-1, 0, 249, 250, 255, 256, 257, 500, 512, 750])
    for (let n = 200; n < 300; n++) expect(log.add(n >> 1, n & 1)).toBe(list.add(n >> 1, n & 1))
    expectSame(log, list, [-1, 99, 100, 125, 149, 150, 750])
  })

  it('holds pairs of one key over many blocks', () => {
    const log = new SortedLog()
    for (let ordinal = 2999; ordinal >= 0; ordinal--) log.add(7, ordinal)
    log.add(8, 1)
    expect(ordinalsAt(log, 7)).toEqual(Array.from({ length: 3000 }, (_, i) => i))
    expect([log.firstAbove(7), log.countBelow(8), log.countBelow(7)]).toEqual([8, 3000, 0])
    for (let ordinal = 0; ordinal < 3000; ordinal++) expect(log.remove(7, ordinal)).toBe(true)
    expect(pairsOf(log)).toEqual([[8, 1]])
  })
})
