import { attribute, everyone, hasTag, inSegment, type ContactHandle, type SegmentHandle } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, newEngine, refusal, start } from './scene.js'

/** The codes that every use of a segment's handle ends with. */
function usesOfSegment(handle: SegmentHandle): readonly string[] {
  return [
    () => handle.kind,
    () => handle.rule,
    () => handle.description,
    () => handle.count,
    () => handle.has('ada'),
    () => [...handle.members()],
    () => handle.since('ada'),
    () => handle.on('enter', () => undefined),
  ].map((use) => refusal(use).code)
}

/** The codes that every use of a contact's handle ends with. */
function usesOfContact(handle: ContactHandle): readonly string[] {
  return [
    () => handle.in('all'),
    () => handle.get('plan'),
    () => handle.tags,
    () => handle.hasTag('vip'),
    () => handle.segments(),
  ].map((use) => refusal(use).code)
}

const stale = (times: number): readonly string[] => Array.from({ length: times }, () => 'HANDLE_STALE')

describe('the handle of a segment', () => {
  it('answers of its segment as it is now', () => {
    const engine = engineOf('ada', 'bob')
    const vip = engine.segments.define({ id: 'vip', rule: hasTag('vip'), name: 'VIP' })
    expect(vip).toMatchObject({
      id: 'vip',
      kind: 'dynamic',
      rule: hasTag('vip'),
      count: 0,
      description: { name: 'VIP' },
    })
    engine.tags.add('ada', 'vip')
    expect([vip.count, vip.has('ada'), vip.has('bob'), vip.has('nobody'), vip.since('ada'), vip.since('bob')]).toEqual([
      ...[1, true, false, false, start, undefined],
    ])
    engine.segments.define({ id: 'vip', rule: everyone })
    expect([...vip.members()]).toEqual(['ada', 'bob'])
    engine.segments.convert('vip', 'static')
    expect(vip).toMatchObject({ kind: 'static', rule: undefined, count: 2 })
    expect(engine.segments.get('vip')?.count).toBe(2)
  })

  it('can stand for its segment wherever one is named', () => {
    const engine = engineOf('ada')
    const vip = engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const also = engine.segments.define({ id: 'also', rule: inSegment(vip) })
    engine.tags.add('ada', 'vip')
    expect(engine.segments.has(also, 'ada')).toBe(true)
    expect(engine.contact('ada').in(also)).toBe(true)
    expect(engine.segments.explain(also, 'ada').member).toBe(true)
    engine.segments.remove(also)
    expect(engine.segments.ids()).toEqual(['vip'])
  })

  it('is stale when its segment was removed', () => {
    const engine = engineOf('ada')
    const all = engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.remove('all')
    expect(usesOfSegment(all)).toEqual(stale(8))
    expect(all.id).toBe('all')
  })

  it('stays stale when another is defined under its id', () => {
    const engine = engineOf('ada')
    const old = engine.segments.define({ id: 'all', rule: everyone })
    engine.batch(() => {
      engine.segments.remove('all')
      engine.segments.define({ id: 'all', rule: everyone })
    })
    const other = engine.segments.get('all')
    expect(usesOfSegment(old)).toEqual(stale(8))
    expect(other?.count).toBe(1)
  })

  it('stands for the id alone where it names a segment and its own was removed', () => {
    const engine = engineOf('ada')
    const old = engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.remove(old)
    expect(refusal(() => engine.segments.explain(old, 'ada')).code).toBe('SEGMENT_UNKNOWN')
    expect([engine.segments.has(old, 'ada'), engine.contact('ada').in(old)]).toEqual([false, false])
    engine.segments.define({ id: 'all', rule: hasTag('vip') })
    expect(engine.segments.explain(old, 'ada').member).toBe(false)
    engine.tags.add('ada', 'vip')
    expect(engine.segments.explain(old, 'ada').member).toBe(true)
    expect([engine.segments.has(old, 'ada'), engine.contact('ada').in(old)]).toEqual([true, true])
  })

  it('is not stale after a removal that was refused', () => {
    const engine = engineOf('ada')
    const all = engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'also', rule: inSegment('all') })
    refusal(() => engine.segments.remove('all'))
    refusal(() =>
      engine.batch([
        { type: 'segment.remove', segment: 'all' },
        { type: 'contact.remove', contact: 'nobody' },
      ]),
    )
    expect(all.count).toBe(1)
    expect(all.has('ada')).toBe(true)
  })

  it('is stale where the definition is refused later', () => {
    const engine = engineOf('ada')
    const handles: SegmentHandle[] = []
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.on('enter', () => void handles.push(engine.segments.define({ id: 'loop', rule: inSegment('loop') })))
    engine.tags.add('ada', 'vip')
    expect(handles).toHaveLength(1)
    for (const handle of handles) expect(refusal(() => handle.count).code).toBe('HANDLE_STALE')
  })
})

