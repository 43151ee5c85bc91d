import type { ChangeInput } from 'coterie'
import { day, start } from './scene.js'

/*
 * Changes gone wrong: valid ones of which parts were left out, exchanged, doubled or replaced, by what would be right
 * elsewhere, by what no JSON has, or by what throws when it is looked at. The same for the same numbers in [0, 1).
 */

/** A change of each type and shape, all of them right for the world of `hostileEngine`. */
export const validChanges: readonly ChangeInput[] = [
  {
    type: 'contact.put',
    contact: 'ada',
    attributes: { plan: 'pro', score: 5, seen: { instant: start }, likes: ['a'] },
  },
  { type: 'contact.put', contact: { channel: 'telegram', id: '1' }, attributes: { born: { day: '1990-05-17' } } },
  { type: 'contact.patch', contact: 'bob', attributes: { plan: null, score: 1.5, seen: '2026-01-05' } },
  { type: 'contact.remove', contact: 'cyd' },
  { type: 'contact.merge', from: 'dan', into: 'ada' },
  { type: 'contact.identify', contact: 'bob', channel: 'viber', id: '2' },
  { type: 'tag.add', contacts: ['ada', 'bob'], tags: ['vip', 'new'], holder: { kind: 'campaign', by: 'spring' } },
  { type: 'tag.remove', contacts: 'ada', tags: 'vip' },
  { type: 'tag.define', tag: 'vip', kind: 'manual' },
  { type: 'tag.group', group: 'g', tags: ['vip', 'hot'], exclusive: true },
  { type: 'tag.ungroup', group: 'g' },
  { type: 'tag.rename', from: 'vip', to: 'VIP' },
  { type: 'tag.merge', from: 'vip', into: 'hot' },
  { type: 'tag.delete', tags: 'vip' },
  { type: 'segment.define', id: 'new', rule: { op: 'hasTag', tag: 'new' }, name: 'New', data: { shown: [true, null] } },
  {
    type: 'segment.define',
    id: 'rules',
    kind: 'hybrid',
    rule: {
      op: 'all',
      rules: [
        { op: 'not', rule: { op: 'inSegment', segment: 'vip' } },
        { op: 'someOf', count: 1, rules: [{ op: 'hasAnyTag', tags: ['a', 'b'] }, { op: 'everyone' }] },
        { op: 'in', left: { get: 'attribute', name: 'plan' }, right: ['pro', 'free'] },
        { op: 'between', left: { get: 'attribute', name: 'score' }, low: 1, high: { get: 'tagCount' } },
        { op: 'inLast', left: { get: 'attribute', name: 'seen' }, duration: '7d' },
        { op: 'inCalendar', left: { get: 'attribute', name: 'seen' }, period: { period: 'this', unit: 'week' } },
        { op: 'matches', left: { get: 'contactId' }, pattern: '^(a|b)+d?[a-z]{1,3}$', ignoreCase: true },
        { op: 'inSample', salt: 'salt', from: 0, to: 5_000 },
      ],
    },
    contacts: ['ada'],
    visits: false,
  },
  { type: 'segment.define', id: 'hand', contacts: ['ada', 'bob'] },
  { type: 'segment.describe', segment: 'vip', name: 'VIP', owner: null, labels: ['a', 'b'] },
  { type: 'segment.convert', segment: 'mixed', kind: 'static' },
  { type: 'segment.remove', segment: 'recent' },
  { type: 'member.include', segment: 'hand', contacts: 'cyd', reason: 'asked', until: start + 3 * day },
  { type: 'member.exclude', segment: 'mixed', contacts: ['ada'], until: '2026-02-01' },
  { type: 'member.reset', segment: 'mixed', contacts: ['ada', 'bob'], slot: 'exclude' },
  { type: 'clock.advance', to: start + day },
]

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Holder = Json[] | { [name: string]: Json }

