import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readValue } from '../../src/contacts/read-value.js'
import { readingOf, type ReadingOptions } from '../../src/contacts/reading.js'
import { refused } from '../../src/contacts/refused.js'
import { field, type Field } from '../../src/contacts/schema.js'
import type { Value } from '../../src/contacts/value.js'
import { runs } from '../runs.js'
import { hostileInputs } from './hostile-inputs.js'

/*
 * 1. What was read is canonical: it is frozen plain JSON, and reading it again, with or without its field and in any zone,
 *    gives the same.
 * 2. Nothing that is read throws, and what is refused has exactly then an issue.
 */

function read(input: unknown, type?: Field, options: ReadingOptions = {}): Value | undefined {
  const reading = readingOf(options)
  const value = readValue(input, type, reading, ['it'])
  if (value === refused) throw new Error(reading.issues.map(({ message }) => message).join())
  expect(reading.issues).toEqual([])
  return value
}

/** The code of the refusal, and what follows from it. */
function refusal(input: unknown, type?: Field, options: ReadingOptions = {}) {
  const reading = readingOf(options)
  expect(readValue(input, type, reading, ['it'])).toBe(refused)
  const [issue, ...more] = reading.issues
  if (issue === undefined || more.length > 0) throw new Error(`one issue expected, not ${reading.issues.length}`)
  return issue
}

const at = Date.UTC(2026, 0, 1)

describe('without a field', () => {
  it.each<[string, unknown, Value]>([
    ['a text is a text', '2026-01-01', '2026-01-01'],
    ['a number is a number', 5.5, 5.5],
    ['true is true', true, true],
    ['a Date is an instant', new Date(at), { instant: at }],
    ['an instant in ms', { instant: at + 0.9 }, { instant: at }],
    ['an instant as a written date', { instant: '2026-01-01T01:00+01:00' }, { instant: at }],
    ['an instant of a Date', { instant: new Date(at) }, { instant: at }],
    ['a day', { day: '2024-02-29' }, { day: '2024-02-29' }],
    ['an empty text', '', ''],
    ['an empty list', [], []],
    ['a list of texts, each once', ['b', 'a', 'b'], ['b', 'a']],
    ['a list of numbers, zeros being one', [0, -0, 1], [0, 1]],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { instant: at }), { instant: at }],
  ])('%s', (_, input, value) => {
    expect(read(input)).toStrictEqual(value)
  })

  it('null and undefined are missing', () => {
    expect(read(null)).toBeUndefined()
    expect(read(undefined, field.number())).toBeUndefined()
  })

  it('−0 is 0, in instants too', () => {
    expect(read(-0)).toBe(0)
    expect(read({ instant: -0 })).toStrictEqual({ instant: 0 })
    expect(read([-0])).toStrictEqual([0])
  })

  it('an instant loses what is finer than a millisecond, towards the past', () => {
    expect(read({ instant: -0.5 })).toStrictEqual({ instant: -1 })
    expect(read({ instant: '1969-12-31T23:59:59.9999Z' })).toStrictEqual({ instant: -1 })
  })

  it.each<[string, unknown, string, string]>([
    ['not a number', Number.NaN, 'VALUE_INVALID', 'NaN'],
    ['infinity', Infinity, 'VALUE_INVALID', 'Infinity'],
    ['lone surrogates', '\udc00', 'VALUE_INVALID', '"\\udc00"'],
    ['U+0000', 'a\0', 'VALUE_INVALID', '"a\\u0000"'],
    ['an invalid Date', new Date(Number.NaN), 'DATE_INVALID', 'an invalid Date'],
    ['an instant out of reach', { instant: 8.64e15 + 2 }, 'DATE_INVALID', '8640000000000002'],
    ['a day that is none', { day: '2026-02-29' }, 'DATE_INVALID', '"2026-02-29"'],
    ['an instant that is none', { instant: '01/02/2026' }, 'DATE_INVALID', '"01/02/2026"'],
    ['an object', {}, 'VALUE_INVALID', 'an object'],
    ['a list of several types', ['a', 1], 'VALUE_INVALID', '1'],
    ['a list of flags', [true], 'VALUE_INVALID', 'true'],
    ['a list with a gap', [1, null], 'VALUE_INVALID', 'null'],
  ])('refuses %s', (_, input, code, received) => {
    expect(refusal(input)).toMatchObject({ code, received })
  })

  it('says which element of a list is wrong', () => {
    expect(refusal(['a', 'b', 3])).toMatchObject({ path: ['it', 2], expected: 'a text' })
  })
})

