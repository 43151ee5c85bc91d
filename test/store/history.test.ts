import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvents, placeFrom, type HeldEvent } from '../../src/contacts/event.js'
import type { Value } from '../../src/contacts/value.js'
import { History } from '../../src/store/history.js'
import { runs } from '../runs.js'

/*
 * 1. A history gives each contact's events of a type in their order, with what was recorded.
 * 2. Its tables say the same by row: instants, properties, and where an instant begins.
 * 3. Nothing is left of events that went, however they came and went.
 */

const types = ['visit', 'purchase']
const value = fc.constantFrom<Value[]>(1, 2.5, 'hat', true, { instant: 3 }, { day: '2026-01-01' }, ['a'])
const properties = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), value, { maxKeys: 2 })

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
  return fc.array(step, { maxLength: size, size: 'max' })
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
  for (const [ordinal, own] of naive.entries()) {
    expect([...history.eventTypes(ordinal)].sort()).toEqual(types.filter((type) => own.of(type).length > 0).sort())
    for (const type of types) {
      const events = own.of(type)
      expect(history.events(ordinal, type)).toEqual(events)
      for (const id of ['a', 'b', 'c', 'd'])
        expect(history.eventById(ordinal, id)).toEqual(own.events.find((event) => event.id === id))
      const table = history.tableNow(type)
      if (table === undefined) continue
      expect(table.countOf(ordinal)).toBe(events.length)
      const start = table.startOf(ordinal)
      for (const [place, event] of events.entries()) {
        expect(table.instantAt(start + place)).toBe(event.at)
        const x = Object.hasOwn(event.properties, 'x') ? event.properties['x'] : undefined
        expect(table.propertyNow('x')?.get(start + place)).toEqual(x)
      }
      for (let at = 0; at <= 10; at += 1) expect(history.placeFrom(ordinal, type, at)).toBe(placeFrom(events, at))
    }
  }
}

describe('a history', () => {
  it('holds the events that came and did not go', () => {
    const property = fc.property(steps(4, 80), (all) => {
      const history = new History()
      const naive = Array.from({ length: 4 }, () => new Naive())
      play(history, naive, all)
      check(history, naive)
      for (const ordinal of naive.keys()) history.release(ordinal)
      expect(history.eventCount).toBe(0)
      expect(types.map((type) => history.tableNow(type))).toEqual([undefined, undefined])
    })
    fc.assert(property, { numRuns: runs(200) })
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
