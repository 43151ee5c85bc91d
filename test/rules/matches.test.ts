import { describe, expect, it } from 'vitest'
import { isCoterieError, type CoterieError } from '../../src/base/errors.js'
import { defineSchema, field, type Field } from '../../src/contacts/schema.js'
import type { ContactInput } from '../../src/contacts/read-contact.js'
import type { Rule } from '../../src/rules/ast.js'
import { hasTag } from '../../src/rules/builders/tags.js'
import { matches, timeline } from '../../src/rules/matches.js'
import { attr, ms } from './asking.js'

/** The error that a call throws. */
function refusal(call: () => unknown): CoterieError {
  try {
    call()
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const now = '2026-06-15T12:00:00Z'
const recent: Rule = { op: 'inLast', left: attr('seen'), duration: '1d' }
const isIn = (segment: string): Rule => ({ op: 'inSegment', segment })

describe('matches', () => {
  it('asks a rule of a contact as people write it', () => {
    const contact: ContactInput = {
      id: 'ada',
      attributes: { seen: new Date('2026-06-15T00:00Z'), gone: null },
      tags: ['VIP'],
    }
    expect(matches(recent, contact, { now })).toBe(true)
    expect(matches(recent, contact, { now: '2026-06-16T00:00Z' })).toBe(false)
    expect(matches(hasTag('VIP'), contact, { now })).toBe(true)
    expect(matches({ op: 'exists', left: attr('gone') }, contact, { now })).toBe(false)
  })

  it('takes now as a Date, milliseconds, or a written date in its zone', () => {
    const contact: ContactInput = { id: 'ada', attributes: { seen: { instant: ms('2026-06-14T22:00Z') } } }
    const before = ms('2026-06-15T21:59:59.999Z')
    for (const moment of [before, new Date(before), '2026-06-15T23:59:59.999', { instant: before }]) {
      expect(matches(recent, contact, { now: moment, timeZone: 'Europe/Berlin' })).toBe(true)
    }
    for (const moment of [before + 1, new Date(before + 1), '2026-06-16']) {
      expect(matches(recent, contact, { now: moment, timeZone: 'Europe/Berlin' })).toBe(false)
    }
  })

  it('reads what is written by the schema', () => {
    const schema = defineSchema({ attributes: { seen: field.instant(), birthday: field.day() } })
    const contact: ContactInput = { id: 'ada', attributes: { seen: '2026-06-15', birthday: '1990-06-15' } }
    const birthday: Rule = { op: 'anniversaryIn', left: attr('birthday'), days: 1, current: true }
    expect(matches(recent, contact, { now, schema })).toBe(true)
    expect(matches(birthday, contact, { now, schema })).toBe(true)
    expect(matches(recent, contact, { now })).toBe(false)
    expect(refusal(() => matches({ op: 'exists', left: attr('sen') }, contact, { now, schema })).code).toBe(
      'ATTRIBUTE_UNKNOWN',
    )
  })

  it('looks through segments, given as a record or a Map', () => {
    const segments: Record<string, Rule> = {
      vip: hasTag('VIP'),
      both: { op: 'all', rules: [isIn('vip'), isIn('recent')] },
      recent,
    }
    const contact: ContactInput = { id: 'ada', attributes: { seen: new Date(now) }, tags: ['VIP'] }
    for (const given of [segments, new Map(Object.entries(segments))]) {
      expect(matches(isIn('both'), contact, { now, segments: given })).toBe(true)
      expect(matches({ op: 'not', rule: isIn('both') }, { id: 'bob' }, { now, segments: given })).toBe(true)
    }
  })

  it('takes a chain and a diamond of any size', () => {
    const chain = new Map<string, Rule>([
      ['0', hasTag('VIP')],
      ['1', hasTag('VIP')],
    ])
    for (let i = 2; i <= 5000; i++)
      chain.set(String(i), { op: 'all', rules: [isIn(String(i - 1)), isIn(String(i - 2))] })
    const contact: ContactInput = { id: 'ada', tags: ['VIP'] }
    expect(matches(isIn('5000'), contact, { now, segments: chain })).toBe(true)
    expect(timeline(isIn('5000'), contact, { from: 0, to: now, segments: chain })).toEqual([{ at: 0, holds: true }])
  })

  it('refuses a loop, spelled out, and only where the rule leads into it', () => {
    const segments: Record<string, Rule> = {
      a: isIn('b'),
      b: { op: 'not', rule: isIn('c') },
      c: isIn('b'),
      own: isIn('own'),
      fine: hasTag('x'),
    }
    const ask = (rule: Rule): unknown => matches(rule, { id: 'ada' }, { now, segments })
    const loop = refusal(() => ask(isIn('a')))
    expect(loop).toMatchObject({
      code: 'RULE_LOOP',
      received: '"b" → "c" → "b"',
      expected: 'rules that lead to no loop of segments',
    })
    expect(loop.message).toContain('"b" → "c" → "b"')
    expect(refusal(() => ask(isIn('own')))).toMatchObject({ code: 'RULE_LOOP', received: '"own" → "own"' })
    expect(ask(isIn('fine'))).toBe(false)
  })

  it('refuses an unknown segment, whatever the rule would come to', () => {
    const rule: Rule = { op: 'any', rules: [{ op: 'everyone' }, isIn('vp')] }
    const ask = (segments?: Record<string, Rule>): unknown =>
      matches(rule, { id: 'ada' }, segments === undefined ? { now } : { now, segments })
    expect(refusal(() => ask())).toMatchObject({
      code: 'SEGMENT_UNKNOWN',
      path: ['rules', 1, 'segment'],
      received: '"vp"',
      message: 'There is no segment "vp"',
      expected: 'the id of a segment whose rule is given',
    })
    expect(refusal(() => ask({ vip: hasTag('VIP') })).message).toBe('There is no segment "vp"; did you mean "vip"?')
    const indirect = refusal(() => ask({ vp: isIn('toString') }))
    expect(indirect).toMatchObject({
      code: 'SEGMENT_UNKNOWN',
      path: ['segments', 'vp', 'segment'],
      received: '"toString"',
    })
  })

  it('says where a segment’s rule is wrong', () => {
    const segments = { a: { op: 'all', rules: [{ op: 'hasTagg' }] } as never }
    expect(refusal(() => matches(isIn('a'), { id: 'ada' }, { now, segments })).path).toEqual([
      'segments',
      'a',
      'rules',
      0,
      'op',
    ])
  })

  it('refuses what it cannot read', () => {
    const everyone: Rule = { op: 'everyone' }
    expect(refusal(() => matches({ op: 'x' } as never, { id: 'ada' }, { now })).code).toBe('RULE_INVALID')
    expect(refusal(() => matches({ op: 'all', rules: [] }, { id: 'ada' }, { now })).code).toBe('RULE_EMPTY')
    expect(refusal(() => matches(everyone, { id: '' }, { now })).code).toBe('CONTACT_INVALID')
    expect(refusal(() => matches(everyone, { id: 'ada' }, { now: 'today' })).code).toBe('DATE_INVALID')
    expect(refusal(() => matches(everyone, { id: 'ada' }, { now: Number.NaN })).path).toEqual(['now'])
    expect(refusal(() => matches(everyone, { id: 'ada' }, {} as never)).path).toEqual(['now'])
    expect(refusal(() => matches(everyone, { id: 'ada' }, undefined as never)).code).toBe('OPTION_INVALID')
    expect(refusal(() => matches(everyone, { id: 'ada' }, null as never)).code).toBe('OPTION_INVALID')
    expect(refusal(() => matches(everyone, { id: 'ada' }, { now, segments: 5 as never })).path).toEqual(['segments'])
    expect(refusal(() => matches(everyone, { id: 'ada' }, { now, timeZone: 'Mars' })).code).toBe('TIME_ZONE_UNKNOWN')
  })

  it.each([undefined, null, 7, 'everyone', true])('refuses %j for a rule', (wrong) => {
    const error = refusal(() => matches(wrong as never, { id: 'ada' }, { now }))
    expect([error.code, error.issues[0]?.path]).toEqual(['RULE_INVALID', []])
  })

  it('reads again what can change, and not what is frozen', () => {
    const rule = { op: 'hasTag', tag: 'VIP' } as { op: 'hasTag'; tag: string }
    const contact = { id: 'ada', tags: ['VIP'] }
    expect(matches(rule, contact, { now })).toBe(true)
    rule.tag = 'other'
    expect(matches(rule, contact, { now })).toBe(false)
    contact.tags.push('other')
    expect(matches(rule, contact, { now })).toBe(true)

    const date = new Date('2026-06-15T00:00Z')
    const dated: ContactInput = Object.freeze({ id: 'ada', attributes: Object.freeze({ seen: date }) })
    expect(matches(recent, dated, { now })).toBe(true)
    date.setTime(0)
    expect(matches(recent, dated, { now })).toBe(false)
    Object.freeze(date)
    expect(matches(recent, dated, { now })).toBe(false)

    let reads = 0
    const counted = Object.freeze({
      get op() {
        reads += 1
        return 'everyone' as const
      },
    })
    for (let i = 0; i < 3; i++) expect(matches(counted, { id: 'ada' }, { now })).toBe(true)
    const first = reads
    for (let i = 0; i < 3; i++) expect(matches(counted, { id: 'ada' }, { now })).toBe(true)
    expect(reads).toBe(first)
    expect(matches(counted, { id: 'ada' }, { now, timeZone: 'Europe/Berlin' })).toBe(true)
    expect(reads).toBeGreaterThan(first)
    // Each zone, and each rule in it, is kept beside the others.
    const all = reads
    expect(matches(hasTag('VIP'), { id: 'ada' }, { now })).toBe(false)
    for (const timeZone of ['UTC', 'Europe/Berlin'])
      expect(matches(counted, { id: 'ada' }, { now, timeZone })).toBe(true)
    expect(reads).toBe(all)
  })

  it('keeps apart what is frozen and read under different zones and schemas', () => {
    const contact: ContactInput = Object.freeze({ id: 'ada', attributes: Object.freeze({ seen: '2026-06-15' }) })
    const schema = defineSchema({ attributes: { seen: field.instant() } })
    const equals: Rule = Object.freeze({
      op: 'equals',
      left: Object.freeze(attr('seen')),
      right: Object.freeze({ instant: ms('2026-06-14T22:00Z') }),
    })
    for (let i = 0; i < 2; i++) {
      expect(matches(equals, contact, { now, schema, timeZone: 'Europe/Berlin' })).toBe(true)
      expect(matches(equals, contact, { now, schema, timeZone: 'UTC' })).toBe(false)
      expect(matches(equals, contact, { now, timeZone: 'Europe/Berlin' })).toBe(false)
    }
  })
})

it('a schema that can change is read again too', () => {
  const attributes: Record<string, Field> = { seen: field.text() }
  const contact: ContactInput = Object.freeze({ id: 'ada', attributes: Object.freeze({ seen: '2026-06-15' }) })
  expect(
    matches({ op: 'equals', left: attr('seen'), right: '2026-06-15' }, contact, { now, schema: { attributes } }),
  ).toBe(true)
  const schema = { attributes }
  expect(matches({ op: 'exists', left: attr('seen') }, contact, { now, schema })).toBe(true)
  attributes['seen'] = field.instant()
  expect(matches(recent, contact, { now, schema })).toBe(true)
})

describe('timeline', () => {
  const contact: ContactInput = { id: 'ada', attributes: { seen: new Date('2026-06-15T00:00Z') } }

  it('begins with the truth at from, then has an entry for each flip up to and at to', () => {
    const from = '2026-06-14T00:00Z'
    const entries = [
      { at: ms('2026-06-14T00:00Z'), holds: false },
      { at: ms('2026-06-15T00:00Z'), holds: true },
      { at: ms('2026-06-16T00:00Z'), holds: false },
    ]
    expect(timeline(recent, contact, { from, to: '2026-06-20' })).toEqual(entries)
    expect(timeline(recent, contact, { from, to: '2026-06-16' })).toEqual(entries)
    expect(timeline(recent, contact, { from, to: '2026-06-15T23:59:59.999' })).toEqual(entries.slice(0, 2))
    expect(timeline(recent, contact, { from: '2026-06-15', to: '2026-06-15' })).toEqual([
      { at: ms('2026-06-15T00:00Z'), holds: true },
    ])
  })

  it('is frozen', () => {
    const entries = timeline(recent, contact, { from: 0, to: now })
    expect(Object.isFrozen(entries)).toBe(true)
    expect(entries.every((entry) => Object.isFrozen(entry))).toBe(true)
  })

  it('refuses to end before it begins', () => {
    const error = refusal(() => timeline(recent, contact, { from: 1, to: 0 }))
    expect(error).toMatchObject({ code: 'OPTION_INVALID', path: ['to'] })
    expect(refusal(() => timeline(recent, contact, { from: 0 } as never)).path).toEqual(['to'])
  })

  it('follows segments', () => {
    const options = { from: '2026-06-14', to: '2026-06-20', segments: { recent, twice: isIn('recent') } }
    const flips = timeline({ op: 'not', rule: isIn('twice') }, contact, options)
    expect(flips.map(({ holds }) => holds)).toEqual([true, false, true])
    expect(flips[2]?.at).toBe(ms('2026-06-16T00:00Z'))
  })
})
