import { attribute, createEngine, events, hasTag, tag, type Engine } from 'coterie'
import { audienceOf, contactsOf, entryOf, send, waterfall, type AudienceOptions } from 'coterie/audiences'
import { describe, expect, it } from 'vitest'
import { chance, crowd, crowdStart } from './crowd.js'
import { refusal } from '../engine/scene.js'

const everyone = [{ name: 'everyone', rule: { op: 'everyone' } as const }]

describe('a sample', () => {
  const size = 20_000
  const engine = crowd(size)
  const drawn = (salt: string): ReadonlySet<string> =>
    new Set(contactsOf(audienceOf(engine, { id: 'a', include: everyone, sample: { salt, percent: 10 } }), 'included'))

  it('of 10 % lies within its binomial bounds, for every salt', () => {
    // Six standard deviations of a binomial with n = 20,000 and p = 0.1: once in 500 million.
    const bound = 6 * Math.sqrt(size * 0.1 * 0.9)
    for (let n = 0; n < 20; n++) expect(Math.abs(drawn(`salt ${String(n)}`).size - size * 0.1)).toBeLessThan(bound)
  })

  it('is independent of that of another salt', () => {
    const salts = Array.from({ length: 6 }, (_, n) => drawn(`s${String(n)}`))
    const bound = 6 * Math.sqrt(size * 0.01 * 0.99)
    for (const [place, one] of salts.entries())
      for (const other of salts.slice(place + 1)) {
        const both = [...one].filter((id) => other.has(id)).length
        expect(Math.abs(both - (one.size * other.size) / size)).toBeLessThan(bound)
      }
  })

  it('is the one that inSample draws', () => {
    const rule = engine.contacts.find({ op: 'inSample', salt: 'x', from: 0, to: 1000 })
    expect([...drawn('x')]).toEqual(rule)
  })

  it('of a number is that number, and the first of a larger one', () => {
    const of = (some: number): readonly string[] =>
      contactsOf(audienceOf(engine, { id: 'a', include: everyone, sample: { salt: 'x', size: some } }), 'included')
    expect(of(100)).toHaveLength(100)
    expect(of(size + 1)).toHaveLength(size)
    const larger = new Set(of(500))
    expect(of(100).every((id) => larger.has(id))).toBe(true)
  })

  it('that is stratified gives each stratum its share, to one contact', () => {
    const sizes = (ids: readonly string[]): Map<unknown, number> => {
      const found = new Map<unknown, number>()
      for (const id of ids) {
        const plan = engine.contact(id).get('plan')
        found.set(plan, (found.get(plan) ?? 0) + 1)
      }
      return found
    }
    const all = sizes(engine.contacts.ids())
    for (const [wanted, sample] of [
      [size / 10, { percent: 10 }],
      [777, { size: 777 }],
    ] as const) {
      const options = { id: 'a', include: everyone, sample: { salt: 'x', stratifyBy: 'plan', ...sample } }
      const ids = contactsOf(audienceOf(engine, options), 'included')
      expect(ids).toHaveLength(wanted)
      for (const [plan, count] of sizes(ids))
        expect(Math.abs(count - ((all.get(plan) ?? 0) * wanted) / size)).toBeLessThan(1)
    }
  })
})

