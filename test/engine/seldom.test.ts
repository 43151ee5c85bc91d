import { createEngine, hasTag, matches, memoryStorage, not, openEngine, type ChangeInput } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, hour, inWords, membersOf, newEngine, refusal, start, told } from './scene.js'

/*
 * What happens seldom, and is easily forgotten: combinations of changes, and questions about what is not there.
 */

describe('questions about whoever is not there', () => {
  it('have an answer', () => {
    const engine = engineOf('ada')
    const handle = engine.segments.define({ id: 's', kind: 'damped', rule: hasTag('x'), minimumStay: '1d' })
    expect(engine.records.of('nobody', 'deals')).toEqual([])
    expect(handle.movedAt('nobody')).toBeUndefined()
    expect(handle.since('nobody')).toBeUndefined()
    expect(handle.has('nobody')).toBe(false)
    engine.segments.remove('s')
    expect(refusal(() => handle.has('ada')).code).toBe('HANDLE_STALE')
    expect(engine.segments.preview(hasTag('x'))).toEqual({ count: 0, sample: [] })
  })
})

describe('the next change of a membership', () => {
  it('is not before one that time may make to a tag that it reads', () => {
    const engine = engineOf('ada', 'bob')
    engine.contacts.patch('ada', { seen: new Date(start) })
    const seen = { get: 'attribute', name: 'seen' } as const
    const later = { get: 'attribute', name: 'later' } as const
    engine.segments.define({ id: 'fresh', rule: { op: 'inLast', left: seen, duration: '2d' }, holds: 'fresh' })
    engine.segments.define({ id: 'tagged', rule: hasTag('fresh') })
    engine.segments.define({ id: 'through', rule: { op: 'inSegment', segment: 'tagged' } })
    for (const segment of ['tagged', 'through']) {
      expect(engine.segments.explain(segment, 'ada').next).toEqual({ notBefore: start + 2 * day })
      expect(engine.segments.explain(segment, 'bob').next).toEqual({ never: true })
    }
    const both = engine.segments.define({
      id: 'both',
      rule: { op: 'all', rules: [hasTag('fresh'), { op: 'inLast', left: seen, duration: '1d' }] },
    })
    expect(engine.segments.explain('both', 'ada').next).toEqual({ at: start + day })
    // Its own date is beyond what is looked through; the tag may go before that.
    engine.contacts.patch('ada', { later: new Date(start + 20 * 365 * day) })
    engine.segments.define({
      id: 'either',
      rule: { op: 'any', rules: [not(hasTag('fresh')), { op: 'inNext', left: later, duration: '1d' }] },
    })
    expect(engine.segments.nextChangeAt('either', 'ada')).toEqual({ notBefore: start + 2 * day })
    engine.advanceTo(start + 2 * day)
    expect([both.count, ...membersOf(engine, 'tagged'), ...membersOf(engine, 'through')]).toEqual([0])
  })

  it('may come when a tag that it reads goes later than one looks ahead', () => {
    const engine = engineOf('ada')
    engine.contacts.patch('ada', { seen: new Date(start) })
    const seen = { get: 'attribute', name: 'seen' } as const
    engine.segments.define({ id: 'fresh', rule: { op: 'inLast', left: seen, duration: '2d' }, holds: 'fresh' })
    engine.segments.define({ id: 'tagged', rule: hasTag('fresh') })
    engine.segments.define({
      id: 'day',
      rule: { op: 'all', rules: [hasTag('fresh'), { op: 'inLast', left: seen, duration: '1d' }] },
    })
    for (const segment of ['tagged', 'day'])
      expect(engine.nextChangeAt(segment, 'ada', { horizon: hour })).toEqual({ notBefore: start + hour })
    expect(engine.nextChangeAt('day', 'ada', { horizon: day })).toEqual({ at: start + day })
    expect(inWords(engine.advanceTo(start + 2 * day).transitions)).toContain('ada exits tagged')
    expect(engine.nextChangeAt('tagged', 'ada', { horizon: hour })).toEqual({ never: true })
  })
})

describe('a sum beyond all numbers', () => {
  it('is missing, to all who ask', () => {
    const engine = engineOf('ada', 'bob')
    const rule = {
      op: 'greaterThan',
      left: { get: 'sum', of: { events: 'buy' }, value: { get: 'property', name: 'amount' } },
      right: 0,
    } as const
    engine.segments.define({ id: 'live', rule })
    for (const amount of [1.7e308, 1.7e308]) engine.events.record('ada', { type: 'buy', properties: { amount } })
    engine.events.record('bob', { type: 'buy', properties: { amount: 1.7e308 } })
    expect(membersOf(engine, 'live')).toEqual(['bob'])
    expect(engine.contacts.find(rule)).toEqual(['bob'])
    const ada = engine.contacts.get('ada')
    expect(ada && matches(rule, ada, { now: engine.now })).toBe(false)
  })
})

