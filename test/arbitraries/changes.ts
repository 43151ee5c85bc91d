import fc from 'fast-check'
import type { ChangeType, ContactName, SegmentKind } from '../../src/changes/change.js'
import type { ChangeInput } from '../../src/changes/input.js'
import {
  attributesOf,
  contactIds,
  contactNames,
  holders,
  identities,
  newTagNames,
  patchesOf,
  tagNames,
} from './contacts.js'
import { ends, instants } from './instants.js'
import type { EventInput } from '../../src/contacts/read-event.js'
import { eventIds, eventInputs, recordIds, recordInputs } from './items.js'
import type { Rule } from '../../src/rules/ast.js'
import { rules, type RuleWorld } from './rules.js'

/** The ids segments have. */
export const segmentIds: readonly string[] = Object.freeze(['s', 't', 'u', 'v'])

/** Those of them that scripts define as a hybrid and as a static one. */
export const handFilled: readonly string[] = Object.freeze(['u', 'v'])

/** An arbitrary for each type of change; the type says that none is forgotten. */
/** Those of automation follow from others, and are made by the tests of automation. */
export type GeneratedType = Exclude<ChangeType, `automation.${string}`>

export type ChangeArbitraries = { readonly [T in GeneratedType]: fc.Arbitrary<ChangeInput & { readonly type: T }> }

/**
 * The changes of a world, by type. They are well shaped, and right as far as the world's state lets them be: they may
 * name contacts and segments that are not there, make loops, or fit no kind of segment.
 */
