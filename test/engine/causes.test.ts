import { all, any, attribute, everyone, hasTag, inSegment, not, type Cause, type Transition } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, newEngine, start, told } from './scene.js'

/** The causes by segment, without their revision and change. */
function bySegment(transitions: readonly Transition[]): Readonly<Record<string, Partial<Cause>>> {
  return Object.fromEntries(
    transitions.map(({ segmentId, cause }) => {
      const { revision, change, ...rest } = cause
      expect(revision).toBeGreaterThan(0)
      expect(change === undefined).toBe(cause.kind === 'time')
      return [segmentId, rest]
    }),
  )
}

describe('the kind of a cause', () => {
  it('is that of the change', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'all', rule: everyone })
    engine.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'hand' })
    engine.segments.define({ id: 'mixed', kind: 'hybrid', rule: hasTag('mixed') })
    const kinds = ({ transitions }: { readonly transitions: readonly Transition[] }) =>
      transitions.map(({ type, segmentId, cause }) => `${type} ${segmentId}: ${cause.kind}`)

    expect(kinds(engine.contacts.put({ id: 'ada', attributes: { plan: 'pro' } }))).toEqual([
      'enter all: contact',
      'enter pro: contact',
    ])
    expect(kinds(engine.contacts.put({ id: 'ada' }))).toEqual(['exit pro: attribute'])
    expect(kinds(engine.contacts.patch('ada', { plan: 'pro' }))).toEqual(['enter pro: attribute'])
    expect(kinds(engine.tags.add('ada', 'vip'))).toEqual(['enter vip: tag'])
    expect(kinds(engine.tags.remove('ada', 'vip'))).toEqual(['exit vip: tag'])
    expect(kinds(engine.members.include('hand', 'ada'))).toEqual(['enter hand: member'])
    expect(kinds(engine.members.include('mixed', 'ada', { until: start + day }))).toEqual(['enter mixed: member'])
    expect(kinds(engine.advanceTo(start + day))).toEqual(['exit mixed: time'])
    engine.contacts.put({ id: 'bob' })
    expect(kinds(engine.contacts.merge({ from: 'ada', into: 'bob' }))).toEqual([
      'exit all: merge',
      'exit pro: merge',
      'exit hand: merge',
      'enter pro: merge',
      'enter hand: merge',
    ])
    expect(kinds(engine.contacts.remove('bob'))).toEqual([
      'exit all: contact',
      'exit pro: contact',
      'exit hand: contact',
    ])
  })

  it('in a batch is that of the last change that named the contact', () => {
    const engine = engineOf('ada', 'bob', 'cyd')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const { transitions } = engine.batch(() => {
      engine.tags.add(['ada', 'bob', 'cyd'], 'vip')
      engine.contacts.patch('ada', { plan: 'pro' })
      engine.segments.define({ id: 'all', rule: everyone })
      engine.tags.add('bob', 'other')
    })
    expect(transitions.map(({ contactId, segmentId, cause }) => [contactId, segmentId, cause.kind])).toEqual([
      ['ada', 'vip', 'attribute'],
      ['ada', 'all', 'attribute'],
      ['bob', 'vip', 'tag'],
      ['bob', 'all', 'tag'],
      ['cyd', 'vip', 'tag'],
      ['cyd', 'all', 'tag'],
    ])
    expect(transitions.map(({ cause }) => cause.change?.type)).toEqual([
      ...['contact.patch', 'contact.patch', 'tag.add', 'tag.add', 'tag.add', 'tag.add'],
    ])
  })

  it('of those whom nobody named is the definition that moved them', () => {
    const engine = engineOf('ada', 'bob')
    const { transitions } = engine.batch(() => {
      engine.segments.define({ id: 'all', rule: everyone })
      engine.contacts.patch('ada', { plan: 'pro' })
    })
    expect(transitions.map(({ contactId, cause }) => [contactId, cause.kind])).toEqual([
      ['ada', 'attribute'],
      ['bob', 'definition'],
    ])
  })
})

describe('the change of a cause', () => {
  it('is what was applied, with everything in it resolved', () => {
    const engine = newEngine({ timeZone: 'Europe/Berlin' })
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('7d') })
    const { transitions } = engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    expect(transitions[0]?.cause.change).toEqual({
      type: 'contact.put',
      contact: 'ada',
      attributes: { seen: { instant: start } },
    })
    expect(Object.isFrozen(transitions[0]?.cause.change)).toBe(true)
  })
})

