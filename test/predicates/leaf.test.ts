import { describe, expect, it } from 'vitest'
import { distinctLeaves, makeLeaf, signs } from '../../src/predicates/leaf.js'
import type { LeafRule, Rule } from '../../src/rules/ast.js'

const vip: LeafRule = { op: 'hasTag', tag: 'vip' }
const late: LeafRule = { op: 'hasTag', tag: 'late' }
const score: LeafRule = { op: 'greaterThan', left: { get: 'attribute', name: 'score' }, right: 80 }

/** What leaves stand in a rule: where first, and which way they move it. */
function told(rule: Rule): unknown {
  return distinctLeaves(rule).map(({ leaf, path, sign }) => [leaf, path, sign])
}

describe('the leaves of a rule', () => {
  it('stand once, where they come first', () => {
    expect(told({ op: 'all', rules: [vip, { op: 'any', rules: [score, vip] }, late] })).toEqual([
      [vip, ['rules', 0], signs.with],
      [score, ['rules', 1, 'rules', 0], signs.with],
      [late, ['rules', 2], signs.with],
    ])
    expect(told(vip)).toEqual([[vip, [], signs.with]])
  })

  it('move it with their truth, against it, or both ways', () => {
    const not = (rule: Rule): Rule => ({ op: 'not', rule })
    expect(told(not(vip))).toEqual([[vip, ['rule'], signs.against]])
    expect(told(not(not(vip)))).toEqual([[vip, ['rule', 'rule'], signs.with]])
    expect(told({ op: 'all', rules: [vip, not({ op: 'any', rules: [late, vip] })] })).toEqual([
      [vip, ['rules', 0], signs.both],
      [late, ['rules', 1, 'rule', 'rules', 0], signs.against],
    ])
    expect(told({ op: 'all', rules: [not(vip), not(vip)] })).toEqual([[vip, ['rules', 0, 'rule'], signs.against]])
  })

  it('are positive: what says the opposite moves it against theirs', () => {
    const left = { get: 'attribute', name: 'score' } as const
    const exists: LeafRule = { op: 'exists', left }
    expect(told({ op: 'missing', left })).toEqual([[exists, [], signs.against]])
    expect(told({ op: 'not', rule: { op: 'missing', left } })).toEqual([[exists, ['rule'], signs.with]])
    expect(told({ op: 'any', rules: [exists, { op: 'missing', left }] })).toEqual([[exists, ['rules', 0], signs.both]])
  })

  it('are used by nobody at first', () => {
    const leaf = makeLeaf<string>('key', score)
    expect([leaf.key, leaf.rule, leaf.uses.size, leaf.version, leaf.id]).toEqual(['key', score, 0, 0, -1])
    expect([...leaf.fields.attributes]).toEqual(['score'])
  })
})
