import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/contacts/value.js'
import { directTest, numberInRange } from '../../src/predicates/direct-test.js'
import type { Ground } from '../../src/predicates/ground.js'
import { aboutValue } from '../../src/predicates/leaf-shape.js'
import { Truths } from '../../src/predicates/truths.js'
import type { LeafRule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { attr, tag } from '../rules/asking.js'

/*
 * What is read straight off the store: which leaves are, by what shape, and that they say what the plain evaluator says, of a contact
 * with each value.
 */

const now = 1_000_000
const values: readonly (Value | undefined)[] = [
  undefined,
  -1,
  0,
  4,
  5,
  6,
  'a',
  'b',
  true,
  { instant: now - 10 },
  { instant: now + 10 },
  { day: '1970-01-01' },
  ['a'],
]

/** A store in which each contact has one of the values, and some have tags and visits. */
function filled(): { readonly ground: Ground; readonly ordinals: readonly number[] } {
  const store = new ContactStore()
  const ordinals = values.map((value, place) => {
    const ordinal = store.directory.add(`c${place}`)
    if (value !== undefined) store.setAttribute(ordinal, 'x', value)
    for (const name of ['vip', 'late'].filter((_, which) => ((place >> which) & 1) === 1))
      store.tags.set(ordinal, name, tag(name))
    for (let n = 0; n < place % 4; n += 1)
      store.history.addEvent(ordinal, { type: 'visit', at: now - 5 + 2 * n, properties: {}, arrival: n })
    return ordinal
  })
  const scopeOf = (ordinal: number) => ({ contact: store.view(ordinal), now, timeZone: 'UTC', inSegment: () => false })
  return { ground: { store, now, timeZone: 'UTC', scopeOf }, ordinals }
}

const x = attr('x')
const visits = { get: 'count', of: { events: 'visit' } } as const
const recent = { get: 'count', of: { events: 'visit', window: { window: 'inLast', duration: '4ms' } } } as const
const ofNumbers: readonly LeafRule[] = [x, visits, recent].flatMap((left): readonly LeafRule[] => [
  { op: 'greaterThan', left, right: left === x ? 4 : 1 },
  { op: 'atLeast', left, right: left === x ? 5 : 2 },
  { op: 'lessThan', left, right: left === x ? 5 : 2 },
  { op: 'atMost', left, right: left === x ? 4 : 1 },
  { op: 'between', left, low: left === x ? 4 : 1, high: left === x ? 5 : 2 },
])
const others: readonly LeafRule[] = [
  { op: 'hasTag', tag: 'vip' },
  { op: 'hasAnyTag', tags: ['vip', 'late'] },
  { op: 'hasAllTags', tags: ['vip', 'late'] },
  { op: 'equals', left: x, right: 'a' },
  { op: 'equals', left: x, right: 5 },
  { op: 'in', left: x, right: ['a', 'z'] },
  { op: 'in', left: x, right: ['a', 5, true] },
  { op: 'exists', left: x },
  { op: 'inLast', left: x, duration: '1m' },
  { op: 'inNext', left: x, duration: '1m' },
  { op: 'some', of: { events: 'visit' } },
]

describe('leaves that are read off the store', () => {
  it.each([...ofNumbers, ...others])('say what the plain evaluator says: %j', (leaf) => {
    const { ground, ordinals } = filled()
    const test = directTest(leaf, ground)
    expect(test).toBeDefined()
    const wanted = ordinals.map((ordinal) => holds(leaf, ground.scopeOf(ordinal)))
    expect(ordinals.map((ordinal) => test?.(ordinal))).toEqual(wanted)
    // Neither of all nor of none: or nothing would be said.
    expect(new Set(wanted).size).toBe(2)
  })

  it.each(ofNumbers)('are ranges of a number: %j', (leaf) => {
    const { ground, ordinals } = filled()
    const range = numberInRange(leaf, ground)
    const told = ordinals.map((ordinal) => {
      const number = range?.reader(ordinal) ?? NaN
      return number >= (range?.low ?? NaN) && number <= (range?.high ?? NaN)
    })
    expect(told).toEqual(ordinals.map((ordinal) => holds(leaf, ground.scopeOf(ordinal))))
  })

  it('are not those that take more than a look', () => {
    const { ground } = filled()
    const where: LeafRule = { op: 'exists', left: { get: 'property', name: 'n' } }
    for (const leaf of [
      { op: 'greaterThan', left: { get: 'count', of: { events: 'visit', where } }, right: 1 },
      { op: 'greaterThan', left: { get: 'tagCount' }, right: 1 },
      { op: 'greaterThan', left: x, right: attr('y') },
      { op: 'contains', left: x, right: 'a' },
      { op: 'containsAny', left: x, right: ['a'] },
      { op: 'inLast', left: { get: 'tagAdded', tag: 'vip' }, duration: '1d' },
      { op: 'hasTagLike', pattern: 'v*' },
      { op: 'some', of: { records: ['deals'] } },
    ] as LeafRule[]) {
      expect(directTest(leaf, ground)).toBeUndefined()
      expect(numberInRange(leaf, ground)).toBeUndefined()
    }
  })
})

describe('the shape of what a leaf asks of a value', () => {
  const range = (low: number, lowOpen: boolean, high: number, highOpen: boolean) => ({
    kind: 'range',
    range: { low, lowOpen, high, highOpen },
  })
  it.each<[LeafRule, object | undefined]>([
    [
      { op: 'equals', left: x, right: 'a' },
      { kind: 'keys', values: ['a'] },
    ],
    [{ op: 'equals', left: x, right: attr('y') }, undefined],
    [{ op: 'equals', left: 'a', right: x }, undefined],
    [
      { op: 'in', left: x, right: ['a', 5] },
      { kind: 'keys', values: ['a', 5] },
    ],
    [{ op: 'in', left: x, right: ['a', attr('y')] }, undefined],
    [{ op: 'greaterThan', left: x, right: 5 }, range(5, true, Infinity, false)],
    [{ op: 'greaterThan', left: x, right: attr('y') }, undefined],
    [{ op: 'atLeast', left: x, right: 5 }, range(5, false, Infinity, false)],
    [{ op: 'atLeast', left: x, right: attr('y') }, undefined],
    [{ op: 'lessThan', left: x, right: 5 }, range(-Infinity, false, 5, true)],
    [{ op: 'lessThan', left: x, right: attr('y') }, undefined],
    [{ op: 'atMost', left: x, right: 5 }, range(-Infinity, false, 5, false)],
    [{ op: 'atMost', left: x, right: attr('y') }, undefined],
    [{ op: 'between', left: x, low: 1, high: 5 }, range(1, false, 5, false)],
    [{ op: 'between', left: x, low: { day: '2026-01-01' }, high: { day: '2026-02-01' } }, { kind: 'tested' }],
    [{ op: 'between', left: x, low: 1, high: attr('y') }, undefined],
    [{ op: 'exists', left: x }, { kind: 'presence' }],
    [
      { op: 'containsAny', left: x, right: ['a', 'b'] },
      { kind: 'elements', elements: ['a', 'b'] },
    ],
    [
      { op: 'containsAll', left: x, right: [1] },
      { kind: 'elements', elements: [1] },
    ],
    [{ op: 'containsAny', left: x, right: attr('y') }, undefined],
    [{ op: 'isEmpty', left: x }, { kind: 'tested' }],
    [{ op: 'matches', left: x, pattern: 'a' }, { kind: 'tested' }],
    ...(['contains', 'startsWith', 'endsWith'] as const).flatMap((op): [LeafRule, object | undefined][] => [
      [{ op, left: x, right: 'a' }, { kind: 'tested' }],
      [{ op, left: x, right: attr('y') }, undefined],
    ]),
    ...(['before', 'after', 'on'] as const).flatMap((op): [LeafRule, object | undefined][] => [
      [{ op, left: x, right: { day: '2026-01-01' } }, { kind: 'tested' }],
      [{ op, left: x, right: attr('y') }, undefined],
    ]),
    [{ op: 'hasTag', tag: 'vip' }, undefined],
    [{ op: 'inLast', left: x, duration: '1d' }, undefined],
    [{ op: 'none', of: { events: 'visit' } }, undefined],
  ])('%j', (leaf, shape) => {
    const about = aboutValue(leaf)
    expect(about?.shape).toEqual(shape)
    if (shape !== undefined) expect(about?.operand).toEqual(x)
  })

  it('of whether there are some items is that of their number', () => {
    const of = { events: 'visit' } as const
    const about = aboutValue({ op: 'some', of })
    expect(about).toEqual({ operand: { get: 'count', of }, shape: range(1, false, Infinity, false) })
    expect(aboutValue({ op: 'some', of })?.operand).toBe(about?.operand)
  })
})

describe('truths of the contact at hand', () => {
  it('are those of leaves however they are asked, one contact after the other', () => {
    const { ground, ordinals } = filled()
    const truths = new Truths(ground.store)
    const leaves = [...ofNumbers, ...others].map((leaf) => {
      const test = directTest(leaf, ground) ?? ((): boolean => false)
      return { leaf, id: truths.addLeaf(leaf, test, ground) }
    })
    for (const ordinal of ordinals) {
      truths.turnTo(ordinal)
      for (const { leaf, id } of leaves) expect(truths.holds(id)).toBe(holds(leaf, ground.scopeOf(ordinal)))
    }
  })

  it('are asked for once of a contact, or made known', () => {
    const { ground } = filled()
    const truths = new Truths(ground.store)
    const asked: number[] = []
    const id = truths.add((ordinal) => asked.push(ordinal) > 0)
    const ids = Array.from({ length: 40 }, () => truths.add(() => false))
    truths.turnTo(3)
    expect([truths.holds(id), truths.holds(id), ...ids.map((each) => truths.holds(each))].filter(Boolean)).toHaveLength(
      2,
    )
    expect(asked).toEqual([3])
    truths.turnTo(4)
    truths.know(id, false)
    expect([truths.holds(id), asked]).toEqual([false, [3]])
    truths.turnTo(5)
    expect([truths.holds(id), asked]).toEqual([true, [3, 5]])
    truths.remove(id)
    expect(truths.add(() => false)).toBe(id)
    expect(truths.holds(id)).toBe(false)
    truths.remove(id)
    truths.turnTo(6)
    expect(truths.holds(id)).toBe(false)
  })

  it('notice that tags were written', () => {
    const { ground } = filled()
    const truths = new Truths(ground.store)
    const leaf: LeafRule = { op: 'hasTag', tag: 'vip' }
    const id = truths.addLeaf(leaf, () => false, ground)
    truths.turnTo(0)
    expect(truths.holds(id)).toBe(false)
    ground.store.tags.set(0, 'vip', tag('vip'))
    truths.tagsWritten()
    expect(truths.holds(id)).toBe(true)
  })

  it('hold of a part of the contacts, which is estimated from some', () => {
    const store = new ContactStore()
    const truths = new Truths(store)
    const few = truths.add((ordinal) => ordinal % 10 === 0)
    const all = truths.add(() => true)
    expect([truths.share(few), truths.share(all)]).toEqual([0.5, 0.5])
    for (let n = 0; n < 10; n += 1) store.directory.add(`c${n}`)
    expect([truths.share(few), truths.share(all)]).toEqual([2 / 12, 11 / 12])
    // Who is gone is not asked.
    store.directory.hide(0)
    expect([truths.share(few), truths.share(all)]).toEqual([1 / 11, 10 / 11])
    for (let n = 10; n < 1_000; n += 1) store.directory.add(`c${n}`)
    const asked: number[] = []
    const counting = truths.add((ordinal) => asked.push(ordinal) < 0)
    expect(truths.share(counting)).toBe(1 / (asked.length + 2))
    expect(asked.length).toBeGreaterThan(60)
    expect(asked.length).toBeLessThan(70)
    expect(asked.at(-1)).toBeGreaterThan(950)
  })
})
