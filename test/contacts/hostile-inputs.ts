/** What a host could hand in that is not what it seems to be; each is refused as plain data is, and none may throw. */
export function hostileInputs(): ReadonlyMap<string, unknown> {
  const cyclic: Record<string, unknown> = { op: 'not', get: 'length' }
  cyclic['rule'] = cyclic['of'] = cyclic['left'] = cyclic
  const circle: unknown[] = []
  circle.push(circle)
  return new Map<string, unknown>([
    [
      'a getter that throws',
      {
        get op(): string {
          throw new Error('read')
        },
      },
    ],
    [
      'a getter that throws among others',
      {
        id: 'ada',
        op: 'hasTag',
        get tag(): string {
          throw new Error('read')
        },
      },
    ],
    ['a Proxy that throws', new Proxy({}, throwing())],
    ['a Proxy of a list that throws', new Proxy([], throwing())],
    ['a revoked Proxy', revoked({})],
    ['a revoked Proxy of a list', revoked([])],
    ['a Proxy of a Date', new Proxy(new Date(0), {})],
    ['a list that lies about its length', new Proxy([], { get: () => 'long' })],
    ['a list of holes', new Array(5)],
    ['a list too long to walk', new Array(4_000_000_000)],
    ['a list that holds itself', circle],
    ['an object that holds itself', cyclic],
    [
      'an object of a class',
      new (class Ada {
        id = 'ada'
        op = 'everyone'
      })(),
    ],
    ['an object with a prototype of its own', Object.create(Object.create({ op: 'everyone', id: 'ada' }))],
    ['a Map', new Map([['op', 'everyone']])],
    ['a regular expression', /a/],
    ['a boxed text', new String('text')],
    ['a function', () => 'everyone'],
    ['a symbol', Symbol('everyone')],
    ['a bigint', 10n ** 5000n],
    [
      'toJSON that throws',
      {
        toJSON() {
          throw new Error('called')
        },
        toString() {
          throw new Error('called')
        },
      },
    ],
    ['an invalid Date', new Date(Number.NaN)],
    [
      'a Date that claims to be another',
      Object.assign(new Date(0), {
        getTime: () => {
          throw new Error('called')
        },
        valueOf: () => 1,
      }),
    ],
    ['a tag with more beside it', { instant: 0, day: '2026-01-01' }],
    ['half a pair of surrogates', 'a\ud800'],
    ['U+0000', 'a\0'],
    ['not a number', Number.NaN],
    ['infinity', -Infinity],
  ])
}

function throwing(): ProxyHandler<object> {
  const fail = (): never => {
    throw new Error('trapped')
  }
  return { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail }
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
