import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGlob } from '../../src/base/glob.js'
import { runs } from '../runs.js'

// The laws, over few characters so that pieces overlap:
// 1. A glob fits where the regular expression with `.*` for each star does.
// 2. A glob without a star fits itself alone.

const character = fc.constantFrom('a', 'b', '.', '😀', '\n')
const glob = fc.string({ unit: fc.oneof(character, fc.constant('*')), maxLength: 7 })
const text = fc.string({ unit: fc.oneof(character, fc.constant('*')), maxLength: 10 })

describe('compileGlob', () => {
  it.each<[string, string[], string[]]>([
    ['source-*', ['source-', 'source-web', 'source-*'], ['source', 'a source-web', 'Source-web']],
    ['*-web', ['-web', 'source-web'], ['source-web ']],
    ['*', ['', 'a', '😀\n'], []],
    ['**', ['', 'a'], []],
    ['', [''], ['a']],
    ['a*a', ['aa', 'aba'], ['a', 'ab']],
    ['ab*ba', ['abba', 'ab-ba'], ['aba']],
    ['a*b*c', ['abc', 'a1b2c', 'abcbc'], ['acb', 'ab']],
    ['*aa*aa*', ['aaaa', 'aabaa'], ['aaa']],
    ['a.c?[x]\\*', ['a.c?[x]\\', 'a.c?[x]\\y'], ['abc?[x]\\', 'a.c[x]\\']],
  ])('%s', (source, yes, no) => {
    const fits = compileGlob(source)
    expect(yes.map(fits)).toEqual(yes.map(() => true))
    expect(no.map(fits)).toEqual(no.map(() => false))
  })

  it('fits where the regular expression does (1)', () => {
    const law = fc.property(glob, text, (source, each) => {
      const pieces = source.split('*').map((piece) => piece.replaceAll('.', '\\.'))
      expect(compileGlob(source)(each)).toBe(new RegExp(`^${pieces.join('.*')}$`, 'su').test(each))
    })
    fc.assert(law, { numRuns: runs(2000) })
  })

  it('fits itself alone without a star (2)', () => {
    const plain = fc.string({ unit: character, maxLength: 2 })
    const law = fc.property(plain, plain, (source, each) => {
      expect(compileGlob(source)(each)).toBe(source === each)
    })
    fc.assert(law, { numRuns: runs(200) })
  })

  it('does not go back: many stars that fail at the end are no harder than one', () => {
    const source = `${'*a'.repeat(2_000)}*b`
    expect(compileGlob(source)('a'.repeat(20_000))).toBe(false)
    expect(compileGlob(source)(`${'a'.repeat(20_000)}b`)).toBe(true)
  })
})
