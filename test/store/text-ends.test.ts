import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextDictionary } from '../../src/store/text-dictionary.js'
import { TextEnds } from '../../src/store/text-ends.js'
import { runs } from '../runs.js'

/*
 * 1. What is told of each text is what it says itself, of texts that came before the first question and after it, that have
 *    units without a byte, and of affixes longer than what is kept.
 * 2. A dictionary tells it from the second question on where it holds many texts, and goes on as they come and go.
 */

const unit = fc.constantFrom('a', 'b', '\u00fe', '\u00ff', '\u0100', 'Ж', '😀')
const text = fc.string({ unit, maxLength: 40 })
/** A text, and the same with another unit at a place, as far as to there or whole. */
const near = fc
  .tuple(fc.string({ unit, minLength: 1, maxLength: 40 }), fc.nat(), unit, fc.boolean())
  .map(([one, at, other, isWhole]) => {
    const place = at % one.length
    return [one, one.slice(0, place) + other + (isWhole ? one.slice(place + 1) : '')] as const
  })
const affix = fc.oneof(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }), fc.constant('ab'.repeat(20)))

describe('the ends of texts', () => {
  it('say of each text what it says itself (1)', () => {
    const property = fc.property(
      fc.array(text, { maxLength: 20 }),
      fc.array(text, { maxLength: 20 }),
      fc.array(affix, { minLength: 1, maxLength: 4 }),
      fc.array(near, { maxLength: 4 }),
      fc.boolean(),
      (before, after, some, pairs, isLast) => {
        const affixes = [
          ...some,
          ...pairs.flatMap(([one, other]) => [other, Array.from(other).reverse().join(''), one]),
        ]
        const ends = new TextEnds(isLast)
        const texts: string[] = []
        const check = (): void => {
          for (const each of [...affixes, ...texts.slice(0, 2), ...texts.slice(0, 2).map((one) => one.slice(-5))]) {
            const truths = ends.truths(texts, each)
            const wanted = texts.map((one) => Number(isLast ? one.endsWith(each) : one.startsWith(each)))
            expect([...truths.subarray(1)], each).toEqual(wanted)
          }
        }
        const paired = pairs.flatMap(([one]) => [one, Array.from(one).reverse().join('')])
        for (const one of [...before, 'ab'.repeat(25), ...paired]) texts.push(one)
        check()
        for (const one of after) {
          ends.write(texts.length, one)
          texts.push(one)
        }
        check()
      },
    )
    fc.assert(property, { numRuns: runs(300) })
  })

  it('are kept of many texts, and follow those that come and go (2)', () => {
    const dictionary = new TextDictionary()
    for (let i = 0; i < 2_000; i++) dictionary.retain(`user${String(i)}@${i % 3 === 0 ? 'company' : 'home'}.com`)
    expect(dictionary.truthsOfAffix('@company.com', 'last')).toBeUndefined()
    const told = (): readonly string[] => {
      const truths = dictionary.truthsOfAffix('@company.com', 'last') ?? []
      const found: string[] = []
      dictionary.forEach((one, code) => {
        if (truths[code + 1] === 1) found.push(one)
      })
      return found
    }
    expect(told()).toHaveLength(667)
    dictionary.release(dictionary.codeOf('user0@company.com'))
    dictionary.retain('ada@home.com')
    dictionary.retain('bob@company.com')
    expect(told()).toHaveLength(667)
    expect(told()).toContain('bob@company.com')
    expect(dictionary.truthsOfAffix('ada@', 'first')).toBeUndefined()
    const first = dictionary.truthsOfAffix('ada@', 'first')
    expect(first?.[dictionary.codeOf('ada@home.com') + 1]).toBe(1)
    dictionary.retain('ada@elsewhere.com')
    const later = dictionary.truthsOfAffix('ada@', 'first')
    expect(
      ['ada@home.com', 'ada@elsewhere.com', 'bob@company.com'].map((one) => later?.[dictionary.codeOf(one) + 1]),
    ).toEqual([1, 1, 0])
  })

  it('are not kept of few texts', () => {
    const dictionary = new TextDictionary()
    dictionary.retain('ada')
    for (let i = 0; i < 3; i++) expect(dictionary.truthsOfAffix('a', 'last')).toBeUndefined()
  })
})
