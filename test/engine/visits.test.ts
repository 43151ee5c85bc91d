import { attribute, everyone, hasTag } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, hour, start } from './scene.js'

describe('visits', () => {
  it('are counted for each contact and segment, and an exit says how long one was', () => {
    const engine = engineOf('ada', 'bob')
    const vip = engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const visit = (contact: string, from: number, to: number) => {
      engine.advanceTo(start + from)
      const [enter] = engine.tags.add(contact, 'vip').transitions
      expect(vip.since(contact)).toBe(start + from)
      engine.advanceTo(start + to)
      const [exit] = engine.tags.remove(contact, 'vip').transitions
      return [enter?.visit, enter?.duration, exit?.visit, exit?.duration]
    }
    expect(visit('ada', 0, hour)).toEqual([1, undefined, 1, hour])
    expect(visit('ada', day, day + 2 * hour)).toEqual([2, undefined, 2, 2 * hour])
    expect(visit('bob', 3 * day, 3 * day)).toEqual([1, undefined, 1, 0])
    expect(vip.since('ada')).toBeUndefined()
  })

  it('an exit by time is at the due instant, and so is its duration', () => {
    const engine = engineOf()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('7d') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start - day) } })
    expect(engine.advanceTo(start + 100 * day).transitions).toMatchObject([{ visit: 1, duration: 6 * day }])
  })

  it('go on through a redefinition', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    const handle = engine.segments.define({ id: 's', rule: hasTag('vip') })
    engine.advanceTo(start + day)
    engine.segments.define({ id: 's', rule: everyone })
    expect(handle.since('ada')).toBe(start)
    engine.segments.define({ id: 's', rule: hasTag('gone') })
    expect(engine.tags.add('ada', 'gone').transitions).toMatchObject([{ type: 'enter', visit: 2 }])
  })

  it('begin anew with a contact put again and with a segment defined again', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 's', rule: everyone })
    expect(engine.contacts.remove('ada').transitions).toMatchObject([{ visit: 1, duration: 0 }])
    expect(engine.contacts.put({ id: 'ada' }).transitions).toMatchObject([{ visit: 1 }])
    engine.segments.remove('s')
    engine.segments.define({ id: 's', rule: everyone })
    expect(engine.contacts.remove('ada').transitions).toMatchObject([{ visit: 1 }])
  })

  it('are not kept where the definition says so', () => {
    const engine = engineOf('ada')
    const handle = engine.segments.define({ id: 's', rule: hasTag('vip'), visits: false })
    const [enter] = engine.tags.add('ada', 'vip').transitions
    expect(enter).not.toHaveProperty('visit')
    expect(handle.since('ada')).toBeUndefined()
    expect(engine.segments.explain('s', 'ada')).not.toHaveProperty('since')
    const [exit] = engine.tags.remove('ada', 'vip').transitions
    expect(exit).not.toHaveProperty('visit')
    expect(exit).not.toHaveProperty('duration')
  })

  it('switched on, begin then for those inside; switched off, are forgotten', () => {
    const engine = engineOf('ada')
    engine.tags.add('ada', 'vip')
    const handle = engine.segments.define({ id: 's', rule: hasTag('vip'), visits: false })
    engine.advanceTo(start + day)
    engine.segments.define({ id: 's', visits: true })
    expect(handle.since('ada')).toBe(start + day)
    engine.advanceTo(start + 2 * day)
    expect(engine.tags.remove('ada', 'vip').transitions).toMatchObject([{ visit: 1, duration: day }])
    engine.segments.define({ id: 's', visits: false })
    engine.segments.define({ id: 's', visits: true })
    expect(engine.tags.add('ada', 'vip').transitions).toMatchObject([{ visit: 1 }])
  })

  it('are kept for static and hybrid segments too', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'hand' })
    engine.members.include('hand', 'ada', { until: start + day })
    expect(engine.segments.get('hand')?.since('ada')).toBe(start)
    expect(engine.advanceTo(start + day).transitions).toMatchObject([{ visit: 1, duration: day }])
    expect(engine.members.include('hand', 'ada').transitions).toMatchObject([{ visit: 2 }])
  })
})