describe('a control group', () => {
  it('stays, whoever comes and goes, and is as large as it should be', () => {
    const engine = crowd(5000)
    const options: AudienceOptions = {
      id: 'a',
      include: [attribute('optedIn').equals(true)],
      control: { salt: 'c', percent: 20 },
    }
    const before = audienceOf(engine, options)
    const eligible = before.counts.control + before.counts.included
    expect(Math.abs(before.counts.control - eligible / 5)).toBeLessThan(6 * Math.sqrt(eligible * 0.16))
    for (const id of engine.contacts.ids()) engine.contacts.patch(id, { optedIn: chance(`again ${id}`) < 0.5 })
    const after = audienceOf(engine, options)
    const control = new Set(contactsOf(before, 'control'))
    expect(contactsOf(after, 'included').filter((id) => control.has(id))).toEqual([])
    const reached = new Set(contactsOf(before, 'included'))
    expect(contactsOf(after, 'control').filter((id) => reached.has(id))).toEqual([])
  })

  it('is drawn from the same contacts that a cap lets in', () => {
    const engine = crowd(1000)
    const audience = audienceOf(engine, {
      id: 'a',
      include: everyone,
      control: { salt: 'c', percent: 50 },
      cap: { most: 100, highest: 'spent' },
    })
    expect(audience.counts.included).toBe(100)
    const spent = (kind: 'included' | 'control' | 'capped'): number[] =>
      contactsOf(audience, kind).map((id) => engine.contact(id).get('spent') as number)
    const least = Math.min(...spent('included'))
    expect(Math.max(...spent('capped'))).toBeLessThanOrEqual(least)
    expect(Math.min(...spent('control'))).toBeGreaterThanOrEqual(least)
    expect(audience.counts.control).toBeGreaterThan(50)
  })

  it('of people with one salt in common cannot be drawn', () => {
    const engine = crowd(1)
    const options = { id: 'a', include: everyone, control: { salt: 'x', percent: 10 } }
    const found = refusal(() => audienceOf(engine, { ...options, sample: { salt: 'x', percent: 10 } }))
    expect([found.code, found.path, found.expected]).toEqual([
      'OPTION_INVALID',
      ['sample', 'salt'],
      'another salt than that of control',
    ])
  })
})

describe('a cap', () => {
  it('lets the highest or the lowest in, those without a value last, of equals the smaller id', () => {
    const engine = createEngine({ now: 0 })
    const spent = { a: 2, b: 1, c: undefined, d: 2, e: { instant: 0 } }
    for (const [id, value] of Object.entries(spent)) engine.contacts.put({ id, attributes: { spent: value } })
    engine.contacts.patch('e', { spent: null })
    const first = (most: number, cap: 'highest' | 'lowest'): readonly string[] => {
      const limited = cap === 'highest' ? { most, highest: 'spent' } : { most, lowest: 'spent' }
      return contactsOf(audienceOf(engine, { id: 'a', include: everyone, cap: limited }), 'included')
    }
    expect(first(1, 'highest')).toEqual(['a'])
    expect(first(3, 'highest')).toEqual(['a', 'b', 'd'])
    expect(first(1, 'lowest')).toEqual(['b'])
    expect(first(4, 'lowest')).toEqual(['a', 'b', 'c', 'd'])
    expect(first(0, 'lowest')).toEqual([])
  })
})

describe('test contacts', () => {
  it('are always in, never counted by a cap, never drawn', () => {
    const engine = crowd(50)
    engine.contacts.put({ id: 'me' })
    engine.contacts.identify('me', { channel: 'mail', id: 'me@example.com' })
    const audience = audienceOf(engine, {
      id: 'a',
      include: [attribute('optedIn').equals(true)],
      exclude: everyone,
      cap: { most: 0, salt: 'k' },
      control: { salt: 'c', percent: 100 },
      holdout: { salt: 'h', percent: 100 },
      test: [{ channel: 'mail', id: 'me@example.com' }],
    })
    expect(audience.counts).toMatchObject({ test: 1, included: 0, control: 0 })
    expect(entryOf(audience, 'me')?.reason).toEqual({ kind: 'test' })
    expect(send(engine, audience, { tag: 'sent' }).contacts).toEqual(['me'])
  })

  it('land where they first are, though a later audience names them too', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    const all = { include: everyone }
    const { audiences } = waterfall(engine, [
      { id: 'a', ...all },
      { id: 'b', ...all, test: ['ada'] },
      { id: 'c', ...all },
    ])
    expect(audiences.map((audience) => entryOf(audience, 'ada')?.reason)).toEqual([
      { kind: 'included', by: 'everyone' },
      { kind: 'test' },
      { kind: 'earlier', by: 'a' },
    ])
  })
})

