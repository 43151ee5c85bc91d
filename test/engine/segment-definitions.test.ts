import { all, any, attribute, everyone, hasTag, inSegment, nobody, not } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, inWords, newEngine, refusal, told } from './scene.js'

describe('segment.define', () => {
  it('says whether it made the segment, and whether it changed anything', () => {
    const engine = engineOf('ada')
    const define = (more: object) => engine.apply({ type: 'segment.define', id: 'vip', ...more }).outcomes
    const outcome = { type: 'segment.define', segmentId: 'vip' }
    expect(define({ rule: hasTag('vip') })).toEqual([{ ...outcome, created: true, changed: true }])
    expect(define({ rule: hasTag('vip') })).toEqual([{ ...outcome, created: false, changed: false }])
    expect(define({ name: 'VIP' })).toEqual([{ ...outcome, created: false, changed: true }])
    expect(define({ name: 'VIP' })).toEqual([{ ...outcome, created: false, changed: false }])
    expect(define({ rule: everyone })).toEqual([{ ...outcome, created: false, changed: true }])
    expect(define({ visits: false })).toEqual([{ ...outcome, created: false, changed: true }])
    expect(define({})).toEqual([{ ...outcome, created: false, changed: false }])
  })

  it('writes the engine’s zone and week into the rule, once', () => {
    const engine = newEngine({ timeZone: 'Europe/Berlin', weekStartsOn: 'sunday' })
    const { rule } = engine.segments.define({ id: 's', rule: attribute('d').inLast('P1M') })
    expect(rule).toMatchObject({ op: 'inLast', timeZone: 'Europe/Berlin' })
    expect(Object.isFrozen(rule)).toBe(true)
  })

  it('moves, redefined, exactly those who differ; those whom others refer to move them along', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'a')
    engine.tags.add('bob', 'b')
    engine.segments.define({ id: 'base', rule: hasTag('a') })
    engine.segments.define({ id: 'rest', rule: not(inSegment('base')) })
    const transitions = told(engine)
    engine.segments.define({ id: 'base', rule: hasTag('b') })
    expect(inWords(transitions)).toEqual(['ada exits base', 'ada enters rest', 'bob enters base', 'bob exits rest'])
    expect(transitions.map(({ cause }) => [cause.kind, cause.through])).toEqual([
      ['definition', undefined],
      ['definition', 'base'],
      ['definition', undefined],
      ['definition', 'base'],
    ])
  })

  it('keeps the place of the first definition; removed and defined again it comes last', () => {
    const engine = engineOf('ada')
    for (const id of ['a', 'b', 'c']) engine.segments.define({ id, rule: everyone })
    engine.segments.define({ id: 'a', rule: nobody })
    expect(engine.segments.ids()).toEqual(['a', 'b', 'c'])
    engine.segments.remove('a')
    engine.segments.define({ id: 'a', rule: everyone })
    expect(engine.segments.ids()).toEqual(['b', 'c', 'a'])
    expect(engine.segments.of('ada')).toEqual(['b', 'c', 'a'])
    expect(engine.segments.count).toBe(3)
  })

  it('may come to refer to a segment that was defined later', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'first', rule: nobody })
    engine.segments.define({ id: 'second', rule: hasTag('vip') })
    engine.segments.define({ id: 'first', rule: inSegment('second') })
    expect(inWords(engine.tags.add('ada', 'vip').transitions)).toEqual(['ada enters second', 'ada enters first'])
    expect(engine.segments.ids()).toEqual(['first', 'second'])
  })

  it('refuses a loop, spelled out', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'a', rule: nobody })
    engine.segments.define({ id: 'b', rule: inSegment('a') })
    engine.segments.define({ id: 'c', rule: not(inSegment('b')) })
    const error = refusal(() => engine.segments.define({ id: 'a', rule: inSegment('c') }))
    expect(error.code).toBe('RULE_LOOP')
    expect(error.message).toContain('"a" → "c" → "b" → "a"')
    const self = refusal(() => engine.segments.define({ id: 'd', rule: inSegment('d') }))
    expect(self.message).toContain('"d" → "d"')
    expect(engine.segments.ids()).toEqual(['a', 'b', 'c'])
  })
})

describe('segment.remove', () => {
  it('lets everybody exit, and forgets the rule', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'all', rule: not(hasTag('x')) })
    const { outcomes, transitions } = engine.segments.remove('all')
    expect(outcomes).toEqual([{ type: 'segment.remove', segmentId: 'all' }])
    expect(inWords(transitions)).toEqual(['ada exits all', 'bob exits all'])
    expect(transitions.map(({ cause }) => cause.kind)).toEqual(['definition', 'definition'])
    expect(engine.segments.get('all')).toBeUndefined()
    expect(engine.segments.has('all', 'ada')).toBe(false)
    expect(engine.statistics()).toMatchObject({ segments: 0, leaves: 0 })
  })

  it('is refused while others refer to it, and names them', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'one', rule: inSegment('all') })
    engine.segments.define({ id: 'two', rule: not(inSegment('all')) })
    const error = refusal(() => engine.segments.remove('all'))
    expect(error.code).toBe('SEGMENT_IN_USE')
    expect(error.message).toContain('"one", "two"')
    expect(engine.segments.has('all', 'ada')).toBe(true)
    engine.segments.remove('two')
    engine.segments.define({ id: 'one', rule: nobody })
    engine.segments.remove('all')
    expect(engine.segments.ids()).toEqual(['one'])
  })

  it('goes together with those that refer to it', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'one', rule: inSegment('all') })
    const { transitions } = engine.batch([
      { type: 'segment.remove', segment: 'all' },
      { type: 'segment.remove', segment: 'one' },
    ])
    expect(inWords(transitions)).toEqual(['ada exits all', 'ada exits one'])
    expect(engine.segments.ids()).toEqual([])
  })

  it('of an unknown one is refused, with the nearest', () => {
    const engine = engineOf()
    engine.segments.define({ id: 'customers', rule: everyone })
    expect(refusal(() => engine.segments.remove('customer')).message).toContain('"customers"')
  })
})

