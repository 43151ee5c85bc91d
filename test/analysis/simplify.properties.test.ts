import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simplifyRule } from '../../src/analysis/simplify.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { innerRules } from '../../src/rules/rule-walk.js'
import { rules } from '../arbitraries/rules.js'
import { typedSchema } from '../arbitraries/schemas.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { kinds } from '../arbitraries/values.js'
import { runs } from '../runs.js'
import { boundaryContacts } from './boundary-contacts.js'

/*
 * 1. A simplified rule holds of the same contacts as the rule that it was made of, at their boundaries too.
 * 2. It is no larger, can be read again, and there is nothing more to leave out of it.
 */

/** Rules over one or two attributes, so that their parts have much to do with each other. */
const games = onAnyStage((stage) =>
  fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 2 }).chain((some) => {
    const attributes = Object.fromEntries(some.map((kind, place) => [['a', 'b'][place], kind]))
    const { kinds: held, schema } = typedSchema(attributes)
    return fc.record({
      schema: fc.constant(schema),
      held: fc.constant(held),
      rule: rules({ stage, kinds: held }, 3),
      seed: fc.nat(2 ** 30),
    })
  }),
)

describe('simplifying', () => {
  it('keeps the meaning', { timeout: 600_000 }, () => {
    let simpler = 0
    const property = fc.property(games, ([stage, { schema, held, rule, seed }]) => {
      const options = { schema, timeZone: stage.timeZone }
      const read = ruleOf(rule, options)
      const less = simplifyRule(read, options)
      if (sizeOf(less) < sizeOf(read)) simpler += 1
      expect(sizeOf(less)).toBeLessThanOrEqual(sizeOf(read))
      expect(ruleOf(less, options)).toEqual(less)
      expect(simplifyRule(less, options)).toEqual(less)
      for (const { contact, now } of boundaryContacts([read], stage, 60, seed, held)) {
        const scope = { contact: viewOf(contact), now, timeZone: stage.timeZone, inSegment: () => false }
        if (holds(less, scope) === holds(read, scope)) continue
        throw new Error(
          `${JSON.stringify(less)} is not ${JSON.stringify(read)} of ${JSON.stringify(contact)} at ${String(now)}`,
        )
      }
    })
    fc.assert(property, { numRuns: runs(300) })
    expect(simpler).toBeGreaterThan(runs(300) / 15)
  })
})

function sizeOf(rule: Rule): number {
  return innerRules(rule).reduce((sum, inner) => sum + sizeOf(inner.rule), 1)
}
