import { attribute, createEngine, defineSchema, everyone, field, type EngineOptions } from 'coterie'
import { describe, expect, it } from 'vitest'
import { newEngine, refusal, start } from './scene.js'

describe('the options of an engine', () => {
  const wrong: readonly (readonly [string, string, unknown])[] = [
    ['OPTION_INVALID', 'nothing', undefined],
    ['OPTION_INVALID', 'null', null],
    ['OPTION_INVALID', 'a number', start],
    ['OPTION_INVALID', 'neither now nor clock', {}],
    ['OPTION_INVALID', 'a name that is none', { now: start, unknowContacts: 'create' }],
    ['OPTION_INVALID', 'a clock that is no function', { clock: start }],
    ['OPTION_INVALID', 'an unknown way with contacts', { now: start, unknownContacts: 'ignore' }],
    ['OPTION_INVALID', 'an unknown weekday', { now: start, weekStartsOn: 'someday' }],
    ['OPTION_INVALID', 'a bound below 0', { now: start, cascadeLimit: -1 }],
    ['OPTION_INVALID', 'a bound that is a text', { now: start, cascadeLimit: '5' }],
    ['OPTION_INVALID', 'a bound that is not whole', { now: start, cascadeLimit: 0.5 }],
    ['OPTION_INVALID', 'limits that are none', { now: start, limits: null }],
    ['OPTION_INVALID', 'a limit of 0', { now: start, limits: { text: 0 } }],
    ['OPTION_INVALID', 'a limit that is a text', { now: start, limits: { name: '512' } }],
    ['OPTION_INVALID', 'a depth beyond what readers can go', { now: start, limits: { depth: 1e6 } }],
    ['OPTION_INVALID', 'a limit by a name that is none', { now: start, limits: { tiefe: 3 } }],
    ['TIME_ZONE_UNKNOWN', 'an unknown zone', { now: start, timeZone: 'Europe/Bonn' }],
    ['TIME_ZONE_UNKNOWN', 'a zone that is null', { now: start, timeZone: null }],
    ['CLOCK_INVALID', 'a start that is no number', { now: NaN }],
    ['CLOCK_INVALID', 'a start beyond all dates', { now: 8.64e15 + 1 }],
    ['CLOCK_INVALID', 'a start that is a word', { now: 'today' }],
    ['CLOCK_INVALID', 'a start that is true', { now: true }],
    ['CLOCK_INVALID', 'a start that is a list', { now: [] }],
    ['CLOCK_INVALID', 'an invalid Date', { now: new Date(NaN) }],
    ['CLOCK_INVALID', 'a clock that gives a text', { clock: () => '5' }],
    ['SCHEMA_INVALID', 'a field of no type', { now: start, schema: { attributes: { a: { type: 'money' } } } }],
  ]

  it.each(wrong)('are refused with %s: %s', (code, _, options) => {
    expect(refusal(() => createEngine(options as EngineOptions)).code).toBe(code)
  })

  it.each<[unknown]>([[5], [null], ['schema'], [[]]])('a schema that is %j is refused', (schema) => {
    const options = { now: start, schema } as EngineOptions
    expect(refusal(() => createEngine(options)).code).toMatch(/^(OPTION|SCHEMA)_INVALID$/)
  })

  it('say where the clock begins', () => {
    for (const now of [start, new Date(start), '2026-01-01', '2026-01-01T00:00:00Z', { instant: start }]) {
      expect(createEngine({ now }).now).toBe(start)
    }
    expect(createEngine({ now: '2026-01-01', timeZone: 'Asia/Kolkata' }).now).toBe(start - 5.5 * 3_600_000)
    expect(createEngine({ now: start + 0.9 }).now).toBe(start)
    expect(createEngine({ clock: () => start }).now).toBe(start)
  })

  it('are told by the engine', () => {
    const schema = defineSchema({ attributes: { plan: field.text() } })
    const engine = createEngine({ schema, now: start, timeZone: 'Europe/Berlin', limits: { name: 5 } })
    expect(engine.schema).toEqual(schema)
    expect(engine.timeZone).toBe('Europe/Berlin')
    expect(engine.limits).toMatchObject({ name: 5, depth: 64 })
    expect([engine.now, engine.revision]).toEqual([start, 0])
    expect(createEngine({ now: start })).toMatchObject({ schema: undefined, timeZone: 'UTC' })
  })

  it('limits hold for what comes in', () => {
    const engine = newEngine({ limits: { name: 5, text: 10, list: 3, depth: 2, nodes: 4 } })
    expect(refusal(() => engine.contacts.put({ id: 'toolong' })).code).toBe('LIMIT_EXCEEDED')
    expect(refusal(() => engine.contacts.put({ id: 'ada', attributes: { a: 'x'.repeat(11) } })).code).toBe(
      'LIMIT_EXCEEDED',
    )
    expect(refusal(() => engine.contacts.put({ id: 'ada', attributes: { a: [1, 2, 3, 4] } })).code).toBe(
      'LIMIT_EXCEEDED',
    )
    engine.contacts.put({ id: 'ada', attributes: { a: 'x'.repeat(10), b: [1, 2, 3] } })
    expect(refusal(() => engine.tags.add('ada', ['a', 'b', 'c', 'd'])).code).toBe('LIMIT_EXCEEDED')
    const deep = { op: 'not', rule: { op: 'not', rule: everyone } } as const
    expect(refusal(() => engine.segments.define({ id: 'deep', rule: deep })).code).toBe('LIMIT_EXCEEDED')
    expect(engine.contacts.count).toBe(1)
  })

  it('the week begins where the engine says, unless a rule does', () => {
    // Sunday, 4 January 2026.
    const sunday = '2026-01-04T12:00:00Z'
    for (const [weekStartsOn, count] of [
      ['monday', 0],
      ['sunday', 1],
    ] as const) {
      const engine = createEngine({ now: sunday, weekStartsOn })
      engine.contacts.put({ id: 'ada', attributes: { seen: new Date('2026-01-05T12:00:00Z') } })
      const rule = attribute('seen').inCalendar({ period: 'this', unit: 'week' })
      expect(engine.segments.define({ id: 'week', rule }).count).toBe(count)
    }
  })
})
