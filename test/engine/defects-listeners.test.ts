import { hasTag, not, type CoterieError, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { engineOf, inWords, newEngine, told } from './scene.js'

/*
 * What users of other systems report as defects, each by name: listeners that change what they listen to.
 */

function errorsOf(engine: Engine): readonly CoterieError[] {
  const errors: CoterieError[] = []
  engine.on('error', (error) => void errors.push(error))
  return errors
}

describe('a tag that a listener puts on', () => {
  /** Whoever has the tag loses it, whoever does not have it gets it. */
  function pendulum(cascadeLimit: number): Engine {
    const engine = newEngine({ cascadeLimit })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.on(
      'enter',
      { segment: 'vip', name: 'take off' },
      ({ contactId }) => void engine.tags.remove(contactId, 'vip'),
    )
    engine.on('exit', { segment: 'vip', name: 'put on' }, ({ contactId }) => void engine.tags.add(contactId, 'vip'))
    engine.contacts.put({ id: 'ada' })
    return engine
  }

  it('and another takes off does not loop for ever', () => {
    const engine = pendulum(100)
    const errors = errorsOf(engine)
    const transitions = told(engine)
    engine.tags.add('ada', 'vip')
    // The one change from outside, and a hundred of listeners.
    expect(transitions).toHaveLength(101)
    expect(errors.map(({ code }) => code)).toEqual(['CASCADE_LIMIT'])
  })

  it('stops after 10,000 changes where nothing else is said', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    engine.on('enter', { segment: 'vip' }, ({ contactId }) => void engine.tags.remove(contactId, 'vip'))
    engine.on('exit', { segment: 'vip' }, ({ contactId }) => void engine.tags.add(contactId, 'vip'))
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'vip')
    expect(engine.statistics().transitions).toBe(10_001)
  })

  it('names the listeners of the cycle, though only one of them waits when it is cut', () => {
    for (const limit of [100, 101]) {
      const engine = pendulum(limit)
      const errors = errorsOf(engine)
      engine.tags.add('ada', 'vip')
      expect(errors[0]?.message).toContain('put on')
      expect(errors[0]?.message).toContain('take off')
      expect(errors[0]?.expected).toContain(String(limit))
    }
  })

  it('leaves the engine as usable as it was', () => {
    const engine = pendulum(100)
    const transitions = told(engine)
    engine.tags.add('ada', 'vip')
    const { length } = transitions
    engine.segments.define({ id: 'new', rule: not(hasTag('gone')) })
    expect(inWords(transitions.slice(length))).toEqual(['ada enters new'])
    expect(inWords(engine.tags.add('ada', 'gone').transitions)).toEqual(['ada exits new'])
    expect(engine.segments.has('vip', 'ada')).toBe(engine.tags.has('ada', 'vip'))
  })

  it('refuses what it dropped to those who wait for it', async () => {
    const engine = newEngine({ cascadeLimit: 0 })
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const durable: Promise<number>[] = []
    engine.on('enter', ({ contactId }) => void durable.push(engine.tags.add(contactId, 'greeted').durable))
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'vip')
    await expect(durable[0]).rejects.toMatchObject({ code: 'CASCADE_LIMIT' })
    expect(engine.tags.has('ada', 'greeted')).toBe(false)
  })

  it('is put on once, where it is what lets the contact in', () => {
    const engine = engineOf('ada')
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    let times = 0
    engine.on('enter', { segment: 'vip' }, ({ contactId }) => {
      times += 1
      engine.tags.add(contactId, 'vip')
    })
    engine.tags.add('ada', 'vip')
    expect(times).toBe(1)
  })

  it('an error listener that changes something does not go on with the cascade', () => {
    const engine = pendulum(10)
    let errors = 0
    engine.on('error', () => {
      errors += 1
      engine.tags.add('ada', `error-${errors}`)
    })
    engine.tags.add('ada', 'vip')
    expect(errors).toBe(1)
  })
})
