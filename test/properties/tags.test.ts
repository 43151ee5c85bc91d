import type { ChangeInput, Engine, RetaggingInput, Rule } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesIn } from '../arbitraries/changes.js'
import { contactIds, tagNames } from '../arbitraries/contacts.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, play, worldOf } from './playing.js'

/*
 * 1. A rename moves nobody and tells of no tag, unless it was told to go on although rules tell the names apart.
 * 2. A merge or a deletion moves exactly those whom it listed before.
 * 3. Of an exclusive group nobody has two tags, whatever happens.
 * 4. Outside exclusive groups, those on whom a segment holds its tag are its members at every instant.
 * 5. Folding the trail gives the holders of every tag, as long as it was not written over.
 */

const games = <T extends 'tag.rename' | 'tag.merge' | 'tag.delete'>(...types: readonly T[]) =>
  onAnyStage((stage) => {
    const world = worldOf(stage)
    const made = changesIn(world)
    return fc.tuple(scripts(world, { maxLength: 12 }), fc.oneof(...types.map((type) => made[type])))
  })

/** Three segments of every kind that read tags and hold some, contacts with a few of them, and a retagging. */
const heldGames = onAnyStage((stage) => {
  const made = changesIn(worldOf(stage))
  const tag = fc.constantFrom(...tagNames)
  const leaf = fc.oneof<fc.MaybeWeightedArbitrary<Rule>[]>(
    { weight: 4, arbitrary: tag.map((name) => ({ op: 'hasTag', tag: name })) },
    { weight: 1, arbitrary: fc.constant({ op: 'inSegment', segment: 's' }) },
  )
  const rule = fc.oneof(
    leaf,
    leaf.map((one): Rule => ({ op: 'not', rule: one })),
  )
  const segment = (id: string): fc.Arbitrary<ChangeInput> =>
    fc
      .record({
        kind: fc.constantFrom('dynamic' as const, 'hybrid' as const, 'damped' as const),
        rule,
        stay: fc.option(rule, { nil: undefined }),
        minimumStay: fc.constantFrom('15m' as const, '1h' as const),
        holds: fc.option(fc.record({ tag, once: fc.boolean() }), { freq: 4, nil: undefined }),
      })
      .map(({ kind, rule: by, stay, minimumStay, holds }) => ({
        type: 'segment.define',
        id,
        kind,
        rule: by,
        ...(holds === undefined ? undefined : { holds }),
        ...(kind === 'damped' ? { minimumStay, ...(stay === undefined ? undefined : { stay }) } : undefined),
      }))
  const byHand = fc.record({
    type: fc.constantFrom('member.include' as const, 'member.exclude' as const),
    segment: fc.constantFrom('s', 't', 'u'),
    contacts: fc.constantFrom(...contactIds),
  })
  return fc.record({
    setup: fc
      .tuple(
        fc.constant(contactIds.map((contact): ChangeInput => ({ type: 'contact.put', contact }))),
        fc.array<ChangeInput>(fc.oneof(made['tag.add'], made['tag.group']), { maxLength: 4 }),
        fc.tuple(segment('s'), segment('t'), segment('u')),
        fc.array<ChangeInput>(fc.oneof(byHand, made['tag.add'], made['tag.remove']), { maxLength: 5 }),
      )
      .map((all) => all.flat()),
    change: fc.oneof(made['tag.rename'], made['tag.merge'], made['tag.delete']),
  })
})

