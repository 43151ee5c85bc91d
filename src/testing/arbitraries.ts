import type * as fastCheck from 'fast-check'
import type { Change } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'
import { drawAdvance, drawChange } from './worlds/draw-change.js'
import { drawContact, drawMoment, type Draw } from './worlds/draw-moment.js'
import { RuleMaker, smallerRules, type RuleOptions } from './worlds/draw-rule.js'
import type { TestContact, TestMoment } from './worlds/moment.js'
import { Pools } from './worlds/pools.js'
import { smallerContacts, smallerMoments } from './worlds/smaller.js'
import { readWorld, type TestWorld } from './worlds/test-world.js'

/*
 * Arbitraries for fast-check, which is given and never imported: a suite has its own, with its own seeds. What they make is
 * drawn from the same pools as the counterexamples of the laws, and shrinks by the same steps.
 */

/** The part of fast-check that arbitraries are made with: its default export. */
export type FastCheck = Pick<typeof fastCheck, 'Arbitrary' | 'Value' | 'Stream' | 'array'>

/** The world of arbitraries, and what they stand around. */
export interface ArbitraryOptions extends TestWorld {
  /** Rules at whose boundaries contacts and changes are. With rules, contacts have what these read, and no more. */
  readonly rules?: readonly Rule[]
}

/** Arbitraries of a world. Each shrinks to something small. */
export interface Arbitraries {
  /** A contact, in full; `matches` and an engine's `put` take its parts. */
  contacts(): fastCheck.Arbitrary<TestContact>
  /** A contact and an instant to ask about it, often just in or just out of a window. */
  moments(): fastCheck.Arbitrary<TestMoment>
  /** Rules that can be read under the schema. */
  rules(options?: RuleOptions): fastCheck.Arbitrary<Rule>
  /** A change of one of three contacts, or of the clock. */
  changes(): fastCheck.Arbitrary<Change>
  /** Changes in a row, up to `maxLength` (default 20). Instants of the clock rise. */
  histories(options?: { readonly maxLength?: number }): fastCheck.Arbitrary<readonly Change[]>
  /** How far to move a clock, in ms. */
  advances(): fastCheck.Arbitrary<number>
}

/**
 * Arbitraries from a schema, biased to the boundaries of the rules given.
 *
 *     const { moments } = arbitrariesFor(fc, { schema, rules: [vip] })
 *     fc.assert(fc.property(moments(), ({ contact, now }) => …))
 */
export function arbitrariesFor(fc: FastCheck, options: ArbitraryOptions): Arbitraries {
  const pools = new Pools(readWorld(options, options.rules ?? []))
  const drawn = <T>(make: (draw: Draw) => T, smaller: (value: T) => Iterable<T>): fastCheck.Arbitrary<T> =>
    drawnWith(fc, make, smaller)
  const changes = (): fastCheck.Arbitrary<Change> => drawn((draw) => drawChange(pools, draw), smallerChanges)
  return Object.freeze({
    contacts: () => drawn((draw) => drawContact(pools, pools.world.now, draw), smallerContacts),
    moments: () => drawn((draw) => drawMoment(pools, draw), smallerMoments),
    rules: (ruleOptions: RuleOptions = {}) => {
      const maker = new RuleMaker(pools, ruleOptions)
      return drawn((draw) => maker.draw(draw), smallerRules)
    },
    changes,
    histories: ({ maxLength = 20 }: { readonly maxLength?: number } = {}) =>
      fc.array(changes(), { maxLength, size: 'max' }).map((all) => inTime(all, pools.world.now)),
    advances: () => drawn((draw) => drawAdvance(pools, draw), smallerAdvances),
  })
}

function drawnWith<T>(
  fc: FastCheck,
  make: (draw: Draw) => T,
  smaller: (value: T) => Iterable<T>,
): fastCheck.Arbitrary<T> {
  class Drawn extends fc.Arbitrary<T> {
    generate(random: fastCheck.Random): fastCheck.Value<T> {
      return new fc.Value(
        make((n) => random.nextInt(0, n - 1)),
        undefined,
      )
    }

    canShrinkWithoutContext(value: unknown): value is T {
      // What it has not made it cannot know.
      return value === this
    }

    shrink(value: T): fastCheck.Stream<fastCheck.Value<T>> {
      const steps = smaller(value)[Symbol.iterator]() as IterableIterator<T>
      return new fc.Stream(steps).map((one) => new fc.Value(one, undefined))
    }
  }
  return new Drawn()
}

/** Each advance goes on from the one before it. */
function inTime(changes: readonly Change[], start: number): readonly Change[] {
  let now = start
  return changes.map((change) => {
    if (change.type !== 'clock.advance') return change
    now += change.to - start
    return { ...change, to: now }
  })
}

function* smallerChanges(change: Change): Iterable<Change> {
  if (change.type !== 'contact.put' && change.type !== 'contact.patch') return
  for (const name of Object.keys(change.attributes)) {
    const attributes = Object.fromEntries(Object.entries(change.attributes).filter(([other]) => other !== name))
    yield { ...change, attributes } as Change
  }
}

function* smallerAdvances(ms: number): Iterable<number> {
  if (ms > 0) yield* [0, Math.floor(ms / 2), ms - 1]
}
