import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from '../../src/base/errors.js'
import type { Change } from '../../src/changes/change.js'
import type { ReadChangeOptions } from '../../src/changes/change-reading.js'
import { changes, changesIn, generatedTypes, segmentIds } from '../arbitraries/changes.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { stages, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { hostileValues, placesIn, withValueAt } from './hostile-values.js'
import { isFrozenDeep, plainOptions, read } from './reading.js'

/*
 * 1. A change that is well shaped is read, whatever there is to apply it to.
 * 2. What was read is frozen plain JSON: through JSON it comes back the same.
 * 3. Reading what was read gives the same, whatever the zone and the schema's absence.
 * 4. Whatever is put into a change, it is read or refused with the library's own error, and what is read obeys 2 and 3.
 * 5. Reading looks at each part of its input a bounded number of times.
 */

const stage = fc.constantFrom(...stages)
const typed = stage.chain((at) =>
  changes({ stage: at, kinds: fullSchema.kinds, segments: segmentIds }).map((input) => ({ at, input })),
)

function optionsOf({ timeZone }: Stage): ReadChangeOptions {
  return { ...plainOptions, timeZone, schema: fullSchema.schema, weekStartsOn: 'sunday' }
}

function expectResolved(change: Change, { schema }: ReadChangeOptions): void {
  expect(isFrozenDeep(change)).toBe(true)
  expect(JSON.parse(JSON.stringify(change))).toStrictEqual(change)
  expect(read(change)).toStrictEqual(change)
  expect(read(change, { timeZone: 'Asia/Kolkata', schema })).toStrictEqual(change)
}

describe('changes that are well shaped', () => {
  it.each(generatedTypes)('1–3. are read: %s', (type) => {
    const ofType = stage.chain((at) =>
      changesIn({ stage: at, kinds: fullSchema.kinds, segments: segmentIds })[type].map((input) => ({ at, input })),
    )
    fc.assert(
      fc.property(ofType, ({ at, input }) => {
        const change = read(input, optionsOf(at))
        expect(change.type).toBe(type)
        expectResolved(change, optionsOf(at))
      }),
      { numRuns: runs(100) },
    )
  })
})

describe('changes in which something is wrong', () => {
  it('4. are read or refused', () => {
    fc.assert(
      fc.property(typed, fc.nat(), hostile, ({ at, input }, place, name) => {
        expectReadOrRefused(withValueAt(input, place % placesIn(input), made(name)), optionsOf(at))
      }),
      { numRuns: runs(1500) },
    )
  })

  it('4. are read or refused, whatever stands at whatever place', () => {
    for (const [, make] of hostileValues) {
      for (const input of examples) {
        for (let place = 0; place < placesIn(input); place++) {
          expectReadOrRefused(withValueAt(input, place, make()), plainOptions)
        }
      }
    }
  })
})

const hostile = fc.constantFrom(...hostileValues.map(([name]) => name))

function made(name: string): unknown {
  return hostileValues.find(([other]) => other === name)?.[1]()
}

const examples: readonly object[] = [
  { type: 'contact.put', contact: { channel: 'chat', id: '1' }, attributes: { a: ['x'], b: { instant: 1 } } },
  {
    type: 'tag.add',
    contacts: ['a', { channel: 'chat', id: '1' }],
    tags: ['x', 'y'],
    holder: { kind: 'person', by: 'b' },
  },
  {
    type: 'segment.define',
    id: 's',
    rule: { op: 'not', rule: { op: 'hasTag', tag: 'x' } },
    labels: ['l'],
    data: { a: [{}] },
  },
  { type: 'member.include', segment: 's', contacts: ['a'], until: { instant: 7 }, reason: 'r' },
]

function expectReadOrRefused(input: unknown, options: ReadChangeOptions): void {
  let change: Change
  try {
    change = read(input, options)
  } catch (error) {
    if (!isCoterieError(error)) throw error
    expect(error.issues).not.toEqual([])
    expect(error.message.length).toBeLessThan(1000)
    return
  }
  expectResolved(change, options)
}

describe('5. the work', () => {
  const lists: readonly [string, (size: number) => unknown][] = [
    ['contacts', (size) => ({ type: 'tag.add', contacts: identities(size), tags: 'a' })],
    ['contacts that are wrong', (size) => ({ type: 'tag.add', contacts: numbers(size), tags: 'a' })],
    ['tags', (size) => ({ type: 'tag.add', contacts: 'a', tags: names(size) })],
    ['labels', (size) => ({ type: 'segment.define', id: 's', labels: names(size) })],
    ['attributes', (size) => ({ type: 'contact.put', contact: 'a', attributes: record(size) })],
    ['a list in attributes', (size) => ({ type: 'contact.patch', contact: 'a', attributes: { a: names(size) } })],
    ['data', (size) => ({ type: 'segment.define', id: 's', data: identities(size) })],
    ['deep data', (size) => ({ type: 'segment.define', id: 's', data: nested(size) })],
    ['a rule', (size) => ({ type: 'segment.define', id: 's', rule: { op: 'any', rules: tagRules(size) } })],
    ['what no change has', (size) => ({ type: 'contact.remove', contact: 'a', ...record(size) })],
  ]

  it.each(lists)('grows no faster than the input: %s', (_, make) => {
    const [less, more] = [countLooks(make(500)), countLooks(make(1000))]
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThanOrEqual(2 * less)
    // An element costs a look at it, and a few at each of its own properties.
    expect(more).toBeLessThan(1000 * 40)
  })
})

function names(size: number): string[] {
  return Array.from({ length: size }, (_, place) => `n${String(place)}`)
}

function numbers(size: number): number[] {
  return Array.from({ length: size }, (_, place) => place)
}

function identities(size: number): object[] {
  return names(size).map((id) => ({ channel: 'chat', id }))
}

function tagRules(size: number): object[] {
  return names(size).map((tag) => ({ op: 'hasTag', tag }))
}

function record(size: number): Record<string, number> {
  return Object.fromEntries(names(size).map((name) => [name, 1]))
}

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

/** How often reading an input looks at anything in it. */
function countLooks(input: unknown): number {
  let looks = 0
  const proxies = new Map<object, object>()
  const watched = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const known = proxies.get(value)
    if (known !== undefined) return known
    const proxy = new Proxy(value, {
      get: (target, name) => {
        looks += 1
        return watched(Reflect.get(target, name))
      },
      getOwnPropertyDescriptor: (target, name) => {
        looks += 1
        return Reflect.getOwnPropertyDescriptor(target, name)
      },
      getPrototypeOf: (target) => {
        looks += 1
        return Reflect.getPrototypeOf(target)
      },
      ownKeys: (target) => {
        looks += 1
        return Reflect.ownKeys(target)
      },
    })
    proxies.set(value, proxy)
    return proxy
  }
  const limits = { ...plainOptions.limits, depth: 2000 }
  try {
    read(watched(input), { limits })
  } catch (error) {
    if (!isCoterieError(error)) throw error
  }
  return looks
}
