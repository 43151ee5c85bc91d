import { attribute, everyone, hasTag, inSegment, type ChangeInput, type SegmentHandle } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, inWords, membersOf, newEngine, refusal, start, told } from './scene.js'

describe('a batch', () => {
  it('is one change: one revision, one net effect, outcomes in the order given', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const { revision } = engine
    const receipt = engine.batch([
      { type: 'contact.put', contact: 'ada' },
      { type: 'tag.add', contacts: 'ada', tags: 'vip' },
      { type: 'tag.remove', contacts: 'ada', tags: 'vip' },
      { type: 'tag.add', contacts: 'ada', tags: ['vip', 'new'] },
    ])
    expect(receipt.revision).toBe(revision + 1)
    expect(engine.revision).toBe(revision + 1)
    expect(inWords(receipt.transitions)).toEqual(['ada enters vip'])
    expect(receipt.outcomes.map(({ type }) => type)).toEqual(['contact.put', 'tag.add', 'tag.remove', 'tag.add'])
    expect(receipt.tagEvents.map(({ type, tag }) => `${type} ${tag}`)).toEqual(['added vip', 'added new'])
  })

  it('what comes and goes in it was never there', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const { transitions, tagEvents } = engine.batch(() => {
      engine.tags.add('ada', 'vip')
      engine.tags.remove('ada', 'vip')
      engine.contacts.put({ id: 'bob' })
      engine.tags.add('bob', 'vip')
      engine.contacts.remove('bob')
    })
    expect(transitions).toEqual([])
    expect(tagEvents).toEqual([])
    expect(engine.contacts.ids()).toEqual(['ada'])
  })

  it('a change waits for what a later one brings', () => {
    const engine = newEngine()
    const telegram = { channel: 'telegram', id: '1' }
    const { outcomes, transitions } = engine.batch([
      { type: 'tag.add', contacts: telegram, tags: 'vip' },
      { type: 'member.include', segment: 'hand', contacts: 'ada' },
      { type: 'contact.identify', contact: 'ada', ...telegram },
      { type: 'segment.define', id: 'also', rule: inSegment('vip') },
      { type: 'segment.define', id: 'vip', rule: hasTag('vip') },
      { type: 'segment.define', id: 'hand' },
      { type: 'contact.put', contact: 'ada' },
    ])
    expect(outcomes.map(({ type }) => type)).toEqual([
      'tag.add',
      'member.include',
      'contact.identify',
      'segment.define',
      'segment.define',
      'segment.define',
      'contact.put',
    ])
    expect(inWords(transitions)).toEqual(['ada enters vip', 'ada enters also', 'ada enters hand'])
  })

  it('is checked against the state after the last change', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'a', rule: everyone })
    engine.segments.define({ id: 'b', rule: inSegment('a') })
    // The reference goes in the same batch, after the segment.
    engine.batch([
      { type: 'segment.remove', segment: 'a' },
      { type: 'segment.define', id: 'b', rule: hasTag('vip') },
    ])
    expect(engine.segments.ids()).toEqual(['b'])
    // A loop that is opened again.
    engine.batch([
      { type: 'segment.define', id: 'c', rule: inSegment('b') },
      { type: 'segment.define', id: 'b', rule: inSegment('c') },
      { type: 'segment.define', id: 'c', rule: everyone },
    ])
    expect(engine.segments.of('ada')).toEqual(['b', 'c'])
  })

  it('a contact removed and put again in it is a new one', () => {
    const engine = engineOf('ada', 'bob')
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'all', rule: everyone })
    const { transitions } = engine.batch(() => {
      engine.contacts.remove('ada')
      engine.contacts.put({ id: 'ada' })
    })
    expect(inWords(transitions)).toEqual(['ada exits all', 'ada enters all'])
    expect(transitions.map(({ visit }) => visit)).toEqual([1, 1])
    expect(engine.contacts.ids()).toEqual(['bob', 'ada'])
    expect(engine.tags.of('ada')).toEqual([])
  })

  const refused: readonly (readonly [string, string, readonly ChangeInput[]])[] = [
    ['CONTACT_UNKNOWN', 'an unknown contact', [{ type: 'contact.remove', contact: 'nobody' }]],
    ['SEGMENT_UNKNOWN', 'an unknown segment', [{ type: 'segment.remove', segment: 'nothing' }]],
    ['SEGMENT_UNKNOWN', 'a rule about one', [{ type: 'segment.define', id: 'x', rule: inSegment('nothing') }]],
    ['SEGMENT_IN_USE', 'a segment that is referred to', [{ type: 'segment.remove', segment: 'all' }]],
    ['RULE_LOOP', 'a loop', [{ type: 'segment.define', id: 'all', rule: inSegment('also') }]],
    ['BATCH_CLOCK', 'the clock', [{ type: 'clock.advance', to: start + 1 }]],
    ['MERGE_SELF', 'a merge with itself', [{ type: 'contact.merge', from: 'ada', into: 'ada' }]],
    ['CHANGE_INVALID', 'a wrong change', [{ type: 'contact.pat' } as unknown as ChangeInput]],
  ]

  it.each(refused)('is refused as a whole with %s for %s', (code, _, wrong) => {
    const engine = engineOf('ada')
    engine.contacts.patch('ada', { plan: 'pro', date: new Date(start) })
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'also', rule: inSegment('all') })
    engine.segments.define({ id: 'mixed', kind: 'hybrid', rule: attribute('date').inLast('7d') })
    const before = [engine.contacts.get('ada'), engine.statistics(), engine.revision, engine.nextDueAt()]
    const transitions = told(engine)
    const changes: readonly ChangeInput[] = [
      { type: 'contact.put', contact: 'bob', attributes: { plan: 'free' } },
      { type: 'contact.put', contact: 'ada', attributes: {} },
      { type: 'contact.identify', contact: 'ada', channel: 'telegram', id: '1' },
      { type: 'tag.remove', contacts: 'ada', tags: 'vip' },
      { type: 'segment.define', id: 'new', rule: hasTag('new') },
      { type: 'segment.define', id: 'mixed', rule: everyone, name: 'Mixed', visits: false },
      { type: 'member.exclude', segment: 'mixed', contacts: ['ada', 'bob'], until: start + 5 },
      { type: 'segment.convert', segment: 'mixed', kind: 'static' },
      { type: 'contact.merge', from: 'bob', into: 'ada' },
    ]
    expect(refusal(() => engine.batch([...changes, ...wrong])).code).toBe(code)
    expect(refusal(() => engine.batch([...wrong, ...changes])).code).toBe(code)
    expect([engine.contacts.get('ada'), engine.statistics(), engine.revision, engine.nextDueAt()]).toEqual(before)
    expect(transitions).toEqual([])
    expect(engine.segments.get('mixed')).toMatchObject({ kind: 'hybrid', description: {}, count: 1 })
    expect(engine.segments.get('mixed')?.since('ada')).toBe(start)
    expect(engine.members.slotsOf('mixed', 'ada')).toEqual({})
    expect(engine.contacts.has({ channel: 'telegram', id: '1' })).toBe(false)
    expect(engine.contacts.has('bob')).toBe(false)
  })

  it('of nothing does nothing', () => {
    const engine = engineOf('ada')
    expect(engine.batch([])).toMatchObject({ transitions: [], tagEvents: [], outcomes: [] })
  })
})

