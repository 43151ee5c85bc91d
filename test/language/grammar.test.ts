import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { comparisonWords } from '../../src/language/words/comparison-words.js'
import { itemsStarts, ruleStarts, valueStarts } from '../../src/language/words/leading-words.js'
import { absoluteStarts, windowStarts } from '../../src/language/words/window-words.js'
import { readSourceTree } from '../architecture/source-tree.js'

const page = readFileSync('docs/language.md', 'utf8')
const grammar = /```text\n([^]*?)```/.exec(page)?.[1] ?? ''
const terminals = new Set([...grammar.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ''))

/** The words that are printed, as the grammar has them: it leaves out parentheses. */
const printed = [comparisonWords, itemsStarts, ruleStarts, valueStarts, windowStarts, absoluteStarts]
  .flatMap((table) => Object.values<readonly string[]>(table).map(([first = '']) => first))
  .map((phrase) => phrase.replace(' (', ''))

/** Those that are other ways to say what the grammar has, or that it puts together otherwise. */
const apart = new Set(['does not have tag', 'is not in segment', 'older than', 'less than', 'tag'])

describe('the grammar in the documentation', () => {
  it('has all words that are printed', () => {
    expect(printed.filter((phrase) => !terminals.has(phrase) && !apart.has(phrase))).toEqual([])
  })

  it('has no words that the parser does not know', () => {
    const source = [...readSourceTree('src')]
      .filter(([path]) => path.startsWith('language/') || path.startsWith('base/') || path.startsWith('contacts/'))
      .map(([, text]) => text.toLowerCase())
      .join('\n')
    const unknown = [...terminals].filter(
      (words) => !/^[“”'`"…]|^q\d$/i.test(words) && !source.includes(words.toLowerCase()),
    )
    expect(unknown).toEqual([])
  })

  it('names nothing that it does not say', () => {
    const defined = new Set([...grammar.matchAll(/^([a-z-]+) +=/gm)].map((match) => match[1] ?? ''))
    const used = grammar
      .replaceAll(/\([^()"]*\)\s*$/gm, '')
      .replaceAll(/"[^"]*"|'[^']*'/g, '')
      .match(/\b[a-z][a-z-]+\b/g)
    const known = new Set([
      ...defined,
      'number',
      'day',
      'instant',
      'month',
      'year',
      'weekday',
      'ordinal',
      'short',
      'word',
      'of',
    ])
    const prose = new Set([
      'letters',
      'digits',
      'and',
      'that',
      'is',
      'none',
      'the',
      'language',
      'or',
      'several',
      'them',
      'boolean',
    ])
    expect([...new Set(used)].filter((name) => !known.has(name) && !prose.has(name))).toEqual([])
  })
})
