import fc from 'fast-check'
import type { SegmentKind } from '../../src/changes/change.js'
import type { ChangeInput } from '../../src/changes/input.js'
import { batchTypes, changes, changesIn, dampedLengths, segmentIds } from './changes.js'
import { advances } from './clocks.js'
import { attributesOf, contactIds } from './contacts.js'
import { rules, type RuleWorld } from './rules.js'

/** One thing that a host does to an engine. */
export type ScriptStep =
  | { readonly do: 'apply'; readonly change: ChangeInput }
  | { readonly do: 'batch'; readonly changes: readonly ChangeInput[] }
  /** Moves the clock on, in ms. */
  | { readonly do: 'advance'; readonly by: number }
  /** Moves the clock to the next due instant, or so many ms beside it. */
  | { readonly do: 'advanceToDue'; readonly beside: number }

/** What scripts are made of, besides what rules can speak of. */
export interface ScriptOptions {
  /** The longest a script can be, its setup aside. */
  readonly maxLength?: number
}

/** A few contacts and segments, then anything: changes, batches, and the clock in between. */
export function scripts(world: RuleWorld, { maxLength = 24 }: ScriptOptions = {}): fc.Arbitrary<readonly ScriptStep[]> {
  const some = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('apply' as const), change: changes(world) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('batch' as const),
        changes: batches(world),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), by: advances() }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('advanceToDue' as const), beside: fc.constantFrom(0, -1, 1) }),
    },
  )
  return fc.tuple(setups(world), fc.array(some, { maxLength })).map(([first, rest]) => [...first, ...rest])
}

/** The changes of a batch; seldom one that cannot stand in any. */
export function batches(world: RuleWorld): fc.Arbitrary<readonly ChangeInput[]> {
  const change = fc.oneof(
    { weight: 50, arbitrary: changes(world, batchTypes) },
    { weight: 1, arbitrary: changes(world, ['clock.advance']) },
  )
  return fc.array(change, { minLength: 1, maxLength: 4 })
}

/** Contacts and segments to begin with, then only batches that turn them over: much is removed, and comes back. */
export function upheavals(world: RuleWorld): fc.Arbitrary<readonly ScriptStep[]> {
  const made = changesIn(world)
  const change = fc.oneof(...batchTypes.map((type): fc.Arbitrary<ChangeInput> => made[type]))
  const batch = fc.array(change, { minLength: 1, maxLength: 6 })
  const steps = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
    { weight: 5, arbitrary: batch.map((all) => ({ do: 'batch', changes: all })) },
    { weight: 1, arbitrary: advances().map((by) => ({ do: 'advance', by })) },
  )
  return fc.tuple(setups(world), fc.array(steps, { maxLength: 6 })).map(([first, rest]) => [...first, ...rest])
}

/** Contacts and segments to begin with, one by one. */
export function setups(world: RuleWorld): fc.Arbitrary<readonly ScriptStep[]> {
  const all = fc.tuple(puts(world), definitions(world)).map(([first, second]) => [...first, ...second])
  return all.map((some) => some.map((change) => ({ do: 'apply', change })))
}

/** Contacts to begin with, each once: two of them, or all. */
export function puts(world: RuleWorld): fc.Arbitrary<readonly ChangeInput[]> {
  const put = fc.record({
    type: fc.constant('contact.put' as const),
    contact: fc.constantFrom(...contactIds),
    attributes: attributesOf(world.kinds, world.stage),
  })
  const most = contactIds.length
  return fc.uniqueArray(put, { selector: ({ contact }) => contact, minLength: most - 1, maxLength: most })
}

/** Segments to begin with: dynamic ones, of which one may be damped, a hybrid and a static one. Each refers only to those before it. */
export function definitions(world: RuleWorld): fc.Arbitrary<readonly ChangeInput[]> {
  const kinds: readonly SegmentKind[] = ['dynamic', 'dynamic', 'hybrid', 'static']
  const each = segmentIds.map((id, place): fc.Arbitrary<ChangeInput> => {
    const rule = rules({ ...world, segments: segmentIds.slice(0, place) })
    const kind = kinds[place] ?? 'dynamic'
    if (place === 1 && world.isDamped !== false) {
      const plain = fc.record({
        type: fc.constant('segment.define' as const),
        id: fc.constant(id),
        kind: fc.constant(kind),
        rule,
      })
      const parts = {
        stay: rule,
        minimumStay: fc.constantFrom(...dampedLengths),
        coolDown: fc.constantFrom(...dampedLengths),
      }
      const damped = fc.record(
        { type: fc.constant('segment.define' as const), id: fc.constant(id), rule, ...parts },
        { requiredKeys: ['type', 'id', 'rule'] },
      )
      return fc.oneof(plain, damped)
    }
    return fc.record({
      type: fc.constant('segment.define' as const),
      id: fc.constant(id),
      kind: fc.constant(kind),
      rule,
    })
  })
  return fc.tuple(...each)
}
