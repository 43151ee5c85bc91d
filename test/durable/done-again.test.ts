import { everyone, hasTag, memoryStorage, openEngine, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, inWords, start } from '../engine/scene.js'
import { wholeStateOf } from './stored.js'

/*
 * An engine that does its journal again, without a snapshot, is as it was when it was closed. These are journals that are hard to
 * follow: what was recorded names its segments and contacts by ids, and within one change an id can stand for two.
 */

/** Lets an engine live, closes it and opens it again. */
async function doneAgain(live: (engine: Engine) => void): Promise<Engine> {
  const storage = memoryStorage()
  const first = await openEngine({ now: start, storage })
  live(first)
  const before = wholeStateOf(first)
  await first.close()
  const second = await openEngine({ now: start, storage })
  expect(wholeStateOf(second)).toEqual(before)
  return second
}

const total = {
  op: 'atLeast',
  left: { get: 'sum', of: { events: 'buy' }, value: { get: 'property', name: 'amount' } },
  right: 30,
} as const

describe('a journal that is done again', () => {
  it('folds away what was folded away, as far as it was', async () => {
    const engine = await doneAgain((first) => {
      first.segments.define({ id: 'big', rule: total })
      for (const id of ['ada', 'bob']) first.contacts.put({ id })
      for (const days of [0, 1, 2]) {
        first.advanceTo(start + days * day)
        first.events.record('ada', { type: 'buy', properties: { amount: 10 } })
        first.events.record('bob', { type: 'visit' })
      }
      const { outcomes } = first.events.fold(start + 2 * day)
      expect(outcomes).toMatchObject([{ folded: 4, types: [{ eventType: 'buy' }, { eventType: 'visit' }] }])
    })
    expect(engine.segments.of('ada')).toEqual(['big'])
    expect(engine.statistics()).toMatchObject({ events: 2, foldedEvents: 4 })
    expect(engine.contacts.find({ ...total, op: 'equals' })).toEqual(['ada'])
    engine.events.record('bob', { type: 'buy', properties: { amount: 30 } })
    expect(engine.segments.of('bob')).toEqual(['big'])
  })

  it('lets several segments hold their tags on one contact at once', async () => {
    const engine = await doneAgain((first) => {
      for (const id of ['one', 'other']) first.segments.define({ id, rule: hasTag('vip'), holds: `by-${id}` })
      first.contacts.put({ id: 'ada' })
      first.tags.add('ada', 'vip')
    })
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['by-one', 'by-other', 'vip'])
  })

  it('decides no tags of a contact that is taken away', async () => {
    const engine = await doneAgain((first) => {
      first.segments.define({ id: 'one', rule: hasTag('vip'), holds: 'by-one' })
      for (const id of ['ada', 'bob']) {
        first.contacts.put({ id })
        first.tags.add(id, 'vip')
      }
      first.contacts.remove('ada')
    })
    expect(engine.segments.of('bob')).toEqual(['one'])
    expect(engine.tags.of('bob').map(({ tag }) => tag)).toEqual(['by-one', 'vip'])
  })

  it('leaves those a list names in it as they were, where a rule puts others in beside them', async () => {
    const engine = await doneAgain((first) => {
      for (const id of ['ada', 'bob']) first.contacts.put({ id })
      first.tags.add('bob', 'vip')
      first.segments.define({ id: 'list', kind: 'static', rule: hasTag('vip'), contacts: ['ada'] })
    })
    expect([...(engine.segments.get('list')?.members() ?? [])]).toEqual(['ada', 'bob'])
    expect(engine.members.slotsOf('list', 'ada')).toEqual({ include: { at: start } })
    expect(engine.members.slotsOf('list', 'bob')).toEqual({ include: { at: start } })
  })

  it('tells segments that were removed together from each other', async () => {
    const engine = await doneAgain((first) => {
      first.contacts.put({ id: 'ada' })
      for (const id of ['one', 'other', 'third']) first.segments.define({ id, rule: everyone })
      const { transitions } = first.batch(() => {
        for (const id of ['one', 'other']) first.segments.remove(id)
        first.segments.define({ id: 'other', rule: everyone })
        first.segments.define({ id: 'third', rule: hasTag('vip') })
      })
      expect([...inWords(transitions)].sort()).toEqual([
        'ada enters other',
        'ada exits one',
        'ada exits other',
        'ada exits third',
      ])
    })
    expect(engine.segments.of('ada')).toEqual(['other'])
  })

  it('tells contacts of one id from each other, where one came and went in the place of another', async () => {
    const engine = await doneAgain((first) => {
      first.segments.define({ id: 'all', rule: everyone })
      for (const id of ['ada', 'bob']) first.contacts.put({ id })
      const { transitions } = first.batch(() => {
        first.contacts.remove('ada')
        first.contacts.put({ id: 'ada' })
        first.contacts.remove('ada')
        first.contacts.put({ id: 'ada' })
      })
      expect(inWords(transitions)).toEqual(['ada exits all', 'ada enters all'])
    })
    expect([...(engine.segments.get('all')?.members() ?? [])].sort()).toEqual(['ada', 'bob'])
  })
})
