import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeafRule, Rule } from '../../src/rules/ast.js'
import { ruleKey } from '../../src/rules/rule-key.js'
import { LeafIndex } from '../../src/predicates/leaf-index.js'
import { runs } from '../runs.js'

/*
 * 1. The leaves in use are those of the owners' rules, equal ones once; those added and removed are the difference.
 * 2. `reading` gives the leaves that read any of the fields, each once.
 */

const attribute = fc.constantFrom('a', 'b')
const tag = fc.constantFrom('t', 'u')
const leaf = fc.oneof<fc.Arbitrary<LeafRule>[]>(
  attribute.map((name) => ({ op: 'exists', left: { get: 'attribute', name } })),
  attribute.map((name) => ({ op: 'missing', left: { get: 'attribute', name } })),
  tag.map((name) => ({ op: 'hasTag', tag: name })),
  fc.constant<LeafRule>({ op: 'hasTagLike', pattern: '*' }),
  fc.constant<LeafRule>({
    op: 'greaterThan',
    left: { get: 'attribute', name: 'a' },
    right: { get: 'attribute', name: 'b' },
  }),
)
const rule: fc.Arbitrary<Rule> = fc.array(leaf, { minLength: 1, maxLength: 3 }).map((rules) => ({ op: 'all', rules }))

/** The keys of a rule's leaves, `missing` being what `exists` is not. */
function keysOf(each: Rule | undefined): readonly string[] {
  if (each?.op !== 'all') return []
  return each.rules.map((inner) => ruleKey(inner.op === 'missing' ? { ...inner, op: 'exists' } : inner))
}

const nothing = { events: new Map<string, never>(), records: new Map<string, never>() }

describe('the index of leaves', () => {
  it('holds the leaves of all rules, and finds those that read a field', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.option(rule, { nil: undefined })), {
      maxLength: 12,
    })
    const property = fc.property(steps, (all) => {
      const index = new LeafIndex<string>()
      const rules = new Map<string, Rule | undefined>()
      let before = new Set<string>()
      for (const [owner, after] of all) {
        const { added, removed } = index.replace(owner, rules.get(owner), after)
        rules.set(owner, after)
        const now = new Set([...rules.values()].flatMap(keysOf))
        expect(index.size).toBe(now.size)
        expect(added.map(({ key }) => key).sort()).toEqual([...now].filter((key) => !before.has(key)).sort())
        expect(removed.map(({ key }) => key).sort()).toEqual([...before].filter((key) => !now.has(key)).sort())
        for (const name of ['a', 'b']) {
          const found = [...index.reading({ attributes: new Map([[name, 1]]), tags: new Map(), ...nothing })].map(
            ({ key }) => key,
          )
          expect(found.sort()).toEqual([...now].filter((key) => key.includes(`attribute("${name}")`)).sort())
        }
        const tagged = [...index.reading({ attributes: new Map(), tags: new Map([['t', 1]]), ...nothing })].map(
          ({ key }) => key,
        )
        expect(tagged.sort()).toEqual(
          [...now].filter((key) => key === 'hasTag("t")' || key.startsWith('hasTagLike')).sort(),
        )
        before = now
      }
    })
    fc.assert(property, { numRuns: runs(200) })
  })
})
