import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderOfBatch } from '../../src/changes/batch-order.js'
import type { KnownNames } from '../../src/changes/batch-names.js'
import type { Change, ContactName } from '../../src/changes/change.js'
import { runs } from '../runs.js'
import { naiveOrder, type Start } from './naive-batch-order.js'
import { read } from './reading.js'

/*
 * 1. The order is that of the naive one, which looks at everything after every change.
 * 2. It costs a bounded number of looks for each name in the batch, however many wait and however they are put and removed.
 */

const id = fc.constantFrom('a', 'b', 'c')
const identity = fc.record({ channel: fc.constant('chat'), id: fc.constantFrom('1', '2') })
const contact: fc.Arbitrary<ContactName> = fc.oneof({ weight: 3, arbitrary: id }, { weight: 1, arbitrary: identity })
const contacts = fc.uniqueArray(contact, { minLength: 1, maxLength: 3, selector: (name) => JSON.stringify(name) })
const segment = fc.constantFrom('s', 't')

function type<T extends Change['type']>(name: T): fc.Arbitrary<T> {
  return fc.constant(name)
}

const anyChange: fc.Arbitrary<object> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: type('contact.put'), contact: id }) },
  { weight: 1, arbitrary: fc.record({ type: type('contact.put'), contact: identity }) },
  { weight: 2, arbitrary: fc.record({ type: type('contact.remove'), contact }) },
  { weight: 1, arbitrary: fc.record({ type: type('contact.merge'), from: contact, into: contact }) },
  {
    weight: 2,
    arbitrary: fc.tuple(contact, identity).map(([to, tied]) => ({ type: 'contact.identify', contact: to, ...tied })),
  },
  { weight: 4, arbitrary: fc.record({ type: type('tag.add'), contacts, tags: fc.constant('x') }) },
  { weight: 1, arbitrary: fc.record({ type: type('contact.patch'), contact, attributes: fc.constant({}) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: type('segment.define'), id: segment, contacts }, { requiredKeys: ['type', 'id'] }),
  },
  { weight: 1, arbitrary: fc.record({ type: type('segment.remove'), segment }) },
  { weight: 1, arbitrary: fc.record({ type: type('segment.describe'), segment }) },
  { weight: 2, arbitrary: fc.record({ type: type('member.include'), segment, contacts }) },
)

const starts: readonly Start[] = [
  { contacts: [], segments: [] },
  { contacts: [['a', 'chat:1'], ['b']], segments: ['s'] },
  { contacts: [['a', 'b', 'chat:1', 'chat:2']], segments: ['s', 't'] },
]

function knownOf({ contacts: there, segments }: Start): KnownNames {
  return {
    contact: (name) => {
      const key = typeof name === 'string' ? name : `${name.channel}:${name.id}`
      const place = there.findIndex((names) => names.includes(key))
      return place === -1 ? undefined : place
    },
    segment: (name) => segments.includes(name),
  }
}

describe('the order of a batch', () => {
  it('1. is that of the naive one', () => {
    const batches = fc.array(anyChange, { maxLength: 12 })
    fc.assert(
      fc.property(batches, fc.constantFrom(...starts), (inputs, start) => {
        const changes = inputs.map((input) => read(input))
        expect(orderOfBatch(changes, knownOf(start))).toEqual(naiveOrder(changes, start))
      }),
      { numRuns: runs(3000) },
    )
  })
})

describe('2. the cost', () => {
  const tag = (...named: ContactName[]): object => ({ type: 'tag.add', contacts: named, tags: 'x' })
  const put = (name: string): object => ({ type: 'contact.put', contact: name })
  const remove = (name: string): object => ({ type: 'contact.remove', contact: name })
  const chat = (name: string): { readonly channel: string; readonly id: string } => ({ channel: 'chat', id: name })
  const tie = (to: ContactName, name: string): object => ({ type: 'contact.identify', contact: to, ...chat(name) })
  const merge = (from: string, into: string): object => ({ type: 'contact.merge', from, into })
  const n = (place: number): string => `n${String(place)}`
  const count = (size: number): number[] => Array.from({ length: size }, (_, place) => place)

  const batches: readonly (readonly [string, (size: number) => object[]])[] = [
    ['nobody waits', (size) => count(size).flatMap((place) => [put(n(place)), tag(n(place))])],
    ['all is missing', (size) => count(size).map((place) => tag(n(place)))],
    ['everyone waits for the last', (size) => [...count(size).map(() => tag('z')), put('z')]],
    [
      'everyone waits for his own',
      (size) => [...count(size).map((place) => tag(n(place))), ...count(size).map((place) => put(n(size - place - 1)))],
    ],
    ['one waits for everyone', (size) => [tag(...count(size).map(n)), ...count(size).map((place) => put(n(place)))]],
    [
      'one waits for everyone, and others are removed meanwhile',
      (size) => [tag(...count(size).map(n)), ...count(size).flatMap((place) => [put(n(place)), put('z'), remove('z')])],
    ],
    [
      'what comes is taken away each time',
      (size) => [...count(size).flatMap(() => [tag('z'), remove('z')]), ...count(size).map(() => put('z'))],
    ],
    [
      'one of two comes and goes',
      (size) => [
        ...count(size).map(() => tag('y', 'z')),
        ...count(size).flatMap(() => [put('y'), remove('y')]),
        put('z'),
      ],
    ],
    [
      'two that never meet come and go',
      (size) => [
        ...count(size).map(() => tag('y', 'z')),
        ...count(size).flatMap(() => [put('y'), remove('y'), put('z'), remove('z')]),
      ],
    ],
    [
      'each waits for the next',
      (size) => [...count(size).map((place) => tie(chat(n(place + 1)), n(place))), put('z'), tie('z', n(size))],
    ],
    [
      'a chain of merges',
      (size) => [
        ...count(size).map((place) => put(n(place))),
        ...count(size - 1).map((place) => merge(n(place), n(place + 1))),
        ...count(size).map((place) => tag(n(place))),
      ],
    ],
  ]

  it.each(batches)('grows no faster than the batch: %s', (_, make) => {
    const [less, more] = [looksAt(make(1000)), looksAt(make(2000))]
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThanOrEqual(2.1 * less)
  })
})

/** How often ordering a batch, before which nobody is there, looks at anything in its changes. */
function looksAt(inputs: readonly object[]): number {
  let looks = 0
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (from, name) => {
        looks += 1
        return Reflect.get(from, name) as unknown
      },
    })
  const changes = inputs.map((input) => {
    const change = read(input)
    return watched('contacts' in change ? { ...change, contacts: watched(change.contacts ?? []) } : change)
  })
  const order = orderOfBatch(changes, { contact: () => undefined, segment: () => false })
  expect([...order].sort((a, b) => a - b)).toEqual(changes.map((_, place) => place))
  return looks
}
