import { describe, expect, it } from 'vitest'
import type { Operand, Rule } from '../../src/rules/ast.js'
import { isRuleOfItemAlone, isValueOfItemAlone } from '../../src/rules/item-alone.js'

const amount: Operand = { get: 'property', name: 'amount' }
const score: Operand = { get: 'attribute', name: 'score' }
const count: Operand = { get: 'count', of: { events: 'visit' } }

describe('a value of an item', () => {
  it.each<[boolean, string, Operand]>([
    [true, 'its property', amount],
    [true, 'a number', 5],
    [true, 'made of it', { get: 'plus', left: amount, right: { get: 'times', left: amount, right: 2 } }],
    [true, 'the length of its list', { get: 'length', of: amount }],
    [true, 'a later date', { get: 'later', of: amount, duration: '1d' }],
    [true, 'an earlier date', { get: 'earlier', of: amount, duration: '1d' }],
    [false, 'an attribute', score],
    [false, 'made of an attribute', { get: 'minus', left: amount, right: score }],
    [false, 'the length of an attribute', { get: 'length', of: score }],
    [false, 'a quotient with a count', { get: 'dividedBy', left: count, right: amount }],
  ])('%s: %s', (alone, _, operand) => {
    expect(isValueOfItemAlone(operand)).toBe(alone)
    expect(isRuleOfItemAlone({ op: 'atLeast', left: operand, right: 1 })).toBe(alone)
  })
})

describe('a condition on an item', () => {
  it.each<[boolean, string, Rule]>([
    [true, 'in a group', { op: 'all', rules: [{ op: 'exists', left: amount }, { op: 'everyone' }] }],
    [true, 'turned round', { op: 'not', rule: { op: 'between', left: amount, low: 1, high: 2 } }],
    [
      false,
      'beside one on the contact',
      {
        op: 'any',
        rules: [
          { op: 'exists', left: amount },
          { op: 'exists', left: score },
        ],
      },
    ],
    [false, 'of time', { op: 'inLast', left: amount, duration: '1d', timeZone: 'UTC' }],
    [false, 'a segment', { op: 'not', rule: { op: 'inSegment', segment: 's' } }],
    [false, 'a tag', { op: 'hasTag', tag: 'vip' }],
  ])('%s: %s', (alone, _, rule) => {
    expect(isRuleOfItemAlone(rule)).toBe(alone)
  })
})
