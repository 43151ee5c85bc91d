import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay } from '../../src/base/civil.js'
import { isDay, isInstant, typeOf, type ListValue, type Value } from '../../src/contacts/value.js'
import { Column, mixed } from '../../src/store/column.js'
import { noRow } from '../../src/store/runs.js'
import { missingCode, typeCodes } from '../../src/store/type-codes.js'
import { runs } from '../runs.js'

/*
 * 1. A column gives back what was written last at each row, whatever types came and went.
 * 2. What it says by code and number is the same value.
 * 3. It takes no room once all values are gone.
 * 4. So it is when rows are moved and put in another order, and when it was saved and loaded in between.
 * 5. It has the shape of the one type that it held since it was empty, or is mixed; its version rises with each write.
 */

const value = fc.constantFrom<(Value | undefined)[]>(
  0,
  -1.5,
  'a',
  'b',
  '',
  true,
  false,
  { instant: 0 },
  { instant: -1 },
  { day: '1969-12-31' },
  ['a'],
  [],
  undefined,
)
const row = fc.nat(40)
const ofOneType = fc.constantFrom<(Value | undefined)[]>('a', 'b', undefined)

function check(column: Column, held: ReadonlyMap<number, Value>): void {
  expect(column.count).toBe(held.size)
  const all = Array.from({ length: 46 }, (_, at) => at)
  const told = all.map((at) => {
    const [type, code, number] = [column.typeAt(at), column.codeAt(at), column.numberAt(at)]
    const isNumber = type !== missingCode && type !== typeCodes.text && type !== typeCodes.list
    return {
      value: column.get(at),
      type,
      text: code >= 0 ? column.dictionary.text(code) : undefined,
      number: isNumber ? number : undefined,
      list: column.listAt(at),
    }
  })
  const wanted = all.map((at) => {
    const is = held.get(at)
    const isText = typeof is === 'string'
    return {
      value: is,
      type: is === undefined ? missingCode : typeCodes[typeOf(is)],
      text: isText ? is : undefined,
      number: is === undefined || isText || Array.isArray(is) ? undefined : numberOf(is),
      list: Array.isArray(is) ? is : undefined,
    }
  })
  expect(told).toEqual(wanted)
  // Where nothing is, and beyond all rows, neither a number nor a code is.
  const ends = [column.numbers.length, column.codes.length, 1e6]
  const empty = [...all, ...ends].filter((each) => !held.has(each))
  expect(empty.map((at) => [column.numberAt(at), column.codeAt(at), column.typeAt(at)])).toEqual(
    empty.map(() => [NaN, -1, missingCode]),
  )
  const lists = [...held].filter(([, is]) => Array.isArray(is))
  expect(new Map(column.save(rows).json.lists)).toEqual(new Map(lists as [number, ListValue][]))
}

function numberOf(is: Value): number | undefined {
  if (typeof is !== 'object') return Number(is)
  if (isInstant(is)) return is.instant
  return isDay(is) ? readDay(is.day) : undefined
}

