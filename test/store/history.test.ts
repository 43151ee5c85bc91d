import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvents, placeFrom, type HeldEvent } from '../../src/contacts/event.js'
import type { ContactRecord } from '../../src/contacts/record.js'
import type { Value } from '../../src/contacts/value.js'
import { History } from '../../src/store/history.js'
import { runs } from '../runs.js'

/*
 * 1. A history gives each contact's events of a type in their order, with what was recorded.
 * 2. Its tables say the same by row: instants, properties, and where an instant begins.
 *    That is so also when more arrived than four bytes can count, and after all of it was saved and loaded in between.
 * 3. Nothing is left of events that went, however they came and went.
 */

const types = ['visit', 'purchase']
const value = fc.constantFrom<Value[]>(1, 2.5, 'hat', true, { instant: 3 }, { day: '2026-01-01' }, ['a'])
const properties = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), value, { maxKeys: 2, noNullPrototype: true })

type Step =
  | { readonly do: 'add'; readonly ordinal: number; readonly event: Omit<HeldEvent, 'arrival'> }
  | { readonly do: 'remove' | 'removeFirst'; readonly ordinal: number; readonly pick: number }
  | { readonly do: 'release'; readonly ordinal: number }

function steps(contacts: number, size: number): fc.Arbitrary<readonly Step[]> {
  const ordinal = fc.nat(contacts - 1)
  const event = fc.record(
    { type: fc.constantFrom(...types), at: fc.nat(9), properties, id: fc.constantFrom('a', 'b', 'c', 'd') },
    { requiredKeys: ['type', 'at', 'properties'] },
  )
  const step = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), ordinal, event }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'removeFirst' as const), ordinal, pick: fc.nat() }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), ordinal }) },
  )
  return fc.array(step, { maxLength: size })
}

class Naive {
  readonly events: HeldEvent[] = []

  of(type: string): readonly HeldEvent[] {
    return this.events.filter((event) => event.type === type).sort(compareEvents)
  }

  take(events: readonly HeldEvent[]): void {
    for (const event of events) this.events.splice(this.events.indexOf(event), 1)
  }
}

function play(history: History, naive: readonly Naive[], all: readonly Step[]): void {
  for (const step of all) {
    const own = naive[step.ordinal] as Naive
    if (step.do === 'add') {
      if (step.event.id !== undefined && own.events.some(({ id }) => id === step.event.id)) continue
      const event: HeldEvent = { ...step.event, arrival: history.nextArrival() }
      history.addEvent(step.ordinal, event)
      own.events.push(event)
    } else if (step.do === 'release') {
      history.release(step.ordinal)
      own.events.length = 0
    } else {
      const type = types[step.pick % 2] ?? ''
      const ordered = own.of(type)
      const place = ordered.length === 0 ? 0 : step.pick % ordered.length
      const event = ordered[place]
      if (event === undefined) continue
      if (step.do === 'remove') history.removeEvent(step.ordinal, event)
      else history.removeFirst(step.ordinal, type, place + 1)
      own.take(step.do === 'remove' ? [event] : ordered.slice(0, place + 1))
    }
  }
}

function check(history: History, naive: readonly Naive[]): void {
  expect(history.eventCount).toBe(naive.reduce((sum, { events }) => sum + events.length, 0))
  expect([...history.types()].sort()).toEqual(
    types.filter((type) => naive.some((own) => own.of(type).length > 0)).sort(),
  )
  for (const type of types) {
    const having = naive.flatMap((own, ordinal) => (own.of(type).length > 0 ? [ordinal] : []))
    expect(history.contactsWith(type)).toEqual(having)
    const oldest = Math.min(...naive.flatMap((own) => own.of(type).map(({ at }) => at)))
    for (let at = 0; at <= 10; at += 1) expect(history.hasBefore(type, at)).toBe(oldest < at)
    if (history.tableNow(type) !== undefined) expect(history.tableNow(type)?.earliest()).toBe(oldest)
    for (const name of ['x', 'y']) {
      const known = naive.some((own) => own.of(type).some(({ properties: given }) => Object.hasOwn(given, name)))
      expect((history.tableNow(type)?.propertyNow(name)?.count ?? 0) > 0).toBe(known)
    }
  }
  for (const [ordinal, own] of naive.entries()) {
    expect([...history.eventTypes(ordinal)].sort()).toEqual(types.filter((type) => own.of(type).length > 0).sort())
    for (const type of types) {
      const events = own.of(type)
      expect(history.events(ordinal, type)).toStrictEqual(events)
      for (const id of ['a', 'b', 'c', 'd'])
        expect(history.eventById(ordinal, id)).toEqual(own.events.find((event) => event.id === id))
      const table = history.tableNow(type)
      for (let at = 0; at <= 10; at += 1) expect(history.placeFrom(ordinal, type, at)).toBe(placeFrom(events, at))
      expect(history.countOf(ordinal, type)).toBe(events.length)
      if (table === undefined) continue
      expect(table.countOf(ordinal)).toBe(events.length)
      for (let from = 0; from <= 9; from += 3)
        for (let to = 0; to <= 10; to += 2)
          expect(table.countBetween(ordinal, from, to)).toBe(events.filter(({ at }) => from <= at && at < to).length)
      const start = table.startOf(ordinal)
      for (const [place, event] of events.entries()) {
        expect(table.instantAt(start + place)).toBe(event.at)
        const x = Object.hasOwn(event.properties, 'x') ? event.properties['x'] : undefined
        expect(table.propertyNow('x')?.get(start + place)).toEqual(x)
      }
    }
  }
}

