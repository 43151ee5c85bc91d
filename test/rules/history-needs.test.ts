import { describe, expect, it } from 'vitest'
import type { EventItems, Items, ItemWindow, Operand, Rule } from '../../src/rules/ast.js'
import { historyNeeds } from '../../src/rules/history-needs.js'
import { attr } from './asking.js'

/*
 * What a rule needs of the events that were, at each place that names events: those of a window, a total, or each of them. That it is
 * enough is a property in test/properties/folding.test.ts.
 */

const buys: EventItems = { events: 'buy' }
const week: ItemWindow = { window: 'inLast', duration: '7d' }
const amount: Operand = { get: 'property', name: 'amount' }
const large: Rule = { op: 'greaterThan', left: amount, right: 5 }
const larger: Rule = { op: 'greaterThan', left: amount, right: attr('least') }
const recent: Rule = { op: 'inLast', left: { get: 'property', name: 'at' }, duration: '1d' }

const atLeast = (left: Operand): Rule => ({ op: 'atLeast', left, right: 3 })
const countOf = (of: Items): Operand => ({ get: 'count', of })

/** Places and needs in words. */
function needs(rule: Rule): readonly string[] {
  return historyNeeds(Object.freeze(rule)).map((need) => {
    const { type, path } = need
    const at = `${type} at ${path.join('.')}`
    switch (need.needs) {
      case 'window':
        return `${at}: the window ${need.window.window}`
      case 'total':
        return `${at}: a total of ${JSON.stringify(need.of)}${need.value === undefined ? '' : ` and ${JSON.stringify(need.value)}`}`
      case 'events':
        return `${at}: all, since ${need.because}`
    }
  })
}

describe('what a rule needs of the past', () => {
  it('is nothing where it names no events', () => {
    expect(needs({ op: 'hasTag', tag: 'VIP' })).toEqual([])
    expect(needs({ op: 'some', of: { records: ['deals'] } })).toEqual([])
    expect(needs({ op: 'every', of: { records: ['deals'] }, rule: large })).toEqual([])
    expect(needs(atLeast(countOf({ records: ['deals', 'lines'] })))).toEqual([])
    expect(needs({ op: 'inSegment', segment: 'vip' })).toEqual([])
  })

  it('is the window, where it has a beginning', () => {
    expect(needs({ op: 'some', of: { ...buys, window: week } })).toEqual(['buy at of: the window inLast'])
    expect(needs({ op: 'none', of: { ...buys, window: { window: 'absolute', from: 5 } } })).toEqual([
      'buy at of: the window absolute',
    ])
    const open = 'buy at of: all, since its window has no beginning'
    expect(needs({ op: 'some', of: { ...buys, window: { window: 'absolute', to: 5 } } })).toEqual([open])
    expect(needs({ op: 'some', of: { ...buys, window: { window: 'moreThanAgo', duration: '7d' } } })).toEqual([open])
  })

  it('is a total, where new events can be added to what is known', () => {
    const total = 'buy at of: a total of {"events":"buy"}'
    expect(needs({ op: 'some', of: buys })).toEqual([total])
    expect(needs({ op: 'none', of: buys })).toEqual([total])
    expect(needs(atLeast(countOf(buys)))).toEqual(['buy at left.of: a total of {"events":"buy"}'])
    for (const get of ['sum', 'average', 'minimum', 'maximum', 'first', 'last'] as const) {
      expect(needs(atLeast({ get, of: buys, value: amount }))).toEqual([
        'buy at left.of: a total of {"events":"buy"} and {"get":"property","name":"amount"}',
      ])
    }
    const where = { ...buys, where: large }
    expect(needs({ op: 'some', of: where })).toEqual([`buy at of: a total of ${JSON.stringify(where)}`])
  })

  it('is each event, where it looks at each, or at more than the event', () => {
    for (const left of [
      { get: 'nth', of: buys, n: 2 },
      { get: 'distinct', of: buys, value: amount },
      { get: 'mostFrequent', of: buys, value: amount },
      { get: 'distinctPeriods', of: buys, unit: 'day', timeZone: 'UTC' },
    ] as const)
      expect(needs(atLeast(left))).toEqual([`buy at left.of: all, since ${left.get} looks at each of them`])
    const more = 'buy at of: all, since its where looks at more than the event'
    expect(needs({ op: 'some', of: { ...buys, where: larger } })).toEqual([more])
    expect(needs({ op: 'some', of: { ...buys, where: recent } })).toEqual([more])
    const value: Operand = { get: 'plus', left: amount, right: attr('more') }
    expect(needs(atLeast({ get: 'sum', of: buys, value }))).toEqual([
      'buy at left.of: all, since its value is of more than the event',
    ])
  })

  it('is told of each place, wherever it stands', () => {
    const sum: Operand = { get: 'plus', left: countOf(buys), right: { get: 'length', of: countOf({ events: 'see' }) } }
    expect(needs({ op: 'not', rule: { op: 'all', rules: [{ op: 'hasTag', tag: 'VIP' }, atLeast(sum)] } })).toEqual([
      'buy at rule.rules.1.left.left.of: a total of {"events":"buy"}',
      'see at rule.rules.1.left.right.of.of: a total of {"events":"see"}',
    ])
    expect(needs({ op: 'in', left: attr('a'), right: [1, countOf(buys), countOf({ events: 'see' })] })).toEqual([
      'buy at right.1.of: a total of {"events":"buy"}',
      'see at right.2.of: a total of {"events":"see"}',
    ])
    const steps = [{ of: { events: 'see', window: week } }, { of: buys }]
    expect(needs({ op: 'any', rules: [{ op: 'sequence', steps }] })).toEqual([
      'see at rules.0.steps.0.of: the window inLast',
      'buy at rules.0.steps.1.of: all, since sequence looks at each of them',
    ])
  })

  it('is found once', () => {
    const rule: Rule = Object.freeze({ op: 'some', of: buys })
    expect(historyNeeds(rule)).toBe(historyNeeds(rule))
  })
})