const rows = 41
const step = (values: fc.Arbitrary<Value | undefined>) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('set' as const), at: row, value: values }) },
    {
      weight: 2,
      arbitrary: fc
        .record({ do: fc.constant('move' as const), from: row, to: row, count: fc.integer({ min: 1, max: 12 }) })
        .filter(({ from, to, count }) => Math.max(from, to) + count <= rows),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('arrange' as const),
        order: fc.shuffledSubarray(
          Array.from({ length: rows }, (_, at) => at),
          { minLength: rows },
        ),
        gaps: fc.uniqueArray(row, { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  )

/** A column beside the map that it should be. */
class Scene {
  column = new Column()
  held = new Map<number, Value>()
  #types = new Set<number>()

  set(at: number, written: Value | undefined): void {
    const { version } = this.column
    const changes = written !== undefined || this.held.has(at)
    this.column.set(at, written)
    expect(this.column.version > version).toBe(changes)
    if (written === undefined) this.held.delete(at)
    // An empty column begins anew, also where its only value is replaced.
    if (this.held.size === 0 || (this.held.size === 1 && this.held.has(at))) this.#types.clear()
    if (written === undefined) return
    this.held.set(at, written)
    this.#types.add(typeCodes[typeOf(written)])
  }

  move(from: number, to: number, count: number): void {
    for (let at = to; at < to + count; at += 1) if (at < from || at >= from + count) this.set(at, undefined)
    if (this.held.size === 0) return
    const { version } = this.column
    this.column.moveRows(from, to, count)
    expect(this.column.version).toBeGreaterThan(version)
    const moved = [...this.held].map(([at, is]) => [at >= from && at < from + count ? at - from + to : at, is] as const)
    this.held = new Map(moved)
  }

  arrange(order: readonly number[], gaps: readonly number[]): void {
    const places: number[] = [...order]
    for (const gap of gaps) places.splice(gap, 0, noRow)
    const { version } = this.column
    this.column.arrange(Uint32Array.from(places))
    expect(this.column.version).toBeGreaterThan(version)
    this.held = new Map([...this.held].map(([at, is]) => [places.indexOf(at), is]))
    for (const at of [...this.held.keys()]) if (at >= rows) this.set(at, undefined)
  }

  reopen(): void {
    const later = new Column()
    const { version } = later
    later.load(this.column.save(rows))
    expect(later.version).toBeGreaterThan(version)
    // What comes later to the one that was saved is nothing to the other.
    for (const at of this.held.keys()) this.column.set(at, undefined)
    this.column = later
  }

  check(): void {
    check(this.column, this.held)
    const [only] = this.#types
    expect(this.column.shape).toBe(this.#types.size > 1 ? mixed : (only ?? missingCode))
  }
}

describe('a column', () => {
  it('in which nothing stands takes no room, however its rows are moved', () => {
    const column = new Column()
    column.set(40, 'a')
    column.set(40, undefined)
    column.moveRows(3, 70, 20)
    column.arrange(Uint32Array.from({ length: 100 }, (_, row) => 99 - row))
    check(column, new Map())
    expect([column.numbers.length, column.codes.length, column.types.length]).toEqual([0, 0, 0])
    column.set(2, 7)
    check(column, new Map([[2, 7]]))
  })

  it.each([
    ['texts', (at: number): Value => 'abc'.charAt(at % 3)],
    ['numbers', (at: number): Value => at],
    ['texts and lists', (at: number): Value => (at % 2 === 0 ? 'a' : [String(at)])],
  ])('of %s moves rows up and down', (_, valueAt) => {
    for (const [from, to, count] of [
      [3, 5, 4],
      [5, 3, 4],
      [3, 10, 4],
      [10, 3, 4],
      [4, 4, 4],
    ] as const) {
      const scene = new Scene()
      for (let at = 2; at < 16; at += 1) scene.set(at, valueAt(at))
      scene.move(from, to, count)
      scene.check()
    }
  })

  it.each([
    ['of any values', value],
    ['of texts', ofOneType],
  ])('%s holds what was written last', (_, values) => {
    const property = fc.property(fc.array(step(values), { maxLength: 60 }), (steps) => {
      const scene = new Scene()
      for (const one of steps) {
        if (one.do === 'set') scene.set(one.at, one.value)
        else if (one.do === 'move') scene.move(one.from, one.to, one.count)
        else if (one.do === 'arrange') scene.arrange(one.order, one.gaps)
        else scene.reopen()
        scene.check()
      }
      for (const at of [...scene.held.keys()]) scene.set(at, undefined)
      scene.check()
      const { column } = scene
      expect([column.numbers.length, column.codes.length, column.types.length, column.dictionary.size]).toEqual([
        0, 0, 0, 0,
      ])
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})
