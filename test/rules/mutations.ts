import { operands, operators } from '../../src/rules/operator-table.js'

/*
 * Rules gone wrong: JSON of which a few parts were taken out, exchanged, renamed or replaced by something else, most often
 * by something that would be right in another place.
 */

/** Numbers in [0, 1) from a seed: the same ones on every machine (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Holder = Json[] | { [name: string]: Json }

const names = [
  ...Object.keys(operators),
  ...Object.keys(operands),
  ...new Set([...Object.values(operators), ...Object.values(operands)].flatMap(({ fields }) => Object.keys(fields))),
  ...['op', 'get', 'instant', 'day', 'unit', 'count', 'year', '__proto__', 'constructor', 'then', ''],
  ...['events', 'records', 'by', 'window', 'where', 'within', 'after', 'absolute', 'start'],
]
const scalars: readonly Json[] = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    1.5,
    2,
    366,
    1e4,
    1e9,
    1e300,
    '',
    'a',
    'b',
    'vip',
    'week',
    'last',
    'monday',
    'person',
  ],
  ...[
    '2026-01-01',
    '2026-02-30',
    '2026-01-01T00:00Z',
    '1d',
    '60d',
    'P1M',
    'P',
    'UTC',
    'Europe/Berlin',
    '[',
    '(',
    'a{2',
    '*',
  ],
  ...['\ud800', 'a\0'],
]

/** A copy of a rule with one to four random changes. */
export function mutated(rule: unknown, random: () => number): Json {
  const root: { rule: Json } = { rule: JSON.parse(JSON.stringify(rule)) as Json }
  const count = 1 + Math.floor(random() * 4)
  for (let i = 0; i < count; i++) change(pick(holdersIn(root), random), holdersIn(root), random)
  return root.rule
}

function change(holder: Holder, all: readonly Holder[], random: () => number): void {
  const keys = Object.keys(holder)
  const key = pick(keys.length === 0 ? ['0'] : keys, random)
  const map = holder as { [name: string]: Json }
  switch (Math.floor(random() * 6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else if (keys.length > 1 || key !== 'rule') Reflect.deleteProperty(holder, key)
      return
    case 1:
      define(map, key, pick(scalars, random))
      return
    case 2:
      define(map, key, copy(pick(all, random)))
      return
    case 3:
      define(map, Array.isArray(holder) ? key : pick(names, random), copy(map[key] ?? null))
      return
    case 4:
      define(map, key, [copy(map[key] ?? null), pick(scalars, random)])
      return
    default:
      define(map, key, pick(names, random))
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

function define(holder: { [name: string]: Json }, key: string, value: Json): void {
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
