import { createEngine, everyone, type Engine, type EngineOptions } from 'coterie'
import { describe, expect, it } from 'vitest'
import { hostileValues, placesIn, withValueAt } from '../changes/hostile-values.js'
import { digestOf, expectSound, hostileEngine, prototypeNames, refusalOf } from './hostile-engine.js'
import { start } from './scene.js'

/*
 * Everything that can be called, with something else in the place of each argument, and of each part of one: it does
 * what it should, or ends with the library's own error and has changed nothing.
 */

type Called = (engine: Engine) => object

const contacts: Called = (engine) => engine.contacts
const tags: Called = (engine) => engine.tags
const segments: Called = (engine) => engine.segments
const members: Called = (engine) => engine.members
const itself: Called = (engine) => engine
const segmentHandle: Called = (engine) => engine.segments.get('vip') ?? {}
const contactHandle: Called = (engine) => engine.contact('ada')

const plain = (): undefined => undefined
const rule = {
  op: 'all',
  rules: [
    { op: 'hasTag', tag: 'vip' },
    { op: 'inSegment', segment: 'recent' },
  ],
}
const identity = { channel: 'telegram', id: '1' }

const calls: readonly (readonly [object: Called, method: string, ...given: unknown[]])[] = [
  [contacts, 'put', { id: 'ada', attributes: { plan: 'pro' } }],
  [contacts, 'patch', 'ada', { plan: 'pro' }],
  [contacts, 'remove', identity],
  [contacts, 'merge', { from: 'ada', into: identity }],
  [contacts, 'identify', 'ada', { channel: 'viber', id: '2' }],
  [contacts, 'has', identity],
  [contacts, 'get', 'ada'],
  [contacts, 'identitiesOf', 'ada'],
  [contacts, 'find', rule],
  [tags, 'add', ['ada', identity], ['a', 'b'], { kind: 'person', by: 'eve' }],
  [tags, 'remove', ['ada', identity], ['vip'], { kind: 'person', by: 'eve' }],
  [tags, 'of', identity],
  [tags, 'has', 'ada', 'vip'],
  [segments, 'define', { id: 'x', kind: 'dynamic', rule, name: 'X', labels: ['a'], data: { a: [1] }, visits: true }],
  [segments, 'describe', { id: 'vip' }, { name: 'VIP', data: { a: [1] } }],
  [segments, 'convert', 'vip', 'hybrid', rule],
  [segments, 'remove', { id: 'vip' }],
  [segments, 'get', 'vip'],
  [segments, 'has', { id: 'vip' }, identity],
  [segments, 'of', identity],
  [segments, 'preview', rule, { sample: 2 }],
  [segments, 'compare', { id: 'vip' }, rule],
  [segments, 'explain', { id: 'vip' }, identity],
  [segments, 'nextChangeAt', 'vip', 'ada', { horizon: 5 }],
  [members, 'include', { id: 'hand' }, ['bob', identity], { reason: 'asked', until: start + 5 }],
  [members, 'exclude', 'mixed', 'ada', { reason: 'asked', until: start + 5 }],
  [members, 'reset', 'mixed', ['bob'], 'exclude'],
  [members, 'slotsOf', { id: 'hand' }, identity],
  [itself, 'apply', { type: 'tag.add', contacts: ['ada'], tags: ['x'] }],
  [itself, 'batch', [{ type: 'tag.add', contacts: ['ada'], tags: ['x'] }]],
  [itself, 'advanceTo', { instant: start + 5 }],
  [itself, 'nextChangeAt', { id: 'vip' }, identity, { horizon: 5 }],
  [itself, 'on', 'transition', { segment: { id: 'vip' }, contact: identity, causes: ['tag'], name: 'x' }, plain],
  [itself, 'on', 'tag', { tag: 'vip' }, plain],
  [itself, 'transitions', { segment: 'vip', causes: ['tag'], capacity: 5, overflow: 'dropOldest' }],
  [itself, 'contact', identity],
  [segmentHandle, 'has', identity],
  [segmentHandle, 'since', identity],
  [segmentHandle, 'on', 'enter', plain, { contact: 'ada', causes: ['tag'] }],
  [contactHandle, 'in', { id: 'vip' }],
  [contactHandle, 'get', 'plan'],
  [contactHandle, 'hasTag', 'vip'],
]

/** A list that goes on and on: it throws only when nobody would have stopped by himself. */
function endless(): unknown {
  let reads = 0
  return new Proxy([], {
    get: (_, name) => {
      if (++reads > 3_000_000) throw new Error('It was read without an end')
      if (name === Symbol.iterator) return undefined
      return name === 'length' ? Number.MAX_SAFE_INTEGER : 'a'
    },
  })
}

