import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DueQueue } from '../../src/base/due-queue.js'
import type { DueToken } from '../../src/base/due-queue.js'
import { runs } from '../runs.js'

// The law: after any additions, removals and takings the queue answers as a list sorted by instant, then insertion.

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), at: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const), at: fc.nat(30) }) },
)

describe('DueQueue', () => {
  it('answers as a sorted list', () => {
    const law = fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      const queue = new DueQueue<number>()
      let model: { at: number; item: number }[] = []
      const tokens: DueToken[] = []
      for (const each of commands) {
        if (each.kind === 'add') {
          const item = tokens.length
          tokens.push(queue.add(each.at, item))
          const later = model.findIndex((waiting) => waiting.at > each.at)
          model.splice(later === -1 ? model.length : later, 0, { at: each.at, item })
        } else if (each.kind === 'remove' && tokens.length > 0) {
          const item = each.which % tokens.length
          expect(queue.remove(tokens[item] as DueToken)).toBe(model.some((waiting) => waiting.item === item))
          model = model.filter((waiting) => waiting.item !== item)
        } else if (each.kind === 'take') {
          const due = model.filter((waiting) => waiting.at <= each.at)
          expect(queue.takeDue(each.at)).toEqual(due.map(({ item }) => item))
          model = model.filter((waiting) => waiting.at > each.at)
        }
        expect(queue.size).toBe(model.length)
        expect(queue.nextAt).toBe(model[0]?.at)
      }
      expect(queue.takeDue(Infinity)).toEqual(model.map(({ item }) => item))
    })
    fc.assert(law, { numRuns: runs(500) })
  })

  it('knows its own tokens only, and each once', () => {
    const queue = new DueQueue<string>()
    const other = new DueQueue<string>()
    const token = queue.add(5, 'a')
    other.add(5, 'b')
    expect(token.at).toBe(5)
    expect(other.remove(token)).toBe(false)
    expect(queue.remove({ at: 5 })).toBe(false)
    expect([queue.remove(token), queue.remove(token), queue.size]).toEqual([true, false, 0])
    expect(queue.nextAt).toBeUndefined()
  })

  it('says that an item taken is gone', () => {
    const queue = new DueQueue<string>()
    const token = queue.add(1, 'a')
    expect(queue.takeDue(0)).toEqual([])
    expect(queue.takeDue(1)).toEqual(['a'])
    expect(queue.remove(token)).toBe(false)
  })
})