describe('1. a rename', () => {
  it('moves nobody', () => {
    const property = fc.property(games('tag.rename'), ([stage, [script, rename]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const receipt = applied(engine, { ...rename, force: false })
      fc.pre(receipt !== undefined)
      expect(receipt.transitions).toEqual([])
      expect(receipt.tagEvents).toEqual([])
    })
    fc.assert(property, { numRuns: runs(150) })
  })
})

describe('2. a merge or a deletion', () => {
  it('moves exactly those whom it listed before', () => {
    const property = fc.property(games('tag.rename', 'tag.merge', 'tag.delete'), ([stage, [script, change]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      fc.pre(movesAsListed(engine, change) !== undefined)
    })
    fc.assert(property, { numRuns: runs(200) })
  })

  it('also where segments hold tags, are filled by hand, or are damped', () => {
    let moved = 0
    const property = fc.property(heldGames, ([stage, { setup, change }]) => {
      const engine = engineIn(stage)
      for (const each of setup) applied(engine, each)
      moved += movesAsListed(engine, change) ?? 0
    })
    fc.assert(property, { numRuns: runs(300) })
    expect(moved).toBeGreaterThan(0)
  })
})

describe('3. exclusive groups', () => {
  it('hold under every history', () => {
    const property = fc.property(
      onAnyStage((stage) => scripts(worldOf(stage))),
      ([stage, script]) => {
        const engine = engineIn(stage)
        for (const step of script) {
          doStep(engine, step)
          for (const id of engine.contacts.ids()) checkExclusive(engine, id)
        }
      },
    )
    fc.assert(property, { numRuns: runs(150) })
  })
})

describe('4. a tag that a segment holds', () => {
  it('is held on its members', () => {
    let held = 0
    const property = fc.property(
      onAnyStage((stage) => scripts(worldOf(stage))),
      ([stage, script]) => {
        const engine = engineIn(stage)
        const check = (): void => {
          held += checkHeld(engine)
        }
        engine.on('transition', () => {
          // While they are told all is settled.
          check()
        })
        for (const step of script) {
          doStep(engine, step)
          check()
        }
      },
    )
    fc.assert(property, { numRuns: runs(150) })
    expect(held).toBeGreaterThan(0)
  })
})

describe('5. the trail', () => {
  it('says who holds what', () => {
    let held = 0
    const property = fc.property(
      onAnyStage((stage) => scripts(worldOf(stage))),
      ([stage, script]) => {
        const engine = engineIn(stage)
        play(engine, script)
        for (const id of engine.contacts.ids()) {
          held += holdersOf(engine, id).length
          // A merge hands on two histories, which are then one that never was; also where nothing of it is left after its batch.
          if (contactIds.some((other) => other !== id && engine.contacts.get(other)?.id === id)) continue
          expect(foldedTrail(engine, id)).toEqual(holdersOf(engine, id))
        }
      },
    )
    fc.assert(property, { numRuns: runs(100) })
    expect(held).toBeGreaterThan(0)
  })
})

/** Makes a retagging, which must move just those whom its preview lists; how many, or undefined where it is refused. */
function movesAsListed(engine: Engine, change: RetaggingInput): number | undefined {
  let listed: ReturnType<Engine['tags']['catalogue']['preview']> | undefined
  try {
    listed = engine.tags.catalogue.preview(change)
  } catch {
    expect(applied(engine, change)).toBeUndefined()
    return undefined
  }
  const receipt = applied(engine, { ...change, force: true })
  if (receipt === undefined) return undefined
  const moved = (segment: string, type: 'enter' | 'exit'): readonly string[] =>
    receipt.transitions
      .filter((one) => one.segmentId === segment && one.type === type)
      .map(({ contactId }) => contactId)
  const moves = engine.segments
    .ids()
    .map((segment) => ({ segment, enter: moved(segment, 'enter'), exit: moved(segment, 'exit') }))
    .filter(({ enter, exit }) => enter.length + exit.length > 0)
  const byName = <T extends { readonly segment: string }>(some: readonly T[]): readonly T[] =>
    [...some].sort((a, b) => (a.segment < b.segment ? -1 : 1))
  expect(byName(listed.moves)).toEqual(byName(moves))
  return receipt.transitions.length
}

function applied(engine: Engine, change: ChangeInput): ReturnType<Engine['apply']> | undefined {
  try {
    return engine.apply(change)
  } catch {
    return undefined
  }
}

function checkExclusive(engine: Engine, contact: string): void {
  const tags = engine.tags.of(contact).map(({ tag }) => tag)
  for (const { exclusive, prefix, tags: listed = [] } of engine.tags.catalogue.groups()) {
    if (exclusive !== true) continue
    const inside = tags.filter((tag) => listed.includes(tag) || (prefix !== undefined && tag.startsWith(prefix)))
    expect(inside.length).toBeLessThanOrEqual(1)
  }
}

/** Checks of all automatic tags outside exclusive groups who has them; returns how many have one. */
function checkHeld(engine: Engine): number {
  const groups = engine.tags.catalogue.groups().filter(({ exclusive }) => exclusive === true)
  let held = 0
  for (const id of engine.segments.ids()) {
    const { holds } = engine.segments.get(id) ?? {}
    if (holds === undefined || holds.once === true) continue
    const { tag } = holds
    if (groups.some(({ prefix, tags = [] }) => tags.includes(tag) || (prefix !== undefined && tag.startsWith(prefix))))
      continue
    const holding = engine.contacts
      .ids()
      .filter((contact) =>
        engine.tags
          .of(contact)
          .some((one) => one.tag === tag && one.holders.some(({ kind, by }) => kind === 'rule' && by === id)),
      )
    expect(holding.sort()).toEqual([...(engine.segments.get(id)?.members() ?? [])].sort())
    held += holding.length
  }
  return held
}

function holdersOf(engine: Engine, contact: string): readonly string[] {
  return engine.tags
    .of(contact)
    .flatMap(({ tag, holders }) => holders.map(({ kind, by }) => `${tag} ${kind} ${by ?? ''}`))
    .sort()
}

function foldedTrail(engine: Engine, contact: string): readonly string[] {
  const held = new Set<string>()
  for (const { type, tag, holder } of engine.tags.catalogue.trail({ contact })) {
    const key = `${tag} ${holder.kind} ${holder.by ?? ''}`
    if (type === 'added' || type === 'held') held.add(key)
    else held.delete(key)
  }
  return [...held].sort()
}