const names = [
  ...new Set(validChanges.flatMap((change) => Object.keys(change))),
  ...['op', 'get', 'left', 'right', 'rules', 'instant', 'day', 'kind', 'by', 'channel'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', ''],
]

const scalars: readonly Json[] = [
  ...[null, true, false, 0, -0, 1, -1, 0.5, 1e4, 1e9, 8.64e15, 1e300, Number.MAX_SAFE_INTEGER, 5e-324],
  ...['', 'a', 'ada', 'bob', 'vip', 'hand', 'mixed', 'static', 'dynamic', 'person', 'everyone', 'hasTag', 'telegram'],
  ...['2026-01-01', '2026-02-30', '1d', 'P1M', '0d', 'UTC', 'Mars', '(a+)+$', '[', '*', '__proto__', 'constructor'],
  ...['\ud800', 'a\0', 'x'.repeat(600)],
]

/** What no JSON has; made anew each time. */
const hostile: readonly (() => unknown)[] = [
  () => NaN,
  () => Infinity,
  () => 10n ** 30n,
  () => Symbol('s'),
  () => undefined,
  () => () => 'ada',
  () => new Date(start),
  () => new Date(NaN),
  () => new Map([['id', 'ada']]),
  () => new String('ada'),
  () => Object.create({ id: 'ada', op: 'everyone' }) as unknown,
  () => Object.assign([], { 7: 'ada' }),
  () => new Proxy({}, throwingHandler),
  () => new Proxy([], throwingHandler),
  () => revoked(),
  () => throwingGetter(),
  () => changingGetter(),
  () => cyclic(),
]

const fail = (): never => {
  throw new Error('a trap that throws')
}
const throwingHandler: ProxyHandler<object> = {
  get: fail,
  ownKeys: fail,
  getPrototypeOf: fail,
  getOwnPropertyDescriptor: fail,
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function throwingGetter(): unknown {
  return Object.defineProperty({ kind: 'person', op: 'hasTag', get: 'attribute' }, 'id', {
    enumerable: true,
    get: fail,
  })
}

/** Says something else each time it is asked. */
function changingGetter(): unknown {
  let asked = 0
  const get = (): unknown => (asked++ % 2 === 0 ? 'ada' : { op: 'nobody' })
  return Object.defineProperties({}, { id: { enumerable: true, get }, channel: { enumerable: true, get } })
}

function cyclic(): unknown {
  const object: Record<string, unknown> = { op: 'not', type: 'tag.add' }
  object['rule'] = object['rules'] = object['of'] = object['attributes'] = object
  return object
}

/** A copy of a valid change with one to three parts wrong, and now and then with something hostile in it. */
export function wrongChange(random: () => number): unknown {
  if (random() < 0.01) return pick(hostile, random)()
  const change = copy(pick(validChanges, random) as unknown as Json)
  const count = 1 + Math.floor(random() ** 2 * 3)
  for (let i = 0; i < count; i++) mutate(change, random)
  if (random() < 0.25) {
    const holder = pick(holdersIn(change), random)
    define(holder, pick(keysOf(holder), random), pick(hostile, random)())
  }
  return change
}

function mutate(root: Json, random: () => number): void {
  const holders = holdersIn(root)
  const holder = pick(holders, random)
  const key = pick(keysOf(holder), random)
  const value = (holder as { readonly [name: string]: Json })[key] ?? null
  // The more often what goes wrong is deep inside, the more is read before it is refused.
  switch (Math.floor(random() * 12)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else Reflect.deleteProperty(holder, key)
      return
    case 1:
    case 2:
    case 3:
    case 4:
      define(holder, key, pick(scalars, random))
      return
    case 5:
    case 6:
    case 7:
      define(holder, key, copy(pick(holders, random)))
      return
    case 8:
      define(holder, Array.isArray(holder) ? String(holder.length) : pick(names, random), copy(value))
      return
    case 9:
      define(holder, key, [copy(value), pick(scalars, random)])
      return
    case 10:
      define(holder, key, { [pick(names, random)]: copy(value) })
      return
    default:
      if (!Array.isArray(holder)) define(holder, pick(names, random), pick(scalars, random))
  }
}

function holdersIn(root: Json): Holder[] {
  const found: Holder[] = []
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    found.push(value)
    Object.values(value).forEach(visit)
  }
  visit(root)
  return found
}

function keysOf(holder: Holder): readonly string[] {
  const keys = Object.keys(holder)
  return keys.length === 0 ? ['0'] : keys
}

/** Gives an object a property of its own, also one that is called `__proto__`. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })
}

function copy(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

function pick<T>(from: readonly T[], random: () => number): T {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}
