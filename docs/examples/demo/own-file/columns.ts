import type { Contact, Value } from 'coterie'

/** What is known of an attribute from the contacts that have it. */
export interface Column {
  readonly name: string
  /** How many contacts have a value. */
  readonly known: number
  /** Each value and how many have it, most frequent first. */
  readonly values: readonly { readonly value: Value; readonly count: number }[]
  /** The numbers, or dates in ms, rising; empty where a value is neither. */
  readonly order: readonly number[]
  readonly isDate: boolean
}

/** Looks at those of some attributes that somebody has. */
export function columnsOf(names: readonly string[], contacts: readonly Contact[]): readonly Column[] {
  return names.map((name) => columnOf(name, contacts)).filter(({ known }) => known > 0)
}

function columnOf(name: string, contacts: readonly Contact[]): Column {
  const counts = new Map<string, { readonly value: Value; count: number }>()
  const values = contacts.flatMap(({ attributes }) => attributes[name] ?? [])
  for (const value of values) {
    const key = JSON.stringify(value)
    const counted = counts.get(key)
    if (counted === undefined) counts.set(key, { value, count: 1 })
    else counted.count += 1
  }
  const order = values.flatMap((value) => placeOf(value) ?? [])
  return {
    name,
    known: values.length,
    values: [...counts.values()].sort((a, b) => b.count - a.count),
    order: order.length === values.length ? order.sort((a, b) => a - b) : [],
    isDate: values.every((value) => typeof value === 'object' && ('instant' in value || 'day' in value)),
  }
}

function placeOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object') return undefined
  if ('instant' in value) return value.instant
  return 'day' in value ? Date.parse(value.day) : undefined
}

/** Whether all that is known of a column are numbers. */
export function isNumbers({ order, isDate }: Column): boolean {
  return !isDate && order.length > 0
}

/** How much a column tells two contacts apart by its values, in bits. */
export function entropy({ values, known }: Column): number {
  return values.reduce((sum, { count }) => sum - (count / known) * Math.log2(count / known), 0)
}

/** The value that a quarter of the contacts reach. */
export function upperQuartile({ order }: Column): number {
  return order[Math.floor(order.length * 0.75)] ?? 0
}
