import fc from 'fast-check'
import type { Value } from '../../src/contacts/value.js'
import { dayValues, instantValues } from './instants.js'
import type { Stage } from './stages.js'

/** What a value can be where a schema tells: a text of one of few choices, and lists by what they hold. */
export type Kind = 'text' | 'choice' | 'number' | 'boolean' | 'instant' | 'day' | 'texts' | 'numbers'

export const kinds: readonly Kind[] = Object.freeze([
  'text',
  'choice',
  'number',
  'boolean',
  'instant',
  'day',
  'texts',
  'numbers',
])

/** The texts that a field of a few choices takes. */
export const choices = Object.freeze(['a', 'b'] as const)

/** Texts that meet each other: mostly two and a prefix; seldom other cases, and letters whose lower case is odd. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'ab') },
  { weight: 1, arbitrary: fc.constantFrom('', 'A', 'ba', 'é', '😀', 'Σ', 'ς', 'İ', 'ß') },
)

/** Numbers around bounds; quarter hours and days in ms, for dates; sums that doubles do not hold exactly. */
export const numbers: fc.Arbitrary<number> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 3, 0.1, 0.2, 0.3, 900_000, 86_400_000, -86_400_000, 1e308) },
)

/** A value of a kind. */
export function valuesOf(kind: Kind, stage: Stage): fc.Arbitrary<Value> {
  switch (kind) {
    case 'text':
      return texts
    case 'choice':
      return fc.constantFrom(...choices)
    case 'number':
      return numbers
    case 'boolean':
      return fc.boolean()
    case 'instant':
      return instantValues(stage)
    case 'day':
      return dayValues(stage)
    case 'texts':
      return fc.uniqueArray(fc.constantFrom('a', 'b', ''), { maxLength: 3 })
    case 'numbers':
      return fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 })
  }
}

/** A value of any kind. */
export function values(stage: Stage): fc.Arbitrary<Value> {
  return fc.oneof(...kinds.map((kind) => valuesOf(kind, stage)))
}
