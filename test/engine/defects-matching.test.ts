import {
  all,
  any,
  attribute,
  everyone,
  hasAnyTag,
  hasTag,
  inSegment,
  nobody,
  not,
  someOf,
  type Rule,
  type SegmentInput,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, inWords, membersOf, newEngine, refusal, start, told } from './scene.js'

/*
 * What users of other systems report as defects, each by name: who matches and who does not.
 */

describe('a rolling segment', () => {
  it('lets its last member go when nobody matches any more', () => {
    const engine = newEngine()
    const active = engine.segments.define({ id: 'active', rule: attribute('lastSeen').inLast('7d') })
    engine.contacts.put({ id: 'ada', attributes: { lastSeen: new Date(start) } })
    const transitions = told(engine)

    engine.advanceTo(start + 7 * day - 1)
    expect([...active.members()]).toEqual(['ada'])
    engine.advanceTo(start + 7 * day)
    expect([...active.members()]).toEqual([])
    expect(active.count).toBe(0)
    expect(inWords(transitions)).toEqual(['ada exits active'])
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('lets its last member go in the middle of a long advance, at the instant at which it left', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'active', rule: attribute('lastSeen').inLast('7d') })
    engine.contacts.put({ id: 'ada', attributes: { lastSeen: new Date(start) } })
    const { transitions } = engine.advanceTo(start + 400 * day)
    expect(transitions.map(({ at }) => at)).toEqual([start + 7 * day])
  })
})

describe('zero times, and not at the root', () => {
  const zeroTimes: readonly (readonly [string, Rule])[] = [
    ['not at least 1', not(attribute('purchases').atLeast(1))],
    ['missing or 0', any(attribute('purchases').missing(), attribute('purchases').equals(0))],
    ['not in, from 1', attribute('purchases').notIn([1, 2, 3])],
  ]

  it.each(zeroTimes)('%s: those who never bought are in, and leave with the first purchase', (_, rule) => {
    const engine = engineOf('ada', 'bob')
    engine.segments.define({ id: 'never-bought', rule })
    engine.contacts.put({ id: 'cyd', attributes: { purchases: 0 } })
    engine.contacts.put({ id: 'dan', attributes: { purchases: 2 } })
    expect(membersOf(engine, 'never-bought')).toEqual(['ada', 'bob', 'cyd'])

    expect(inWords(engine.contacts.patch('ada', { purchases: 1 }).transitions)).toEqual(['ada exits never-bought'])
    expect(inWords(engine.contacts.patch('ada', { purchases: null }).transitions)).toEqual(['ada enters never-bought'])
  })

  it('a positive comparison with 0 is about those who have the number', () => {
    const engine = engineOf('ada')
    engine.contacts.put({ id: 'bob', attributes: { purchases: 0 } })
    engine.segments.define({ id: 'zero', rule: attribute('purchases').atMost(0) })
    expect(membersOf(engine, 'zero')).toEqual(['bob'])
  })

  it('a rule that is one not takes in contacts as they come, whatever they have', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'not-churned', rule: not(hasTag('churned')) })
    const { transitions } = engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } })
    expect(inWords(transitions)).toEqual(['ada enters not-churned'])
    expect(inWords(engine.tags.add('ada', 'churned').transitions)).toEqual(['ada exits not-churned'])
    expect(inWords(engine.tags.remove('ada', 'churned').transitions)).toEqual(['ada enters not-churned'])
    expect(inWords(engine.contacts.remove('ada').transitions)).toEqual(['ada exits not-churned'])
  })
})

describe('what is empty or unknown', () => {
  const empty: readonly (readonly [string, () => unknown])[] = [
    ['an empty all', () => ({ op: 'all', rules: [] })],
    ['an empty any', () => ({ op: 'any', rules: [] })],
    ['an empty some of', () => ({ op: 'someOf', count: 1, rules: [] })],
    ['an empty group inside', () => ({ op: 'all', rules: [{ op: 'everyone' }, { op: 'any', rules: [] }] })],
    ['no tags', () => ({ op: 'hasAnyTag', tags: [] })],
    ['none of no tags', () => ({ op: 'hasNoneOfTags', tags: [] })],
    ['all of no tags', () => ({ op: 'hasAllTags', tags: [] })],
    ['one of no values', () => ({ op: 'in', left: { get: 'attribute', name: 'plan' }, right: [] })],
    ['none of no values', () => ({ op: 'notIn', left: { get: 'attribute', name: 'plan' }, right: [] })],
    ['all of no list', () => ({ op: 'containsAll', left: { get: 'attribute', name: 'likes' }, right: [] })],
  ]

  it.each(empty)('%s is refused and never means everyone', (_, make) => {
    const engine = engineOf('ada')
    const error = refusal(() => engine.segments.define({ id: 's', rule: make() as Rule }))
    expect(error.code).toBe('RULE_EMPTY')
    expect(error.path?.[0]).toBe('rule')
    expect(engine.segments.ids()).toEqual([])
    expect(refusal(() => engine.segments.preview(make() as Rule)).code).toBe('RULE_EMPTY')
    expect(refusal(() => engine.contacts.find(make() as Rule)).code).toBe('RULE_EMPTY')
  })

  it('builders refuse them too', () => {
    expect(refusal(() => all()).code).toBe('RULE_EMPTY')
    expect(refusal(() => any()).code).toBe('RULE_EMPTY')
    expect(refusal(() => someOf(1, [])).code).toBe('RULE_EMPTY')
    expect(refusal(() => hasAnyTag()).code).toBe('RULE_EMPTY')
    expect(refusal(() => attribute('plan').in([])).code).toBe('RULE_EMPTY')
  })

  it.each<[unknown]>([[undefined], [null], [{}], [[]], [''], ['everyone'], [true]])('%j is no rule', (rule) => {
    const engine = engineOf('ada')
    const define = { id: 's', kind: 'dynamic', rule } as SegmentInput
    expect(refusal(() => engine.segments.define(define)).code).toMatch(/^(RULE|CHANGE)_/)
    expect(engine.segments.ids()).toEqual([])
  })

  it('an unknown segment is refused, with the nearest name', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'customers', rule: everyone })
    for (const rule of [inSegment('custmers'), not(inSegment('custmers'))]) {
      const error = refusal(() => engine.segments.define({ id: 's', rule }))
      expect(error.code).toBe('SEGMENT_UNKNOWN')
      expect(error.message).toContain('"customers"')
    }
    expect(engine.segments.ids()).toEqual(['customers'])
  })

  it('a segment without a rule and without contacts has no members', () => {
    const engine = engineOf('ada')
    expect(engine.segments.define({ id: 'by-hand' }).count).toBe(0)
    expect(engine.segments.define({ id: 'nobody-yet', contacts: [] }).count).toBe(0)
    expect(engine.segments.define({ id: 'nobody', rule: nobody }).count).toBe(0)
  })

  it('a change of no contacts or no tags is refused and never means all of them', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', ['a', 'b'])
    engine.segments.define({ id: 'by-hand', contacts: ['ada'] })
    expect(refusal(() => engine.tags.remove('ada', [])).code).toBe('CHANGE_INVALID')
    expect(refusal(() => engine.tags.remove([], 'a')).code).toBe('CHANGE_INVALID')
    expect(refusal(() => engine.members.reset('by-hand', [])).code).toBe('CHANGE_INVALID')
    expect(engine.contact('ada').tags).toEqual(['a', 'b'])
    expect(membersOf(engine, 'by-hand')).toEqual(['ada'])
  })
})
