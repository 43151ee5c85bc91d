import { attribute, onDay, today, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, hour, iso, newEngine, utc } from './scene.js'

/*
 * What users of other systems report as defects, each by name: days that do not have 24 hours, and midnights elsewhere.
 */

/** Who was there today, and has a birthday: instants of enter and exit. */
function turns(engine: Engine, until: string): readonly string[] {
  return engine.advanceTo(utc(until)).transitions.map(({ type, at }) => `${type} ${iso(at)}`)
}

function engineWith(timeZone: string, now: string, date: string): Engine {
  const engine = newEngine({ timeZone, now: utc(now) })
  engine.segments.define({ id: 'today', rule: attribute('date').inCalendar(today) })
  engine.contacts.put({ id: 'ada', attributes: { date: new Date(date) } })
  return engine
}

describe('a day that is not 24 hours long', () => {
  it('has 23 where clocks go forward', () => {
    const engine = engineWith('Europe/Berlin', '2026-03-27T00:00Z', '2026-03-29T10:00:00Z')
    expect(turns(engine, '2026-04-05T00:00Z')).toEqual([
      'enter 2026-03-28T23:00:00.000Z',
      'exit 2026-03-29T22:00:00.000Z',
    ])
  })

  it('has 25 where they go back, and the hour that comes twice is in it twice', () => {
    for (const date of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
      const engine = engineWith('Europe/Berlin', '2026-10-23T00:00Z', date)
      const [enter, exit] = engine.advanceTo(utc('2026-11-05T00:00Z')).transitions
      expect(iso(enter?.at ?? 0)).toBe('2026-10-24T22:00:00.000Z')
      expect(iso(exit?.at ?? 0)).toBe('2026-10-25T23:00:00.000Z')
      expect(exit?.duration).toBe(25 * hour)
    }
  })

  it('is not what 24h or 1d means: that is so many milliseconds, whatever the clocks do', () => {
    const engine = newEngine({ timeZone: 'Europe/Berlin', now: utc('2026-03-28T12:00Z') })
    engine.contacts.put({ id: 'ada', attributes: { date: new Date('2026-03-28T12:00Z') } })
    for (const [id, duration] of [
      ['day', '1d'],
      ['hours', '24h'],
    ] as const) {
      engine.segments.define({ id, rule: attribute('date').inLast(duration) })
    }
    const { transitions } = engine.advanceTo(utc('2026-04-05T00:00Z'))
    expect(transitions.map(({ at }) => iso(at))).toEqual(['2026-03-29T12:00:00.000Z', '2026-03-29T12:00:00.000Z'])
  })
})

describe('a midnight that does not exist', () => {
  it('the day begins when its first minute does: São Paulo, 4 November 2018, at 01:00', () => {
    const engine = engineWith('America/Sao_Paulo', '2018-11-02T00:00Z', '2018-11-04T15:00:00Z')
    expect(turns(engine, '2018-11-10T00:00Z')).toEqual([
      'enter 2018-11-04T03:00:00.000Z',
      'exit 2018-11-05T02:00:00.000Z',
    ])
  })

  it('a birthday on it begins then too', () => {
    const engine = newEngine({ timeZone: 'America/Sao_Paulo', now: utc('2018-11-02T00:00Z') })
    const birthday = attribute('birthday').anniversaryIn({ days: 1, current: true })
    engine.segments.define({ id: 'birthday', rule: birthday })
    engine.contacts.put({ id: 'ada', attributes: { birthday: { day: '1990-11-04' } } })
    expect(turns(engine, '2018-11-10T00:00Z')).toEqual([
      'enter 2018-11-04T03:00:00.000Z',
      'exit 2018-11-05T02:00:00.000Z',
    ])
  })

  it('comes twice in Havana, and the day begins at the first', () => {
    const engine = engineWith('America/Havana', '2018-11-02T00:00Z', '2018-11-04T15:00:00Z')
    expect(turns(engine, '2018-11-10T00:00Z')).toEqual([
      'enter 2018-11-04T04:00:00.000Z',
      'exit 2018-11-05T05:00:00.000Z',
    ])
  })

  it('a day that was left out, in Apia, holds nobody', () => {
    const engine = newEngine({ timeZone: 'Pacific/Apia', now: utc('2011-12-28T00:00Z') })
    engine.segments.define({ id: 'left-out', rule: attribute('date').inCalendar(onDay('2011-12-30')) })
    for (const [id, date] of [
      ['ada', '2011-12-30T09:59:59.999Z'],
      ['bob', '2011-12-30T10:00:00Z'],
    ] as const) {
      engine.contacts.put({ id, attributes: { date: new Date(date) } })
    }
    engine.contacts.put({ id: 'cyd', attributes: { date: { day: '2011-12-30' } } })
    expect(turns(engine, '2012-01-05T00:00Z')).toEqual([])
    expect(engine.segments.get('left-out')?.count).toBe(0)
  })
})

describe('midnight where the contact is', () => {
  it('in Kolkata comes at 18:30 in UTC', () => {
    const engine = engineWith('Asia/Kolkata', '2026-01-01T00:00Z', '2026-01-02T12:00:00Z')
    expect(turns(engine, '2026-01-05T00:00Z')).toEqual([
      'enter 2026-01-01T18:30:00.000Z',
      'exit 2026-01-02T18:30:00.000Z',
    ])
  })

  it('is the rule’s own where it names a zone, whatever the engine’s', () => {
    const engine = newEngine({ timeZone: 'America/New_York', now: utc('2026-01-01T00:00Z') })
    engine.contacts.put({ id: 'ada', attributes: { birthday: { day: '2000-01-03' } } })
    const birthday = { days: 1, current: true }
    for (const timeZone of ['Asia/Kolkata', 'Europe/Berlin', 'Pacific/Kiritimati']) {
      engine.segments.define({ id: timeZone, rule: attribute('birthday').anniversaryIn({ ...birthday, timeZone }) })
    }
    engine.segments.define({ id: 'here', rule: attribute('birthday').anniversaryIn(birthday) })
    const { transitions } = engine.advanceTo(utc('2026-01-03T12:00Z'))
    expect(transitions.map(({ segmentId, at }) => `${segmentId} ${iso(at)}`)).toEqual([
      'Pacific/Kiritimati 2026-01-02T10:00:00.000Z',
      'Asia/Kolkata 2026-01-02T18:30:00.000Z',
      'Europe/Berlin 2026-01-02T23:00:00.000Z',
      'here 2026-01-03T05:00:00.000Z',
      'Pacific/Kiritimati 2026-01-03T10:00:00.000Z',
    ])
  })

  it('one advance over all of it is a thousand small ones', () => {
    const script = (engine: Engine, step: number): readonly string[] => {
      const heard: string[] = []
      engine.on('transition', ({ type, at }) => void heard.push(`${type} ${iso(at)}`))
      const end = engine.now + 8 * day
      while (engine.now < end) engine.advanceTo(Math.min(end, engine.now + step))
      return heard
    }
    const make = (): Engine => engineWith('America/Sao_Paulo', '2018-11-02T00:00Z', '2018-11-04T15:00:00Z')
    expect(script(make(), 11 * 60_000 + 1)).toEqual(script(make(), 8 * day))
  })
})
