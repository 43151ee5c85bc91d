import { describe, expect, it } from 'vitest'
import type { Operand, Rule } from '../../src/rules/ast.js'
import { retagRule, tagsNamed } from '../../src/rules/retag.js'
import { attr } from './asking.js'

/*
 * A rule under other names for its tags; one that is gone is one that nobody has. That the outcome says of a contact without the old tag
 * what the rule says of it is a property of the engine, under renaming.
 */

const names = (tag: string): string | undefined => (tag === 'gone' ? undefined : tag === 'old' ? 'new' : tag)
const retagged = (rule: Rule): Rule => retagRule(rule, names)

const everyone: Rule = { op: 'everyone' }
const nobody: Rule = { op: 'nobody' }
const has = (tag: string): Rule => ({ op: 'hasTag', tag })
const added = (tag: string): Operand => ({ get: 'tagAdded', tag })

describe('a rule told of new names', () => {
  it.each<[what: string, before: Rule, after: Rule]>([
    ['a tag', has('old'), has('new')],
    ['a tag that is gone', has('gone'), nobody],
    ['a time that is missing, of one that is gone', { op: 'missing', left: added('gone') }, everyone],
    ['a negation', { op: 'not', rule: has('old') }, { op: 'not', rule: has('new') }],
    [
      'a group, of which the others stay',
      { op: 'all', rules: [has('a'), has('old'), has('gone')] },
      { op: 'all', rules: [has('a'), has('new'), nobody] },
    ],
    [
      'some of several',
      { op: 'someOf', count: 2, rules: [has('old'), everyone] },
      { op: 'someOf', count: 2, rules: [has('new'), everyone] },
    ],
    ['one of several', { op: 'any', rules: [has('a'), has('old')] }, { op: 'any', rules: [has('a'), has('new')] }],
    [
      'one of several values, all of which stay',
      { op: 'in', left: attr('a'), right: [1, added('old')] },
      { op: 'in', left: attr('a'), right: [1, added('new')] },
    ],
    ['any of tags', { op: 'hasAnyTag', tags: ['a', 'old', 'gone'] }, { op: 'hasAnyTag', tags: ['a', 'new'] }],
    ['tags that become one', { op: 'hasAnyTag', tags: ['old', 'new'] }, { op: 'hasAnyTag', tags: ['new'] }],
    ['any of tags that are gone', { op: 'hasAnyTag', tags: ['gone'] }, nobody],
    ['none of tags that are gone', { op: 'hasNoneOfTags', tags: ['gone'] }, everyone],
    ['none of tags', { op: 'hasNoneOfTags', tags: ['gone', 'old'] }, { op: 'hasNoneOfTags', tags: ['new'] }],
    ['all of tags', { op: 'hasAllTags', tags: ['a', 'old'] }, { op: 'hasAllTags', tags: ['a', 'new'] }],
    ['all of tags of which one is gone', { op: 'hasAllTags', tags: ['a', 'gone'] }, nobody],
    [
      'who holds a tag',
      { op: 'tagHeldBy', tag: 'old', holder: 'person' },
      { op: 'tagHeldBy', tag: 'new', holder: 'person' },
    ],
    ['who holds a tag that is gone', { op: 'tagHeldBy', tag: 'gone', holder: 'person' }, nobody],
    [
      'the time of a tag',
      { op: 'inLast', left: added('old'), duration: '1d' },
      { op: 'inLast', left: added('new'), duration: '1d' },
    ],
    ['the time of a tag that is gone', { op: 'inLast', left: added('gone'), duration: '1d' }, nobody],
    ['that it is long ago, or never was', { op: 'notInLast', left: added('gone'), duration: '1d' }, everyone],
    [
      'a value among several',
      { op: 'in', left: attr('a'), right: [added('gone'), added('old'), 1] },
      { op: 'in', left: attr('a'), right: [added('new'), 1] },
    ],
    ['a value among several that are gone', { op: 'in', left: attr('a'), right: [added('gone')] }, nobody],
    ['not a value among several that are gone', { op: 'notIn', left: attr('a'), right: [added('gone')] }, everyone],
    [
      'a value in a value',
      { op: 'before', left: attr('a'), right: { get: 'later', of: added('old'), duration: '1d' } },
      { op: 'before', left: attr('a'), right: { get: 'later', of: added('new'), duration: '1d' } },
    ],
    [
      'a value in a value that is gone',
      { op: 'before', left: attr('a'), right: { get: 'later', of: added('gone'), duration: '1d' } },
      nobody,
    ],
  ])('has them in %s', (_, before, after) => {
    const told = retagged(before)
    expect(told).toEqual(after)
    expect(Object.isFrozen(told) || told === before).toBe(true)
  })

  it.each<[what: string, rule: Rule]>([
    ['everyone', everyone],
    ['a segment', { op: 'inSegment', segment: 'old' }],
    ['a tag of another name', has('a')],
    ['a negation of one', { op: 'not', rule: has('a') }],
    ['a group', { op: 'any', rules: [has('a'), { op: 'not', rule: has('b') }] }],
    ['tags', { op: 'hasAllTags', tags: ['a', 'b'] }],
    ['a pattern', { op: 'hasTagLike', pattern: 'old' }],
    ['values', { op: 'in', left: attr('old'), right: ['old', added('a')] }],
    ['a number of tags', { op: 'atLeast', left: { get: 'tagCount' }, right: 1 }],
  ])('is the very same where nothing in it has another: %s', (_, rule) => {
    expect(retagged(rule)).toBe(rule)
  })

  it('names each of its tags once, in order', () => {
    const rule: Rule = {
      op: 'all',
      rules: [
        { op: 'hasNoneOfTags', tags: ['b', 'a'] },
        { op: 'inLast', left: added('c'), duration: '1d' },
        { op: 'hasTagLike', pattern: 'd*' },
        has('a'),
      ],
    }
    expect([...tagsNamed(rule)]).toEqual(['b', 'a', 'c'])
  })
})