describe('what cannot be read', () => {
  it('is refused with what it threw, an error or not', () => {
    const engine = newEngine()
    for (const [thrown, received] of [
      [new Error('no'), 'no'],
      ['nein', '"nein"'],
    ] as const) {
      const segment = {
        get id(): string {
          throw thrown as Error
        },
      }
      expect(refusal(() => engine.segments.define(segment))).toMatchObject({ code: 'CHANGE_INVALID', received })
    }
  })

  it('is refused where it is too much for a batch', () => {
    const engine = newEngine()
    const error = refusal(() => engine.batch(new Array<ChangeInput>(1_000_001)))
    expect([error.code, error.received]).toEqual(['LIMIT_EXCEEDED', '1000001'])
    expect(refusal(() => engine.batch({} as unknown as [])).code).toBe('CHANGE_INVALID')
  })
})

describe('an asking in slices', () => {
  it('is stopped by a signal that gives no reason', async () => {
    const engine = engineOf('ada')
    const signal = { aborted: true } as AbortSignal
    await expect(engine.segments.previewInSlices(hasTag('x'), { signal })).rejects.toThrow('The asking was stopped')
  })

  it('is none for a segment without a rule', async () => {
    const engine = engineOf('ada')
    const handle = await engine.segments.build({ id: 's', kind: 'static', contacts: ['ada'] })
    expect([...handle.members()]).toEqual(['ada'])
  })
})

describe('a merge', () => {
  it('leaves a tag behind for which a rule holds another of its exclusive group', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.catalogue.group({ group: 'heat', tags: ['hot', 'cold'], exclusive: true })
    engine.contacts.patch('ada', { plan: 'pro' })
    engine.segments.define({
      id: 's',
      rule: { op: 'equals', left: { get: 'attribute', name: 'plan' }, right: 'pro' },
      holds: 'hot',
    })
    engine.tags.add('bob', ['cold', 'kept'])
    engine.contacts.merge({ from: 'bob', into: 'ada' })
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['hot', 'kept'])
  })

  it('keeps an event of which the other contact only knows that it went', () => {
    const engine = engineOf('ada', 'bob')
    for (const id of ['ada', 'bob'])
      for (const event of ['e1', 'e2']) engine.events.record(id, { type: 'visit', id: event, at: start })
    engine.events.remove('bob', 'e1')
    engine.events.remove('bob', 'e3')
    engine.contacts.merge({ from: 'bob', into: 'ada' })
    expect(engine.contacts.get('ada')?.events.map(({ id }) => id)).toEqual(['e1', 'e2'])
    engine.events.record('ada', { type: 'visit', id: 'e3', at: start })
    expect(engine.contacts.get('ada')?.events.map(({ id }) => id)).toEqual(['e1', 'e2'])
  })
})

describe('in one batch', () => {
  it('a tag goes with the last contact that had it', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'x')
    const gone: ChangeInput = { type: 'contact.remove', contact: 'ada' }
    expect(refusal(() => engine.batch([gone, { type: 'tag.rename', from: 'x', to: 'y' }])).code).toBe('TAG_UNKNOWN')
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['x'])
    engine.tags.add('bob', 'z')
    engine.batch([gone, { type: 'tag.rename', from: 'z', to: 'x' }])
    expect(engine.tags.of('bob').map(({ tag }) => tag)).toEqual(['x'])
  })

  it('a static segment is filled by a rule whose tag is renamed after it', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'x')
    const transitions = told(engine)
    engine.batch([
      { type: 'segment.define', id: 's', kind: 'static', rule: hasTag('x') },
      { type: 'tag.rename', from: 'x', to: 'y' },
    ])
    expect(inWords(transitions)).toEqual(['ada enters s'])
    engine.tags.remove('ada', 'y')
    expect(membersOf(engine, 's')).toEqual(['ada'])
  })

  it('contacts with one id come and go, and those who were members exit', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'x')
    engine.segments.define({ id: 's', rule: hasTag('x') })
    const transitions = told(engine)
    engine.batch([
      { type: 'contact.remove', contact: 'ada' },
      { type: 'contact.put', contact: 'ada' },
      { type: 'contact.remove', contact: 'ada' },
      { type: 'contact.put', contact: 'ada' },
      { type: 'tag.add', contacts: 'ada', tags: 'x' },
    ])
    expect(inWords(transitions)).toEqual(['ada exits s', 'ada enters s'])
  })
})