describe('a batch by a function', () => {
  it('collects what the methods make; the receipts inside wait for it', async () => {
    const engine = newEngine()
    const inside: unknown[] = []
    let durable: Promise<number> | undefined
    const receipt = engine.batch(() => {
      const put = engine.contacts.put({ id: 'ada' })
      inside.push(put.deferred, put.outcomes, engine.contacts.has('ada'))
      durable = engine.tags.add('ada', 'vip').durable
    })
    expect(inside).toEqual([true, [], false])
    expect(receipt.deferred).toBe(false)
    await expect(durable).resolves.toBe(receipt.revision)
  })

  it('a segment’s handle can be used once the batch is applied', () => {
    const engine = engineOf('ada')
    const handles: SegmentHandle[] = []
    engine.batch(() => {
      const handle = engine.segments.define({ id: 'all', rule: everyone })
      expect(refusal(() => handle.count).code).toBe('HANDLE_STALE')
      handles.push(handle)
    })
    expect(handles.map(({ count }) => count)).toEqual([1])
  })

  it('refuses promises, the clock, and batches in it', () => {
    const engine = engineOf('ada')
    const waits = async (): Promise<void> => void engine.contacts.put({ id: 'bob' })
    expect(refusal(() => engine.batch(waits as () => void)).code).toBe('BATCH_PROMISE')
    expect(refusal(() => engine.batch(() => void engine.advanceTo(start + 1))).code).toBe('BATCH_CLOCK')
    expect(refusal(() => engine.batch(() => void engine.batch([]))).code).toBe('CHANGE_INVALID')
    expect(engine.contacts.ids()).toEqual(['ada'])
    expect(engine.now).toBe(start)
  })

  it('that throws applies nothing, and lets what it threw through', async () => {
    const engine = engineOf('ada')
    const own = new Error('my own')
    const made: Promise<number>[] = []
    expect(() =>
      engine.batch(() => {
        made.push(engine.contacts.put({ id: 'bob' }).durable)
        throw own
      }),
    ).toThrow(own)
    expect(engine.contacts.ids()).toEqual(['ada'])
    await expect(made[0]).rejects.toBeDefined()
    // The engine does not go on collecting.
    expect(engine.contacts.put({ id: 'bob' }).deferred).toBe(false)
  })

  it('that throws no error is told as what it threw', async () => {
    const engine = engineOf('ada')
    const made: Promise<number>[] = []
    const thrown: unknown = 'enough'
    expect(() =>
      engine.batch(() => {
        made.push(engine.contacts.put({ id: 'bob' }).durable)
        throw thrown
      }),
    ).toThrow('enough')
    await expect(made[0]).rejects.toMatchObject({ code: 'CHANGE_INVALID', received: '"enough"', cause: 'enough' })
  })

  it('keeps a snapshot that it takes, whatever else it then says of the segment', () => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'everyone', rule: { op: 'everyone' } })
    engine.segments.define({ id: 'list', kind: 'static', contacts: ['ada', 'bob'] })
    const { transitions } = engine.batch(() => {
      engine.segments.define({ id: 'list', rule: inSegment('everyone') })
      engine.segments.define({ id: 'list', name: 'Everyone then' })
      engine.events.record('ada', { type: 'visit' })
    })
    expect(inWords(transitions)).toEqual([])
    expect(membersOf(engine, 'list')).toEqual(['ada', 'bob'])
    engine.batch(() => {
      engine.segments.define({ id: 'list', rule: inSegment('everyone') })
      engine.segments.define({ id: 'list', contacts: ['bob'] })
    })
    expect(membersOf(engine, 'list')).toEqual(['bob'])
  })

  it('that is refused says so to the receipts inside', async () => {
    const engine = engineOf('ada')
    const made: Promise<number>[] = []
    refusal(() =>
      engine.batch(() => {
        made.push(engine.contacts.put({ id: 'bob' }).durable)
        engine.contacts.remove('nobody')
      }),
    )
    await expect(made[0]).rejects.toMatchObject({ code: 'CONTACT_UNKNOWN' })
  })
})
