import fc from 'fast-check'
import type { Engine, Rule } from 'coterie'
import { ruleOf } from '../../src/rules/read-rule.js'
import { describe, expect, it } from 'vitest'
import { OrdinalSet } from '../../src/base/ordinal-set.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import { withHolder } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import { holds } from '../../src/rules/evaluate.js'
import { scanOf } from '../../src/selection/scan-of-rule.js'
import { select } from '../../src/selection/select.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { segmentIds } from '../arbitraries/changes.js'
import { attributesOf, tagNames } from '../arbitraries/contacts.js'
import { gridStep } from '../arbitraries/instants.js'
import { rules, type RuleWorld } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { doStep, engineIn, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'
import { createEngine } from 'coterie'

/*
 * Asked of all contacts at once, a rule holds for just those for whom the plain evaluator says so:
 *
 * 1. of an engine after anything that can happen to it, with a schema and without
 * 2. of many contacts in one or several runs, with gaps among their ordinals
 */

/** What the plain evaluator says of each contact of an engine. */
function plainly(engine: Engine, rule: Rule): readonly string[] {
  return engine.contacts.ids().filter((id) => {
    const contact = engine.contacts.get(id)
    if (contact === undefined) return false
    const inSegment = (segment: string): boolean => engine.segments.has(segment, id)
    return holds(rule, { contact: viewOf(contact), now: engine.now, timeZone: engine.timeZone, inSegment })
  })
}

function agree(engine: Engine, rule: Rule): void {
  const { schema, timeZone } = engine
  const read = ruleOf(rule, { timeZone, ...(schema === undefined ? {} : { schema }) })
  const found = engine.contacts.find(rule)
  expect(found).toEqual(plainly(engine, read))
  expect(engine.segments.preview(rule, { sample: 2 })).toEqual({ count: found.length, sample: found.slice(0, 2) })
}

function games(world: (stage: Stage) => RuleWorld) {
  return onAnyStage((stage) => {
    const asked = rules({ ...world(stage), segments: segmentIds })
    return fc.record({ script: scripts(world(stage), { maxLength: 10 }), asked: fc.array(asked, { minLength: 1 }) })
  })
}

/** Only the segments that are there can be asked for. */
function isAskable(engine: Engine, rule: Rule): boolean {
  const known = new Set(engine.segments.ids())
  return !JSON.stringify(rule).includes('inSegment') || segmentIds.every((id) => known.has(id))
}

describe('a rule asked of all contacts at once', () => {
  it('with a schema', () => {
    const property = fc.property(games(worldOf), ([stage, { script, asked }]) => {
      const engine = engineIn(stage)
      for (const step of script) doStep(engine, step)
      for (const rule of asked) if (isAskable(engine, rule)) agree(engine, rule)
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('without a schema', () => {
    const property = fc.property(
      games((stage) => ({ stage })),
      ([stage, { script, asked }]) => {
        const engine = createEngine({ now: stage.around - 2 * gridStep, timeZone: stage.timeZone })
        for (const step of script) doStep(engine, step)
        for (const rule of asked) if (isAskable(engine, rule)) agree(engine, rule)
      },
    )
    fc.assert(property, { numRuns: runs(100) })
  })
})

/** A store of many contacts that are like a few, one in `gap` of them taken away again. */
function storeOf(size: number, gap: number, likes: readonly Readonly<Record<string, Value>>[]): ContactStore {
  const store = new ContactStore()
  for (let place = 0; place < size; place += 1) {
    const ordinal = store.directory.add(`c${place}`)
    const like = likes[(place * 7 + (place >> 5)) % likes.length] ?? {}
    for (const [name, value] of Object.entries(like)) store.setAttribute(ordinal, name, value)
    for (const [nth, tag] of tagNames.entries())
      if (place % (3 * nth + 2) === 0)
        store.tags.set(ordinal, tag, withHolder(undefined, tag, { kind: 'person', at: 0 }))
  }
  for (let ordinal = 0; ordinal < size; ordinal += gap) {
    store.directory.hide(ordinal)
    store.release(ordinal)
  }
  return store
}

describe('many contacts', () => {
  const populations = (size: fc.Arbitrary<number>) =>
    onAnyStage((stage) => {
      const kinds = fc.constantFrom(undefined, fullSchema.kinds)
      return kinds.chain((given) => {
        const world: RuleWorld = given === undefined ? { stage } : { stage, kinds: given }
        return fc.record({
          size,
          gap: fc.integer({ min: 2, max: 100 }),
          likes: fc.array(attributesOf(given, stage), { minLength: 1, maxLength: 6 }),
          rule: rules(world, 3),
        })
      })
    })

  const check = ([stage, { size, gap, likes, rule }]: readonly [
    Stage,
    { size: number; gap: number; likes: readonly Readonly<Record<string, Value>>[]; rule: Rule },
  ]): void => {
    const store = storeOf(size, gap, likes)
    const { timeZone, around: now } = stage
    const read = ruleOf(rule, { timeZone })
    const scopeOf = (ordinal: number) => ({ contact: store.view(ordinal), now, timeZone, inSegment: () => false })
    const members = new OrdinalSet()
    const population = {
      store,
      now,
      timeZone,
      revision: 0,
      scopeOf,
      testOf: (leaf: Rule) => (ordinal: number) => holds(leaf, scopeOf(ordinal)),
      membersOf: () => members,
      onAsked: () => undefined,
    }
    const { present, end } = store.directory
    const found = store.directory.inOrderOf(select(scanOf(read, population), present, end))
    expect(found).toEqual(store.directory.inOrder().filter((ordinal) => holds(read, scopeOf(ordinal))))
  }

  it('of a few words', () => {
    fc.assert(fc.property(populations(fc.nat(100)), check), { numRuns: runs(100) })
  })

  it('of several runs', () => {
    const sizes = fc.constantFrom(32_768, 32_769, 40_000)
    fc.assert(fc.property(populations(sizes), check), { numRuns: runs(5) })
  })
})