describe('the handle of a contact', () => {
  it('answers of its contact as it is now', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const ada = engine.contact('ada')
    engine.tags.add('ada', 'vip')
    engine.contacts.patch('ada', { plan: 'free' })
    expect(ada.id).toBe('ada')
    expect(ada.get('plan')).toBe('free')
    expect(ada.get('nothing')).toBeUndefined()
    expect(ada.tags).toEqual(['vip'])
    expect([ada.hasTag('vip'), ada.hasTag('VIP')]).toEqual([true, false])
    expect([ada.in('vip'), ada.in('pro'), ada.in('nothing')]).toEqual([true, false, false])
    expect(ada.segments()).toEqual(['vip'])
    engine.contacts.put({ id: 'ada', attributes: {} })
    expect(ada.get('plan')).toBeUndefined()
  })

  it('names its segments in the order in which they were defined, whatever room was given back and taken again', () => {
    const engine = engineOf('ada')
    for (const id of ['one', 'two', 'three']) engine.segments.define({ id, rule: everyone })
    const ada = engine.contact('ada')
    expect(ada.segments()).toEqual(['one', 'two', 'three'])
    engine.segments.remove('one')
    engine.segments.define({ id: 'four', rule: everyone })
    engine.segments.define({ id: 'two', rule: hasTag('vip') })
    expect(ada.segments()).toEqual(['three', 'four'])
    engine.tags.add('ada', 'vip')
    expect([ada.segments(), engine.segments.of('ada'), engine.segments.ids()]).toEqual(
      Array.from({ length: 3 }, () => ['two', 'three', 'four']),
    )
  })

  it('is not in a segment of another engine by that engine’s handle, but in its own of the same id', () => {
    const [engine, other] = [engineOf('ada'), engineOf('ada')]
    const handle = other.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'vip', rule: everyone })
    expect([engine.contact('ada').in(handle), other.contact('ada').in(handle)]).toEqual([true, false])
  })

  it('is stale when its contact was removed', () => {
    const engine = engineOf('ada')
    const ada = engine.contact('ada')
    engine.contacts.remove('ada')
    expect(usesOfContact(ada)).toEqual(stale(5))
  })

  it('stays stale when another is put under its id, at once or later', () => {
    const engine = engineOf('ada')
    const first = engine.contact('ada')
    engine.batch(() => {
      engine.contacts.remove('ada')
      engine.contacts.put({ id: 'ada' })
    })
    const second = engine.contact('ada')
    engine.contacts.remove('ada')
    engine.contacts.put({ id: 'ada' })
    expect(usesOfContact(first)).toEqual(stale(5))
    expect(usesOfContact(second)).toEqual(stale(5))
    expect(engine.contact('ada').segments()).toEqual([])
  })

  it('is stale when its contact was merged into another, whose handle goes on', () => {
    const engine = engineOf('ada', 'bob')
    const [ada, bob] = [engine.contact('ada'), engine.contact('bob')]
    engine.contacts.merge({ from: 'ada', into: 'bob' })
    expect(usesOfContact(ada)).toEqual(stale(5))
    expect(bob.tags).toEqual([])
    expect(engine.contact('ada').id).toBe('bob')
  })

  it('does not come to stand for whoever takes the room of its contact', () => {
    const engine = engineOf('ada')
    const ada = engine.contact('ada')
    engine.contacts.remove('ada')
    for (const id of ['bob', 'cyd', 'dan']) engine.contacts.put({ id, attributes: { plan: id } })
    expect(usesOfContact(ada)).toEqual(stale(5))
  })

  it('is not stale after a change that was refused', () => {
    const engine = engineOf('ada', 'bob')
    const ada = engine.contact('ada')
    refusal(() =>
      engine.batch(() => {
        engine.contacts.merge({ from: 'ada', into: 'bob' })
        engine.contacts.put({ id: 'cyd' })
        engine.contacts.remove('nobody')
      }),
    )
    expect(ada.segments()).toEqual([])
    engine.contacts.put({ id: 'cyd' })
    expect(engine.contact('cyd').id).toBe('cyd')
    expect(ada.id).toBe('ada')
  })
})