describe('a local time', () => {
  it('is an instant of its own for each contact', () => {
    const engine = createEngine({ now: '2026-02-28' })
    const monday = { local: '2026-03-02T09:00', zone: 'zone', otherwise: 'Europe/Berlin' }
    const seen = (id: string, zone: string | undefined, at: string): void => {
      engine.contacts.put({ id, attributes: { zone, seen: new Date(at) } })
    }
    // Engaged in the last 7 days, as of Monday 9:00: since the Monday before, 9:00 of each.
    seen('tokyo', 'Asia/Tokyo', '2026-02-23T00:00:01Z')
    seen('tokyo-late', 'Asia/Tokyo', '2026-02-23T00:00:00Z')
    seen('berlin', undefined, '2026-02-23T08:00:01Z')
    seen('nowhere', 'Mars/Olympus', '2026-02-23T08:00:00Z')
    seen('new-york', 'America/New_York', '2026-02-23T13:59:59Z')
    const audience = audienceOf(engine, { id: 'a', include: [attribute('seen').inLast('7d')], asOf: monday })
    expect(contactsOf(audience, 'included')).toEqual(['tokyo', 'berlin'])
    expect(new Date(entryOf(audience, 'new-york')?.at ?? 0).toISOString()).toBe('2026-03-02T14:00:00.000Z')
  })
})

describe('a later instant', () => {
  const day = 86_400_000

  it('asks of a damped segment only what its rules say then, not on the way', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.events.record('ada', { type: 'visit' })
    // Everybody who was here between an hour and a day ago enters, and stays.
    engine.segments.define({
      id: 'met',
      rule: events('visit').betweenAgo('1h', '1d').exists(),
      stay: { op: 'everyone' },
    })
    const met = (at: number): readonly string[] =>
      contactsOf(audienceOf(engine, { id: 'a', include: ['met'], asOf: at }), 'included')
    expect([met(0), met(2 * 3_600_000), met(2 * day)]).toEqual([[], ['ada'], []])
    engine.advanceTo(2 * day)
    expect([met(2 * day), met(9 * day)]).toEqual([['ada'], ['ada']])
  })

  it('takes the tags of today, also those that segments hold', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada', attributes: { joined: new Date(0) } })
    engine.segments.define({ id: 'old', rule: attribute('joined').moreThanAgo('1d'), holds: 'loyal' })
    const loyal = { name: 'loyal', rule: hasTag('loyal') }
    const reasonAt = (at: number): unknown =>
      entryOf(audienceOf(engine, { id: 'a', include: [loyal, 'old'], asOf: at }), 'ada')?.reason
    expect([reasonAt(0), reasonAt(2 * day)]).toEqual([{ kind: 'notIncluded' }, { kind: 'included', by: 'old' }])
    engine.advanceTo(2 * day)
    expect(reasonAt(2 * day)).toEqual({ kind: 'included', by: 'loyal' })
  })
})

describe('sending', () => {
  it('tags those who are in, records an event of each once, and says who is gone', () => {
    const engine = crowd(4)
    engine.segments.define({ id: 'sent', rule: tag('spring').heldBy('campaign', 'spring') })
    const audience = audienceOf(engine, { id: 'spring', include: everyone })
    engine.contacts.remove('c1')
    engine.contacts.merge({ from: 'c2', into: 'c3' })
    const event = { type: 'purchase' }
    const sent = send(engine, audience, { tag: 'spring', event })
    expect(sent).toMatchObject({ at: crowdStart, contacts: ['c0', 'c3'], missing: ['c1'], withheld: [] })
    expect(sent.receipt.transitions.map(({ contactId }) => contactId)).toEqual(['c0', 'c3'])
    const again = send(engine, audience, { tag: 'spring', event })
    expect(again.receipt.tagEvents).toEqual([])
    expect(engine.events.of('c3')).toEqual([{ type: 'purchase', at: crowdStart, properties: {}, id: 'spring' }])
    expect(engine.events.count).toBe(2)
  })

  it('withholds it from one who has become one with somebody of the control group', () => {
    const engine = crowd(200)
    const audience = audienceOf(engine, { id: 'a', include: everyone, control: { salt: 'c', percent: 50 } })
    const [from = ''] = contactsOf(audience, 'included')
    const [into = ''] = contactsOf(audience, 'control')
    engine.contacts.merge({ from, into })
    const sent = send(engine, audience, { tag: 'sent' })
    expect(sent.withheld).toEqual([from])
    expect(engine.tags.has(into, 'sent')).toBe(false)
    expect(sent.contacts).toHaveLength(audience.counts.included - 1)
  })

  it('goes beyond the limit of a list', () => {
    const engine = crowd(25)
    const small = createEngine({ now: 0, limits: { list: 10 } })
    small.batch(engine.contacts.ids().map((contact) => ({ type: 'contact.put', contact })))
    const audience = audienceOf(small, { id: 'a', include: everyone })
    expect(send(small, audience, { tag: 'sent' }).receipt.tagEvents).toHaveLength(25)
  })

  it('needs a tag', () => {
    const engine = crowd(1)
    const audience = audienceOf(engine, { id: 'a', include: everyone })
    expect(refusal(() => send(engine, audience, {} as never)).code).toBe('OPTION_INVALID')
  })
})

