import { everyone, hasTag } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf } from './scene.js'

/** Iterates over the members of `all`; `change` is called after the first. */
function iterated(change: (engine: ReturnType<typeof engineOf>) => void, ids = ['a', 'b', 'c']): readonly string[] {
  const engine = engineOf(...ids)
  const all = engine.segments.define({ id: 'all', rule: everyone })
  const seen: string[] = []
  for (const id of all.members()) {
    if (seen.length === 0) change(engine)
    seen.push(id)
  }
  return seen
}

describe('members()', () => {
  it('gives those who were there when it began, whoever comes and goes', () => {
    expect(iterated(() => undefined)).toEqual(['a', 'b', 'c'])
    expect(iterated((engine) => void engine.contacts.put({ id: 'd' }))).toEqual(['a', 'b', 'c'])
    expect(iterated((engine) => void engine.contacts.remove('c'))).toEqual(['a', 'b', 'c'])
    expect(iterated((engine) => void engine.segments.define({ id: 'all', rule: hasTag('x') }))).toEqual(['a', 'b', 'c'])
    expect(iterated((engine) => void engine.segments.remove('all'))).toEqual(['a', 'b', 'c'])
    expect(iterated((engine) => void engine.contacts.merge({ from: 'b', into: 'c' }))).toEqual(['a', 'b', 'c'])
  })

  it('gives nobody who took the room of one who went', () => {
    const seen = iterated((engine) => {
      for (const id of ['b', 'c']) engine.contacts.remove(id)
      for (const id of ['x', 'y', 'z']) engine.contacts.put({ id })
    })
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('removes all members in a loop, each once', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `c${i}`)
    const engine = engineOf(...ids)
    const all = engine.segments.define({ id: 'all', rule: everyone })
    const seen: string[] = []
    for (const id of all.members()) {
      seen.push(id)
      engine.contacts.remove(id)
      engine.contacts.put({ id: `new ${id}` })
    }
    expect(seen).toEqual(ids)
    expect(all.count).toBe(100)
    expect([...all.members()].every((id) => id.startsWith('new '))).toBe(true)
  })

  it('twice at once are two, each as it was when it began', () => {
    const engine = engineOf('a', 'b')
    const all = engine.segments.define({ id: 'all', rule: everyone })
    const first = all.members()
    expect(first.next().value).toBe('a')
    engine.contacts.put({ id: 'c' })
    const second = all.members()
    expect(second.next().value).toBe('a')
    engine.contacts.remove('b')
    expect([...first]).toEqual(['b'])
    expect([...second]).toEqual(['b', 'c'])
    expect([...all.members()]).toEqual(['a', 'c'])
  })

  it('ends early where the loop does', () => {
    const engine = engineOf('a', 'b', 'c')
    const all = engine.segments.define({ id: 'all', rule: everyone })
    for (const id of all.members()) {
      expect(id).toBe('a')
      break
    }
    expect([...all.members()]).toHaveLength(3)
  })
})
