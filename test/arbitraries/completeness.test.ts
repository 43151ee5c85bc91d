import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/rules/ast.js'
import { operands, operators } from '../../src/rules/operator-table.js'
import { changes, segmentIds } from './changes.js'
import { rules, type RuleWorld } from './rules.js'
import { fullSchema } from './schemas.js'
import { stages } from './stages.js'

/*
 * What the arbitraries must be able to make, whatever is added to the library:
 *
 * 1. every operator and every operand of the table, well typed and not
 * 2. every type of change
 */

const [stage = { timeZone: 'UTC', around: 0 }] = stages
const typed: RuleWorld = { stage, kinds: fullSchema.kinds, segments: segmentIds }
const untyped: RuleWorld = { stage, segments: segmentIds }

describe('1. rules', () => {
  it.each([
    ['well typed', typed],
    ['of anything', untyped],
  ])('%s: every operator and operand of the table', (_, world) => {
    const seen = new Set<string>()
    for (const rule of fc.sample(rules(world), { numRuns: 4000, seed: 1 })) collect(rule, seen)
    const wanted = [...Object.keys(operators), ...Object.keys(operands)]
    expect(wanted.filter((name) => !seen.has(name))).toEqual([])
  })
})

describe('2. changes', () => {
  it('every type', () => {
    const seen = new Set(fc.sample(changes(typed), { numRuns: 1000, seed: 1 }).map(({ type }) => type))
    expect([...seen].sort()).toEqual([
      'clock.advance',
      'contact.identify',
      'contact.merge',
      'contact.patch',
      'contact.put',
      'contact.remove',
      'event.correct',
      'event.fold',
      'event.record',
      'event.remove',
      'member.exclude',
      'member.include',
      'member.reset',
      'record.put',
      'record.remove',
      'segment.convert',
      'segment.define',
      'segment.describe',
      'segment.remove',
      'tag.add',
      'tag.define',
      'tag.delete',
      'tag.group',
      'tag.merge',
      'tag.remove',
      'tag.rename',
      'tag.ungroup',
    ])
  })
})

function collect(rule: Rule, seen: Set<string>): void {
  JSON.stringify(rule, (key, value: unknown) => {
    if ((key === 'op' || key === 'get') && typeof value === 'string') seen.add(value)
    return value
  })
}
