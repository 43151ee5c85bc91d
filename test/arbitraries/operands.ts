import fc from 'fast-check'
import type { DurationText } from '../../src/base/duration.js'
import type { Operand } from '../../src/rules/ast.js'
import { attributeNames, type AttributeKinds } from './schemas.js'
import { tagNames } from './contacts.js'
import type { Stage } from './stages.js'
import { valuesOf, type Kind } from './values.js'
import { durations, wholeDayDurations, zoneNames } from './windows.js'

/** What rules can speak of. */
export interface RuleWorld {
  readonly stage: Stage
  /** What attributes hold. Left out, an attribute can hold anything, and so be compared with anything. */
  readonly kinds?: AttributeKinds
  /** The segments a rule may refer to. */
  readonly segments?: readonly string[]
  /** Whether segments may be damped, of which laws of order and rebuilding do not hold. Default true. */
  readonly isDamped?: boolean
}

/** Operands of a kind, at most `depth` computations deep. */
export type OperandsOf = (kind: Kind, depth: number) => fc.Arbitrary<Operand>

/** The operands of a world by their kind, literals so often among them. */
export function operandsIn(world: RuleWorld, literals: number): OperandsOf {
  const known = new Map<string, fc.Arbitrary<Operand>>()
  const of: OperandsOf = (kind, depth) => {
    const key = `${kind} ${depth}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = fc.oneof(
      { weight: literals, arbitrary: valuesOf(kind, world.stage) },
      ...attributesFor(world, kind).map((name) => ({ weight: 4, arbitrary: attribute(name) })),
      ...lookedUp(kind).map((arbitrary) => ({ weight: 1, arbitrary })),
      ...(depth === 0 ? [] : computed(kind, of, depth - 1)).map((arbitrary) => ({ weight: 1, arbitrary })),
    )
    known.set(key, made)
    return made
  }
  return of
}

function attributesFor({ kinds }: RuleWorld, kind: Kind): readonly string[] {
  return kinds === undefined ? attributeNames : Object.keys(kinds).filter((name) => kinds[name] === kind)
}

function attribute(name: string): fc.Arbitrary<Operand> {
  return fc.constant({ get: 'attribute', name })
}

/** What is read off a contact, besides its attributes. */
function lookedUp(kind: Kind): fc.Arbitrary<Operand>[] {
  switch (kind) {
    case 'text':
      return [fc.constant({ get: 'contactId' })]
    case 'number':
      return [fc.constant({ get: 'tagCount' })]
    case 'instant':
      return [fc.record({ get: fc.constant('tagAdded' as const), tag: fc.constantFrom(...tagNames) })]
    default:
      return []
  }
}

/** What is computed from other operands. */
function computed(kind: Kind, of: OperandsOf, depth: number): fc.Arbitrary<Operand>[] {
  switch (kind) {
    case 'number':
      return [
        fc.record({
          get: fc.constantFrom('plus' as const, 'minus' as const, 'times' as const, 'dividedBy' as const),
          left: of('number', depth),
          right: of('number', depth),
        }),
        fc.record({
          get: fc.constant('length' as const),
          of: fc.oneof(of('texts', depth), of('numbers', depth)),
        }),
      ]
    case 'instant':
      return [moved(of('instant', depth), of('number', depth)), shifted(of('instant', depth), durations)]
    case 'day':
      return [moved(of('day', depth), of('number', depth)), shifted(of('day', depth), wholeDayDurations)]
    default:
      return []
  }
}

function moved(left: fc.Arbitrary<Operand>, right: fc.Arbitrary<Operand>): fc.Arbitrary<Operand> {
  return fc.record({ get: fc.constantFrom('plus' as const, 'minus' as const), left, right })
}

function shifted(of: fc.Arbitrary<Operand>, duration: fc.Arbitrary<DurationText>): fc.Arbitrary<Operand> {
  return fc.record(
    { get: fc.constantFrom('later' as const, 'earlier' as const), of, duration, timeZone: zoneNames },
    { requiredKeys: ['get', 'of', 'duration'] },
  )
}
