import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import { typeOf, type Value } from '../../src/contacts/value.js'
import type { LeafRule, Operand, Rule, RuleOp } from '../../src/rules/ast.js'
import { holds, operandValue } from '../../src/rules/evaluate.js'
import { operators } from '../../src/rules/operator-table.js'
import type { Scope } from '../../src/rules/scope.js'
import { runs } from '../runs.js'
import { durations, leafOps, worlds, type SmallWorld } from './small-rules.js'

/*
 * Laws of the plain evaluator, over random rules, contacts and instants:
 *
 *  1. De Morgan: not all = any not, not any = all not.
 *  2. Every negative operator is the exact complement of its positive one.
 *  3. S and not S part the population, for rules and for references to segments.
 *  4. someOf(1) is any, someOf(n) of n is all, and someOf falls as its count rises.
 *  5. Of two dates exactly one is before, on, after; of anything else none.
 *  6. between is not before the one and not after the other, or at least the one and at most the other.
 *  7. A comparison of two operands is that of their values as literals; where one is missing, no positive one holds.
 *  8. What holds of a text exactly holds ignoring case.
 *  9. Up to now, a date is in the last D or more than D ago, never both; after now neither.
 * 10. A date is between A and B ago when it is in the last B and more than A ago.
 * 11. in the next D mirrors: a date is in it only after now, and a longer D only takes in more.
 */

interface Case {
  readonly world: SmallWorld
  readonly contact: Contact
  readonly now: number
}

const cases: fc.Arbitrary<Case> = fc
  .constantFrom(...worlds)
  .chain((world) => fc.record({ world: fc.constant(world), contact: world.contact, now: world.instant }))

function scopeOf({ world, contact, now }: Case): Scope {
  return { contact: viewOf(contact), now, timeZone: world.scene.timeZone, inSegment: (segment) => segment === 'in' }
}

/** Checks a law for what `draw` draws from the world of a case. */
function forAll<T>(
  draw: (world: SmallWorld) => fc.Arbitrary<T>,
  law: (drawn: T, truth: (rule: Rule) => boolean, scope: Scope) => void,
): void {
  const drawn = cases.chain((one) => fc.tuple(fc.constant(one), draw(one.world)))
  fc.assert(
    fc.property(drawn, ([one, input]) => {
      const scope = scopeOf(one)
      law(input, (rule) => holds(rule, scope), scope)
    }),
    { numRuns: runs(300) },
  )
}

const ruleOf = (world: SmallWorld): fc.Arbitrary<Rule> => world.rule(['in', 'out'])
const rulesOf = (world: SmallWorld): fc.Arbitrary<Rule[]> => fc.array(ruleOf(world), { maxLength: 4 })
const negate = (rule: Rule): Rule => ({ op: 'not', rule })

describe('groups', () => {
  it('1. obey De Morgan', () => {
    forAll(rulesOf, (rules, truth) => {
      expect(truth(negate({ op: 'all', rules }))).toBe(truth({ op: 'any', rules: rules.map(negate) }))
      expect(truth(negate({ op: 'any', rules }))).toBe(truth({ op: 'all', rules: rules.map(negate) }))
    })
  })

  it('3. part the population', () => {
    forAll(ruleOf, (rule, truth) => {
      expect(truth(rule)).toBe(!truth(negate(rule)))
      expect(truth({ op: 'any', rules: [rule, negate(rule)] })).toBe(true)
      expect(truth({ op: 'all', rules: [rule, negate(rule)] })).toBe(false)
      for (const segment of ['in', 'out']) expect(truth(negate({ op: 'inSegment', segment }))).toBe(segment === 'out')
    })
  })

  it('4. count', () => {
    forAll(rulesOf, (rules, truth) => {
      expect(truth({ op: 'someOf', count: 1, rules })).toBe(truth({ op: 'any', rules }))
      expect(truth({ op: 'someOf', count: rules.length, rules })).toBe(truth({ op: 'all', rules }))
      const byCount = [0, 1, 2, 3, 4, 5].map((count) => truth({ op: 'someOf', count, rules }))
      expect(byCount.lastIndexOf(true) + 1).toBe(byCount.filter(Boolean).length)
    })
  })
})

