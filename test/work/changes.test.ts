import { all, any, attribute, hasTag, hasTagLike, inSegment, not } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineWith, noWork, workOf } from './counting.js'

describe.each([10, 1_000])('a change, with %i segments', (segments) => {
  /** Each segment asks for a score of its own, and for a plan or a tag that all share. */
  function scene() {
    const engine = engineWith(20)
    engine.batch(() => {
      for (let i = 0; i < segments; i++) {
        const shared = i % 2 === 0 ? attribute('plan').equals('pro') : not(hasTag('gone'))
        engine.segments.define({ id: `s${i}`, rule: all(attribute('score').atLeast(1_000 + i), shared) })
      }
    })
    return engine
  }

  it('to a field that no rule reads tests no leaf and decides no segment', () => {
    const engine = scene()
    expect(workOf(engine, () => engine.contacts.patch('c1', { unread: 1 }))).toEqual(noWork)
    expect(workOf(engine, () => engine.tags.add('c1', 'unread'))).toEqual(noWork)
    expect(workOf(engine, () => engine.contacts.identify('c1', { channel: 'x', id: '1' }))).toEqual(noWork)
  })

  it('tests no leaf where an index tells, and looks at none that does not flip', () => {
    const engine = scene()
    expect(workOf(engine, () => engine.contacts.patch('c1', { plan: 'free' }))).toEqual(noWork)
    expect(workOf(engine, () => engine.contacts.patch('c1', { score: 3 }))).toEqual(noWork)
    const flip = workOf(engine, () => engine.contacts.patch('c1', { plan: 'pro' }))
    expect(flip).toMatchObject({ leafTests: 0, flips: 1 })
  })

  it('decides none of which something else that it requires is not so', () => {
    const engine = scene()
    const plan = workOf(engine, () => engine.contacts.patch('c1', { plan: 'pro' }))
    expect(plan).toEqual({ ...noWork, flips: 1 })
    // Nobody has the plan any more, so to have the score brings in none but those of the other half.
    engine.contacts.patch('c1', { plan: 'free' })
    const score = workOf(engine, () => engine.contacts.patch('c1', { score: 5_000 }))
    expect(score).toEqual({ ...noWork, flips: segments, candidates: segments / 2, transitions: segments / 2 })
  })

  it('decides the segments whose leaves flipped, each once', () => {
    const engine = scene()
    engine.contacts.patch('c1', { plan: 'pro' })
    const work = workOf(engine, () => engine.contacts.patch('c1', { score: 1_004 }))
    expect(work).toEqual({ ...noWork, flips: 5, candidates: 5, transitions: 5 })
  })

  it('decides only those that a flip can move: in from outside, out from inside', () => {
    const engine = scene()
    engine.contacts.patch('c1', { score: 1_003 })
    // Those with the tag are inside now, those of a plan outside still.
    expect(workOf(engine, () => engine.contacts.patch('c1', { score: 999 }))).toEqual({
      ...noWork,
      flips: 4,
      candidates: 2,
      transitions: 2,
    })
  })

  it('tests what no index can tell of, each leaf once', () => {
    const engine = scene()
    for (let i = 0; i < 3; i++) {
      engine.segments.define({ id: `x${i}`, rule: all(attribute('name').contains('x'), attribute('score').atLeast(i)) })
    }
    expect(workOf(engine, () => engine.contacts.patch('c1', { name: 'ada' }))).toEqual({ ...noWork, leafTests: 1 })
    expect(workOf(engine, () => engine.contacts.patch('c1', { score: 5 })).leafTests).toBe(0)
  })

  it('written as it was does nothing', () => {
    const engine = scene()
    expect(workOf(engine, () => engine.contacts.patch('c1', { score: 1 }))).toEqual(noWork)
    expect(workOf(engine, () => engine.tags.remove('c1', 'gone'))).toEqual(noWork)
  })
})

describe('segments that refer to each other', () => {
  it('are decided once however many ways lead to them', () => {
    const engine = engineWith(5)
    engine.segments.define({ id: 'base', rule: hasTag('vip') })
    const middle = Array.from({ length: 20 }, (_, i) => `m${i}`)
    for (const id of middle) engine.segments.define({ id, rule: inSegment('base') })
    engine.segments.define({ id: 'top', rule: all(...middle.map((id) => inSegment(id))) })
    const work = workOf(engine, () => engine.tags.add('c1', 'vip'))
    expect(work).toEqual({ ...noWork, flips: 1, candidates: 22, transitions: 22 })
  })

  it('are not decided where the one they refer to does not move', () => {
    const engine = engineWith(5)
    engine.segments.define({ id: 'base', rule: any(all(hasTag('vip'), hasTag('never')), hasTag('now')) })
    for (let i = 0; i < 20; i++) engine.segments.define({ id: `m${i}`, rule: inSegment('base') })
    const work = workOf(engine, () => engine.tags.add('c1', 'vip'))
    expect(work).toEqual({ ...noWork, flips: 1, candidates: 1 })
  })
})

describe('tags', () => {
  it('a leaf that names a tag is not tested for another, one with a pattern for each change', () => {
    const engine = engineWith(5)
    for (let i = 0; i < 50; i++) engine.segments.define({ id: `s${i}`, rule: hasTag(`t${i}`) })
    expect(workOf(engine, () => engine.tags.add('c1', 't7'))).toMatchObject({ leafTests: 0, flips: 1 })
    engine.segments.define({ id: 'like', rule: hasTagLike('x-*') })
    expect(workOf(engine, () => engine.tags.add('c1', ['t8', 't9', 'x-1']))).toMatchObject({ leafTests: 1, flips: 3 })
    expect(workOf(engine, () => engine.tags.add('c1', ['y', 'z'])).leafTests).toBe(1)
  })
})

describe('a definition', () => {
  it.each([10, 500])('decides its own segment for those whom it moves of %i contacts, and no other', (contacts) => {
    const engine = engineWith(contacts)
    for (let i = 0; i < 20; i++) engine.segments.define({ id: `s${i}`, rule: attribute('score').atLeast(i) })
    const rule = attribute('score').atLeast(1_000)
    expect(workOf(engine, () => engine.segments.define({ id: 'new', rule }))).toEqual({
      ...noWork,
    })
    expect(workOf(engine, () => engine.segments.define({ id: 'some', rule: attribute('score').atLeast(5) }))).toEqual({
      ...noWork,
      candidates: contacts - 5 * Math.ceil(contacts / 100),
      transitions: contacts - 5 * Math.ceil(contacts / 100),
    })
    expect(workOf(engine, () => engine.segments.define({ id: 'new', rule }))).toEqual(noWork)
    expect(workOf(engine, () => engine.segments.define({ id: 'new', name: 'New' }))).toEqual(noWork)
    expect(engine.statistics().leaves).toBe(21)
  })
})
