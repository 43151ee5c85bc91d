// Law: a number that is written in a format is read back in that format.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberReader, type NumberFormat } from '../../src/import/cell-number.js'
import { runs } from '../runs.js'

const formats: fc.Arbitrary<NumberFormat> = fc.constantFrom<NumberFormat>(
  { decimal: '.', thousands: undefined },
  { decimal: ',', thousands: undefined },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: '\u202f' },
  { decimal: '.', thousands: "'" },
)

function written(value: number, { decimal, thousands }: NumberFormat): string {
  const [whole = '', decimals] = String(value).split('.')
  const grouped = thousands === undefined ? whole : whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, thousands)
  return decimals === undefined ? grouped : `${grouped}${decimal}${decimals}`
}

const plain = numberReader({ decimal: '.', thousands: undefined })
const german = numberReader({ decimal: ',', thousands: '.' })
const comma = numberReader({ decimal: ',', thousands: undefined })

describe('a number', () => {
  it('is read back as it was written', () => {
    const values = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ max: 9999, min: -9999 }).map((n) => n / 100),
    )
    fc.assert(
      fc.property(values, formats, (value, format) => {
        expect(numberReader(format)(written(value, format))).toBe(Number(String(value)))
      }),
      { numRuns: runs(500) },
    )
  })

  it.each([
    ['1', 1],
    ['-1.50', -1.5],
    ['+7', 7],
    ['007', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1.5E-2', 0.015],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992],
    ['1000000000000000000000', 1e21],
    ['0.1234567890123456789', 0.1234567890123456789],
  ])('is %j', (text, value) => {
    expect(plain(text)).toBe(value)
  })

  it.each([
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '1,5',
    '1 000',
    '1.2.3',
    '0x10',
    'NaN',
    'Infinity',
    '1e400',
    '١',
    '1_000',
    '--1',
    '5%',
  ])('is not %j', (text) => {
    expect(plain(text)).toBeUndefined()
  })

  it('is none where it has more digits than a number keeps', () => {
    expect(plain('9007199254740993')).toBeUndefined()
    expect(plain('12345678901234567890')).toBeUndefined()
    expect(plain('-12345678901234567890')).toBeUndefined()
  })

  it('has its decimals behind what was declared', () => {
    expect(comma('1,5')).toBe(1.5)
    expect(comma('1.5')).toBeUndefined()
    expect(comma('1.234,5')).toBeUndefined()
    expect(comma(',5')).toBe(0.5)
  })

  it('has groups of three where a separator was declared', () => {
    expect(german('1.234.567,89')).toBe(1234567.89)
    expect(german('1234567,89')).toBe(1234567.89)
    expect(german('1.23')).toBeUndefined()
    expect(german('1.2345')).toBeUndefined()
    expect(german('1234.567')).toBeUndefined()
    expect(german('.234')).toBeUndefined()
  })
})