describe('negative operators', () => {
  const negatives = (Object.keys(operators) as RuleOp[]).filter((op) => operators[op].negates !== undefined)

  it('are these', () => {
    expect(negatives).toEqual([
      'nobody',
      'notEquals',
      'notIn',
      'missing',
      'notContains',
      'containsNone',
      'notInLast',
      'hasNoneOfTags',
      'none',
    ])
  })

  it('2. are complements', () => {
    const ops = negatives.filter((op) => op !== 'nobody')
    forAll(
      (world) => world.leaf(ops),
      (leaf, truth) => {
        expect(truth(leaf)).toBe(!truth({ ...leaf, op: operators[leaf.op].negates } as Rule))
      },
    )
  })
})

describe('comparisons', () => {
  const operand = (world: SmallWorld): fc.Arbitrary<Operand> => world.operand
  const isDate = (value: Value | undefined): boolean =>
    value !== undefined && ['instant', 'day'].includes(typeOf(value))

  it('5. of dates are before, on, or after', () => {
    forAll(
      (world) => fc.tuple(operand(world), operand(world)),
      ([left, right], truth, scope) => {
        const found = (['before', 'on', 'after'] as const).filter((op) => truth({ op, left, right }))
        const areDates = isDate(operandValue(left, scope)) && isDate(operandValue(right, scope))
        expect(found).toHaveLength(areDates ? 1 : 0)
      },
    )
  })

  it('6. between is neither below nor above', () => {
    forAll(
      (world) => fc.tuple(operand(world), operand(world), operand(world)),
      ([left, low, high], truth) => {
        const either = (op: 'before' | 'on' | 'after', right: Operand): boolean => truth({ op, left, right })
        const dates = (either('on', low) || either('after', low)) && (either('on', high) || either('before', high))
        const numbers = truth({ op: 'atLeast', left, right: low }) && truth({ op: 'atMost', left, right: high })
        expect(truth({ op: 'between', left, low, high })).toBe(dates || numbers)
      },
    )
  })

  it('7. are of values', () => {
    const binary = leafOps.filter((op) => operators[op].shape === 'binary')
    forAll(
      (world) => world.leaf(binary),
      (leaf, truth, scope) => {
        const { left, right } = leaf as Extract<LeafRule, { readonly op: 'equals' }>
        const values = [operandValue(left, scope), operandValue(right, scope)]
        if (values.includes(undefined)) expect(truth(leaf)).toBe(operators[leaf.op].negates !== undefined)
        else expect(truth({ ...leaf, left: values[0], right: values[1] } as Rule)).toBe(truth(leaf))
      },
    )
  })

  it('8. of texts hold ignoring case where they hold exactly', () => {
    forAll(
      (world) => world.leaf(['contains', 'startsWith', 'endsWith', 'matches']),
      (leaf, truth) => {
        const ignoring = truth({ ...leaf, ignoreCase: true } as Rule)
        if (truth({ ...leaf, ignoreCase: false } as Rule)) expect(ignoring).toBe(true)
        expect(truth({ ...leaf, ignoreCase: undefined } as never)).toBe(truth({ ...leaf, ignoreCase: false } as Rule))
      },
    )
  })
})

describe('windows', () => {
  const dated = (world: SmallWorld) => fc.tuple(world.operand, durations, durations)

  it('9. part the past', () => {
    forAll(dated, ([left, duration], truth, { now }) => {
      const isPast = truth({ op: 'between', left, low: { instant: -8.64e15 }, high: { instant: now } })
      const inLast = truth({ op: 'inLast', left, duration })
      const ago = truth({ op: 'moreThanAgo', left, duration })
      expect([inLast, ago].filter(Boolean)).toHaveLength(isPast ? 1 : 0)
    })
  })

  it('10. between A and B ago are both', () => {
    forAll(
      (world) => world.leaf(['betweenAgo']),
      (leaf, truth, scope) => {
        if (leaf.op !== 'betweenAgo') throw new Error('no other was asked for')
        const { left, from, to, timeZone = scope.timeZone } = leaf
        const inLast: Rule = { op: 'inLast', left, duration: to, timeZone }
        const ago: Rule = { op: 'moreThanAgo', left, duration: from, timeZone }
        const both = truth(inLast) && truth(ago)
        expect(truth(leaf)).toBe(both)
      },
    )
  })

  it('11. in the next D is after now', () => {
    forAll(dated, ([left, duration], truth) => {
      if (!truth({ op: 'inNext', left, duration })) return
      expect(truth({ op: 'inLast', left, duration })).toBe(false)
      expect(truth({ op: 'moreThanAgo', left, duration: '0ms' })).toBe(false)
      expect(truth({ op: 'inNext', left, duration: 'P2Y' })).toBe(true)
    })
  })
})
