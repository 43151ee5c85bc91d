import { createEngine, defineSchema, field } from 'coterie'
import { membershipReasons, reasonsInWords, reasonsOf } from 'coterie/analysis'
import { all, any, attribute, events, hasTag, inSegment, not, records, rulesFor, type Rule } from 'coterie/rules'
import { describe, expect, it } from 'vitest'

const now = Date.parse('2026-01-01T00:00:00Z')
const day = 86_400_000

const changesOf = (rule: Rule, attributes: Readonly<Record<string, unknown>>, more: object = {}) =>
  reasonsOf(rule, { id: 'ada', attributes, ...more } as never, { now }).changes.map(({ change }) => change)

describe('the nearest change', () => {
  it('moves a number just over the bound, in whole steps', () => {
    expect(changesOf(attribute('score').greaterThan(80), { score: 75 })[0]).toMatchObject({ attributes: { score: 81 } })
    expect(changesOf(attribute('score').atLeast(80), { score: 75 })[0]).toMatchObject({ attributes: { score: 80 } })
    expect(changesOf(attribute('score').plus(5).atLeast(80), { score: 70 })[0]).toMatchObject({
      attributes: { score: 75 },
    })
    expect(changesOf(attribute('score').greaterThan(80), { score: 85 })[0]).toMatchObject({ attributes: { score: 80 } })
  })

  it('finds texts, lists and dates', () => {
    expect(changesOf(attribute('email').endsWith('@a.com'), { email: 'ada' })[0]).toMatchObject({
      attributes: { email: 'ada@a.com' },
    })
    expect(changesOf(attribute('topics').containsAll(['a', 'b']), { topics: ['a', 'c'] })[0]).toMatchObject({
      attributes: { topics: ['a', 'c', 'b'] },
    })
    const typed = rulesFor(defineSchema({ attributes: { seenAt: field.instant() } }))
    expect(changesOf(typed.attribute('seenAt').inLast('7d'), { seenAt: { instant: now - 8 * day } })[0]).toMatchObject({
      attributes: { seenAt: { instant: now - 7 * day + 1 } },
    })
  })

  it('is an event or a record more, or one less', () => {
    const purchase = { type: 'purchase', at: now - day, properties: { amount: 450 }, id: 'p1' }
    const spent = events('purchase').sum('amount').atLeast(500)
    expect(changesOf(spent, {}, { events: [purchase] })).toEqual([
      { type: 'event.record', contact: 'ada', event: { type: 'purchase', at: now, properties: { amount: 50 } } },
    ])
    expect(changesOf(events('purchase').inLast('60d').none(), {}, { events: [purchase] })).toEqual([
      { type: 'event.remove', contact: 'ada', id: 'p1' },
    ])
    const deals = { deals: [{ id: 'd1', status: 'won' }] }
    expect(changesOf(records('deals').where({ status: 'open' }).exists(), {}, { records: deals })).toMatchObject([
      { type: 'record.put', collection: 'deals', record: { status: 'open' } },
    ])
  })

  it('goes through segments', () => {
    const reasons = reasonsOf(
      all(inSegment('good'), not(hasTag('out'))),
      { id: 'ada', attributes: { score: 10 } },
      {
        now,
        segments: { good: attribute('score').greaterThan(50) },
      },
    )
    expect(reasons.because).toMatchObject([
      { path: ['rules', 0], holds: false, segment: [{ path: [], holds: false, rule: { op: 'greaterThan' } }] },
    ])
    expect(reasons.changes.map(({ change }) => change)).toMatchObject([{ attributes: { score: 51 } }])
  })
})

describe('the smallest reason', () => {
  it('is one branch of several that hold, and the one part that fails', () => {
    const rule = any(all(hasTag('a'), hasTag('b')), hasTag('c'), all(hasTag('a'), hasTag('d')))
    const tags = ['a', 'b', 'c'].map((tag) => ({ tag, since: 0, holders: [{ kind: 'person', at: 0 }] }))
    const paths = (some: readonly object[]) =>
      reasonsOf(rule, { id: 'ada', attributes: {}, tags: some } as never, { now }).because.map(({ path }) =>
        path.join('.'),
      )
    expect(paths(tags)).toEqual(['rules.1'])
    expect(paths([])).toEqual(['rules.0.rules.0', 'rules.1'])
  })
})

