/*
 * Laws:
 * 1. readDuration(formatDuration(d)) is d, for every duration.
 * 2. ISO texts have the length that Temporal gives them.
 * 3. durationOf(text) is readDuration(text), or throws DURATION_INVALID.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  days,
  durationOf,
  formatDuration,
  hours,
  LONGEST_CALENDAR,
  LONGEST_EXACT,
  milliseconds,
  minutes,
  readDuration,
  seconds,
  weeks,
  type Duration,
  type DurationText,
} from '../../src/base/duration.js'
import { isCoterieError } from '../../src/base/errors.js'
import { runs } from '../runs.js'

const anyDuration: fc.Arbitrary<Duration> = fc.oneof(
  fc
    .tuple(fc.nat(1000), fc.constantFrom(1, 1000, 60_000, 3_600_000, 86_400_000, 604_800_000))
    .map(([count, unit]): Duration => ({ kind: 'exact', ms: count * unit })),
  fc.nat(LONGEST_EXACT).map((ms): Duration => ({ kind: 'exact', ms })),
  fc.nat(LONGEST_CALENDAR).map((months): Duration => ({ kind: 'calendar', months })),
)

const thrownBy = (action: () => unknown): unknown => {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

describe('reading durations', () => {
  it.each<[string, Duration]>([
    ['0ms', { kind: 'exact', ms: 0 }],
    ['0d', { kind: 'exact', ms: 0 }],
    ['250ms', { kind: 'exact', ms: 250 }],
    ['90s', { kind: 'exact', ms: 90_000 }],
    ['5m', { kind: 'exact', ms: 300_000 }],
    ['36h', { kind: 'exact', ms: 129_600_000 }],
    ['60d', { kind: 'exact', ms: 5_184_000_000 }],
    ['060d', { kind: 'exact', ms: 5_184_000_000 }],
    ['2w', { kind: 'exact', ms: 1_209_600_000 }],
    ['100000000d', { kind: 'exact', ms: 8.64e15 }],
    ['P2W', { kind: 'exact', ms: 1_209_600_000 }],
    ['P7D', { kind: 'exact', ms: 604_800_000 }],
    ['P1W1D', { kind: 'exact', ms: 691_200_000 }],
    ['PT36H', { kind: 'exact', ms: 129_600_000 }],
    ['PT5M', { kind: 'exact', ms: 300_000 }],
    ['P1DT12H', { kind: 'exact', ms: 129_600_000 }],
    ['P1DT1H1M1S', { kind: 'exact', ms: 90_061_000 }],
    ['PT0S', { kind: 'exact', ms: 0 }],
    ['P5M', { kind: 'calendar', months: 5 }],
    ['P1Y', { kind: 'calendar', months: 12 }],
    ['P1Y2M', { kind: 'calendar', months: 14 }],
    ['P0M', { kind: 'calendar', months: 0 }],
    ['P10000Y', { kind: 'calendar', months: 120_000 }],
  ])('reads %s', (text, duration) => {
    expect(readDuration(text)).toEqual(duration)
    expect(durationOf(text as DurationText)).toEqual(duration)
  })

  it.each([
    '',
    '60',
    'd',
    '60 d',
    ' 60d',
    '60d ',
    '60d\n',
    '60D',
    '-60d',
    '+60d',
    '1.5d',
    '1e3d',
    'Infinityd',
    '60min',
    '60days',
    '1d12h',
    '١d',
    '100000001d',
    '9'.repeat(400) + 'd',
    'P',
    'PT',
    'P1DT',
    'P1',
    'p1m',
    'P-1M',
    '-P1M',
    '+P1M',
    'P1.5D',
    'PT1.5S',
    'P1,5D',
    'P1M7D',
    'P1Y1W',
    'P1MT1H',
    'P0MT1H',
    'P0Y7D',
    'P1D2W',
    'PT1S1H',
    'P1H',
    'T1H',
    'P120001M',
    'P10001Y',
    'P100000001D',
    'P' + '9'.repeat(400) + 'Y',
  ])('refuses %j', (text) => {
    expect(readDuration(text)).toBeUndefined()
    const error = thrownBy(() => durationOf(text as DurationText))
    expect(isCoterieError(error) && error.code).toBe('DURATION_INVALID')
  })

  it('measures ISO texts as Temporal does', () => {
    const part = fc.option(fc.nat(500), { nil: undefined })
    fc.assert(
      fc.property(part, part, part, part, part, (w, d, h, m, s) => {
        const date = `${w === undefined ? '' : `${String(w)}W`}${d === undefined ? '' : `${String(d)}D`}`
        const time = Object.entries({ H: h, M: m, S: s }).map(([unit, n]) =>
          n === undefined ? '' : `${String(n)}${unit}`,
        )
        const text = `P${date}${time.join('') === '' ? '' : `T${time.join('')}`}`
        const expected =
          text === 'P'
            ? undefined
            : Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo: '1970-01-01' })
        expect(readDuration(text)).toEqual(expected === undefined ? undefined : { kind: 'exact', ms: expected })
      }),
      { numRuns: runs(200) },
    )
  })
})

describe('writing durations', () => {
  it.each([
    ['2w', '14d'],
    ['60d', '60d'],
    ['24h', '1d'],
    ['36h', '36h'],
    ['120m', '2h'],
    ['90m', '90m'],
    ['90s', '90s'],
    ['1500ms', '1500ms'],
    ['0d', '0ms'],
    ['P14M', 'P1Y2M'],
    ['P24M', 'P2Y'],
    ['P0Y', 'P0M'],
    ['P2W', '14d'],
    ['PT90M', '90m'],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatDuration(durationOf(text as DurationText))).toBe(canonical)
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(anyDuration, (duration) => {
        expect(readDuration(formatDuration(duration))).toEqual(duration)
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('durations in code', () => {
  it('are plain numbers of milliseconds', () => {
    expect([milliseconds(7), seconds(7), minutes(7), hours(7), days(7), weeks(7)]).toEqual([
      7, 7000, 420_000, 25_200_000, 604_800_000, 4_233_600_000,
    ])
    expect(1000 + days(1)).toBe(86_401_000)
    expect(durationOf(days(60))).toEqual({ kind: 'exact', ms: 5_184_000_000 })
    expect(Object.is(days(-0), 0)).toBe(true)
    expect(days(100_000_000)).toBe(LONGEST_EXACT)
  })

  it.each([1.5, -1, NaN, Infinity, 100_000_001])('refuse %d days', (count) => {
    const error = thrownBy(() => days(count))
    expect(isCoterieError(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'DURATION_INVALID',
      received: String(count),
      expected: 'a whole number from 0 to 100000000',
    })
  })

  it.each([null, undefined, {}, [], true, 1.5, -1, NaN, 8.64e15 + 2, new Date(0), 5n])('are not %s', (input) => {
    const error = thrownBy(() => durationOf(input as DurationText))
    expect(isCoterieError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'DURATION_INVALID', expected: expect.stringContaining("'60d'") as string })
  })

  it('are frozen', () => {
    expect(Object.isFrozen(durationOf('60d'))).toBe(true)
    expect(Object.isFrozen(durationOf('P1M'))).toBe(true)
  })
})