describe('variants', () => {
  it('go by their weights, and stay', () => {
    const engine = crowd(6000)
    const options: AudienceOptions = {
      id: 'a',
      include: everyone,
      variants: { salt: 'v', weights: { short: 1, long: 2, never: 0 } },
    }
    const of = (one: Engine | typeof engine): Map<string, string | undefined> =>
      new Map(audienceOf(one, options).entries.map(({ contactId, variant }) => [contactId, variant]))
    const found = of(engine)
    const short = [...found.values()].filter((name) => name === 'short').length
    expect(Math.abs(short - 2000)).toBeLessThan(6 * Math.sqrt(6000 * (2 / 9)))
    expect([...found.values()].filter((name) => name === 'long')).toHaveLength(6000 - short)
    engine.tags.add('c1', 'VIP')
    expect(of(engine)).toEqual(found)
  })
})

describe('what is wrong', () => {
  const wrong: readonly (readonly [string, object])[] = [
    ['OPTION_INVALID', { id: '', include: everyone }],
    ['OPTION_INVALID', { id: 'a' }],
    ['OPTION_INVALID', { id: 'a', include: everyone, exlude: [] }],
    ['OPTION_INVALID', { id: 'a', include: [everyone[0], everyone[0]] }],
    ['OPTION_INVALID', { id: 'a', include: everyone, control: { salt: '', percent: 1 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, control: { salt: 'c', percent: 1.234 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, control: { salt: 'c', percent: 101 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, sample: { salt: 'c', size: -1 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, sample: { salt: 'c', size: 1, stratifyBy: 5 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, cap: { most: 1 } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, cap: { most: 1.5, salt: 'k' } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, variants: { salt: 'v', weights: {} } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, variants: { salt: 'v', weights: { a: -1 } } }],
    ['OPTION_INVALID', { id: 'a', include: everyone, asOf: { local: '2026-03-02T09:00Z', zone: 'z' } }],
    [
      'TIME_ZONE_UNKNOWN',
      { id: 'a', include: everyone, asOf: { local: '2026-03-02T09:00', zone: 'z', otherwise: 'M' } },
    ],
    ['DATE_INVALID', { id: 'a', include: everyone, asOf: 'monday' }],
    ['SEGMENT_UNKNOWN', { id: 'a', include: ['vpi'] }],
    ['SEGMENT_UNKNOWN', { id: 'a', include: everyone, note: ['vpi'] }],
    ['CONTACT_UNKNOWN', { id: 'a', include: everyone, test: ['nobody'] }],
    ['RULE_INVALID', { id: 'a', include: [{ op: 'hasTags' }] }],
    ['ATTRIBUTE_UNKNOWN', { id: 'a', include: [attribute('pln').equals('pro')] }],
  ]

  it.each(wrong)('is refused: %s %j', (code, options) => {
    const engine = crowd(2)
    engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
    const { revision } = engine
    expect(refusal(() => audienceOf(engine, options as AudienceOptions)).code).toBe(code)
    expect([engine.revision, engine.now]).toEqual([revision, crowdStart])
  })

  it('names the nearest segment', () => {
    const engine = crowd(1)
    engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
    expect(refusal(() => audienceOf(engine, { id: 'a', include: ['vpi'] })).expected).toBe('vip')
  })

  it('is a waterfall of several moments, or with one id twice', () => {
    const engine = crowd(1)
    const one: AudienceOptions = { id: 'a', include: everyone }
    expect(refusal(() => waterfall(engine, [{ ...one, asOf: 0 }])).code).toBe('OPTION_INVALID')
    expect(refusal(() => waterfall(engine, [one, one])).code).toBe('OPTION_INVALID')
  })
})
