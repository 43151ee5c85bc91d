import { afterEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../src/base/civil.js'
import { FIRST_INSTANT, LAST_INSTANT, zoneOffsets, type ZoneOffsets } from '../../src/base/zone-offsets.js'
import { transitionsOf, zoned } from './zones.js'

const offsetsOf = (name: string): ZoneOffsets => {
  const offsets = zoneOffsets(name)
  if (offsets === undefined) throw new Error(`no zone ${name}`)
  return offsets
}

/** Every question to Intl begins with reading this property. */
const clockFormat = Intl.DateTimeFormat.prototype as { readonly format: object }

afterEach(() => {
  vi.restoreAllMocks()
})

describe('offsets of a zone', () => {
  it('are found to the second, in spans without gaps', () => {
    const from = Date.UTC(1850, 0, 1)
    const to = Date.UTC(1950, 0, 1)
    const name = 'Europe/Berlin'
    const spans = offsetsOf(name).spansBetween(from, to)
    const changes = transitionsOf(name).filter((at) => at < to)
    expect(changes.length).toBeGreaterThan(20)
    expect(spans.map((span) => span.from)).toEqual([from, ...changes])
    expect(spans.map((span) => span.to)).toEqual([...changes, to])
    expect(spans.map((span) => span.offset)).toEqual(
      spans.map((span) => zoned(span.from, name).offsetNanoseconds / 1e6),
    )
  })

  it('reach the first and the last instant', () => {
    const offsets = offsetsOf('America/New_York')
    expect(offsets.spansBetween(FIRST_INSTANT, FIRST_INSTANT + DAY)).toEqual([
      { from: FIRST_INSTANT, to: FIRST_INSTANT + DAY, offset: -17_762_000 },
    ])
    expect(offsets.spansBetween(LAST_INSTANT - DAY, LAST_INSTANT + 1)).toEqual([
      { from: LAST_INSTANT - DAY, to: LAST_INSTANT + 1, offset: -14_400_000 },
    ])
  })

  it('take one question to Intl a day, and some twenty at a change', () => {
    const asked = vi.spyOn(clockFormat, 'format', 'get')
    offsetsOf('Europe/Berlin').spansBetween(Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1))
    expect(asked.mock.calls.length).toBeGreaterThan(365)
    expect(asked.mock.calls.length).toBeLessThan(365 + 2 * 20)
  })

  it('take none in UTC', () => {
    const asked = vi.spyOn(clockFormat, 'format', 'get')
    expect(offsetsOf('UTC').spansBetween(0, DAY)).toEqual([{ from: 0, to: DAY, offset: 0 }])
    expect(asked.mock.calls.length).toBe(0)
  })

  it('are unknown for what is no zone', () => {
    expect(zoneOffsets('Mars/Olympus')).toBeUndefined()
  })
})
