import { describe, expect, it } from 'vitest'
import { parseRule, readRuleText } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { corpusSchema, corpusSegments } from './corpus-schema.js'
import { rightSentences } from './right-sentences.js'
import { wrongSentences } from './wrong-sentences.js'

const options = { schema: corpusSchema, segments: corpusSegments, timeZone: 'Europe/Berlin' }
const { schema, timeZone } = options

describe('a sentence that is right', () => {
  it.each(rightSentences)('%s', (text, rule) => {
    expect(parseRule(text, options)).toEqual(ruleOf(rule, { schema, timeZone }))
  })

  it.each(rightSentences)('printed, is read again: %s', (text) => {
    const rule = parseRule(text, options)
    expect(parseRule(printRule(rule))).toEqual(rule)
    expect(parseRule(printRule(rule), options)).toEqual(rule)
    expect(parseRule(printRule(rule, options), options)).toEqual(rule)
    expect(parseRule(printRule(rule, { schema }))).toEqual(rule)
  })
})

/** A text without its marks, and the places that were marked. */
function marked(text: string): { readonly text: string; readonly places: readonly (readonly [number, number])[] } {
  const places: [number, number][] = []
  let plain = ''
  for (const [count, part] of text.split(/[«»]/).entries()) {
    if (count % 2 === 1) places.push([plain.length, plain.length + part.length])
    plain += part
  }
  return { text: plain, places }
}

describe('a sentence that is wrong', () => {
  it.each(wrongSentences.map(([text, ...wrong]) => ({ text, wrong })))('$text', ({ text: written, wrong }) => {
    const { text, places } = marked(written)
    const result = readRuleText(text, options)
    const issues = result.ok ? [] : result.issues
    expect(issues.map(({ code, start, end, nearest }) => [code, text.slice(start, end), start, end, nearest])).toEqual(
      wrong.map(([code, nearest], place) => {
        const [start = 0, end = 0] = places[place] ?? []
        return [code, text.slice(start, end), start, end, nearest]
      }),
    )
    for (const { message, expected, position, start } of issues) {
      expect(message).not.toMatch(/undefined|\[object/)
      expect(expected).toBeTruthy()
      expect(position).toBe(start)
    }
  })
})

describe('the corpus', () => {
  it('has 150 sentences and more, each once', () => {
    const texts = [...rightSentences, ...wrongSentences].map(([text]) => text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.length).toBeGreaterThanOrEqual(150)
  })
})
