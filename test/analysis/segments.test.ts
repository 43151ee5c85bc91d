import { createEngine } from 'coterie'
import { analyseEngine, analyseSegments, knownOf, relationOf } from 'coterie/analysis'
import { all, any, attribute, contactId, events, hasTag, hasTagLike, inSample, inSegment, not } from 'coterie/rules'
import { describe, expect, it } from 'vitest'

const score = attribute('score')

describe('a set of segments', () => {
  it('tells how they stand to each other', () => {
    const { relations } = analyseSegments([
      { id: 'good', rule: score.greaterThan(50) },
      { id: 'best', rule: all(inSegment('good'), score.greaterThan(80)) },
      { id: 'top', rule: score.greaterThan(80) },
      { id: 'poor', rule: score.lessThan(20) },
      { id: 'other', rule: attribute('city').equals('Bonn') },
      { id: 'by-hand' },
    ])
    expect(relations).toEqual([
      { one: 'best', other: 'good', relation: 'inside' },
      { one: 'top', other: 'good', relation: 'inside' },
      { one: 'good', other: 'poor', relation: 'disjoint' },
      { one: 'best', other: 'top', relation: 'equal' },
      { one: 'best', other: 'poor', relation: 'disjoint' },
      { one: 'top', other: 'poor', relation: 'disjoint' },
    ])
  })

  it('has findings of each rule, and of all of them together', () => {
    const { findings } = analyseSegments(
      [
        { id: 'vip', rule: any(hasTag('VIP'), hasTagLike('source-*')) },
        { id: 'vips', rule: any(hasTagLike('source-*'), hasTag('VIP')) },
        { id: 'never', rule: all(score.greaterThan(5), score.lessThan(5)) },
        { id: 'sample', rule: all(inSample({ salt: 'a', from: 0, to: 100 }), contactId().startsWith('a')) },
        { id: 'of-sample', rule: not(inSegment('sample')) },
        { id: 'lost', rule: inSegment('vipz') },
        { id: 'wrong', rule: { op: 'hasTags' } as never },
      ],
      { timeZone: 'UTC', known: { tags: ['VIP', 'old', 'source-web'] }, used: ['vip', 'of-sample', 'lost', 'wrong'] },
    )
    expect(findings.map(({ code, segment, path }) => [code, segment, path.join('.')])).toEqual([
      ['NEVER_HOLDS', 'never', ''],
      ['SEGMENT_UNKNOWN', 'lost', 'segment'],
      ['RULE_INVALID', 'wrong', 'op'],
      ['SEGMENTS_EQUAL', 'vips', ''],
      ['SEGMENT_FIXED', 'never', ''],
      ['SEGMENT_FIXED', 'sample', ''],
      ['SEGMENT_FIXED', 'of-sample', ''],
      ['SEGMENT_UNUSED', 'vips', ''],
      ['SEGMENT_UNUSED', 'never', ''],
      ['TAG_UNUSED', undefined, ''],
    ])
    expect(findings.find(({ code }) => code === 'SEGMENT_UNKNOWN')?.fix?.rule).toEqual(inSegment('vip'))
    expect(findings.at(-1)?.message).toBe('No rule asks for the tag "old"')
  })

  it('tells of a loop, and claims nothing of it', () => {
    const { findings, relations } = analyseSegments([
      { id: 'a', rule: inSegment('b') },
      { id: 'b', rule: not(inSegment('a')) },
    ])
    expect(findings.map(({ code }) => code)).toEqual(['RULE_LOOP'])
    expect(relations).toEqual([])
  })

  it('knows nothing of who is in a segment by hand', () => {
    const rule = all(inSegment('mixed'), not(hasTag('VIP')))
    const mixed = (kind: 'hybrid' | 'dynamic') =>
      analyseSegments([
        { id: 'mixed', rule: hasTag('VIP'), kind },
        { id: 'of-mixed', rule },
      ]).findings.map(({ code }) => code)
    expect(mixed('hybrid')).toEqual([])
    expect(mixed('dynamic')).toEqual(['NEVER_HOLDS', 'SEGMENT_FIXED'])
  })
})

describe('the segments of an engine', () => {
  it('are looked over with what its contacts are like', () => {
    const engine = createEngine({ now: Date.parse('2026-01-01'), timeZone: 'Europe/Berlin' })
    engine.contacts.put({ id: 'ada', attributes: { city: 'Bonn' } })
    engine.contacts.put({ id: 'bob', attributes: {} })
    engine.tags.add('ada', 'VIP')
    engine.segments.define({ id: 'elsewhere', rule: all(hasTag('Vip'), attribute('city').notEquals('Bonn')) })
    expect(knownOf(engine)).toEqual({ tags: ['VIP'], attributes: ['city'], missing: { city: 0.5 } })
    expect(analyseEngine(engine).findings.map(({ code, segment, path }) => [code, segment, path.join('.')])).toEqual([
      ['TAG_UNKNOWN', 'elsewhere', 'rules.0'],
      ['MISSING_INCLUDED', 'elsewhere', 'rules.1'],
      ['TAG_UNUSED', undefined, ''],
    ])
  })
})

describe('two rules', () => {
  it('stand in one of five ways', () => {
    const recent = events('purchase').inLast('30d').exists()
    expect(relationOf(recent, events('purchase').inLast('60d').exists())).toBe('inside')
    expect(relationOf(events('purchase').exists(), recent)).toBe('contains')
    expect(relationOf(recent, events('purchase').last().inLast('30d'))).toBe('equal')
    expect(relationOf(recent, events('purchase').inLast('60d').none())).toBe('disjoint')
    expect(relationOf(recent, hasTag('VIP'))).toBe('open')
  })
})
