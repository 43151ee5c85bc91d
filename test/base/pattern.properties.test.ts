import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import { compilePattern } from '../../src/base/pattern.js'
import { runs } from '../runs.js'
import { findsNaively, printTree } from './naive-pattern.js'
import type { Tree } from './naive-pattern.js'

// The laws, over patterns made as trees and printed, and texts of the few characters that occur in them:
// 1. A pattern is found where RE2 finds it.
// 2. Ignoring case too, it is found where a naive search of the tree finds it.
// 3. What is found exactly is found ignoring case.
// 4. Ignoring case, a text and its lower case are the same.
// 5. Any text at all is compiled, or refused with a position in it: nothing else is thrown; what RE2 refuses is.

const letter = fc.constantFrom(
  'a',
  'b',
  'A',
  'k',
  'K',
  '\u212a',
  'i',
  'İ',
  'Σ',
  'ς',
  'é',
  '😀',
  '1',
  '-',
  ' ',
  '\n',
  '.',
)
const text = fc.string({ unit: letter, maxLength: 8 })

const range = fc
  .tuple(letter, letter)
  .map(([a, b]) =>
    (a.codePointAt(0) as number) <= (b.codePointAt(0) as number) ? { from: a, to: b } : { from: b, to: a },
  )
const shorthand = fc.constantFrom('\\d', '\\w', '\\s', '\\D', '\\W', '\\S')

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: letter.map((character): Tree => ({ kind: 'literal', character })) },
    { weight: 1, arbitrary: fc.constantFrom<Tree>({ kind: 'any' }, { kind: 'start' }, { kind: 'end' }) },
    { weight: 1, arbitrary: shorthand.map((name): Tree => ({ kind: 'class', negated: false, members: [name] })) },
    {
      weight: 2,
      arbitrary: fc
        .record({
          negated: fc.boolean(),
          members: fc.array(
            fc.oneof(
              range,
              letter.map((each) => ({ from: each, to: each })),
              shorthand,
            ),
            {
              minLength: 1,
              maxLength: 3,
            },
          ),
        })
        .map((made): Tree => ({ kind: 'class', ...made })),
    },
    {
      weight: 3,
      arbitrary: fc.array(tie('tree'), { maxLength: 4 }).map((parts): Tree => ({ kind: 'sequence', parts })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('tree'), { minLength: 1, maxLength: 3 })
        .map((branches): Tree => ({ kind: 'choice', branches })),
    },
    {
      weight: 3,
      arbitrary: fc
        .record({ part: tie('tree'), least: fc.nat(3), more: fc.constantFrom(0, 1, 2, Infinity) })
        .map(({ part, least, more }): Tree => ({ kind: 'repeat', part, least, most: least + more })),
    },
  ),
}))

const texts = fc.array(text, { minLength: 1, maxLength: 6 })

describe('compilePattern', () => {
  it('finds what RE2 finds (1)', () => {
    const law = fc.property(tree, texts, (made, each) => {
      const source = printTree(made)
      const pattern = compilePattern(source)
      // RE2 leaves U+000B out of \s; it does not occur here.
      const re2 = RE2JS.compile(source, RE2JS.DOTALL)
      expect(each.map((one) => pattern.test(one))).toEqual(each.map((one) => re2.matcher(one).find()))
    })
    fc.assert(law, { numRuns: runs(2000) })
  })

  it('finds what a naive search finds, exactly and ignoring case (2)', () => {
    const law = fc.property(tree, texts, fc.boolean(), (made, each, ignoreCase) => {
      const pattern = compilePattern(printTree(made))
      expect(each.map((one) => pattern.test(one, ignoreCase))).toEqual(
        each.map((one) => findsNaively(made, one, ignoreCase)),
      )
    })
    fc.assert(law, { numRuns: runs(1000) })
  })

  it('finds ignoring case what it finds exactly (3), whatever the case (4)', () => {
    const law = fc.property(tree, texts, (made, each) => {
      const pattern = compilePattern(printTree(made))
      for (const one of each) {
        if (pattern.test(one)) expect(pattern.test(one, true)).toBe(true)
        expect(pattern.test(one, true)).toBe(pattern.test(one.replaceAll('A', 'a').replaceAll('K', '\u212a'), true))
      }
    })
    fc.assert(law, { numRuns: runs(1000) })
  })

  it('compiles or refuses any text (5)', () => {
    const symbol = fc.constantFrom(...Array.from('ab\\|()[]{}*+?^$.-,:1d=!<P😀'))
    const law = fc.property(fc.string({ unit: symbol, maxLength: 10 }), (source) => {
      try {
        compilePattern(source)
      } catch (error) {
        if (!isCoterieError(error)) throw error
        expect(error.code).toBe('PATTERN_INVALID')
        expect(error.position).toBeGreaterThanOrEqual(0)
        expect(error.position).toBeLessThanOrEqual(source.length)
        return
      }
      expect(() => RE2JS.compile(withPlainBrackets(source), RE2JS.DOTALL)).not.toThrow()
    })
    fc.assert(law, { numRuns: runs(5000) })
  })
})

/** A pattern for RE2, to which `[:` in a class begins the name of one: here brackets in a class stand for themselves. */
function withPlainBrackets(source: string): string {
  return source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gsu, (part) =>
    part.startsWith('[') ? `[${part.slice(1).replaceAll('[:', '\\[:')}` : part,
  )
}
