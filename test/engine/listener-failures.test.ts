import { attribute, type CoterieError } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, notebook, start, vipEngine } from './scene.js'

describe('a listener that throws', () => {
  it('starves nobody, and error hears of it with its name and what it threw', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    const errors: CoterieError[] = []
    const own = new Error('oops')
    engine.on('error', (error) => void errors.push(error))
    engine.on('enter', { name: 'clumsy' }, () => {
      throw own
    })
    engine.on('enter', note('told all the same'))
    const { transitions } = engine.tags.add(['ada', 'bob'], 'vip')
    expect(transitions).toHaveLength(2)
    expect(lines).toHaveLength(2)
    expect(errors.map(({ code, message, cause }) => [code, message, cause])).toEqual([
      ['LISTENER_FAILED', 'The listener "clumsy" threw: oops', own],
      ['LISTENER_FAILED', 'The listener "clumsy" threw: oops', own],
    ])
  })

  it.each(['a text', 5, undefined, null, Symbol('s'), { toString: null }])('%j is reported too', (thrown) => {
    const engine = vipEngine()
    const errors: CoterieError[] = []
    engine.on('error', (error) => void errors.push(error))
    engine.on('enter', () => {
      throw thrown as unknown as Error
    })
    engine.tags.add('ada', 'vip')
    expect(errors.map(({ code, cause }) => [code, cause])).toEqual([['LISTENER_FAILED', thrown]])
  })

  it('what it changed before it threw is applied', () => {
    const engine = vipEngine()
    engine.on('enter', ({ contactId }) => {
      engine.tags.add(contactId, 'greeted')
      throw new Error('oops')
    })
    engine.tags.add('ada', 'vip')
    expect(engine.contact('ada').tags).toEqual(['greeted', 'vip'])
  })

  it('hurts nobody where nobody listens for errors, or that listener throws too', () => {
    const engine = vipEngine()
    engine.on('enter', () => {
      throw new Error('oops')
    })
    expect(engine.tags.add('ada', 'vip').transitions).toHaveLength(1)
    engine.on('error', () => {
      throw new Error('oops again')
    })
    expect(engine.tags.add('bob', 'vip').transitions).toHaveLength(1)
  })

  it('in an advance does not stop the clock', () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1d') })
    for (const [id, at] of [
      ['ada', start],
      ['bob', start + day],
    ] as const) {
      engine.contacts.patch(id, { seen: new Date(at) })
    }
    engine.on('exit', () => {
      throw new Error('oops')
    })
    expect(engine.advanceTo(start + 9 * day).transitions).toHaveLength(3)
    expect(engine.now).toBe(start + 9 * day)
  })
})
