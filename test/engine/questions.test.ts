import { all, any, attribute, everyone, hasTag, inSegment, nobody, not, today, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, hour, newEngine, refusal, start } from './scene.js'

/** Three contacts, of whom two are on the plan and one has the tag. */
function scene(): Engine {
  const engine = newEngine()
  engine.contacts.put({ id: 'ada', attributes: { plan: 'pro', seen: new Date(start) } })
  engine.contacts.put({ id: 'bob', attributes: { plan: 'pro' } })
  engine.contacts.put({ id: 'cyd', attributes: { plan: 'free' } })
  engine.tags.add('bob', 'vip')
  engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
  return engine
}

describe('find and preview', () => {
  it('answer without saving anything', () => {
    const engine = scene()
    const before = { ...engine.statistics(), revision: engine.revision }
    const rule = any(hasTag('vip'), attribute('plan').equals('free'))
    expect(engine.contacts.find(rule)).toEqual(['bob', 'cyd'])
    expect(engine.segments.preview(rule)).toEqual({ count: 2, sample: ['bob', 'cyd'] })
    expect(engine.segments.preview(rule, { sample: 1 })).toEqual({ count: 2, sample: ['bob'] })
    expect(engine.segments.preview(rule, { sample: 0 })).toEqual({ count: 2, sample: [] })
    expect(engine.contacts.find(nobody)).toEqual([])
    const asked = { scans: before.scans + 5 }
    expect({ ...engine.statistics(), revision: engine.revision }).toEqual({ ...before, ...asked })
  })

  it('show ten where nothing is said, in the order in which contacts were put', () => {
    const engine = newEngine()
    for (let i = 0; i < 12; i++) engine.contacts.put({ id: `c${i}` })
    engine.contacts.remove('c0')
    engine.contacts.put({ id: 'c0' })
    const sample = Array.from({ length: 10 }, (_, i) => `c${i + 1}`)
    expect(engine.segments.preview(everyone)).toEqual({ count: 12, sample })
    expect(engine.contacts.find(everyone)).toEqual([...sample, 'c11', 'c0'])
  })

  it('ask for other segments, and refuse what a definition refuses', () => {
    const engine = scene()
    expect(engine.contacts.find(not(inSegment('pro')))).toEqual(['cyd'])
    expect(refusal(() => engine.contacts.find(inSegment('prp'))).code).toBe('SEGMENT_UNKNOWN')
    const misspelled = { op: 'hasTags', tags: ['vip'] } as unknown as typeof everyone
    expect(refusal(() => engine.segments.preview(misspelled)).code).toBe('RULE_INVALID')
  })
})

describe('compare', () => {
  it('says who would enter and who would leave', () => {
    const engine = scene()
    const rule = any(hasTag('vip'), attribute('plan').equals('free'))
    expect(engine.segments.compare('pro', rule)).toEqual({ enter: ['cyd'], exit: ['ada'], before: 2, after: 2 })
    const pro = attribute('plan').equals('pro')
    expect(engine.segments.compare('pro', pro)).toEqual({ enter: [], exit: [], before: 2, after: 2 })
    expect(engine.segments.get('pro')?.count).toBe(2)
    expect(refusal(() => engine.segments.compare('prp', rule)).code).toBe('SEGMENT_UNKNOWN')
  })

  it('keeps the slots of a hybrid one', () => {
    const engine = scene()
    engine.segments.convert('pro', 'hybrid')
    engine.members.exclude('pro', 'ada')
    engine.members.include('pro', 'cyd')
    expect(engine.segments.compare('pro', everyone)).toEqual({ enter: [], exit: [], before: 2, after: 2 })
    expect(engine.segments.compare('pro', nobody)).toEqual({ enter: [], exit: ['bob'], before: 2, after: 1 })
  })

  it('tells what a definition then does', () => {
    const engine = scene()
    const rule = not(hasTag('vip'))
    const { enter, exit, after } = engine.segments.compare('pro', rule)
    const moved: Record<string, string[]> = { enter: [], exit: [] }
    engine.on('transition', ({ type, contactId }) => void moved[type]?.push(contactId))
    engine.segments.define({ id: 'pro', rule })
    expect(moved).toEqual({ enter, exit })
    expect(engine.segments.get('pro')?.count).toBe(after)
  })
})

