import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRule } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import { backtick, quote, unquote } from '../../src/language/quoted.js'
import { comparisonWords } from '../../src/language/words/comparison-words.js'
import { itemsStarts, ruleStarts, valueStarts } from '../../src/language/words/leading-words.js'
import { absoluteStarts, windowStarts } from '../../src/language/words/window-words.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import type { Rule } from '../../src/rules/ast.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { typedRules } from '../rules/typed-rules.js'
import { runs } from '../runs.js'

/*
 * 1. Every name comes back, also one that is a word of the language, in whatever case, or holds quotes, blanks or signs; and
 *    so does every text, tag and number.
 * 2. It does so under a schema that has attributes, events and records all of that name.
 */

const phrases = [comparisonWords, itemsStarts, ruleStarts, valueStarts, absoluteStarts, windowStarts].flatMap((table) =>
  Object.values<readonly string[]>(table).flat(),
)
const languageWords = [...new Set(phrases.flatMap((phrase) => phrase.split(' ')))].concat(
  ...[
    'and',
    'or',
    'not',
    'of',
    'where',
    'by',
    'then',
    'with',
    'within',
    'ago',
    'days',
    'day',
    'month',
    'March',
    'Q1',
    'times',
  ],
  ...[
    'calendar',
    'including',
    'ignoring',
    'case',
    'sunday',
    'time',
    'zone',
    'once',
    'from',
    'same',
    'P1M',
    'q2',
    'the',
    'a',
    'an',
  ],
)

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.constantFrom(
    '`',
    '"',
    "'",
    '\\',
    '\\`',
    '\n',
    '\u2028',
    '“',
    '”',
    '__proto__',
    "n't",
    'isn’t',
    '😀',
    'a.b',
    'a-b',
    '-',
  ),
)
const name = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...languageWords) },
    { weight: 1, arbitrary: fc.constantFrom(...languageWords).map((word) => word.toUpperCase()) },
    { weight: 3, arbitrary: text },
  )
  .filter((one) => one !== '' && !one.includes('\0'))

/** The rule with other names in the place of its own, one for each. */
function renamed(rule: unknown, names: readonly string[]): Rule {
  const known = new Map<string, string>()
  const other = (old: string): string => {
    if (!known.has(old)) known.set(old, names[known.size % names.length] ?? old)
    return known.get(old) ?? old
  }
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (['name', 'events', 'by', 'same', 'tag', 'segment', 'salt'].includes(key) && typeof value === 'string')
          return [key, other(value)]
        if (key === 'records' && Array.isArray(value)) return [key, value.map((one) => other(String(one)))]
        if (key === 'tags' && Array.isArray(value)) return [key, value.map((one) => other(String(one)))]
        return [key, walk(value)]
      }),
    )
  }
  return walk(rule) as Rule
}

describe('names', () => {
  it('come back, whatever they are (1)', () => {
    fc.assert(
      fc.property(typedRules(2), fc.array(name, { minLength: 1, maxLength: 12 }), (made, names) => {
        let rule: Rule
        try {
          rule = ruleOf(renamed(made, names))
        } catch {
          return
        }
        const said = printRule(rule)
        expect({ said, back: parseRule(said) }).toEqual({ said, back: rule })
      }),
      { numRuns: runs(1000) },
    )
  })

  it('come back where attributes, events and records have one name (2)', () => {
    fc.assert(
      fc.property(name, (one) => {
        if (one === 'id' || one === 'at') return
        const shape = { [one]: field.number() }
        const schema = defineSchema({
          attributes: { [one]: field.number() },
          events: { [one]: shape },
          records: { [one]: { ...shape, at: field.instant() } },
        })
        const property = { get: 'property', name: one } as const
        const attribute = { get: 'attribute', name: one } as const
        const where: Rule = { op: 'greaterThan', left: property, right: attribute }
        const rule = ruleOf(
          {
            op: 'all',
            rules: [
              { op: 'greaterThan', left: attribute, right: 1 },
              { op: 'some', of: { events: one, window: { window: 'inLast', duration: '7d' }, where } },
              { op: 'none', of: { records: [one], by: 'at', where } },
              { op: 'lessThan', left: { get: 'sum', of: { events: one }, value: property }, right: attribute },
              { op: 'moreThanAgo', left: { get: 'last', of: { records: [one], by: 'at', where } }, duration: '7d' },
              {
                op: 'sequence',
                steps: [{ of: { events: one } }, { of: { events: one }, not: true, within: '1d' }],
                same: one,
              },
            ],
          },
          { schema },
        )
        for (const said of [printRule(rule), printRule(rule, { schema })]) {
          expect(parseRule(said, { schema })).toEqual(rule)
          expect(parseRule(said)).toEqual(rule)
        }
      }),
      { numRuns: runs(300) },
    )
  })

  it('and texts and numbers stand for themselves (1)', () => {
    fc.assert(
      fc.property(text, fc.double({ noNaN: true, noDefaultInfinity: true }), (one, number) => {
        expect(unquote(quote(one).slice(1, -1))).toEqual({ text: one })
        expect(unquote(backtick(one).slice(1, -1))).toEqual({ text: one })
        if (one.includes('\0')) return
        const rule = ruleOf({ op: 'in', left: { get: 'attribute', name: 'a' }, right: [one, number, [one], [number]] })
        expect(parseRule(printRule(rule))).toEqual(rule)
      }),
      { numRuns: runs(600) },
    )
  })
})
