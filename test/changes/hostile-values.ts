/** Throws whatever is asked of it. */
function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

function throwing(name: string): unknown {
  return Object.defineProperty({}, name, {
    enumerable: true,
    get: () => {
      throw new Error('a getter that throws')
    },
  })
}

/** A list or an object that holds itself. */
function cyclic(kind: 'list' | 'object'): unknown {
  const list: unknown[] = []
  const object: Record<string, unknown> = { list }
  list.push(object, list)
  return kind === 'list' ? list : object
}

function deep(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

/** Ninety objects that unfold into 2 ** 90. */
function unfolding(): unknown {
  return deep(90, (inner) => ({ a: inner, b: inner }))
}

/**
 * Values that no JSON has, and some that it has, to be put where something else is expected; each made when it is needed,
 * since no test runner can look at all of them.
 */
export const hostileValues: readonly (readonly [name: string, make: () => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['not a number', () => NaN],
  ['infinity', () => -Infinity],
  ['minus zero', () => -0],
  ['a number', () => 1e308],
  ['a bigint', () => 10n ** 400n],
  ['a symbol', () => Symbol('s')],
  ['a function', () => () => 1],
  ['an empty text', () => ''],
  ['a text', () => 'ada'],
  ['a long text', () => 'x'.repeat(2000)],
  ['half a pair', () => '\udc00'],
  ['a text with zero', () => 'a\0b'],
  ['a reserved name', () => '__proto__'],
  ['an empty list', () => []],
  ['a list of lists', () => [[[]], [['a']]]],
  ['a sparse list', () => Object.assign([], { 7: 'a' })],
  ['a list with a name', () => Object.assign(['a'], { name: 'a' })],
  ['an empty object', () => ({})],
  ['an object with a reserved name', () => JSON.parse('{ "__proto__": { "type": "contact.put" } }') as unknown],
  ['an object of a class', () => new URLSearchParams('type=contact.put')],
  ['a map', () => new Map([['a', 1]])],
  ['a typed array', () => new Float64Array(3)],
  ['a boxed text', () => new String('ada')],
  ['a date', () => new Date(0)],
  ['an invalid date', () => new Date(NaN)],
  ['what claims to be a date', () => Object.create(Date.prototype) as unknown],
  ['a revoked object', () => revoked({})],
  ['a revoked list', () => revoked([])],
  ['a type that throws', () => throwing('type')],
  ['an id that throws', () => throwing('id')],
  [
    'a list that throws',
    () =>
      new Proxy(['a'], {
        get: () => {
          throw new Error('a trap that throws')
        },
      }),
  ],
  [
    'a list without an end',
    () => new Proxy([], { get: (_, name) => (name === 'length' ? Number.MAX_SAFE_INTEGER : 'a') }),
  ],
  ['a list whose length is a text', () => new Proxy([], { get: () => 'a' })],
  ['a text that throws', () => ({ toString: throwing, valueOf: throwing, toJSON: throwing })],
  ['a list in itself', () => cyclic('list')],
  ['an object in itself', () => cyclic('object')],
  ['deep lists', () => deep(20_000, (inner) => [inner])],
  ['deep objects', () => deep(20_000, (inner) => ({ a: inner }))],
  ['deep rules', () => deep(20_000, (inner) => ({ op: 'not', rule: inner }))],
  ['what unfolds', unfolding],
]

/** A copy of plain JSON in which the value at one of its places, counted through all of them, is another. */
export function withValueAt(root: unknown, place: number, value: unknown): unknown {
  let left = place
  const copy = (at: unknown): unknown => {
    if (left-- === 0) return value
    if (Array.isArray(at)) return at.map(copy)
    if (typeof at !== 'object' || at === null) return at
    return Object.fromEntries(Object.entries(at).map(([name, inner]) => [name, copy(inner)]))
  }
  return copy(root)
}

/** How many places there are in plain JSON. */
export function placesIn(root: unknown): number {
  if (typeof root !== 'object' || root === null) return 1
  return Object.values(root).reduce<number>((sum, inner) => sum + placesIn(inner), 1)
}
