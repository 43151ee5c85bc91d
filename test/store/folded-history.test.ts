import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeldEnd } from '../../src/contacts/folded.js'
import { FoldedHistory, unitedFolded, viewOfFolded, type HeldFolded } from '../../src/store/folded-history.js'
import { runs } from '../runs.js'
import { heldFolded, keys } from './held-folded.js'

/*
 * 1. What is known of folded events is what was written last, by contact and type, as far as the type's totals are kept.
 * 2. Rules and plain data say the same of it, without what only tells events of one instant apart.
 * 3. There are as many folded events as the contacts that are there had.
 */

const types = ['buy', 'open']
const ordinals = [0, 1, 2]
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom(...types), before: fc.nat(9), keep: fc.subarray([...keys]) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom(...types),
      ordinal: fc.constantFrom(...ordinals),
      folded: fc.option(heldFolded, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ gone: fc.constantFrom(...ordinals) }) },
)

interface TypeModel {
  readonly before: number
  readonly keep: readonly string[]
  readonly held: Map<number, HeldFolded>
}

const nothing: Partial<TypeModel> & Pick<TypeModel, 'keep' | 'held'> = { keep: [], held: new Map<number, HeldFolded>() }

function keptOf({ events, totals }: HeldFolded, keep: readonly string[]): HeldFolded {
  return { events, totals: new Map([...totals].filter(([key]) => keep.includes(key))) }
}

function plainEnd(end: HeldEnd | undefined): unknown {
  if (end === undefined) return undefined
  return end.value === undefined ? { at: end.at } : { at: end.at, value: end.value }
}

/** As a contact's plain data say it: a total that is kept and of nothing counts none. */
function plainTotals({ totals }: HeldFolded, keep: readonly string[]): unknown {
  return Object.fromEntries(
    keep.map((key) => {
      const total = totals.get(key)
      if (total === undefined) return [key, { count: 0 }]
      return [key, { ...total, first: plainEnd(total.first), last: plainEnd(total.last) }]
    }),
  )
}

function expectSame(history: FoldedHistory, model: ReadonlyMap<string, TypeModel>): void {
  expect([...history.types()].sort()).toEqual([...model.keys()].sort())
  let count = 0
  for (const ordinal of ordinals) {
    const plain = new Map<string, unknown>()
    for (const type of types) {
      const { before, keep, held } = model.get(type) ?? nothing
      const own = held.get(ordinal)
      expect(history.type(type)?.before).toBe(before)
      expect(history.get(ordinal, type)).toStrictEqual(own)
      expect(history.eventsOf(ordinal, type)).toBe(own?.events ?? 0)
      const views = [history.view(ordinal, type), viewOfFolded(history.type(type), own)]
      for (const view of views) {
        expect(view?.before).toBe(own === undefined ? undefined : before)
        for (const key of keys)
          expect(view?.total(key)).toStrictEqual(
            own === undefined ? undefined : (own.totals.get(key) ?? (keep.includes(key) ? { count: 0 } : undefined)),
          )
      }
      if (own === undefined) continue
      count += own.events
      plain.set(type, { before, events: own.events, totals: plainTotals(own, keep) })
    }
    expect(history.has(ordinal)).toBe(plain.size > 0)
    expect(history.of(ordinal)).toStrictEqual(plain.size > 0 ? Object.fromEntries(plain) : undefined)
  }
  expect(history.count).toBe(count)
}

it('what is left of folded events is known by contact and type', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const history = new FoldedHistory()
      const model = new Map<string, TypeModel>()
      for (const one of steps) {
        if ('keep' in one) {
          const { type, before, keep } = one
          history.fold(type, before, new Set(keep))
          const held = [...(model.get(type)?.held ?? [])].map(([ordinal, own]) => [ordinal, keptOf(own, keep)] as const)
          model.set(type, { before, keep, held: new Map(held) })
        } else if ('gone' in one) {
          history.release(one.gone)
          for (const { held } of model.values()) held.delete(one.gone)
        } else {
          const { type, ordinal, folded } = one
          const known = model.get(type)
          const kept = folded === undefined ? undefined : keptOf(folded, known?.keep ?? [])
          history.set(ordinal, type, kept)
          if (kept === undefined) known?.held.delete(ordinal)
          else known?.held.set(ordinal, kept)
        }
        expectSame(history, model)
      }
    }),
    { numRuns: runs(300) },
  )
})

describe('what is left of the events of two contacts', () => {
  const first = { at: 1, arrival: 1, value: 2 }
  const last = { at: 5, arrival: 7, value: 3 }

  it('adds up, key by key', () => {
    const one = { count: 2, first, last, numbers: 2, sum: '5', minimum: 2, maximum: 3 }
    const other = { count: 1, first: last, last, numbers: 1, sum: '0.1', minimum: 0.1, maximum: 0.1 }
    expect(
      unitedFolded(
        { events: 2, totals: new Map([['a', one]]) },
        {
          events: 3,
          totals: new Map([
            ['a', other],
            ['b', other],
          ]),
        },
      ),
    ).toStrictEqual({
      events: 5,
      totals: new Map([
        ['a', { count: 3, first, last, numbers: 3, sum: '5.1', minimum: 0.1, maximum: 3 }],
        ['b', other],
      ]),
    })
  })
})
