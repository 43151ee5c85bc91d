import { all, any, inSegment, lastDays, matches, not, type Rule } from 'coterie'
import { arbitrariesFor, checkExamples, examplesInWords, type Example, type Mistake } from 'coterie/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'
import { schema, shop } from './shop.js'

const { attribute, events, hasAnyTag, hasTag, records } = shop
const world = { schema, timeZone: 'Europe/Berlin' }

const deal = records('deals')
const kinds: readonly (readonly [Mistake, Rule])[] = [
  ['bound moved', attribute('score').greaterThan(80)],
  ['bound swapped', attribute('score').greaterThan(80)],
  ['and for or', all(attribute('score').greaterThan(80), hasTag('VIP'))],
  ['and for or', hasAnyTag('VIP', 'gold')],
  ['negation dropped', not(hasTag('VIP'))],
  ['negation dropped', events('purchase').none()],
  ['unit changed', events('purchase').inLast('7d').exists()],
  ['zone changed', attribute('joinedAt').inCalendar(lastDays(7, { current: false }))],
  ['calendar for rolling', attribute('joinedAt').inCalendar(lastDays(7, { current: true }))],
  ['calendar for rolling', events('purchase').inLast('7d').exists()],
  [
    'another record',
    deal.where((one) => all(one.property('status').equals('won'), one.property('value').greaterThan(10))).exists(),
  ],
  ['branch removed', any(hasTag('VIP'), attribute('spent').atLeast(1000))],
]

describe('examples', () => {
  it.each(kinds)('are missing where nobody would notice: %s', (mistake, rule) => {
    const { survivors, caught, undecided } = checkExamples(rule, [], world)
    expect(caught).toBe(0)
    expect(undecided).toEqual([])
    const found = survivors.filter((one) => one.mistake === mistake)
    expect(found).not.toEqual([])
    for (const { missing } of found) expect(JSON.stringify(missing).length).toBeLessThan(260)
  })

  it('notice every mistake once those that were missing are added', () => {
    const { rules } = arbitrariesFor(fc, { schema })
    const property = fc.property(rules(), (rule) => {
      const { survivors, equivalent } = checkExamples(rule, [], { ...world, tries: 300 })
      for (const { missing, rule: wrong } of survivors) {
        const asked = { ...world, now: missing.now }
        const contact = missing.contact as Example['contact']
        expect(matches(rule, contact, asked)).toBe(missing.in)
        expect(matches(wrong, contact, asked)).toBe(!missing.in)
      }
      const examples = survivors.map(({ missing }) => missing as Example)
      const again = checkExamples(rule, examples, { ...world, tries: 20 })
      expect(again.survivors).toEqual([])
      // Those that were undecided may be noticed by now.
      expect(again.caught).toBeGreaterThanOrEqual(survivors.length)
      expect(again.equivalent).toBe(equivalent)
    })
    fc.assert(property, { numRuns: runs(25) })
  })

  it('are asked at the boundary, in the words of the language', () => {
    const rule = attribute('score').greaterThan(80)
    const examples: Example[] = [
      { contact: { id: 'ada', attributes: { score: 90 } }, in: true },
      { contact: { id: 'bob', attributes: { score: 10 } }, in: false },
    ]
    const report = checkExamples(rule, examples, world)
    expect(examplesInWords(report)).toBe(
      [
        '1 of 4 mistakes noticed; 0 make no difference',
        'bound swapped: score >= 80',
        `  missing: { contact: {"id":"ada","attributes":{"score":80}}, now: '2026-01-15T00:00:00.000Z', in: false }`,
        'bound moved: score > 81',
        `  missing: { contact: {"id":"ada","attributes":{"score":81}}, now: '2026-01-15T00:00:00.000Z', in: true }`,
        'bound moved: score > 79',
        `  missing: { contact: {"id":"ada","attributes":{"score":80}}, now: '2026-01-15T00:00:00.000Z', in: false }`,
      ].join('\n'),
    )
    const missing = report.survivors.map((one) => one.missing as Example)
    expect(checkExamples(rule, [...examples, ...missing], world)).toMatchObject({ caught: 4, survivors: [] })
  })

  it('leave out what makes no difference', () => {
    const rule = all(attribute('score').greaterThan(80), attribute('score').greaterThan(20))
    const { survivors, equivalent } = checkExamples(rule, [], world)
    expect(equivalent).toBeGreaterThan(2)
    expect(survivors.map(({ text }) => text)).not.toContain('score > 80')
  })

  it('are told where the rule itself contradicts them', () => {
    const check = (): unknown => checkExamples(hasTag('VIP'), [{ contact: { id: 'ada' }, in: true }], world)
    expect(check).toThrow(
      /^Example 1 is contradicted:\ncontact \{"id":"ada"\}\nat 2026-01-15T12:00:00.000Z\nthe rule is false$/,
    )
  })

  it('go through segments', () => {
    const segments = { rich: attribute('spent').atLeast(100) }
    const rule = all(inSegment('rich'), hasTag('VIP'))
    const { survivors } = checkExamples(rule, [], { ...world, segments })
    expect(survivors.map(({ mistake }) => mistake)).toEqual(['and for or', 'branch removed', 'branch removed'])
    expect(survivors.every(({ missing }) => JSON.stringify(missing).length < 160)).toBe(true)
  })
})