const values = hostileValues.filter(([name]) => name !== 'a list without an end')

/** Changes are read with all care; of what questions are asked by, the parts are taken to be readable. */
const throwing = /revoked|throws|length/
const changing: ReadonlySet<string> = new Set([
  ...['put', 'patch', 'remove', 'merge', 'identify', 'find', 'add', 'define', 'describe', 'convert'],
  ...['include', 'exclude', 'reset', 'apply', 'advanceTo'],
])

function call(engine: Engine, object: Called, method: string, given: readonly unknown[]): void {
  const target = object(engine)
  Reflect.apply(Reflect.get(target, method) as (...args: readonly unknown[]) => unknown, target, given)
}

function placesOf(given: readonly unknown[]): number {
  return given.reduce<number>((sum, each) => sum + placesIn(each), 0)
}

describe('every method, with something else in every place', () => {
  it.each(calls.map((each) => [each[1], each] as const))('%s', (method, [object, , ...given]) => {
    const prototypes = prototypeNames()
    let engine = hostileEngine()
    let refused = 0
    const attempt = (name: string, others: readonly unknown[]): void => {
      const before = digestOf(engine)
      const error = refusalOf(
        () => call(engine, object, method, others),
        () => `${method} with ${name}`,
      )
      if (error === undefined) {
        engine = hostileEngine()
        return
      }
      refused += 1
      expect(digestOf(engine)).toBe(before)
    }
    attempt('what is right', given)
    for (const [name, make] of values.filter(([each]) => changing.has(method) || !throwing.test(each))) {
      for (let place = 0; place < given.length; place++) attempt(name, given.with(place, make()))
      // The first place is the list of arguments itself.
      for (let place = 1; place <= placesOf(given); place++) {
        attempt(`${name} in place ${place}`, withValueAt(given, place, make()) as readonly unknown[])
      }
    }
    for (let count = 0; count < given.length; count++) attempt(`${count} arguments`, given.slice(0, count))
    expectSound(engine)
    expect(prototypeNames()).toEqual(prototypes)
    expect(refused).toBeGreaterThanOrEqual(0)
  })

  it('a list without an end is not read to its end', () => {
    for (const [object, method, ...given] of calls.filter(([, each]) => changing.has(each))) {
      for (let place = 0; place < given.length; place++) {
        const engine = hostileEngine()
        refusalOf(
          () => call(engine, object, method, given.with(place, endless())),
          () => method,
        )
      }
      for (let place = 1; place <= placesOf(given); place++) {
        const engine = hostileEngine()
        const others = withValueAt(given, place, endless()) as readonly unknown[]
        refusalOf(
          () => call(engine, object, method, others),
          () => `${method}, place ${place}`,
        )
      }
    }
  })
})

describe('createEngine, with something else in every place', () => {
  const options = {
    schema: { attributes: { plan: { type: 'text' }, seen: { type: 'instant' } } },
    now: { instant: start },
    clock: () => start,
    timeZone: 'Europe/Berlin',
    weekStartsOn: 'sunday',
    unknownContacts: 'create',
    limits: { depth: 5, nodes: 5, text: 50, list: 5, name: 5 },
    cascadeLimit: 5,
  }

  it('makes an engine that works, or refuses', () => {
    for (const [name, make] of hostileValues.filter(([each]) => !each.includes('unfolds'))) {
      for (let place = 0; place < placesIn(options); place++) {
        const wrong = withValueAt(options, place, make()) as EngineOptions
        const error = refusalOf(
          () => {
            const engine = createEngine(wrong)
            engine.contacts.put({ id: 'ada' })
            engine.segments.define({ id: 'all', rule: everyone })
          },
          () => `${name} in place ${place}`,
        )
        if (error !== undefined) expect(error.message).not.toBe('')
      }
    }
  })

  it('run with other timers runs, or refuses', () => {
    for (const [name, make] of hostileValues.filter(([each]) => !throwing.test(each))) {
      const timers = { setTimeout: plain, clearTimeout: plain }
      for (let place = 0; place < placesIn(timers); place++) {
        const engine = createEngine({ clock: () => start })
        engine.segments.define({ id: 'hand' })
        engine.contacts.put({ id: 'ada' })
        const wrong = withValueAt(timers, place, make()) as typeof timers
        refusalOf(
          () => {
            const stop = engine.run(wrong)
            engine.members.include('hand', 'ada', { until: start + 5 })
            stop()
          },
          () => `${name} in place ${place}`,
        )
      }
    }
  })
})
