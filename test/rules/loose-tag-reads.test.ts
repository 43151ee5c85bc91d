import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/rules/ast.js'
import { looseTagReads } from '../../src/rules/loose-tag-reads.js'
import { attr } from './asking.js'

/** The places in words, with which of two tags each fits. */
function places(rule: Rule): readonly string[] {
  return looseTagReads(rule).map(({ path, by, tag, pattern, fits }) => {
    const named = [tag, pattern].filter((each) => each !== undefined)
    const fitting = ['vip-gold', 'other'].filter(fits)
    return [path.join('.'), by, ...named, ...fitting.map((each) => `fits ${each}`)].join(' ').trim()
  })
}

describe('places that read tags otherwise than by name', () => {
  it('are patterns, numbers and holders', () => {
    expect(places({ op: 'hasTagLike', pattern: 'vip-*' })).toEqual(['pattern vip-* fits vip-gold'])
    expect(places({ op: 'tagHeldBy', tag: 'vip-gold', holder: 'person' })).toEqual(['holder vip-gold'])
    expect(places({ op: 'atLeast', left: { get: 'tagCount' }, right: 2 })).toEqual(['number'])
  })

  it('are told in their order, with the way to each leaf', () => {
    const rule: Rule = {
      op: 'all',
      rules: [
        { op: 'in', left: attr('a'), right: [1, { get: 'tagCount' }] },
        { op: 'not', rule: { op: 'hasTagLike', pattern: '*' } },
        { op: 'atLeast', left: { get: 'plus', left: { get: 'tagCount' }, right: { get: 'tagCount' } }, right: 2 },
      ],
    }
    expect(places(rule)).toEqual([
      'rules.0 number',
      'rules.1.rule pattern * fits vip-gold fits other',
      'rules.2 number',
      'rules.2 number',
    ])
  })

  it('are not what asks for a tag by its name, or for none', () => {
    for (const rule of [
      { op: 'hasTag', tag: 'vip-gold' },
      { op: 'hasNoneOfTags', tags: ['vip-gold', 'other'] },
      { op: 'inLast', left: { get: 'tagAdded', tag: 'vip-gold' }, duration: '1d' },
      { op: 'equals', left: attr('a'), right: 'vip-gold' },
      { op: 'atLeast', left: { get: 'count', of: { events: 'visit' } }, right: 2 },
      { op: 'exists', left: { get: 'later', of: attr('a'), duration: '1d' } },
      { op: 'everyone' },
    ] as const satisfies readonly Rule[])
      expect(places(rule)).toEqual([])
  })
})
