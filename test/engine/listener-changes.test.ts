import { everyone, hasTag } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, refusal, start, vipEngine } from './scene.js'

describe('what listeners change', () => {
  it('waits until all is told, and is applied in order, each told on its own', () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'a', rule: hasTag('a') })
    engine.segments.define({ id: 'b', rule: hasTag('b') })
    const lines: string[] = []
    engine.on('enter', { segment: 'vip' }, ({ contactId }) => {
      engine.tags.add(contactId, 'a')
      engine.tags.add(contactId, 'b')
      lines.push(`asked for ${contactId}: ${engine.contact(contactId).tags.join()}`)
    })
    engine.on('enter', { segment: 'a' }, ({ contactId }) => {
      lines.push(`a of ${contactId}`)
      engine.tags.add(contactId, 'after a')
    })
    engine.on('tag', ({ tag, contactId }) => void lines.push(`${contactId} got ${tag}`))
    engine.tags.add(['ada', 'bob'], 'vip')
    expect(lines).toEqual([
      ...['ada got vip', 'bob got vip', 'asked for ada: vip', 'asked for bob: vip'],
      ...['ada got a', 'a of ada', 'ada got b', 'bob got a', 'a of bob', 'bob got b'],
      ...['ada got after a', 'bob got after a'],
    ])
  })

  it('is applied when the outer call returns', () => {
    const engine = vipEngine()
    engine.on('enter', ({ contactId }) => void engine.contacts.remove(contactId))
    engine.tags.add('ada', 'vip')
    expect(engine.contacts.ids()).toEqual(['bob'])
  })

  it('can be a batch, which is one', () => {
    const engine = vipEngine()
    engine.on('enter', { segment: 'vip' }, ({ contactId }) => {
      engine.batch(() => {
        engine.tags.add(contactId, 'a')
        engine.tags.add(contactId, 'b')
      })
    })
    const { revision } = engine.tags.add('ada', 'vip')
    expect(engine.revision).toBe(revision + 1)
    expect(engine.contact('ada').tags).toEqual(['a', 'b', 'vip'])
  })

  it('with a wrong shape is thrown in the listener; refused later, error hears of it', () => {
    const engine = vipEngine()
    const thrown: string[] = []
    const errors: string[] = []
    engine.on('error', ({ code }) => void errors.push(code))
    engine.on('enter', () => {
      thrown.push(refusal(() => engine.tags.add('ada', [])).code)
      thrown.push(refusal(() => engine.advanceTo(start + day)).code)
      engine.contacts.remove('nobody')
      engine.tags.add('ada', 'after')
    })
    engine.tags.add('ada', 'vip')
    expect(thrown).toEqual(['CHANGE_INVALID', 'CLOCK_INVALID'])
    expect(errors).toEqual(['CONTACT_UNKNOWN'])
    expect(engine.contact('ada').tags).toEqual(['after', 'vip'])
    expect(engine.now).toBe(start)
  })

  it('defines and removes segments too', () => {
    const engine = vipEngine()
    engine.on('enter', { segment: 'vip' }, () => {
      engine.segments.define({ id: 'all', rule: everyone })
      engine.segments.remove('vip')
    })
    engine.tags.add('ada', 'vip')
    expect(engine.segments.ids()).toEqual(['all'])
    expect(engine.segments.get('all')?.count).toBe(2)
  })
})
