// engine.seen: one call per message. What is asked of it: an unknown contact, the same message twice, an older one late,
// one in the future, clocks of both kinds, merges, and that a refusal leaves everything as it was.

import { attribute, createEngine, days, defineSchema, events, field, inSegment, type Engine } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'
import { day, hour, minute, newEngine, refusal, start, told } from './scene.js'

const from = { channel: 'telegram', id: '123' }
const text = (id: string, at?: number) => ({ type: 'message', id, ...(at === undefined ? {} : { at }) })

describe('a message', () => {
  it('of somebody unknown makes a contact, if told to, with its identity and its event', () => {
    const engine = newEngine()
    const contact = engine.seen(from, { at: start + minute, event: text('m1'), create: true })
    expect(contact.id).toBe('telegram:123')
    expect(engine.now).toBe(start + minute)
    expect(engine.contacts.identitiesOf(contact.id)).toEqual([from])
    expect(engine.events.of(from)).toEqual([{ type: 'message', at: start + minute, properties: {}, id: 'm1' }])
  })

  it('of somebody unknown is nobody’s otherwise: the clock moves, and nothing is recorded', () => {
    const engine = newEngine()
    expect(engine.seen(from, { at: start + 1, event: text('m1') })).toBeUndefined()
    expect([engine.contacts.count, engine.events.count, engine.now]).toEqual([0, 0, start + 1])
  })

  it('makes a contact with an id and attributes of its own', () => {
    const engine = newEngine()
    const contact = engine.seen(from, { create: { id: 'ada', attributes: { language: 'it' } } })
    expect([contact.id, contact.get('language')]).toEqual(['ada', 'it'])
  })

  it('takes a contact that is there under the id as it is', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { language: 'de' } })
    const contact = engine.seen(from, { create: { id: 'ada', attributes: { language: 'it' } } })
    expect([contact.get('language'), engine.contacts.count]).toEqual(['de', 1])
  })

  it('that comes twice changes nothing the second time', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'talks', rule: events('message').inLast('1d').exists() })
    engine.seen(from, { at: start, event: text('m1'), create: true })
    const transitions = told(engine)
    const before = engine.contacts.get(from)
    const again = engine.seen(from, { at: start, event: text('m1'), create: { attributes: { language: 'it' } } })
    expect(engine.contacts.get(from)).toEqual(before)
    expect(transitions).toEqual([])
    expect(again.in('talks')).toBe(true)
  })

  it('that comes late counts from now on, and says so', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'talks', rule: events('message').inLast('1d').exists() })
    engine.seen(from, { create: true })
    engine.advanceTo(start + 2 * hour)
    const transitions = told(engine)
    engine.seen(from, { at: start + hour, event: text('m1') })
    expect(engine.now).toBe(start + 2 * hour)
    expect(transitions).toMatchObject([
      { type: 'enter', at: start + 2 * hour, cause: { kind: 'event', eventAt: start + hour, late: true } },
    ])
    engine.advanceTo(start + 3 * day)
    expect(transitions[1]).toMatchObject({ type: 'exit', at: start + hour + day })
  })

  it('moves the clock through all that falls due before it', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'silent', rule: events('message').inLast('30d').none() })
    engine.seen(from, { at: start, event: text('m1'), create: true })
    const transitions = told(engine)
    const contact = engine.seen(from, { at: start + days(31) })
    expect(contact?.in('silent')).toBe(true)
    expect(transitions[0]?.at).toBe(start + days(30))
    engine.seen(from, { at: start + days(31), event: text('m2') })
    expect(contact?.in('silent')).toBe(false)
  })

  it('does not carry the clock of a host ahead: its event comes when its time does', () => {
    let time = start
    const engine = createEngine({ clock: () => time })
    engine.segments.define({ id: 'talks', rule: events('message').inLast('1d').exists() })
    const contact = engine.seen(from, { at: start + minute, event: text('m1'), create: true })
    expect([engine.now, contact.in('talks')]).toEqual([start, false])
    time = start + minute
    expect(engine.seen(from)?.in('talks')).toBe(true)
  })

  it('that lies too far ahead is refused before the clock is moved', () => {
    const engine = newEngine({ maxAhead: '1d' })
    expect(refusal(() => engine.seen(from, { at: start + 2 * day, event: text('m1'), create: true })).code).toBe(
      'EVENT_FAR_FUTURE',
    )
    expect([engine.now, engine.contacts.count]).toEqual([start, 0])
    const hosted = createEngine({ clock: () => start })
    expect(refusal(() => hosted.seen(from, { at: start + 2 * day, event: text('m1'), create: true })).code).toBe(
      'EVENT_FAR_FUTURE',
    )
    expect(hosted.contacts.count).toBe(0)
  })

  it('that cannot be read is refused, and nothing of it is applied', () => {
    const engine = newEngine()
    const before = engine.revision
    const wrong: readonly unknown[] = [
      [from, { at: 'yesterday' }],
      [from, { at: start + day, event: { id: 'm1' }, create: true }],
      [from, { at: start + day, event: text(''), create: true }],
      [from, { at: start + day, create: { id: '' } }],
      [from, { at: start + day, create: { id: 7 } }],
      [
        { channel: '', id: '1' },
        { at: start + day, create: true },
      ],
      [{ channel: 'x' }, { at: start + day, create: true }],
      [undefined, {}],
      [from, null],
      [from, { at: start + day, event: 'message', create: true }],
    ]
    for (const [identity, options] of wrong as readonly [never, never][])
      expect(refusal(() => engine.seen(identity, options)).code, JSON.stringify([identity, options])).toMatch(
        /INVALID|UNKNOWN/,
      )
    expect([engine.revision, engine.now, engine.contacts.count]).toEqual([before, start, 0])
  })

  it('cannot make a contact inside a listener, nor stand in a batch', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada' })
    const codes: string[] = []
    engine.on('tag', () => {
      codes.push(refusal(() => engine.seen(from, { create: true })).code)
      engine.seen({ channel: 'known', id: '1' }, { event: text('m1') })
    })
    engine.contacts.identify('ada', { channel: 'known', id: '1' })
    engine.tags.add('ada', 'vip')
    expect(codes).toEqual(['CONTACT_UNKNOWN'])
    expect(engine.contacts.count).toBe(1)
    expect(engine.events.of('ada')).toHaveLength(1)
    expect(refusal(() => engine.batch(() => void engine.seen(from))).code).toBe('CHANGE_INVALID')
  })

  it('without an event changes nothing inside a listener', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada' })
    engine.contacts.identify('ada', from)
    const met: unknown[] = []
    engine.on('tag', () => met.push(engine.seen(from, { at: start + day })?.id, engine.seen({ ...from, id: '4' })))
    const { revision } = engine.tags.add('ada', 'vip')
    expect(met).toEqual(['ada', undefined])
    expect([engine.revision, engine.now]).toEqual([revision, start])
  })

  it('leads to the one that two have become', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada', attributes: { email: 'ada@example.com' } })
    const stranger = engine.seen(from, { at: start, event: text('m1'), create: true })
    engine.contacts.merge({ from: stranger.id, into: 'ada' })
    const contact = engine.seen(from, { at: start + 1, event: text('m2'), create: true })
    expect([contact.id, engine.contacts.count, engine.events.of('ada').length]).toEqual(['ada', 1, 2])
    expect(refusal(() => stranger.in('x')).code).toBe('HANDLE_STALE')
    engine.seen(from, { at: start, event: text('m1'), create: true })
    expect(engine.events.of('ada')).toHaveLength(2)
  })

  it('is typed by the schema', () => {
    const schema = defineSchema({ attributes: { age: field.number() }, events: { message: { words: field.number() } } })
    const engine = createEngine({ schema, now: start })
    const contact = engine.seen(from, {
      event: { type: 'message', properties: { words: 3 } },
      create: { attributes: { age: 3 } },
    })
    expect(contact.matches(attribute('age').equals(3))).toBe(true)
    // @ts-expect-error: words is a number
    expect(refusal(() => engine.seen(from, { event: { type: 'message', properties: { words: '3' } } })).code).toBe(
      'VALUE_INVALID',
    )
  })
})