describe('segment.describe', () => {
  it('changes parts of the description and moves nobody', () => {
    const engine = engineOf('ada')
    const handle = engine.segments.define({ id: 'all', rule: everyone, name: 'All', owner: 'eve', labels: ['a'] })
    const { outcomes, transitions } = engine.segments.describe('all', {
      description: 'Everyone',
      owner: null,
      data: { shown: true },
    })
    expect(outcomes).toEqual([{ type: 'segment.describe', segmentId: 'all', changed: true }])
    expect(transitions).toEqual([])
    expect(handle.description).toEqual({ name: 'All', description: 'Everyone', labels: ['a'], data: { shown: true } })
    expect(engine.segments.describe(handle, { name: 'All' }).outcomes).toMatchObject([{ changed: false }])
    expect(engine.segments.describe(handle, {}).outcomes).toMatchObject([{ changed: false }])
    engine.segments.describe(handle, { name: null, description: null, labels: null, data: null })
    expect(handle.description).toEqual({})
  })

  it('a definition that leaves it out keeps it', () => {
    const engine = engineOf('ada')
    const handle = engine.segments.define({ id: 'all', rule: everyone, name: 'All', data: [1, { a: null }] })
    engine.segments.define({ id: 'all', rule: nobody })
    expect(handle.description).toEqual({ name: 'All', data: [1, { a: null }] })
  })

  it('data is a frozen copy of the host’s', () => {
    const engine = engineOf('ada')
    const data = { list: [1, 2] }
    const handle = engine.segments.define({ id: 'all', rule: everyone, data })
    data.list.push(3)
    expect(handle.description.data).toEqual({ list: [1, 2] })
    expect(Object.isFrozen(handle.description.data)).toBe(true)
  })
})

it('a segment is known to questions by its id, and one that is not by the nearest', () => {
  const engine = engineOf('ada', 'bob')
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  engine.tags.add('bob', 'vip')
  expect(engine.contacts.find(inSegment('vip'))).toEqual(['bob'])
  expect(refusal(() => engine.contacts.find(inSegment('vpi')))).toMatchObject({
    code: 'SEGMENT_UNKNOWN',
    message: expect.stringContaining('did you mean "vip"?') as unknown,
  })
})

describe('what is refused of segments, in whole', () => {
  it('is a reference to one that is not there, with its place in the rule and the nearest other', () => {
    const engine = engineOf('ada')
    const two = all(hasTag('a'), not(inSegment('bass')), inSegment('bass'))
    expect(refusal(() => engine.segments.define({ id: 'bass2', rule: two }))).toMatchObject({
      code: 'SEGMENT_UNKNOWN',
      message: 'There is no segment "bass"',
      path: ['rule', 'rules', 1, 'rule'],
      received: '"bass"',
      expected: 'a segment that is defined',
    })
    engine.segments.define({ id: 'base', rule: hasTag('a') })
    const define = (more: object) => () =>
      engine.batch([
        { type: 'segment.define', id: 'own', rule: inSegment('later'), ...more },
        { type: 'segment.define', id: 'other', rule: any(hasTag('b'), not(inSegment('bas'))) },
        { type: 'segment.define', id: 'later', rule: hasTag('c') },
      ])
    expect(refusal(define({}))).toMatchObject({
      code: 'SEGMENT_UNKNOWN',
      message: 'There is no segment "bas"; did you mean "base"?',
      received: '"bas"',
      expected: 'base',
    })
    const stays = { kind: 'damped', rule: hasTag('a'), stay: any(hasTag('b'), inSegment('nope')) }
    expect(refusal(() => engine.segments.define({ id: 'damped', ...stays } as never))).toMatchObject({
      code: 'SEGMENT_UNKNOWN',
      received: '"nope"',
    })
    expect(engine.segments.ids()).toEqual(['base'])
  })

  it('is to take one away that others refer to, which are named in their order', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'base', rule: hasTag('a') })
    for (const id of ['one', 'beside', 'two'])
      engine.segments.define({ id, rule: id === 'beside' ? hasTag('b') : inSegment('base') })
    expect(refusal(() => engine.segments.remove('base'))).toMatchObject({
      code: 'SEGMENT_IN_USE',
      message: 'Segment "base" cannot be removed: "one", "two" refer to it',
      received: 'base',
      expected: 'a segment that no other refers to',
    })
  })

  it('leaves all where it was, whatever was taken away before', () => {
    const engine = engineOf('ada')
    for (const id of ['a', 'b', 'c']) engine.segments.define({ id, rule: everyone })
    const remove = (id: string) => ({ type: 'segment.remove', segment: id }) as const
    expect(refusal(() => engine.batch([remove('a'), remove('b'), remove('nope')])).code).toBe('SEGMENT_UNKNOWN')
    expect(engine.segments.ids()).toEqual(['a', 'b', 'c'])
    expect(engine.segments.of('ada')).toEqual(['a', 'b', 'c'])
    engine.segments.remove('a')
    engine.segments.define({ id: 'd', rule: everyone })
    expect(engine.segments.of('ada')).toEqual(['b', 'c', 'd'])
  })
})
