import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import { compilePattern } from '../../src/base/pattern.js'
import { PatternRun } from '../../src/base/pattern-run.js'
import { automatonOf } from '../../src/base/pattern-states.js'
import { maxDepth, parsePattern } from '../../src/base/pattern-syntax.js'

function positionOfRefusal(source: string): number | undefined {
  try {
    compilePattern(source)
  } catch (error) {
    if (isCoterieError(error) && error.code === 'PATTERN_INVALID') return error.position
    throw error
  }
  return undefined
}

describe('the size of a pattern', () => {
  it.each([
    ['', 1],
    ['abc', 3],
    ['a|b|', 3],
    ['^[a-z].$', 4],
    ['a*', 2],
    ['(ab)?', 3],
    ['a{1000}', 1000],
    ['(a{1000}){2}', 2000],
    ['a{0,1000}', 1001],
    ['a{5,}', 6],
    ['a{0,}', 2],
    ['a{0}', 1],
  ])('of %s is %i', (source, states) => {
    expect(compilePattern(source).states).toBe(states)
  })

  it('is at most 2,000, counted before anything is built', () => {
    expect(positionOfRefusal('a'.repeat(2000))).toBeUndefined()
    expect(positionOfRefusal('a'.repeat(2001))).toBe(2000)
    expect(positionOfRefusal('a|'.repeat(2000))).toBe(4000)
    expect(positionOfRefusal('a{1000}b{1000}c')).toBe(14)
    expect(positionOfRefusal('((a{1000}){1000}){1000}')).toBe(1)
    expect(positionOfRefusal(`${'('.repeat(60)}a${'{1000})'.repeat(60)}`)).toBe(59)
    expect(positionOfRefusal('(||||||||){1000}')).toBe(0)
    expect(positionOfRefusal('a'.repeat(1_000_000))).toBe(2000)
  })

  it('makes an automaton of at most about twice as many states', () => {
    for (const source of ['a{0,1000}', '(|){500}', '((((a?)?)?)?){100}', '(a*|b+){200,300}', '(a|){0,500}']) {
      const tree = parsePattern(source)
      expect(automatonOf(tree, false).kinds.length).toBeLessThanOrEqual(2 * tree.states + 1)
    }
  })

  it('has a bounded depth, so that no nesting overflows the stack', () => {
    expect(positionOfRefusal(`${'('.repeat(maxDepth)}a${')'.repeat(maxDepth)}`)).toBeUndefined()
    expect(positionOfRefusal('('.repeat(maxDepth + 1))).toBe(maxDepth)
    expect(positionOfRefusal('('.repeat(100_000))).toBe(maxDepth)
    expect(positionOfRefusal('(?:'.repeat(100_000))).toBe(3 * maxDepth)
    expect(positionOfRefusal('(a|'.repeat(100_000))).toBe(3 * maxDepth)
    expect(positionOfRefusal('[('.repeat(100_000))).toBe(200_000)
    expect(positionOfRefusal('()'.repeat(1000))).toBeUndefined()
  })
})

describe('the work of a pattern, counted in states looked at', () => {
  function work(source: string, text: string): { visits: number; again: number; perCharacter: number } {
    const automaton = automatonOf(parsePattern(source), false)
    const run = new PatternRun(automaton)
    const before = run.visits
    run.test(text)
    const visits = run.visits - before
    run.test(text)
    return { visits, again: run.visits - before - visits, perCharacter: 2 * automaton.kinds.length }
  }

  it.each([
    ['a star of a star', '(a*)*b', 'a'.repeat(5_000)],
    ['a choice of equals', '(a|a)*b', 'a'.repeat(5_000)],
    ['a choice of lengths', '(a|aa)+$', `${'a'.repeat(5_000)}b`],
    ['words that may run together', '^(\\w+\\s?)*$', `${'word '.repeat(1_000)}!`],
    ['many ways to share', '(.*)(.*)(.*)(.*)x', 'y'.repeat(5_000)],
    ['many that may be missing', `${'a?'.repeat(200)}${'a'.repeat(200)}`, `${'a'.repeat(199)}b`.repeat(4)],
    ['more sets of states than can be kept', '[ab]*a[ab]{300}c', pseudoRandomText(3_000)],
  ])('is at most in proportion to text times states: %s', (_, source, text) => {
    const { visits, perCharacter } = work(source, text)
    expect(visits).toBeLessThanOrEqual((text.length + 2) * perCharacter)
  })

  it('is none where a text has been before', () => {
    expect(work('(a|aa)+$', `${'a'.repeat(5_000)}b`).again).toBe(0)
    expect(work('\\w+@example\\.com', 'ada lovelace <ada@example.com>').again).toBe(0)
    expect(work('^.+é$', 'ein Café').again).toBe(0)
  })

  it('does not look at what follows an answer', () => {
    const short = work('ab', 'ab').visits
    expect(work('ab', `ab${'x'.repeat(1_000)}`).visits).toBe(short)
    expect(work('^ab', 'x'.repeat(1_000)).visits).toBe(work('^ab', 'x').visits)
  })

  it('stays right when more sets of states come up than are kept', () => {
    const run = new PatternRun(automatonOf(parsePattern('[ab]*a[ab]{12}c'), false))
    const naive = (text: string): boolean => /a[ab]{12}c/.test(text)
    for (let i = 0; i < 300; i++) {
      const text = `${pseudoRandomText(100 + i, i)}c`
      expect(run.test(text)).toBe(naive(text))
    }
  })

  it('stays right when more code points come up than are kept', () => {
    const run = new PatternRun(automatonOf(parsePattern('^.*!$'), false))
    const many = String.fromCodePoint(...Array.from({ length: 50_000 }, (_, i) => 0x20000 + i))
    expect([run.test(many), run.test(`${many}${many}!`), run.test(`${many}!!`)]).toEqual([false, true, true])
  })
})

/** A text of a and b in which neither prevails, the same each time. */
function pseudoRandomText(length: number, seed = 1): string {
  let state = seed + 12345
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) | 0
    return (state >>> 16) & 1 ? 'a' : 'b'
  }).join('')
}
