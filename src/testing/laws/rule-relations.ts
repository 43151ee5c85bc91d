import { relationOf, type Relation } from '../../analysis/relation.js'
import type { Rule } from '../../rules/ast.js'
import type { TestMoment } from '../worlds/moment.js'
import { readWorld, type ReadWorld, type TestWorld } from '../worlds/test-world.js'
import { askedOf } from './asked.js'
import { findMoment, type SearchOptions } from './find-moment.js'
import { lawBroken } from './law-broken.js'

/*
 * How two rules must stand to each other. A counterexample is looked for first; where there is none, a proof is tried. So the
 * answer is one of three: broken, with the contact that breaks it; proved; or not found in so many tries.
 */

/** A law that was not broken: proved of every contact, or of as many as were tried. */
export interface LawHeld {
  readonly proved: boolean
}

/** The world of a law, and how long contacts are looked for that break it. */
export interface LawOptions extends TestWorld, SearchOptions {}

/**
 * Checks that two rules hold of the same contacts at the same instants.
 *
 * @throws CoterieError `LAW_BROKEN`, with the smallest contact and instant found on which they differ.
 */
export function checkEquivalent(one: Rule, other: Rule, options: LawOptions): LawHeld {
  const law = 'The rules are not equivalent'
  return checkPair(one, other, options, law, (a, b) => a === b, ['equal'])
}

/**
 * Checks that whoever the first rule holds of, the second does too, at every instant.
 *
 * @throws CoterieError `LAW_BROKEN`, with the smallest contact and instant found of which only the first holds.
 */
export function checkImplies(one: Rule, other: Rule, options: LawOptions): LawHeld {
  const law = 'The first rule does not imply the second'
  return checkPair(one, other, options, law, (a, b) => !a || b, ['equal', 'inside'])
}

/**
 * Checks that two rules never hold of the same contact at the same instant.
 *
 * @throws CoterieError `LAW_BROKEN`, with the smallest contact and instant found of which both hold.
 */
export function checkDisjoint(one: Rule, other: Rule, options: LawOptions): LawHeld {
  return checkPair(one, other, options, 'The rules overlap', (a, b) => !(a && b), ['disjoint'])
}

function checkPair(
  one: Rule,
  other: Rule,
  options: LawOptions,
  law: string,
  allows: (one: boolean, other: boolean) => boolean,
  proofs: readonly Relation[],
): LawHeld {
  const world = readWorld(options, [one, other])
  const [a, b] = world.rules as readonly [Rule, Rule]
  const found = findPair(world, a, b, (one, other) => !allows(one, other), options)
  if (found !== undefined) {
    const ask = askedOf(world, found)
    throw lawBroken(law, found, law, `the first is ${String(ask(a))}, the second ${String(ask(b))}`)
  }
  return Object.freeze({ proved: proofs.includes(relationIn(world, a, b)) })
}

/** A small moment at which the truths of two rules stand so. */
export function findPair(
  world: ReadWorld,
  one: Rule,
  other: Rule,
  stand: (one: boolean, other: boolean) => boolean,
  options: SearchOptions,
): TestMoment | undefined {
  const has = (moment: TestMoment): boolean => {
    const ask = askedOf(world, moment)
    return stand(ask(one), ask(other))
  }
  return findMoment(world, has, options)
}

/** What is proved of two rules of a world. */
export function relationIn({ schema, timeZone, segments }: ReadWorld, one: Rule, other: Rule): Relation {
  return relationOf(one, other, { schema, timeZone, segments })
}
