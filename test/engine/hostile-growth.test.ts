import type { ChangeInput } from 'coterie'
import { describe, expect, it } from 'vitest'
import { counted, type ReadCounter } from '../rules/counted-reads.js'
import { hostileEngine, refusalOf } from './hostile-engine.js'

/*
 * What comes in is read in time linear in its size: eight times as much is looked at eight times as often, whether it is
 * taken or refused. Looks are counted, nothing is timed.
 */

const times = <T>(count: number, make: (place: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))
const named = (count: number, value: unknown): object => Object.fromEntries(times(count, (i) => [`name ${i}`, value]))

const growing: readonly (readonly [string, (size: number) => unknown])[] = [
  ['attributes', (size) => ({ type: 'contact.patch', contact: 'ada', attributes: named(size, 1) })],
  ['wrong attributes', (size) => ({ type: 'contact.patch', contact: 'ada', attributes: named(size, {}) })],
  ['a list', (size) => ({ type: 'contact.patch', contact: 'ada', attributes: { a: times(size, (i) => i) } })],
  [
    'a mixed list',
    (size) => ({ type: 'contact.patch', contact: 'ada', attributes: { a: ['x', ...times(size, (i) => i)] } }),
  ],
  ['tags', (size) => ({ type: 'tag.add', contacts: 'ada', tags: times(size, (i) => `t${i}`) })],
  ['unknown contacts', (size) => ({ type: 'tag.add', contacts: times(size, (i) => `c${i}`), tags: 'vip' })],
  ['wrong tags', (size) => ({ type: 'tag.remove', contacts: 'ada', tags: times(size, (i) => i) })],
  ['properties', (size) => ({ type: 'tag.add', contacts: 'ada', tags: 'vip', ...named(size, 1) })],
  ['data', (size) => ({ type: 'segment.define', id: 'hand', data: times(size, (i) => ({ i })) })],
  [
    'a wide rule',
    (size) => ({
      type: 'segment.define',
      id: 'new',
      rule: { op: 'any', rules: times(size, (i) => ({ op: 'hasTag', tag: `t${i}` })) },
    }),
  ],
  [
    'a wide rule that is wrong',
    (size) => ({
      type: 'segment.define',
      id: 'new',
      rule: { op: 'any', rules: times(size, () => ({ op: 'hasTug' })) },
    }),
  ],
  [
    'options',
    (size) => ({
      type: 'segment.define',
      id: 'new',
      rule: { op: 'in', left: { get: 'attribute', name: 'a' }, right: times(size, (i) => i) },
    }),
  ],
]

function readsOf(change: unknown): number {
  const counter: ReadCounter = { reads: 0 }
  const engine = hostileEngine()
  refusalOf(
    () => engine.apply(counted(change, counter) as ChangeInput),
    () => 'a large change',
  )
  return counter.reads
}

describe('a change eight times as large', () => {
  it.each(growing)('%s: is looked at eight times as often at most', (_, make) => {
    const small = readsOf(make(100))
    const large = readsOf(make(800))
    expect(small).toBeGreaterThan(0)
    expect(large).toBeLessThanOrEqual(8 * small)
  })

  it('what is far over the limit is hardly looked at', () => {
    for (const size of [20_000, 200_000]) {
      expect(readsOf({ type: 'tag.add', contacts: 'ada', tags: times(size, (i) => `t${i}`) })).toBeLessThan(20)
    }
  })
})
