import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeRule } from '../../src/language/complete.js'
import { readRuleText } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import { tokenize } from '../../src/language/tokenize.js'
import { referencesOf } from '../../src/rules/rule-walk.js'
import { readRule } from '../../src/rules/read-rule.js'
import { itemSchema, typedRules } from '../rules/typed-rules.js'
import { runs } from '../runs.js'

/*
 * 1. Wherever a rule that is right is cut off before a word or a name of the schema, that word or name is suggested, or
 *    words that begin with it.
 * 2. Nothing is suggested that cannot stand there: with a suggestion put in, the text goes wrong no earlier than at its end.
 */

const arbitrary = fc.tuple(typedRules(2), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
const names = { schema: itemSchema, tags: ['a', 'b'] }

describe('completions', () => {
  it('hold what was written, and only what could be (1, 2)', () => {
    fc.assert(
      fc.property(arbitrary, ([made, where]) => {
        const read = readRule(made, { schema: itemSchema })
        if (!read.ok) return
        const text = printRule(read.rule, { schema: itemSchema })
        const options = { ...names, segments: referencesOf(read.rule) }
        const words = tokenize(text).filter(({ kind }) => kind === 'word' || kind === 'name')
        const token = words[Math.floor(where * words.length)]
        if (token === undefined) return
        const { start, suggestions } = completeRule(text, token.start, options)
        expect(start).toBe(token.start)
        const texts = suggestions.map((one) => one.text)
        // A name of a month, and of what is in no schema, cannot be guessed.
        if (!texts.some((one) => text.toLowerCase().startsWith(one.split(' ')[0]?.toLowerCase() ?? '', token.start)))
          expect({ text, at: token.start, texts }).toBe('a text whose next word is suggested')
        for (const one of texts) {
          const more = text.slice(0, start) + one
          const result = readRuleText(more, options)
          const wrong = result.ok
            ? []
            : result.issues.filter(({ code, end }) => code === 'TEXT_INVALID' && end < more.length)
          expect({ more, wrong }).toEqual({ more, wrong: [] })
        }
      }),
      { numRuns: runs(150) },
    )
  })
})
