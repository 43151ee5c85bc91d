/*
 * Cost, by counting how often Intl is asked.
 */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../src/base/civil.js'
import { FIRST_INSTANT, LAST_INSTANT, zoneOffsets, type ZoneOffsets } from '../../src/base/zone-offsets.js'

const STRETCH = 512 * DAY

afterEach(() => {
  vi.restoreAllMocks()
})

/** How often an action asks Intl for a local time. */
function probesOf(action: () => void): number {
  const probe = vi.spyOn(Intl.DateTimeFormat.prototype, 'format', 'get')
  action()
  const { length } = probe.mock.calls
  probe.mockRestore()
  return length
}

const offsetsOf = (name: string): ZoneOffsets => {
  const offsets = zoneOffsets(name)
  if (offsets === undefined) throw new Error(`no zone ${name}`)
  return offsets
}

describe('offsets of a zone', () => {
  it('are probed once a day and bisected at changes, and then known', () => {
    const offsets = offsetsOf('Europe/Berlin')
    const first = probesOf(() => offsets.spanAt(0))
    expect(first).toBeGreaterThan(512)
    expect(first).toBeLessThan(512 + 8 * 20)
    expect(
      probesOf(() => {
        for (let day = 0; day < 512; day++) offsets.spanAt(day * DAY)
      }),
    ).toBe(0)
  })

  it('cost nothing in UTC', () => {
    const offsets = offsetsOf('UTC')
    expect(probesOf(() => offsets.spanAt(0))).toBe(0)
    expect(offsets.spanAt(0)).toEqual({ from: FIRST_INSTANT, to: LAST_INSTANT + 1, offset: 0 })
  })

  it('are forgotten, the first found first, beyond 512 stretches', () => {
    const offsets = offsetsOf('Asia/Kolkata')
    for (let place = 0; place < 513; place++) offsets.spanAt(place * STRETCH)
    expect(probesOf(() => offsets.spanAt(512 * STRETCH))).toBe(0)
    expect(probesOf(() => offsets.spanAt(STRETCH))).toBe(0)
    expect(probesOf(() => offsets.spanAt(0))).toBe(513)
    expect(probesOf(() => offsets.spanAt(STRETCH))).toBe(513)
  })

  it('cover time without gaps, at both ends too', () => {
    const offsets = offsetsOf('Europe/Berlin')
    for (const start of [FIRST_INSTANT, -30 * STRETCH, LAST_INSTANT - STRETCH]) {
      let span = offsets.spanAt(start)
      for (let i = 0; i < 8 && span.to <= LAST_INSTANT; i++) {
        const next = offsets.spanAt(span.to)
        expect(next.from).toBe(span.to)
        span = next
      }
    }
    expect(offsets.spanAt(FIRST_INSTANT).from).toBe(FIRST_INSTANT)
    expect(offsets.spanAt(LAST_INSTANT).to).toBe(LAST_INSTANT + 1)
  })

  it('refuse what is no instant', () => {
    const offsets = offsetsOf('Europe/Berlin')
    expect(() => offsets.spanAt(NaN)).toThrow(RangeError)
  })
})