describe('with a field', () => {
  const berlin = { timeZone: 'Europe/Berlin' }

  it.each<[string, unknown, Field, Value]>([
    ['a written day is the start of that local day', '2026-01-01', field.instant(), { instant: at - 3_600_000 }],
    [
      'a local time that does not exist moves forward',
      '2026-03-29T02:30',
      field.instant(),
      { instant: Date.UTC(2026, 2, 29, 1, 30) },
    ],
    [
      'a local time that comes twice is the first',
      '2026-10-25T02:30',
      field.instant(),
      { instant: Date.UTC(2026, 9, 25, 0, 30) },
    ],
    ['an offset counts', '2026-01-01T00:00Z', field.instant(), { instant: at }],
    ['a number is milliseconds', at, field.instant(), { instant: at }],
    ['a Date', new Date(at), field.instant(), { instant: at }],
    ['a written day is a day', '2026-01-01', field.day(), { day: '2026-01-01' }],
    ['a tagged day', { day: '2026-01-01' }, field.day(), { day: '2026-01-01' }],
    ['one of a few texts', 'pro', field.oneOf('free', 'pro'), 'pro'],
    ['a list', [2, 1, 2], field.list(field.number()), [2, 1]],
    ['an empty list', [], field.list(field.number()), []],
  ])('%s', (_, input, type, value) => {
    expect(read(input, type, berlin)).toStrictEqual(value)
  })

  it.each<[string, unknown, Field, string]>([
    ['a number for a text', 1, field.text(), 'VALUE_INVALID'],
    ['a text for a number', '1', field.number(), 'VALUE_INVALID'],
    ['a number for a flag', 1, field.boolean(), 'VALUE_INVALID'],
    ['a flag for an instant', true, field.instant(), 'VALUE_INVALID'],
    ['a day for an instant', { day: '2026-01-01' }, field.instant(), 'VALUE_INVALID'],
    ['a Date for a day', new Date(at), field.day(), 'VALUE_INVALID'],
    ['a time for a day', '2026-01-01T00:00', field.day(), 'DATE_INVALID'],
    ['some other text for a date', 'yesterday', field.instant(), 'DATE_INVALID'],
    ['a text for a list', 'a', field.list(field.text()), 'VALUE_INVALID'],
    ['a list of the other type', ['a'], field.list(field.number()), 'VALUE_INVALID'],
    ['a list for a number', [1], field.number(), 'VALUE_INVALID'],
  ])('refuses %s', (_, input, type, code) => {
    expect(refusal(input, type)).toMatchObject({ code })
  })

  it('names the nearest of the texts that a field can hold', () => {
    expect(refusal('fre', field.oneOf('free', 'pro'))).toMatchObject({
      code: 'VALUE_INVALID',
      expected: 'one of "free", "pro"',
      nearest: 'free',
      message: '"fre" is not one of "free", "pro"; did you mean "free"?',
    })
    expect(refusal(['a'], field.list(field.oneOf('b')))).toMatchObject({ path: ['it', 0], nearest: 'b' })
  })
})

describe('limits', () => {
  const limits = { text: 3, list: 2 }

  it('hold for texts, written dates, lists and their elements', () => {
    expect(read('abc', undefined, { limits })).toBe('abc')
    expect(refusal('abcd', undefined, { limits })).toMatchObject({ code: 'LIMIT_EXCEEDED', received: '4' })
    expect(refusal({ instant: '2026-01-01' }, undefined, { limits })).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(refusal([1, 2, 3], undefined, { limits })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      expected: 'at most 2 elements',
    })
    expect(refusal(['abcd'], undefined, { limits })).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['it', 0] })
  })

  it('stop at a hundred issues', () => {
    const reading = readingOf()
    expect(readValue([1, ...Array.from({ length: 5000 }, () => 'a')], undefined, reading, [])).toBe(refused)
    expect(reading.issues).toHaveLength(100)
  })

  it('look at a list no longer than they are', () => {
    let looks = 0
    const list = new Proxy(new Array(50_000), {
      get: (target, key) => {
        looks++
        return Reflect.get(target, key) as unknown
      },
    })
    expect(refusal(list)).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(looks).toBeLessThan(5)
  })
})

const fields: readonly (Field | undefined)[] = [
  undefined,
  field.text(),
  field.number(),
  field.boolean(),
  field.instant(),
  field.day(),
  field.oneOf('a', 'b'),
  field.list(field.text()),
  field.list(field.number()),
]
const scalars = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'a',
    'b',
    '2026-01-01',
    '2026-03-29T02:30',
    0,
    -0,
    1.5,
    -1.5,
    8.64e15,
    Number.NaN,
    true,
    null,
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.date({ noInvalidDate: false }),
)
const inputs = fc.oneof(
  scalars,
  fc.array(scalars, { maxLength: 4 }),
  fc.record({ instant: scalars }),
  fc.record({ day: scalars }),
  fc.anything(),
)

describe('what was read', () => {
  it('1. is canonical', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...fields), (input, type) => {
        const value = readValue(input, type, readingOf({ timeZone: 'Europe/Berlin' }), [])
        if (value === refused || value === undefined) return
        expect(typeof value !== 'object' || Object.isFrozen(value)).toBe(true)
        const written: unknown = JSON.parse(JSON.stringify(value))
        expect(read(written)).toStrictEqual(value)
        expect(read(written, type, { timeZone: 'Asia/Tokyo' })).toStrictEqual(value)
      }),
      { numRuns: runs(3000) },
    )
  })

  it('2. is refused with an issue, and never by throwing', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...fields), (input, type) => {
        const reading = readingOf()
        const value = readValue(input, type, reading, ['it'])
        expect(value === refused).toBe(reading.issues.length > 0)
        for (const issue of reading.issues) {
          expect(issue.path[0]).toBe('it')
          expect(issue.message.length).toBeLessThan(400)
        }
      }),
      { numRuns: runs(3000) },
    )
  })

  it.each([...hostileInputs()])('2. %s is refused, whatever the field', (_, input) => {
    for (const type of fields) {
      const reading = readingOf()
      const value = readValue(input, type, reading, [])
      const isFine = value !== refused && JSON.stringify(value) === '{"instant":0}' // a Date, whatever it claims
      expect(isFine || reading.issues.length > 0).toBe(true)
    }
  })
})