/** Its events in another one, as a snapshot brings them there. */
function reopened(history: History): History {
  const later = new History()
  later.arrivals = history.arrivals
  const saved = history.saveEvents()
  expect(saved.map(({ json: { type } }) => type)).toEqual(history.types())
  for (const table of saved) later.loadEvents(table)
  return later
}

describe('a history', () => {
  it('holds the events that came and did not go', () => {
    const arrived = fc.constantFrom(0, 2 ** 32 - 2, 2 ** 32 - 20, 2 ** 40)
    const property = fc.property(steps(4, 80), steps(4, 20), arrived, (all, more, arrivals) => {
      const history = new History()
      history.arrivals = arrivals
      const naive = Array.from({ length: 4 }, () => new Naive())
      play(history, naive, all)
      check(history, naive)
      const later = reopened(history)
      play(later, naive, more)
      check(later, naive)
      for (const ordinal of naive.keys()) history.release(ordinal)
      expect(history.eventCount).toBe(0)
      expect(types.map((type) => history.tableNow(type))).toEqual([undefined, undefined])
    })
    fc.assert(property, { numRuns: runs(200) })
  })

  it('finds the events of a contact by their ids however many it has, and as they go', () => {
    const history = new History()
    const many = Array.from({ length: 200 }, (_, n): HeldEvent => ({
      type: 'visit',
      at: (n * 7) % 50,
      properties: {},
      ...(n % 10 === 9 ? undefined : { id: `e${n}` }),
      arrival: n,
    }))
    for (const event of many) history.addEvent(1, event)
    const named = many.filter(({ id }) => id !== undefined)
    for (const event of named) {
      expect(history.eventById(1, event.id ?? '')).toEqual(event)
      expect(history.eventById(1, `not ${event.id}`)).toBeUndefined()
      history.removeEvent(1, event)
      expect(history.eventById(1, event.id ?? '')).toBeUndefined()
    }
    for (const event of named) history.addEvent(1, event)
    for (const event of named) expect(history.eventById(1, event.id ?? '')).toEqual(event)
  })

  it('is packed when many of its events went', () => {
    const history = new History()
    const naive = Array.from({ length: 900 }, () => new Naive())
    const amounts = history.table('visit').property('x')
    const never = history.table('visit').property('never')
    const added = Array.from({ length: 1_800 }, (_, n): Step => {
      const event = { type: 'visit', at: n % 10, properties: n % 2 === 0 ? { x: n } : {} }
      return { do: 'add', ordinal: (n * 7) % 900, event }
    })
    play(history, naive, added)
    const rows = history.table('visit').runs.end
    const gone = Array.from({ length: 600 }, (_, ordinal): Step => ({ do: 'release', ordinal }))
    play(history, naive, gone)
    check(history, naive)
    expect(history.table('visit').runs.end).toBeLessThan(rows / 2)
    expect([history.table('visit').property('x'), never.count]).toEqual([amounts, 0])
    play(history, naive, added.slice(0, 50))
    check(history, naive)
  })

  it('has nothing before an instant once all of a type went, and its table is still asked for', () => {
    const history = new History()
    const event: HeldEvent = { type: 'visit', at: 5, properties: {}, arrival: 0 }
    const table = history.table('visit')
    history.addEvent(1, event)
    expect([history.hasBefore('visit', 5), history.hasBefore('visit', 6)]).toEqual([false, true])
    history.removeEvent(1, event)
    expect([history.hasBefore('visit', 6), history.tableNow('visit')]).toEqual([false, table])
    history.addEvent(2, { ...event, at: 7 })
    expect([history.hasBefore('visit', 7), history.hasBefore('visit', 8)]).toEqual([false, true])
  })

  it('keeps a table that is asked for, and else none without events', () => {
    const history = new History()
    const event = (type: string): HeldEvent => ({ type, at: 5, properties: { x: 1 }, arrival: history.nextArrival() })
    const [visit, purchase] = [event('visit'), event('purchase')]
    expect(history.arrivals).toBe(2)
    history.arrivals = 7
    expect([history.nextArrival(), history.arrivals]).toEqual([8, 8])
    const table = history.table('visit')
    for (const one of [visit, purchase]) history.addEvent(1, one)
    for (let at = 6; at < 12; at += 1) history.addEvent(2, { ...event('visit'), at })
    history.removeFirst(2, 'visit', 6)
    expect(table.runs.end).toBeGreaterThan(1)
    history.pack()
    expect([table.runs.end, table.eventsOf(1)]).toEqual([1, [visit]])
    for (const one of [visit, purchase]) history.removeEvent(1, one)
    expect([history.tableNow('visit'), history.tableNow('purchase')]).toEqual([table, undefined])
    expect([history.types(), history.saveEvents(), table.propertyNow('x')]).toEqual([[], [], undefined])
    history.removeFirst(1, 'never', 1)
    history.removeEvent(1, event('never'))
    expect([history.countOf(1, 'never'), history.contactsWith('never'), history.hasBefore('never', 9)]).toEqual([
      0,
      [],
      false,
    ])
  })

  it('keeps the records of each contact by collection, and gives them to another with the ids of what must not come back', () => {
    const history = new History()
    const record = (id: string): ContactRecord => ({ id })
    history.setRecords(1, 'deals', [record('d1'), record('d2')])
    history.setRecords(1, 'tickets', [record('t1')])
    history.setRecords(2, 'deals', [record('d1')])
    history.setRecords(3, 'deals', [])
    history.setRemoved(1, 'e1', true)
    expect(history.saveOthers()).toEqual({
      records: [
        [
          1,
          [
            ['deals', [record('d1'), record('d2')]],
            ['tickets', [record('t1')]],
          ],
        ],
        [2, [['deals', [record('d1')]]]],
      ],
      removedIds: [[1, ['e1']]],
    })
    history.setRecords(1, 'tickets', [])
    expect([[...history.collections(1)], history.records(1, 'tickets')]).toEqual([['deals'], []])
    history.setRecords(1, 'deals', [record('d2')])
    expect([history.records(1, 'deals'), history.records(2, 'deals')]).toEqual([[record('d2')], [record('d1')]])
    history.setRecords(2, 'deals', [])
    history.setRemoved(1, 'e1', false)
    expect(history.saveOthers()).toEqual({ records: [[1, [['deals', [record('d2')]]]]], removedIds: [] })
    history.release(1)
    expect(history.saveOthers()).toEqual({ records: [], removedIds: [] })
  })

  it('knows the ids of events that must not come back, until they may', () => {
    const history = new History()
    for (const id of ['a', 'b']) history.setRemoved(1, id, true)
    expect([...history.removedIds(1)]).toEqual(['a', 'b'])
    history.setRemoved(1, 'a', false)
    history.setRemoved(1, 'c', false)
    history.setRemoved(2, 'a', false)
    expect([history.eventById(1, 'a'), history.eventById(1, 'b')]).toEqual([undefined, 'removed'])
    history.setRemoved(1, 'b', false)
    expect([[...history.removedIds(1)], [...history.removedIds(2)]]).toEqual([[], []])
  })

  it('also when its rows are packed', () => {
    const property = fc.property(steps(300, 30), fc.nat(100), (some, seed) => {
      const history = new History()
      const naive = Array.from({ length: 300 }, () => new Naive())
      // Runs grow by turns, so that much room waits.
      const many = Array.from({ length: 3_000 }, (_, n): Step => {
        const at = (n * 7 + seed) % 10
        const props = n % 3 === 0 ? { x: n } : { x: `t${n % 5}`, y: ['l'] }
        return { do: 'add', ordinal: (n * 11) % 300, event: { type: 'visit', at, properties: props } }
      })
      play(history, naive, [...many.slice(0, 2_900), ...some, ...many.slice(2_900)])
      check(history, naive)
      expect(history.tableNow('visit')?.runs.end).toBeLessThan(2 * 3_000)
    })
    fc.assert(property, { numRuns: runs(4) })
  })
})
