import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/base/errors.js'
import { completeRule } from '../../src/language/complete.js'
import { readRuleText } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import { readRule } from '../../src/rules/read-rule.js'
import { itemSchema, typedRules } from '../rules/typed-rules.js'
import { runs } from '../runs.js'

/*
 * 1. Whatever a text is, it is read or refused; nothing throws. What is wrong has a code, words and a place in the text, in
 *    the order of the text.
 * 2. So it is with completions, at every place.
 * 3. Depth is bounded, whatever the limits say.
 * 4. What is read of a text costs no more than a bounded number of looks at each token.
 */

function expectSound(text: string, options = {}): void {
  const result = readRuleText(text, options)
  if (result.ok) return
  const isSound = result.issues.every(
    ({ code, message, expected, start, end, position }, place, all) =>
      errorCodes.includes(code) &&
      message !== '' &&
      expected !== '' &&
      start >= 0 &&
      start <= end &&
      end <= text.length &&
      position === start &&
      start >= (all[place - 1]?.start ?? 0),
  )
  if (!isSound || result.issues.length === 0 || result.issues.length > 200) expect(result.issues).toBe('sound issues')
}

const words = fc.constantFrom(
  ...[
    'and',
    'or',
    'not',
    'has',
    'no',
    'where',
    'in',
    'the',
    'last',
    'next',
    'this',
    'between',
    'at',
    'least',
    'of',
    'count',
  ],
  ...[
    'sum',
    'first',
    'is',
    'more',
    'than',
    'ago',
    'days',
    '7',
    '60d',
    '(',
    ')',
    ',',
    '[',
    ']',
    '=',
    '<',
    '+',
    '-',
    '.',
  ],
  ...[
    '"a"',
    '"',
    '`a b`',
    '`',
    '2026-01-01',
    '2026-01-01T10:00',
    'tag',
    'segment',
    'event',
    'records',
    'buy',
    'orders',
  ],
  ...[
    'score',
    'plan',
    'then',
    'within',
    'every',
    'by',
    'today',
    'calendar',
    '2nd',
    '\\',
    '😀',
    '\u0000',
    '\ud800',
    '',
    '& ',
    'x',
  ],
)

describe('any text', () => {
  it('is read or refused, and completed (1, 2)', () => {
    const anything = fc.oneof(
      fc.array(words, { maxLength: 30 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    fc.assert(
      fc.property(anything, fc.nat(200), (text, cursor) => {
        expectSound(text)
        expectSound(text, { schema: itemSchema })
        const { start, end } = completeRule(text, cursor, { schema: itemSchema, tags: ['a'], segments: ['b'] })
        expect(start).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: runs(3000) },
    )
  })

  it('that was right before something was left out or put in is too (1)', () => {
    fc.assert(
      fc.property(typedRules(2), fc.nat(), fc.nat(12), words, (made, at, length, word) => {
        const read = readRule(made, { schema: itemSchema })
        if (!read.ok) return
        const text = printRule(read.rule)
        const place = at % (text.length + 1)
        expectSound(text.slice(0, place) + text.slice(place + length), { schema: itemSchema })
        expectSound(`${text.slice(0, place)} ${word} ${text.slice(place)}`, { schema: itemSchema })
      }),
      { numRuns: runs(500) },
    )
  })

  it.each([undefined, null, 3, {}, ['a = 1']])('that is none, %s, is refused', (text) => {
    expect(readRuleText(text as never)).toMatchObject({ ok: false, issues: [{ code: 'TEXT_INVALID', start: 0 }] })
  })
})

const openers = [
  '(',
  'not ',
  'has event x where ',
  'sum of ',
  'length of ',
  '[',
  'a in (',
  'any of (',
  'every records x has ',
  'count of ( ',
  '1 + (',
  'at least 1 of (',
  'anniversary of (',
  '- ',
]

describe('a deep text', () => {
  it.each(openers)('of %s is refused without a deep stack (3)', (opener) => {
    for (const depth of [64, 1000]) {
      const text = `${opener.repeat(20_000)}a = 1`
      expectSound(text, { limits: { depth } })
      expect(readRuleText(text, { limits: { depth } }).ok).toBe(false)
      completeRule(text, text.length, { limits: { depth } })
    }
  })

  it('is read as deep as rules may be', () => {
    const nested = (levels: number): string => `${'not ('.repeat(levels)}a = 1${')'.repeat(levels)}`
    expect(readRuleText(nested(62)).ok).toBe(true)
    expect(readRuleText(nested(64))).toMatchObject({ issues: [{ code: 'LIMIT_EXCEEDED' }] })
  })
})

describe('a long text', () => {
  const long = 'a = 1 and '

  it('is refused beyond the limits of a text and of a rule', () => {
    expect(readRuleText(long.repeat(200_000))).toMatchObject({ issues: [{ code: 'LIMIT_EXCEEDED', start: 0 }] })
    expect(readRuleText(`${long.repeat(20_000)}a = 1`)).toMatchObject({ issues: [{ code: 'LIMIT_EXCEEDED' }] })
  })

  it.each([
    ['a ~ 1 and ', 90_000],
    ['a in (1 2, ', 80_000],
    ['is not ', 140_000],
    ['between 1 and ', 70_000],
    ['more than 3 days ', 60_000],
    ['"', 900_001],
    ['"\\', 400_000],
    ['then no event x within 1 day ', 30_000],
    ['`', 900_001],
    ['1.', 400_000],
    ['2026-01-0', 100_000],
  ])('of %s is refused in time linear in its length (4)', (part, count) => {
    const time = (text: string): number => {
      const start = performance.now()
      readRuleText(text)
      return performance.now() - start
    }
    time(part.repeat(count / 10))
    // Quadratic work would take minutes.
    expect(time(part.repeat(count))).toBeLessThan(20_000)
  })
})