describe('explain', () => {
  it('shows the rule as a tree: truth, values, window, and what time will flip', () => {
    const engine = scene()
    engine.segments.define({
      id: 'active',
      rule: all(attribute('plan').equals('pro'), attribute('seen').inLast('7d'), not(hasTag('vip'))),
    })
    const explanation = engine.segments.explain('active', 'ada')
    expect(explanation).toMatchObject({
      segmentId: 'active',
      contactId: 'ada',
      kind: 'dynamic',
      member: true,
      since: start,
      slots: {},
      next: { at: start + 7 * day },
    })
    expect(explanation.rule).toMatchObject({
      holds: true,
      rules: [
        { path: ['rules', 0], holds: true, values: [{ value: 'pro' }, { value: 'pro' }], next: { never: true } },
        {
          path: ['rules', 1],
          holds: true,
          values: [{ value: { instant: start } }],
          window: { from: start - 7 * day + 1, to: start + 1 },
          next: { at: start + 7 * day },
        },
        { path: ['rules', 2], holds: true, rules: [{ path: ['rules', 2, 'rule'], holds: false }] },
      ],
    })
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
  })

  it('says why somebody is none', () => {
    const engine = scene()
    const explanation = engine.segments.explain('pro', 'cyd')
    expect(explanation).toMatchObject({ member: false, next: { never: true }, rule: { holds: false } })
    expect(explanation).not.toHaveProperty('since')
  })

  it('shows slots, and what their ends do', () => {
    const engine = scene()
    engine.segments.convert('pro', 'hybrid')
    engine.members.exclude('pro', 'ada', { reason: 'asked', until: start + day })
    engine.members.include('pro', 'cyd', { until: start + 2 * day })
    expect(engine.segments.explain('pro', 'ada')).toMatchObject({
      member: false,
      slots: { exclude: { reason: 'asked', until: start + day, at: start } },
      rule: { holds: true },
      next: { at: start + day },
    })
    expect(engine.segments.explain('pro', 'cyd')).toMatchObject({ member: true, next: { at: start + 2 * day } })
    expect(engine.segments.explain('pro', 'bob')).toMatchObject({ member: true, slots: {}, next: { never: true } })
  })

  it('of a static segment has no rule', () => {
    const engine = scene()
    engine.segments.define({ id: 'hand' })
    engine.members.include('hand', 'ada', { until: start + day })
    const explanation = engine.segments.explain('hand', 'ada')
    expect(explanation).toMatchObject({ kind: 'static', member: true, next: { at: start + day } })
    expect(explanation).not.toHaveProperty('rule')
  })

  it('refuses who or what is not there', () => {
    const engine = scene()
    expect(refusal(() => engine.segments.explain('prp', 'ada')).code).toBe('SEGMENT_UNKNOWN')
    expect(refusal(() => engine.segments.explain('pro', 'nobody')).code).toBe('CONTACT_UNKNOWN')
  })
})

describe('nextChangeAt', () => {
  it('is the instant at which the next transition comes', () => {
    const engine = scene()
    engine.segments.define({ id: 'active', rule: attribute('seen').inLast('7d') })
    engine.segments.define({ id: 'inactive', rule: not(inSegment('active')) })
    for (const id of ['active', 'inactive']) {
      expect(engine.nextChangeAt(id, 'ada')).toEqual({ at: start + 7 * day })
      expect(engine.segments.nextChangeAt(id, 'ada')).toEqual({ at: start + 7 * day })
      expect(engine.nextChangeAt(id, 'bob')).toEqual({ never: true })
    }
    const { transitions } = engine.advanceTo(start + 90 * day)
    expect(transitions.map(({ at }) => at)).toEqual([start + 7 * day, start + 7 * day])
    expect(engine.nextChangeAt('active', 'ada')).toEqual({ never: true })
  })

  it('looks five years ahead, or as far as it is told', () => {
    const engine = scene()
    engine.contacts.patch('ada', { later: new Date(start + 20 * 365 * day) })
    engine.segments.define({ id: 'soon', rule: attribute('later').inNext('1d') })
    engine.segments.define({ id: 'on', rule: attribute('later').inCalendar(today) })
    expect(engine.nextChangeAt('soon', 'ada')).toEqual({ notBefore: start + 1_826 * day })
    expect(engine.nextChangeAt('soon', 'ada', { horizon: hour })).toEqual({ notBefore: start + hour })
    const far = engine.nextChangeAt('soon', 'ada', { horizon: 30 * 365 * day })
    expect(far).toEqual({ at: start + (20 * 365 - 1) * day })
    expect(engine.nextChangeAt('on', 'ada', { horizon: 30 * 365 * day })).toHaveProperty('at')
  })

  it('a slot that overrules the rule makes time stand still', () => {
    const engine = scene()
    engine.segments.define({ id: 'active', kind: 'hybrid', rule: attribute('seen').inLast('7d') })
    engine.members.include('active', 'ada')
    expect(engine.nextChangeAt('active', 'ada')).toEqual({ never: true })
    engine.members.exclude('active', 'ada', { until: start + 9 * day })
    expect(engine.nextChangeAt('active', 'ada')).toEqual({ at: start + 9 * day })
    engine.members.reset('active', 'ada', 'include')
    expect(engine.nextChangeAt('active', 'ada')).toEqual({ never: true })
  })

  it.each([NaN, -1, Infinity, '5' as unknown as number])('a horizon of %s is refused', (horizon) => {
    expect(refusal(() => scene().nextChangeAt('pro', 'ada', { horizon })).code).toBe('OPTION_INVALID')
  })
})

describe('statistics', () => {
  it('say what is there', () => {
    const engine = scene()
    engine.segments.define({ id: 'both', rule: all(attribute('plan').equals('pro'), not(hasTag('vip'))) })
    expect(engine.statistics()).toMatchObject({ contacts: 3, segments: 2, leaves: 2, changes: 6 })
    engine.segments.remove('both')
    engine.contacts.remove('ada')
    expect(engine.statistics()).toMatchObject({ contacts: 2, segments: 1, leaves: 1, changes: 8 })
  })

  it('are a copy', () => {
    const engine = scene()
    const before = engine.statistics()
    const copy = { ...before }
    engine.contacts.put({ id: 'dan' })
    expect(before).toEqual(copy)
    expect(Object.isFrozen(before)).toBe(true)
  })
})
