import { createEngine, isCoterieError, matches, readRule, type Rule } from 'coterie'
import { arbitrariesFor, checkEngine, type TestMoment } from 'coterie/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operators } from '../../src/rules/operator-table.js'
import { walkRule } from '../../src/rules/rule-walk.js'
import { smallerContacts } from '../../src/testing/worlds/smaller.js'
import { runs } from '../runs.js'
import { schema, shop } from './shop.js'

const { attribute, events, hasTag } = shop
const now = Date.parse('2026-01-15T12:00:00Z')
const plain = arbitrariesFor(fc, { schema })

describe('arbitraries from a schema', () => {
  it('make contacts that fit it', () => {
    fc.assert(
      fc.property(plain.contacts(), (contact) => {
        expect(matches({ op: 'everyone' }, contact, { schema, now })).toBe(true)
      }),
    )
  })

  it('make rules that can be read, of every operator that there is something for', () => {
    const seen = new Set<string>()
    const property = fc.property(plain.rules({ segments: ['vip'] }), (rule) => {
      expect(readRule(rule, { schema, segments: ['vip'] })).toMatchObject({ ok: true })
      walkRule(rule, ({ op }) => void seen.add(op))
    })
    fc.assert(property, { numRuns: Math.max(1500, runs(1500)), seed: 1 })
    const missing = Object.keys(operators).filter((op) => !seen.has(op))
    expect(missing).toEqual([])
  })

  it('make rules of the operators asked for', () => {
    const property = fc.property(plain.rules({ depth: 0, operators: ['inLast', 'hasTag'] }), ({ op }) => {
      expect(['inLast', 'hasTag']).toContain(op)
    })
    fc.assert(property)
  })

  it('make histories as long as is asked for', () => {
    const { histories } = arbitrariesFor(fc, { schema, now })
    const longest = (options?: { readonly maxLength: number }): number =>
      Math.max(...fc.sample(histories(options), 200).map(({ length }) => length))
    expect(longest()).toBeGreaterThan(15)
    expect(longest()).toBeLessThanOrEqual(20)
    expect(longest({ maxLength: 60 })).toBeGreaterThan(45)
  })

  it('make histories that an engine can take, whatever stands there', () => {
    const rules = [attribute('joinedAt').inLast('7d'), events('purchase').count().atLeast(2), hasTag('VIP')]
    const { histories } = arbitrariesFor(fc, { schema, rules, now })
    let taken = 0
    const property = fc.property(histories(), (changes) => {
      const engine = createEngine({ schema, now, unknownContacts: 'create' })
      for (const [place, rule] of rules.entries()) engine.segments.define({ id: `s${String(place)}`, rule })
      for (const change of changes) {
        try {
          engine.apply(change)
          taken++
        } catch (error) {
          if (!isCoterieError(error)) throw error
          expect(error.code).toBe('CONTACT_UNKNOWN')
        }
        checkEngine(engine)
      }
    })
    fc.assert(property, { numRuns: runs(100) })
    expect(taken).toBeGreaterThan(runs(100) * 2)
  })

  it('move clocks by what rules name, seldom by nothing', () => {
    const { advances } = arbitrariesFor(fc, { schema, rules: [attribute('joinedAt').inLast('9d')] })
    const all = fc.sample(advances(), { numRuns: 300, seed: 1 })
    expect(all).toContain(9 * 86_400_000)
    expect(Math.min(...all)).toBe(0)
  })
})

describe('shrinking', () => {
  /** The smallest moment that fast-check comes down to. */
  function shrunk(rule: Rule, seed: number): TestMoment | undefined {
    const { moments } = arbitrariesFor(fc, { schema, rules: [rule] })
    const property = fc.property(moments(), ({ contact, now: at }) => !matches(rule, contact, { schema, now: at }))
    return fc.check(property, { seed, numRuns: 2000 }).counterexample?.[0]
  }

  it('comes down to what a rule asks for, and nothing else', () => {
    for (const seed of [1, 2, 3, 4]) {
      expect(shrunk(attribute('score').greaterThan(80), seed)?.contact).toEqual({
        id: 'ada',
        attributes: { score: 81 },
        tags: [],
        events: [],
        records: {},
      })
      expect(shrunk(events('purchase').inLast('60d').count().atLeast(3), seed)?.contact.events).toHaveLength(3)
      expect(shrunk(hasTag('VIP'), seed)?.contact.tags).toEqual([
        { tag: 'VIP', since: 0, holders: [{ kind: 'person', at: 0 }] },
      ])
    }
  })

  it('comes down from large numbers in few steps', () => {
    const rule = attribute('spent').atLeast(4_321_000)
    expect(shrunk(rule, 1)?.contact.attributes).toEqual({ spent: 4_321_000 })
    let size = 1_767_225_600_000
    for (let steps = 0; size > 1; steps++) {
      const contact = { id: 'ada', attributes: { spent: size }, tags: [], events: [], records: {} }
      const all = [...smallerContacts(contact)].map((one) => Number(one.attributes['spent'] ?? 0))
      size = all.find((spent) => spent > 0) ?? 0
      expect(steps).toBeLessThan(9 * 13)
    }
    const huge = { id: 'ada', attributes: { spent: 1e308 }, tags: [], events: [], records: {} }
    for (const { attributes } of smallerContacts(huge)) expect(attributes['spent'] ?? 0).toBeLessThan(1e308)
  })

  it('makes rules smaller', () => {
    const property = fc.property(plain.rules({ depth: 3 }), (rule) => {
      let hasTags = false
      walkRule(rule, ({ op }) => void (hasTags ||= op === 'hasTag'))
      return !hasTags
    })
    const { counterexample } = fc.check(property, { seed: 3, numRuns: 500 })
    expect(counterexample?.[0]).toMatchObject({ op: 'hasTag' })
  })
})
