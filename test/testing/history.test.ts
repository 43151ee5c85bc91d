import { createEngine, days, type Change, type Schema } from 'coterie'
import { checkHistory, manualClock, recordedEngine, replayHistory, type History } from 'coterie/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scripts } from '../arbitraries/scripts.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { doStep, stateOf, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { schema, shop } from './shop.js'

const { attribute, events } = shop
const start = Date.parse('2026-01-01T00:00:00Z')

function recorded(): History {
  const { engine, history } = recordedEngine({ schema, now: start })
  engine.segments.define({ id: 'active', rule: events('visit').inLast('7d').exists() })
  engine.segments.define({ id: 'rich', rule: attribute('spent').atLeast(100) })
  engine.contacts.put({ id: 'ada', attributes: { spent: 100 } })
  engine.events.record('ada', { type: 'visit', at: start })
  engine.advanceTo(start + days(10))
  return history()
}

describe('a history', () => {
  it('holds what was done and who moved, and is plain JSON', () => {
    const history = recorded()
    expect(
      history.moves.map(({ type, segmentId, at }) => `${type} ${segmentId} ${String((at - start) / days(1))}`),
    ).toEqual(['enter rich 0', 'enter active 0', 'exit active 7'])
    expect(JSON.parse(JSON.stringify(history))).toEqual(history)
  })

  it('does the same when it is done again', () => {
    const property = fc.property(
      onAnyStage((stage) => scripts(worldOf(stage))),
      ([stage, script]) => {
        const full: Schema = fullSchema.schema
        const { engine, history } = recordedEngine({ schema: full, now: stage.around, timeZone: stage.timeZone })
        engine.on('enter', ({ contactId }) => void engine.tags.add(contactId, 'vip'))
        for (const step of script) doStep(engine, step)
        const fixture = JSON.parse(JSON.stringify(history())) as History
        const again = replayHistory(fixture, { schema: full })
        expect([again.missing, again.added]).toEqual([[], []])
        // Steps that move nobody are not counted alike, and listeners cost work of their own.
        const { contacts, segments } = stateOf(engine) as Readonly<Record<string, unknown>>
        expect(stateOf(again.engine)).toMatchObject({ now: engine.now, contacts, segments })
      },
    )
    fc.assert(property, { numRuns: runs(60) })
  })

  it('says what other definitions move', () => {
    const rule = events('visit').inLast('3d').exists()
    const change = (one: Change): Change =>
      one.type === 'segment.define' && one.id === 'active' ? { ...one, rule } : one
    const { missing, added } = replayHistory(recorded(), { schema, change })
    expect(missing).toEqual([{ type: 'exit', segmentId: 'active', contactId: 'ada', at: start + days(7) }])
    expect(added).toEqual([{ type: 'exit', segmentId: 'active', contactId: 'ada', at: start + days(3) }])
    expect(() => {
      checkHistory(recorded(), { schema, change })
    }).toThrow(/missing: ada exits active at 2026-01-08T00:00:00.000Z\nadded: ada exits active at 2026-01-04/)
    checkHistory(recorded(), { schema })
  })
})

describe('a manual clock', () => {
  it('moves an engine when it is told to, and never back', () => {
    const clock = manualClock('2026-01-01T00:00:00Z')
    const engine = createEngine({ schema, clock })
    clock.tick('36h')
    engine.contacts.put({ id: 'ada' })
    expect(engine.now).toBe(start + 36 * 3_600_000)
    expect(clock.moveTo('2026-01-05')).toBe(start + days(4))
    expect(clock()).toBe(start + days(4))
    expect(() => clock.moveTo(start)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }) as Error)
    expect(() => clock.tick('P1M')).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }) as Error)
  })
})