export function changesIn(world: RuleWorld): ChangeArbitraries {
  const { isDamped = true } = world
  const referring = { ...world, segments: world.segments ?? segmentIds }
  const segment = fc.constantFrom(...(referring.segments.length === 0 ? segmentIds : referring.segments))
  const contacts = someOf<ContactName>(contactNames())
  const tags = someOf(fc.constantFrom(...tagNames))
  const anyTag = fc.constantFrom(...tagNames, ...newTagNames)
  const group = fc.constantFrom('g', 'h')
  const manyContacts = fc.uniqueArray(fc.constantFrom(...contactIds), { minLength: 1 })
  const manyTags = fc.uniqueArray(fc.constantFrom(...tagNames), { minLength: 1 })
  const untag = fc.constant('tag.remove' as const)
  const eventId = fc.constantFrom(...eventIds)
  const kind = fc.constantFrom<SegmentKind>('dynamic', 'static', 'hybrid', ...(isDamped ? ['damped' as const] : []))
  const rule = rules(referring)
  const until = ends(world.stage)
  const holds = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...tagNames) },
    { weight: 2, arbitrary: fc.record({ tag: fc.constantFrom(...tagNames), once: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
  const reason = fc.constantFrom('because', 'asked')
  const define = fc.constant('segment.define' as const)
  const filled = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...handFilled) }, { weight: 1, arbitrary: segment })
  const member = <T extends 'member.include' | 'member.exclude'>(type: T) =>
    fc.record(
      { type: fc.constant(type), segment: filled, contacts, reason, until },
      { requiredKeys: ['type', 'segment', 'contacts'] },
    )

  return {
    'contact.put': fc.record({
      type: fc.constant('contact.put' as const),
      contact: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...contactIds) },
        { weight: 1, arbitrary: contactNames() },
      ),
      attributes: attributesOf(world.kinds, world.stage),
    }),
    'contact.patch': fc.record({
      type: fc.constant('contact.patch' as const),
      contact: contactNames(),
      attributes: patchesOf(world.kinds, world.stage),
    }),
    'contact.remove': fc.record({ type: fc.constant('contact.remove' as const), contact: contactNames() }),
    'contact.merge': fc.record({
      type: fc.constant('contact.merge' as const),
      from: contactNames(),
      into: contactNames(),
    }),
    'contact.identify': fc
      .tuple(contactNames(), identities())
      .map(([contact, identity]) => ({ type: 'contact.identify', contact, ...identity })),
    'tag.add': fc.record(
      { type: fc.constant('tag.add' as const), contacts, tags, holder: holders() },
      { requiredKeys: ['type', 'contacts', 'tags'] },
    ),
    'tag.remove': fc.oneof(
      { weight: 3, arbitrary: fc.record({ type: untag, contacts: manyContacts, tags: manyTags }) },
      { weight: 1, arbitrary: fc.record({ type: untag, contacts: manyContacts, tags: manyTags, holder: holders() }) },
    ),
    'tag.define': fc.record(
      {
        type: fc.constant('tag.define' as const),
        tag: anyTag,
        description: fc.constantFrom('One', 'Two', null),
        kind: fc.constantFrom('manual' as const, 'campaign' as const, null),
      },
      { requiredKeys: ['type', 'tag'] },
    ),
    'tag.group': fc.oneof(
      fc.record({
        type: fc.constant('tag.group' as const),
        group,
        tags: fc.uniqueArray(anyTag, { minLength: 1, maxLength: 3 }),
        exclusive: fc.boolean(),
      }),
      fc.record({
        type: fc.constant('tag.group' as const),
        group,
        prefix: fc.constantFrom('source-', 'v'),
        exclusive: fc.boolean(),
      }),
      fc.record({
        type: fc.constant('tag.group' as const),
        group,
        tags: fc.uniqueArray(anyTag, { minLength: 1, maxLength: 2 }),
        prefix: fc.constantFrom('source-', 'v'),
        exclusive: fc.boolean(),
      }),
    ),
    'tag.ungroup': fc.record({ type: fc.constant('tag.ungroup' as const), group }),
    'tag.rename': fc.record({
      type: fc.constant('tag.rename' as const),
      from: anyTag,
      to: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...newTagNames) }, { weight: 1, arbitrary: anyTag }),
      force: fc.boolean(),
    }),
    'tag.merge': fc.record({
      type: fc.constant('tag.merge' as const),
      from: someOf(anyTag),
      into: anyTag,
      force: fc.boolean(),
    }),
    'tag.delete': fc.record({ type: fc.constant('tag.delete' as const), tags: someOf(anyTag), force: fc.boolean() }),
    'event.record': fc.record({
      type: fc.constant('event.record' as const),
      contact: contactNames(),
      event: eventInputs(world.stage),
    }),
    'event.correct': fc.record({
      type: fc.constant('event.correct' as const),
      contact: contactNames(),
      id: eventId,
      event: eventInputs(world.stage).map(withoutId),
    }),
    'event.remove': fc.record({ type: fc.constant('event.remove' as const), contact: contactNames(), id: eventId }),
    // Before all events: that a fold moves nobody has properties of its own.
    'event.fold': fc.constant({ type: 'event.fold' as const, before: 0 }),
    'record.put': fc.record({
      type: fc.constant('record.put' as const),
      contact: contactNames(),
      collection: fc.constant('deals'),
      record: recordInputs(world.stage),
    }),
    'record.remove': fc.record({
      type: fc.constant('record.remove' as const),
      contact: contactNames(),
      collection: fc.constant('deals'),
      id: fc.constantFrom(...recordIds),
    }),
    'segment.define': fc.oneof(
      fc.record({ type: define, id: segment, rule }),
      fc.record({ type: define, id: segment, rule, holds }, { requiredKeys: ['type', 'id', 'holds'] }),
      fc.record({ type: define, id: fc.constantFrom(...handFilled), contacts }),
      ...(isDamped ? [dampedDefinitions(segment, rule)] : []),
      fc.record(
        {
          type: define,
          id: segment,
          kind,
          rule,
          contacts,
          visits: fc.boolean(),
          name: fc.constantFrom('One', 'Two'),
          source: fc.constantFrom('a', 'b'),
          holds,
        },
        { requiredKeys: ['type', 'id'] },
      ),
    ),
    'segment.describe': fc.record(
      {
        type: fc.constant('segment.describe' as const),
        segment,
        name: fc.constantFrom('One', 'Two', null),
        labels: fc.constantFrom(['x'], null),
        data: fc.constantFrom({ shown: true }, null),
        source: fc.constantFrom('a', null),
      },
      { requiredKeys: ['type', 'segment'] },
    ),
    'segment.convert': fc.oneof<fc.MaybeWeightedArbitrary<ChangeInput & { readonly type: 'segment.convert' }>[]>(
      {
        weight: 2,
        arbitrary: fc.record(
          { type: fc.constant('segment.convert' as const), segment, kind, rule },
          { requiredKeys: ['type', 'segment', 'kind'] },
        ),
      },
      ...(isDamped ? [{ weight: 1, arbitrary: dampedConversions(segment, rule) }] : []),
    ),
    'segment.remove': fc.record({ type: fc.constant('segment.remove' as const), segment }),
    'member.include': member('member.include'),
    'member.exclude': member('member.exclude'),
    'member.reset': fc.record(
      {
        type: fc.constant('member.reset' as const),
        segment: filled,
        contacts,
        slot: fc.constantFrom('include' as const, 'exclude' as const),
      },
      { requiredKeys: ['type', 'segment', 'contacts'] },
    ),
    'clock.advance': fc.record({ type: fc.constant('clock.advance' as const), to: instants(world.stage) }),
  }
}

