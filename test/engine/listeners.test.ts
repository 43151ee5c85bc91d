import { everyone, hasTag } from 'coterie'
import { describe, expect, it } from 'vitest'
import { notebook, refusal, vipEngine } from './scene.js'

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
