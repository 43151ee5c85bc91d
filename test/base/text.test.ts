import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointLength, compareText, isWellFormed, lowerCase } from '../../src/base/text.js'
import { runs } from '../runs.js'

// The laws:
// 1. compareText orders well-formed texts as their lists of code points.
// 2. isWellFormed says what the platform says, and refuses U+0000.
// 3. lowerCase replaces code points one for one: it is the same taken together or one at a time.
// 4. lowerCase changes nothing that it has made.
// 5. lowerCase keeps the length of every text.

const character = fc.constantFrom(
  'a',
  'A',
  'Σ',
  'σ',
  'İ',
  'I',
  'é',
  '\u{ff5e}',
  '\u{e000}',
  '😀',
  '\u{10400}',
  'ẞ',
  ' ',
)
const text = fc.oneof(fc.string({ unit: character, maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 8 }))
const units = fc.array(fc.constantFrom(0xd83d, 0xde00, 0x61, 0xffff, 0), { maxLength: 6 })

function codePoints(of: string): number[] {
  return Array.from(of, (each) => each.codePointAt(0) as number)
}

function compareLists(a: number[], b: number[]): number {
  const differing = a.findIndex((codePoint, i) => codePoint !== b[i])
  if (differing === -1) return a.length === b.length ? 0 : -1
  return differing >= b.length ? 1 : Math.sign((a[differing] as number) - (b[differing] as number))
}

describe('compareText', () => {
  it('orders by code point, where UTF-16 code units do not', () => {
    expect(['\u{ff5e}', '😀'].sort()).toEqual(['😀', '\u{ff5e}'])
    expect(['😀', '\u{ff5e}'].sort(compareText)).toEqual(['\u{ff5e}', '😀'])
    expect(compareText('😀', '\u{ff5e}')).toBeGreaterThan(0)
    expect(compareText('\u{ff5e}', '😀')).toBeLessThan(0)
  })

  it('puts a text before those it begins', () => {
    expect(compareText('ada', 'adam')).toBeLessThan(0)
    expect(compareText('', 'a')).toBeLessThan(0)
    expect(compareText('ada', 'ada')).toBe(0)
  })

  it('orders as lists of code points (1)', () => {
    const law = fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(compareLists(codePoints(a), codePoints(b)))
    })
    fc.assert(law, { numRuns: runs(500) })
  })
})

describe('isWellFormed', () => {
  it('refuses halves of pairs and U+0000', () => {
    expect(['', 'ada', '😀', '\u{ffff}'].map(isWellFormed)).toEqual([true, true, true, true])
    expect(['\ud83d', 'a\ude00', '\ude00\ud83d', 'a\0b'].map(isWellFormed)).toEqual([false, false, false, false])
  })

  it('says what the platform says (2)', () => {
    const law = fc.property(units, (each) => {
      const made = String.fromCharCode(...each)
      const platform = made === Buffer.from(made, 'utf8').toString('utf8')
      expect(isWellFormed(made)).toBe(platform && !made.includes('\0'))
    })
    fc.assert(law, { numRuns: runs(500) })
  })
})

describe('lowerCase', () => {
  it('takes the simple mapping where the full one differs', () => {
    expect(lowerCase('İ')).toBe('i')
    expect(lowerCase('ΟΔΟΣ')).toBe('οδοσ')
    expect(lowerCase('ẞß')).toBe('ßß')
    expect(lowerCase('ÄÖÜ K')).toBe('äöü k')
  })

  it('maps every code point to one, which is its own mapping', () => {
    const odd: number[] = []
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const mapped = lowerCase(String.fromCodePoint(codePoint))
      if (codePointLength(mapped) !== 1 || lowerCase(mapped) !== mapped) odd.push(codePoint)
    }
    expect(odd).toEqual([])
  })

  it('is the same for a text and for its code points (3), a second time (4), and as long (5)', () => {
    const law = fc.property(text, (each) => {
      const lower = lowerCase(each)
      expect(lower).toBe(Array.from(each, lowerCase).join(''))
      expect(lowerCase(lower)).toBe(lower)
      expect(lower).toHaveLength(each.length)
    })
    fc.assert(law, { numRuns: runs(500) })
  })
})

describe('codePointLength', () => {
  it('counts pairs once and halves as one', () => {
    expect(codePointLength('')).toBe(0)
    expect(codePointLength('a😀b')).toBe(3)
    expect(codePointLength('\ud83d\ud83d\ude00\ude00')).toBe(3)
  })

  it('is the number of steps of an iterator', () => {
    const law = fc.property(units, (each) => {
      const made = String.fromCharCode(...each)
      expect(codePointLength(made)).toBe(Array.from(made).length)
    })
    fc.assert(law, { numRuns: runs(500) })
  })
})
