import { attribute, everyone, hasTag, type CoterieError, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, engineOf, refusal, start } from './scene.js'

/** Writes down what is heard, by a name. */
function notebook(): { readonly lines: string[]; readonly note: (line: string) => () => void } {
  const lines: string[] = []
  return { lines, note: (line) => () => void lines.push(line) }
}

function vipEngine(): Engine {
  const engine = engineOf('ada', 'bob')
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  return engine
}

describe('listeners', () => {
  it('are told in the order in which they came: tag events, then transitions, each to all', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    engine.on('transition', note('1 transition'))
    engine.on('enter', note('2 enter'))
    engine.on('tag', note('3 tag'))
    engine.on('exit', note('4 exit'))
    engine.on('tag', note('5 tag'))
    engine.on('transition', note('6 transition'))
    engine.tags.add('ada', 'vip')
    expect(lines).toEqual(['3 tag', '5 tag', '1 transition', '2 enter', '6 transition'])
    lines.length = 0
    engine.tags.remove('ada', 'vip')
    expect(lines).toEqual(['3 tag', '5 tag', '1 transition', '4 exit', '6 transition'])
  })

  it('hear what they ask for', () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'other', rule: hasTag('other') })
    const heard: string[] = []
    const hear = (name: string) => () => void heard.push(name)
    engine.on('enter', { segment: 'vip' }, hear('vip'))
    engine.on('enter', { segment: 'other' }, hear('other'))
    engine.on('enter', { contact: 'ada' }, hear('ada'))
    engine.on('enter', { contact: 'ada', segment: 'other' }, hear('ada and other'))
    engine.on('transition', { causes: ['tag'] }, hear('by tag'))
    engine.on('transition', { causes: ['attribute', 'definition'] }, hear('by attribute or definition'))
    engine.on('tag', { tag: 'vip' }, hear('tag vip'))
    engine.on('tag', { tag: 'other', contact: 'bob' }, hear('tag other of bob'))
    engine.on('tag', { causes: ['contact'] }, hear('tag by contact'))
    const said = (call: () => unknown): readonly string[] => {
      heard.length = 0
      call()
      return [...heard]
    }
    expect(said(() => engine.tags.add('ada', 'vip'))).toEqual(['tag vip', 'vip', 'ada', 'by tag'])
    expect(said(() => engine.tags.add('bob', 'other'))).toEqual(['tag other of bob', 'other', 'by tag'])
    expect(said(() => engine.segments.define({ id: 'new', rule: everyone }))).toEqual([
      'by attribute or definition',
      'by attribute or definition',
    ])
  })

  it('of enter and exit hear of definitions only where they ask for them', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    engine.on('enter', note('enter'))
    engine.on('enter', { causes: ['definition'] }, note('enter by definition'))
    engine.on('exit', { causes: ['definition', 'tag'] }, note('exit by definition'))
    engine.on('transition', note('transition'))
    engine.segments.define({ id: 'hand', contacts: ['ada'] })
    engine.segments.remove('hand')
    expect(lines).toEqual(['enter by definition', 'transition', 'exit by definition', 'transition'])
  })

  it('can be given a segment’s handle, a contact’s identity, or an id that is not there yet', () => {
    const engine = vipEngine()
    engine.contacts.identify('ada', { channel: 'telegram', id: '1' })
    const vip = engine.segments.get('vip')
    const { lines, note } = notebook()
    if (vip !== undefined) engine.on('enter', { segment: vip }, note('handle'))
    engine.on('enter', { contact: { channel: 'telegram', id: '1' } }, note('identity'))
    engine.on('enter', { contact: 'cyd', segment: 'later' }, note('later'))
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'later', rule: everyone })
    engine.contacts.put({ id: 'cyd' })
    expect(lines).toEqual(['handle', 'identity', 'later'])
    const nobody = { contact: { channel: 'telegram', id: '2' } }
    expect(refusal(() => engine.on('enter', nobody, () => undefined)).code).toBe('CONTACT_UNKNOWN')
  })

  it('of a handle hear of its segment', () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'other', rule: everyone })
    const { lines, note } = notebook()
    const off = engine.segments.get('vip')?.on('enter', note('enter'))
    engine.segments.get('vip')?.on('transition', note('transition of bob'), { contact: 'bob' })
    engine.tags.add(['ada', 'bob'], 'vip')
    expect(lines).toEqual(['enter', 'enter', 'transition of bob'])
    off?.()
    engine.tags.remove('ada', 'vip')
    expect(lines).toHaveLength(3)
  })
})

describe('the undo of on', () => {
  it('ends it, once and for all', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    const off = engine.on('enter', note('heard'))
    engine.tags.add('ada', 'vip')
    off()
    off()
    engine.tags.add('bob', 'vip')
    expect(lines).toEqual(['heard'])
  })

  it('of one of two that are the same function ends one', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    const hear = note('heard')
    const off = engine.on('enter', hear)
    engine.on('enter', hear)
    off()
    engine.tags.add('ada', 'vip')
    expect(lines).toEqual(['heard'])
  })

  it('called by a listener ends itself, or one that would have been told after it', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    const once = engine.on('enter', () => {
      lines.push('once')
      once()
      offThird()
    })
    engine.on('enter', note('second'))
    const offThird = engine.on('enter', note('third'))
    engine.tags.add(['ada', 'bob'], 'vip')
    expect(lines).toEqual(['once', 'second', 'second'])
  })

  it('one who begins while it is told hears of what comes later', () => {
    const engine = vipEngine()
    const { lines, note } = notebook()
    const off = engine.on('enter', () => {
      off()
      engine.on('enter', note('late'))
    })
    engine.tags.add('ada', 'vip')
    expect(lines).toEqual([])
    engine.tags.add('bob', 'vip')
    expect(lines).toEqual(['late'])
  })
})

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
      throw thrown as Error
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