describe('a hybrid segment that becomes a static one', () => {
  it('keeps nothing of those who were both in and out by hand', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 's', kind: 'hybrid', rule: hasTag('x') })
    engine.apply({ type: 'member.include', segment: 's', contacts: ['ada', 'bob'] })
    engine.apply({ type: 'member.exclude', segment: 's', contacts: 'ada' })
    engine.segments.convert('s', 'static')
    expect(membersOf(engine, 's')).toEqual(['bob'])
    expect(engine.segments.explain('s', 'ada').slots).toEqual({})
    engine.segments.convert('s', 'hybrid', hasTag('x'))
    expect(membersOf(engine, 's')).toEqual(['bob'])
  })
})

describe('a journal without a snapshot', () => {
  it('brings back events that were corrected, taken out, and corrected again', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ now: start, storage, maxAhead: '1d' })
    first.contacts.put({ id: 'ada' })
    first.events.record('ada', { type: 'visit', id: 'e1', at: start })
    first.events.correct('ada', 'e1', { type: 'purchase', at: start + day, properties: { amount: 5 } })
    first.events.record('ada', { type: 'visit', id: 'e2', at: start })
    await first.events.remove('ada', 'e2').durable
    const events = first.contacts.get('ada')?.events
    await first.close()
    const second = await openEngine({ now: start, storage })
    expect(second.contacts.get('ada')?.events).toEqual(events)
    expect(events).toHaveLength(1)
    await second.close()
  })
})

describe('a tag that is put on once', () => {
  it('gives way to one of its exclusive group that a rule from elsewhere holds', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.catalogue.group({ group: 'heat', tags: ['hot', 'cold'], exclusive: true })
    engine.tags.add('ada', 'hot', { kind: 'rule', by: 'the old system' })
    engine.tags.add('bob', 'hot')
    engine.segments.define({ id: 's', rule: hasTag('x'), holds: { tag: 'cold', once: true } })
    engine.tags.add(['ada', 'bob'], 'x')
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['hot', 'x'])
    expect(engine.tags.of('bob').map(({ tag }) => tag)).toEqual(['cold', 'x'])
  })

  it('is a tag, or the segment is refused', () => {
    const engine = newEngine()
    for (const holds of ['', { tag: '' }, { tag: 5 } as unknown as string])
      expect(refusal(() => engine.segments.define({ id: 's', rule: hasTag('x'), holds })).path?.[0]).toBe('holds')
    expect(engine.segments.ids()).toEqual([])
  })
})

describe('a trail of tags that comes back with less room', () => {
  it.each([
    [0, []],
    [2, ['b', 'c']],
    [9, ['a', 'b', 'c']],
  ])('of %i entries has the last of them', async (tagTrail, tags) => {
    const storage = memoryStorage()
    const first = await openEngine({ now: start, storage })
    first.contacts.put({ id: 'ada' })
    for (const tag of ['a', 'b', 'c']) first.tags.add('ada', tag)
    await first.snapshot()
    await first.close()
    const second = await openEngine({ now: start, storage, tagTrail })
    expect(second.tags.catalogue.trail().map(({ tag }) => tag)).toEqual(tags)
    await second.close()
  })
})

describe('a rule about a segment of which nobody gave the rule', () => {
  it('is refused, with those that were given as an object or a map', () => {
    const ada = engineOf('ada').contacts.get('ada')
    if (ada === undefined) throw new Error('nobody')
    const rule = { op: 'inSegment', segment: 'vips' } as const
    for (const segments of [{ vip: hasTag('x') }, new Map([['vip', hasTag('x')]])]) {
      const error = refusal(() => matches(rule, ada, { now: start, segments }))
      expect([error.code, error.message.includes('"vip"')]).toEqual(['SEGMENT_UNKNOWN', true])
    }
  })
})

describe('a listener', () => {
  it('may say that a contact was seen: that waits like any other change', () => {
    const engine = createEngine({ now: start })
    engine.segments.define({ id: 's', rule: hasTag('x') })
    engine.contacts.put({ id: 'ada' })
    engine.apply({ type: 'contact.identify', contact: 'ada', channel: 'chat', id: '1' })
    engine.on('enter', () => void engine.seen({ channel: 'chat', id: '1' }, { event: { type: 'message' } }))
    engine.tags.add('ada', 'x')
    expect(engine.contacts.get('ada')?.events.map(({ type }) => type)).toEqual(['message'])
  })
})
