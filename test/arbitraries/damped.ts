import fc from 'fast-check'
import type { ChangeInput } from '../../src/changes/input.js'
import type { Rule } from '../../src/rules/ast.js'
import { dampedDefinitions, dampedLengths } from './changes.js'
import type { ScriptStep } from './scripts.js'

/*
 * Scripts in which damped segments have much to do: rules over a few tags that come and go all the time, so that contacts wait to enter
 * and to leave, and the waits end, are broken off, or meet windows and other segments at the same instant.
 */

const tags = ['x', 'y'] as const
const contacts = ['ada', 'bob'] as const
const quarter = 900_000

const leaf: fc.Arbitrary<Rule> = fc.oneof<fc.MaybeWeightedArbitrary<Rule>[]>(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('hasTag' as const), tag: fc.constantFrom(...tags) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...tags).map((tag): Rule => ({
      op: 'inLast',
      left: { get: 'tagAdded', tag },
      duration: '2h',
    })),
  },
)

/** Rules that come and go; they may refer to a segment. */
function flapping(segment?: string): fc.Arbitrary<Rule> {
  const flat: fc.Arbitrary<Rule> =
    segment === undefined ? leaf : fc.oneof(leaf, fc.constant<Rule>({ op: 'inSegment', segment }))
  return fc.oneof<fc.MaybeWeightedArbitrary<Rule>[]>(
    { weight: 3, arbitrary: flat },
    { weight: 1, arbitrary: flat.map((rule) => ({ op: 'not', rule })) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constantFrom('all' as const, 'any' as const),
        rules: fc.array(flat, { minLength: 2, maxLength: 2 }),
      }),
    },
  )
}

/** Definitions of damped segments, `s` and `t`, of which the second refers to the first. */
function definition(id: 's' | 't'): fc.Arbitrary<ChangeInput> {
  const rule = flapping(id === 't' ? 's' : undefined)
  const length = fc.constantFrom(...dampedLengths)
  return fc.record(
    {
      type: fc.constant('segment.define' as const),
      id: fc.constant(id),
      kind: fc.constant('damped' as const),
      rule,
      stay: rule,
      minimumStay: length,
      coolDown: length,
    },
    { requiredKeys: ['type', 'id', 'kind', 'rule', 'minimumStay', 'coolDown'] },
  )
}

/** What moves contacts: their tags, and the clock. */
const flaps: fc.Arbitrary<ScriptStep> = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
  {
    weight: 8,
    arbitrary: fc
      .record({
        type: fc.constantFrom('tag.add' as const, 'tag.remove' as const),
        contacts: fc.constantFrom(...contacts),
        tags: fc.constantFrom(...tags),
      })
      .map((change) => ({ do: 'apply', change })),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 12 }).map((quarters) => ({ do: 'advance', by: quarters * quarter })),
  },
  { weight: 3, arbitrary: fc.constantFrom(0, 0, -1, 1).map((beside) => ({ do: 'advanceToDue', beside })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<ChangeInput>(
        { type: 'contact.remove', contact: 'ada' },
        { type: 'contact.put', contact: 'ada' },
        { type: 'contact.merge', from: 'bob', into: 'ada' },
        { type: 'contact.put', contact: 'bob' },
      )
      .map((change) => ({ do: 'apply', change })),
  },
)

/** Definitions anew, conversions, and batches of both: who waits may wait longer, or no more. */
const turns: fc.Arbitrary<ScriptStep> = fc
  .array(
    fc.oneof<fc.MaybeWeightedArbitrary<ChangeInput>[]>(
      { weight: 3, arbitrary: dampedDefinitions(fc.constantFrom('s', 't'), flapping()) },
      { weight: 1, arbitrary: definition('s') },
      { weight: 1, arbitrary: definition('t') },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constant('segment.convert' as const),
          segment: fc.constantFrom('s', 't'),
          kind: fc.constantFrom('damped' as const, 'dynamic' as const, 'hybrid' as const),
        }),
      },
      { weight: 1, arbitrary: fc.constant({ type: 'segment.remove', segment: 't' }) },
      { weight: 1, arbitrary: fc.constant({ type: 'tag.rename', from: 'x', to: 'z' }) },
      { weight: 1, arbitrary: fc.constant({ type: 'tag.rename', from: 'z', to: 'x' }) },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => ({ do: 'batch', changes }))

const setup: fc.Arbitrary<readonly ScriptStep[]> = fc.tuple(definition('s'), definition('t')).map((definitions) =>
  [...contacts.map((contact): ChangeInput => ({ type: 'contact.put', contact })), ...definitions].map((change) => ({
    do: 'apply',
    change,
  })),
)

/** Scripts of damped segments; with `isDefinedOnce` their definitions stay as they are. */
export function dampedScripts({ isDefinedOnce = false } = {}): fc.Arbitrary<readonly ScriptStep[]> {
  const step = isDefinedOnce ? flaps : fc.oneof({ weight: 6, arbitrary: flaps }, { weight: 1, arbitrary: turns })
  return fc.tuple(setup, fc.array(step, { minLength: 4, maxLength: 40 })).map(([first, rest]) => [...first, ...rest])
}