/** How long contacts stay in damped segments, or out of them. */
export const dampedLengths = ['0ms', '1ms', '15m', '2h', '1d', '30d'] as const

/** Definitions of damped segments, and of other ones that take them for damped. */
export function dampedDefinitions(
  id: fc.Arbitrary<string>,
  rule: fc.Arbitrary<Rule>,
): fc.Arbitrary<ChangeInput & { readonly type: 'segment.define' }> {
  const length = fc.constantFrom(...dampedLengths, null)
  return fc.record(
    {
      type: fc.constant('segment.define' as const),
      id,
      kind: fc.constant('damped' as const),
      rule,
      stay: fc.oneof({ weight: 4, arbitrary: rule }, { weight: 1, arbitrary: fc.constant(null) }),
      minimumStay: length,
      coolDown: length,
      visits: fc.boolean(),
    },
    { requiredKeys: ['type', 'id', 'minimumStay', 'coolDown'] },
  )
}

function dampedConversions(
  segment: fc.Arbitrary<string>,
  rule: fc.Arbitrary<Rule>,
): fc.Arbitrary<ChangeInput & { readonly type: 'segment.convert' }> {
  const length = fc.constantFrom(...dampedLengths)
  return fc.record(
    {
      type: fc.constant('segment.convert' as const),
      segment,
      kind: fc.constantFrom<SegmentKind>('damped', 'damped', 'damped', 'hybrid'),
      rule,
      stay: rule,
      minimumStay: length,
      coolDown: length,
    },
    { requiredKeys: ['type', 'segment', 'kind'] },
  )
}

/** How often each type of change comes; those of data more often than those that end things. */
const weights: { readonly [T in GeneratedType]: number } = {
  'contact.put': 9,
  'contact.patch': 6,
  'contact.remove': 1,
  'contact.merge': 2,
  'contact.identify': 2,
  'tag.add': 6,
  'tag.remove': 3,
  'tag.define': 1,
  'tag.group': 2,
  'tag.ungroup': 1,
  'tag.rename': 2,
  'tag.merge': 1,
  'tag.delete': 1,
  'event.record': 6,
  'event.correct': 1,
  'event.remove': 1,
  'event.fold': 1,
  'record.put': 3,
  'record.remove': 1,
  'segment.define': 4,
  'segment.describe': 1,
  'segment.convert': 1,
  'segment.remove': 1,
  'member.include': 3,
  'member.exclude': 2,
  'member.reset': 1,
  'clock.advance': 1,
}

/** Changes of all types, or of those given. Shrinks towards putting a contact. */
export function changes(
  world: RuleWorld,
  types = Object.keys(weights) as readonly GeneratedType[],
): fc.Arbitrary<ChangeInput> {
  const arbitraries = changesIn(world)
  return fc.oneof<fc.MaybeWeightedArbitrary<ChangeInput>[]>(
    ...types.map((type) => ({ weight: weights[type], arbitrary: arbitraries[type] })),
  )
}

/** The types of change that are made here. */
export const generatedTypes: readonly GeneratedType[] = Object.freeze(Object.keys(weights) as GeneratedType[])

/** The types of change that a batch can hold. */
export const batchTypes: readonly GeneratedType[] = Object.freeze(
  (Object.keys(weights) as GeneratedType[]).filter((type) => type !== 'clock.advance'),
)

function withoutId(event: EventInput): Omit<EventInput, 'id'> {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'id')) as unknown as Omit<
    EventInput,
    'id'
  >
}

function someOf<T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc.array(one, { minLength: 1, maxLength: 2 })
}