describe('a cause in time', () => {
  it('has the due instant, and the place of the window that moved', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'root', rule: attribute('seen').inLast('1d') })
    engine.segments.define({ id: 'group', rule: all(everyone, not(attribute('seen').inLast('1d'))) })
    engine.segments.define({ id: 'last', rule: any(hasTag('x'), hasTag('y'), attribute('seen').moreThanAgo('1d')) })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    const { transitions } = engine.advanceTo(start + day)
    const time = { kind: 'time', dueAt: start + day } as const
    expect(bySegment(transitions)).toEqual({
      root: { ...time, window: [] },
      group: { ...time, window: ['rules', 1, 'rule'] },
      last: { ...time, window: ['rules', 2] },
    })
  })

  it('of several windows names the one that comes first in the rule', () => {
    const engine = newEngine()
    const [a, b] = [attribute('seen').moreThanAgo('1d'), attribute('seen').inLast('24h')]
    engine.segments.define({ id: 'ab', rule: all(a, not(b)) })
    engine.segments.define({ id: 'ba', rule: all(not(b), a) })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    const { transitions } = engine.advanceTo(start + day)
    expect(transitions.map(({ segmentId, cause }) => [segmentId, cause.window])).toEqual([
      ['ab', ['rules', 0]],
      ['ba', ['rules', 0, 'rule']],
    ])
  })

  it('of an anniversary names its node', () => {
    const engine = newEngine()
    engine.segments.define({
      id: 'birthday',
      rule: all(hasTag('vip'), attribute('born').anniversaryIn({ days: 1, current: true })),
    })
    engine.contacts.put({ id: 'ada', attributes: { born: { day: '1990-01-03' } } })
    engine.tags.add('ada', 'vip')
    const { transitions } = engine.advanceTo(start + 5 * day)
    expect(transitions.map(({ at, cause }) => [(at - start) / day, cause.window])).toEqual([
      [2, ['rules', 1]],
      [3, ['rules', 1]],
    ])
  })
})

describe('through', () => {
  it('is the segment whose own move brought this one', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'one', rule: inSegment('vip') })
    engine.segments.define({ id: 'two', rule: inSegment('one') })
    engine.segments.define({ id: 'own', rule: all(inSegment('one'), hasTag('vip')) })
    const { transitions } = engine.tags.add('ada', 'vip')
    expect(bySegment(transitions)).toEqual({
      vip: { kind: 'tag' },
      one: { kind: 'tag', through: 'vip' },
      two: { kind: 'tag', through: 'one' },
      own: { kind: 'tag' },
    })
    const removal = bySegment(engine.contacts.remove('ada').transitions)
    expect(removal).toEqual({
      vip: { kind: 'contact' },
      one: { kind: 'contact' },
      two: { kind: 'contact' },
      own: { kind: 'contact' },
    })
  })

  it('of a diamond is the first of the two, in time too', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    engine.segments.define({ id: 'left', rule: inSegment('recent') })
    engine.segments.define({ id: 'right', rule: not(inSegment('recent')) })
    engine.segments.define({ id: 'both', rule: all(inSegment('left'), not(inSegment('right'))) })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    const { transitions } = engine.advanceTo(start + day)
    const time = { kind: 'time', dueAt: start + day } as const
    expect(bySegment(transitions)).toEqual({
      recent: { ...time, window: [] },
      left: { ...time, through: 'recent' },
      right: { ...time, through: 'recent' },
      both: { ...time, through: 'left' },
    })
  })
})

describe('the listener of a cause', () => {
  it('is the one whose change it was, by its name', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.segments.define({ id: 'greeted', rule: hasTag('greeted') })
    engine.segments.define({ id: 'counted', rule: hasTag('counted') })
    engine.on(
      'enter',
      { segment: 'vip', name: 'greeter' },
      ({ contactId }) => void engine.tags.add(contactId, 'greeted'),
    )
    engine.on('enter', { segment: 'greeted' }, ({ contactId }) => void engine.tags.add(contactId, 'counted'))
    const transitions = told(engine)
    engine.tags.add('ada', 'vip')
    expect(transitions.map(({ segmentId, cause }) => [segmentId, cause.listener])).toEqual([
      ['vip', undefined],
      ['greeted', 'greeter'],
      ['counted', 'enter'],
    ])
  })
})
