import { isListInput, propertiesOf } from '../contacts/plain-input.js'
import type { Schema } from '../contacts/schema.js'

/** How something is read, as far as it decides what comes out. */
export interface ReadOnceOptions {
  readonly schema?: Schema | undefined
  readonly timeZone: string
}

const noSchema: object = Object.freeze({})

/**
 * A reader that remembers what it read, by the input itself, its schema and its zone, as long as the input lives. Only
 * what is frozen to the bottom is remembered, such as a rule that a builder made: all else can be another at the next
 * call, and is read again.
 */
export function readOnce<T extends object>(
  read: (input: unknown, options: ReadOnceOptions) => T,
): (input: unknown, options: ReadOnceOptions) => T {
  const bySchema = new WeakMap<object, Map<string, WeakMap<object, T>>>()

  const knownFor = ({ schema = noSchema, timeZone }: ReadOnceOptions): WeakMap<object, T> => {
    let byZone = bySchema.get(schema)
    if (byZone === undefined) bySchema.set(schema, (byZone = new Map<string, WeakMap<object, T>>()))
    let known = byZone.get(timeZone)
    if (known === undefined) byZone.set(timeZone, (known = new WeakMap<object, T>()))
    return known
  }

  return (input, options) => {
    const isObject = typeof input === 'object' && input !== null
    const found = isObject
      ? bySchema
          .get(options.schema ?? noSchema)
          ?.get(options.timeZone)
          ?.get(input)
      : undefined
    if (found !== undefined) return found
    const value = read(input, options)
    if (isObject && isFrozen(options.schema) && isFrozen(input)) knownFor(options).set(input, value)
    return value
  }
}

/** Whether plain JSON is frozen to the bottom. What is no plain JSON, such as a `Date`, is not: it can change all the same. */
function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  const inner = isListInput(value) ? (value as readonly unknown[]) : propertiesOf(value)?.values()
  if (inner === undefined || !Object.isFrozen(value)) return false
  for (const part of inner) if (!isFrozen(part)) return false
  return true
}
