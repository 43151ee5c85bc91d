import { createEngine, events, records } from 'coterie'
import { describe, expect, it } from 'vitest'

describe('a filter by causes', () => {
  it('knows those of events and records', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'buyers', rule: events('purchase').exists() })
    engine.segments.define({ id: 'asking', rule: records('tickets').exists() })
    const heard: string[] = []
    engine.on('enter', { causes: ['event'] }, ({ segmentId }) => heard.push(`event ${segmentId}`))
    engine.on('enter', { causes: ['record'] }, ({ segmentId }) => heard.push(`record ${segmentId}`))
    engine.events.record('ada', { type: 'purchase' })
    engine.records.put('ada', 'tickets', { id: 't1' })
    expect(heard).toEqual(['event buyers', 'record asking'])
  })
})