describe('messages in any order, each any number of times', () => {
  const messages = fc.array(
    fc.record({ from: fc.constantFrom('1', '2'), id: fc.constantFrom('a', 'b', 'c'), at: fc.nat({ max: 5 }) }),
    { maxLength: 12 },
  )

  it('leave what each of them once leaves: the first one of an id stands', () => {
    fc.assert(
      fc.property(messages, (all) => {
        const play = (some: typeof all): Engine => {
          const engine = newEngine()
          for (const { from: id, id: message, at } of some)
            engine.seen({ channel: 'x', id }, { at: start + at * day, event: text(message), create: true })
          return engine
        }
        const first = all.filter(
          (one, place) => all.findIndex((other) => other.from === one.from && other.id === one.id) === place,
        )
        const engine = play(all)
        const once = play(first)
        expect(engine.contacts.ids()).toEqual(once.contacts.ids())
        for (const id of engine.contacts.ids()) expect(engine.events.of(id)).toEqual(once.events.of(id))
        expect(engine.now).toBe(start + Math.max(0, ...all.map(({ at }) => at)) * day)
      }),
      { numRuns: runs(200) },
    )
  })
})

describe('a contact at hand', () => {
  it('answers rules that no segment has, and gives the data of its segments', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'old', rule: attribute('age').atLeast(60), data: { route: 'phone' } })
    const contact = engine.seen(from, { create: { attributes: { age: 61 } } })
    expect(contact.matches(inSegment('old'))).toBe(true)
    expect(contact.matches({ op: 'equals', left: { get: 'attribute', name: 'age' }, right: 61 })).toBe(true)
    expect(refusal(() => contact.matches(inSegment('odl'))).code).toBe('SEGMENT_UNKNOWN')
    expect(contact.dataOf('old')).toEqual({ route: 'phone' })
    engine.contacts.patch(contact.id, { age: 1 })
    expect([contact.dataOf('old'), contact.dataOf('none')]).toEqual([undefined, undefined])
  })
})