describe('of an engine', () => {
  const engine = createEngine({ now, timeZone: 'UTC' })
  engine.segments.define({ id: 'recent', kind: 'hybrid', rule: attribute('seenAt').inLast('7d') })
  engine.segments.define({ id: 'by-hand', kind: 'static' })
  engine.contacts.put({ id: 'ada', attributes: { seenAt: new Date(now - 3 * day) } })
  engine.contacts.put({ id: 'bob' })
  engine.members.exclude('recent', 'bob')

  it('says when time alone turns it, and what was done by hand', () => {
    expect(membershipReasons(engine, 'recent', 'ada').next).toEqual({ at: now + 4 * day })
    expect(membershipReasons(engine, 'recent', 'bob')).toMatchObject({ byHand: 'exclude', holds: false, because: [] })
    expect(membershipReasons(engine, 'by-hand', 'ada')).toMatchObject({ holds: false, because: [], changes: [] })
    expect(() => membershipReasons(engine, 'nothing', 'ada')).toThrow(
      expect.objectContaining({ code: 'SEGMENT_UNKNOWN' }),
    )
    expect(() => membershipReasons(engine, 'recent', 'nobody')).toThrow(
      expect.objectContaining({ code: 'CONTACT_UNKNOWN' }),
    )
  })

  it('has words for it', () => {
    const words = (segment: string, contact: string): string =>
      reasonsInWords(membershipReasons(engine, segment, contact), { describe: (rule) => rule.op, changes: 1 })
    expect(words('recent', 'ada').split('\n')).toEqual([
      'Yes, because:',
      '- true: inLast',
      'It would be otherwise:',
      '- with seenAt 2026-01-01T00:00:00.001Z',
      'By time alone it turns at 2026-01-05T00:00:00.000Z',
    ])
    expect(words('recent', 'bob')).toBe('No: kept out by hand\nTime alone never turns it')
  })

  it('calls things what people call them', () => {
    const labels = {
      attributes: { score: 'the score' },
      tags: { a: 'Alpha' },
      events: { buy: 'purchase' },
      properties: { n: 'number' },
      records: { deals: 'sales' },
    }
    const wordsOf = (rule: Rule, contact: object = {}): readonly string[] =>
      reasonsInWords(reasonsOf(rule, { id: 'ada', ...contact }, { now }), {
        describe: ({ op }) => op,
        labels,
        changes: 1,
      }).split('\n')
    const person = { kind: 'person', at: 0 }
    expect(wordsOf(attribute('score').atLeast(5), { attributes: { score: 1 } })[3]).toBe('- with the score 5')
    expect(wordsOf(attribute('score').exists(), { attributes: { score: 1 } })[3]).toBe('- without a value of the score')
    expect(wordsOf(attribute('other').atLeast(5), { attributes: { other: 1 } })[3]).toBe('- with other 5')
    expect(wordsOf(hasTag('a'))[3]).toBe('- with the tag "Alpha"')
    expect(wordsOf(hasTag('a'), { tags: [{ tag: 'a', since: 0, holders: [person] }] })[3]).toBe(
      '- without the tag "Alpha"',
    )
    expect(wordsOf(events('buy').where({ n: 1 }).exists())[3]).toBe(
      '- with a purchase at 2026-01-01T00:00:00.000Z (number 1)',
    )
    expect(wordsOf(records('deals').where({ n: 1 }).exists())[3]).toBe('- with "new-1" in sales (number 1)')
    expect(wordsOf(records('deals').none(), { records: { deals: [{ id: 'd1' }] } })[3]).toBe('- without "d1" in sales')
  })
})
