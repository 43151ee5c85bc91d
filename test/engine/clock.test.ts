import { attribute, createEngine, everyone, hasTag, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, hour, inWords, iso, minute, newEngine, refusal, start, told } from './scene.js'

describe('advanceTo', () => {
  it('takes milliseconds, a Date, a written date in the engine’s zone, or an instant', () => {
    for (const to of [start + hour, new Date(start + hour), '2026-01-01T02:00', { instant: start + hour }]) {
      const engine = newEngine({ timeZone: 'Europe/Berlin' })
      engine.advanceTo(to)
      expect(engine.now).toBe(start + hour)
    }
  })

  it('refuses what is no instant, and stays where it is', () => {
    const engine = newEngine()
    for (const to of [NaN, Infinity, 9e15, 'tomorrow', null, undefined, {}, 5n, '2026-02-30']) {
      expect(refusal(() => engine.advanceTo(to as number)).code).toMatch(/^(DATE|VALUE|CHANGE)_INVALID$/)
    }
    expect(engine.now).toBe(start)
    expect(engine.revision).toBe(0)
  })

  it('stops nowhere that is not due, and at each instant that is', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    for (const [id, at] of [
      ['ada', 5],
      ['bob', 5],
      ['cyd', 7],
    ] as const) {
      engine.contacts.put({ id, attributes: { seen: new Date(start - at * hour) } })
    }
    expect(iso(engine.nextDueAt() ?? 0)).toBe('2026-01-01T17:00:00.000Z')
    engine.advanceTo(start + 30 * day)
    expect(engine.statistics().steps).toBe(2)
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('lets listeners change things at each due instant, before the next is looked for', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    engine.segments.define({ id: 'reminded', rule: hasTag('reminded') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    let visits = 0
    engine.on('exit', { segment: 'recent' }, ({ contactId, at }) => {
      visits += 1
      expect(engine.now).toBe(at)
      if (visits < 4) engine.contacts.patch(contactId, { seen: new Date(at) })
      else engine.tags.add(contactId, 'reminded')
    })
    const transitions = told(engine)
    const receipt = engine.advanceTo(start + 30 * day)
    expect(transitions.map(({ type, segmentId, at }) => [type, segmentId, (at - start) / day])).toEqual([
      ['exit', 'recent', 1],
      ['enter', 'recent', 1],
      ['exit', 'recent', 2],
      ['enter', 'recent', 2],
      ['exit', 'recent', 3],
      ['enter', 'recent', 3],
      ['exit', 'recent', 4],
      ['enter', 'reminded', 4],
    ])
    // Its own receipt has what time did; what listeners did is in theirs.
    expect(receipt.transitions).toHaveLength(4)
    expect(engine.now).toBe(start + 30 * day)
  })

  it('a listener may take away what would be due next', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    engine.contacts.put({ id: 'bob', attributes: { seen: new Date(start + hour) } })
    engine.on('exit', { contact: 'ada' }, () => void engine.contacts.remove('bob'))
    const transitions = told(engine)
    engine.advanceTo(start + 9 * day)
    expect(inWords(transitions)).toEqual(['bob enters recent', 'ada exits recent', 'bob exits recent'])
    expect(transitions[2]).toMatchObject({ at: start + day, cause: { kind: 'contact' } })
  })

  it('a cascade is bounded at each due instant anew', () => {
    const engine = newEngine({ cascadeLimit: 3 })
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    const errors: string[] = []
    engine.on('error', ({ code }) => void errors.push(code))
    engine.on('exit', ({ at }) => {
      engine.contacts.patch('ada', { seen: new Date(at) })
      engine.tags.add('ada', 'a')
      engine.tags.remove('ada', 'a')
    })
    engine.advanceTo(start + 9 * day)
    expect(errors).toEqual([])
    expect(engine.statistics().transitions).toBe(1 + 2 * 9)
  })
})

describe('the option clock', () => {
  function clocked(): { readonly engine: Engine; at: number } {
    const host = { at: start }
    const engine = createEngine({ clock: () => host.at })
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1h') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    return Object.assign(host, { engine })
  }

  it('is where every change from outside first advances to', () => {
    const world = clocked()
    const transitions = told(world.engine)
    world.at = start + 3 * hour
    const receipt = world.engine.tags.add('ada', 'vip')
    expect(world.engine.now).toBe(start + 3 * hour)
    expect(transitions.map(({ type, at }) => [type, at - start])).toEqual([['exit', hour]])
    // The advance came before the change; its transitions are not the change's.
    expect(receipt.transitions).toEqual([])
    expect(world.engine.tags.of('ada')[0]?.since).toBe(start + 3 * hour)
  })

  it('is not moved by questions', () => {
    const world = clocked()
    world.at = start + 3 * hour
    expect(world.engine.segments.has('recent', 'ada')).toBe(true)
    expect(world.engine.now).toBe(start)
  })

  it('going back is not followed, a part of a millisecond is cut off', () => {
    const world = clocked()
    world.at = start - day
    world.engine.tags.add('ada', 'a')
    expect(world.engine.now).toBe(start)
    world.at = start + 0.9
    world.engine.tags.add('ada', 'b')
    expect(world.engine.now).toBe(start)
  })

  it('is asked for a batch once, for changes of listeners not at all', () => {
    const asked: number[] = []
    const engine = createEngine({ now: start, clock: () => asked.push(0) && start })
    engine.segments.define({ id: 'all', rule: everyone })
    engine.on('enter', ({ contactId }) => void engine.tags.add(contactId, 'greeted'))
    asked.length = 0
    engine.batch(() => {
      engine.contacts.put({ id: 'ada' })
      engine.contacts.put({ id: 'bob' })
    })
    expect(asked).toHaveLength(1)
    expect(engine.tags.counts()).toEqual([{ tag: 'greeted', count: 2 }])
  })

  it('that gives no time refuses the change', () => {
    const world = clocked()
    for (const at of [NaN, Infinity, 1e300, 8.64e15 + 1, '5', undefined, null]) {
      world.at = at as number
      expect(refusal(() => world.engine.tags.add('ada', 'vip')).code).toBe('CLOCK_INVALID')
    }
    expect(world.engine.tags.of('ada')).toEqual([])
    expect(world.engine.now).toBe(start)
    world.at = start
    world.engine.tags.add('ada', 'vip')
  })

  it('a change that is refused has moved the clock all the same', () => {
    const world = clocked()
    world.at = start + 3 * hour
    expect(refusal(() => world.engine.contacts.remove('nobody')).code).toBe('CONTACT_UNKNOWN')
    expect(world.engine.segments.has('recent', 'ada')).toBe(false)
  })

  it('begins at now where that is given', () => {
    const engine = createEngine({ now: start - day, clock: () => start })
    expect(engine.now).toBe(start - day)
    engine.contacts.put({ id: 'ada' })
    expect(engine.now).toBe(start)
  })

  it('can be advanced beyond by hand; then it waits until the host comes after', () => {
    const world = clocked()
    world.engine.advanceTo(start + 10 * minute)
    world.at = start + 5 * minute
    world.engine.tags.add('ada', 'vip')
    expect(world.engine.now).toBe(start + 10 * minute)
  })
})
