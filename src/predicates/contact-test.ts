import type { LeafRule, Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { positiveLeaf } from '../rules/rule-key.js'
import { directTest } from './direct-test.js'
import type { ContactTest, Ground } from './ground.js'

/*
 * A rule as a question to the store. Deciding a segment for a contact is asked tens of times a change, so a rule is put
 * together once, from functions that look straight into columns and sets by the contact's ordinal and make no object. What
 * has no such form is left to the plain evaluator, which everything here is held to.
 */

/** A rule as a test; `memberOf` gives that of a segment. */
export function testOfRule(rule: Rule, ground: Ground, memberOf: (segment: string) => ContactTest): ContactTest {
  switch (rule.op) {
    case 'everyone':
      return () => true
    case 'nobody':
      return () => false
    case 'not': {
      const inner = testOfRule(rule.rule, ground, memberOf)
      return (ordinal) => !inner(ordinal)
    }
    case 'all':
      return every(rule.rules.map((inner) => testOfRule(inner, ground, memberOf)))
    case 'any': {
      const none = every(rule.rules.map((inner) => not(testOfRule(inner, ground, memberOf))))
      return (ordinal) => !none(ordinal)
    }
    case 'someOf':
      return atLeast(
        rule.count,
        rule.rules.map((inner) => testOfRule(inner, ground, memberOf)),
      )
    case 'inSegment':
      return memberOf(rule.segment)
    default:
      return testOfLeaf(rule, ground)
  }
}

function not(test: ContactTest): ContactTest {
  return (ordinal) => !test(ordinal)
}

function every(tests: readonly ContactTest[]): ContactTest {
  const [first, second, third] = tests
  if (first === undefined) return () => true
  if (second === undefined) return first
  if (third === undefined) return (ordinal) => first(ordinal) && second(ordinal)
  const rest = every(tests.slice(2))
  return (ordinal) => first(ordinal) && second(ordinal) && rest(ordinal)
}

function atLeast(count: number, tests: readonly ContactTest[]): ContactTest {
  return (ordinal) => {
    let held = 0
    for (const test of tests) if (test(ordinal)) held += 1
    return held >= count
  }
}

/** A leaf as a test. */
export function testOfLeaf(leaf: LeafRule, ground: Ground): ContactTest {
  const positive = positiveLeaf(leaf)
  const test = directTest(positive.leaf, ground) ?? plainTest(positive.leaf, ground)
  return positive.negated ? not(test) : test
}

function plainTest(leaf: LeafRule, ground: Ground): ContactTest {
  return (ordinal) => holds(leaf, ground.scopeOf(ordinal))
}
