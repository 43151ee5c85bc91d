import { createEngine, type Engine, type Rule } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchTypes, changes, segmentIds } from '../arbitraries/changes.js'
import { attributesOf, contactIds, tagNames } from '../arbitraries/contacts.js'
import { rules } from '../arbitraries/rules.js'
import { definitions, puts, scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, membershipOf, membersOf, play, transitionsOf, worldOf } from './playing.js'

/*
 * 1. Folding all transitions from the first gives the membership; nobody enters twice without leaving.
 * 2. A segment and its complement part the population, whether it is written out or refers to the segment.
 * 3. De Morgan: not (a and b) has the members of not a or not b, and the other way round.
 * 4. An engine has the members of a fresh one built from its data; damped segments, which are what came before, aside.
 * 5. The order in which data and definitions come in does not matter to the membership; damped segments aside.
 * 6. `members()` iterates over the members as they were when iteration began, whatever changes meanwhile.
 */

describe('1. folding', () => {
  it('transitions fold to the membership after every step', () => {
    const games = onAnyStage((stage) => scripts(worldOf(stage)))
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      const transitions = transitionsOf(engine)
      const folded = new Map(segmentIds.map((id) => [id, new Set<string>()]))
      let seen = 0
      for (const step of script) {
        doStep(engine, step)
        for (const { type, segmentId, contactId } of transitions.slice(seen)) {
          const members = folded.get(segmentId) ?? new Set<string>()
          expect(members.has(contactId)).toBe(type === 'exit')
          if (type === 'enter') members.add(contactId)
          else members.delete(contactId)
        }
        seen = transitions.length
        for (const [id, members] of folded) expect([...members].sort()).toEqual([...membersOf(engine, id)].sort())
      }
      expect(transitions.map(({ seq }) => seq)).toEqual(transitions.map((_, place) => place + 1))
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

/** Changes of contacts, tags and the clock; the segments stay as they are. */
function dataScripts(stage: Stage): fc.Arbitrary<readonly ScriptStep[]> {
  const types = ['contact.put', 'contact.patch', 'contact.remove', 'contact.merge', 'tag.add', 'tag.remove'] as const
  const steps = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
    { weight: 4, arbitrary: changes(worldOf(stage), types).map((change) => ({ do: 'apply', change })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: 200 }).map((hours) => ({ do: 'advance', by: hours * 3_600_000 })),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'advanceToDue', beside: 0 }) },
  )
  const first = puts(worldOf(stage)).map((all) => all.map((change): ScriptStep => ({ do: 'apply', change })))
  return fc.tuple(first, fc.array(steps, { maxLength: 10 })).map(([before, after]) => [...before, ...after])
}

/** Plays a script on an engine with two segments, `a` and `b`, and whatever is defined over them. */
function withTwo(defineMore: (engine: Engine, a: Rule, b: Rule) => void, check: (engine: Engine) => void): void {
  const games = onAnyStage((stage) => {
    const rule = rules(worldOf(stage))
    return fc.record({ a: rule, b: rule, script: dataScripts(stage) })
  })
  const property = fc.property(games, ([stage, { a, b, script }]) => {
    const engine = engineIn(stage)
    engine.segments.define({ id: 'a', rule: a })
    engine.segments.define({ id: 'b', rule: b })
    defineMore(engine, a, b)
    for (const step of script) {
      doStep(engine, step)
      check(engine)
    }
  })
  fc.assert(property, { numRuns: runs(100) })
}

describe('2. complements', () => {
  it('a segment and its complement part the population', () => {
    withTwo(
      (engine, a) => {
        engine.segments.define({ id: 'not a', rule: { op: 'not', rule: a } })
        engine.segments.define({ id: 'outside a', rule: { op: 'not', rule: { op: 'inSegment', segment: 'a' } } })
      },
      (engine) => {
        const inside = new Set(membersOf(engine, 'a'))
        const outside = engine.contacts.ids().filter((id) => !inside.has(id))
        expect(membersOf(engine, 'not a')).toEqual(outside)
        expect(membersOf(engine, 'outside a')).toEqual(outside)
      },
    )
  })
})

describe('3. De Morgan', () => {
  it('not all is any not, not any is all not', () => {
    const not = (rule: Rule): Rule => ({ op: 'not', rule })
    withTwo(
      (engine, a, b) => {
        engine.segments.define({ id: 'not all', rule: not({ op: 'all', rules: [a, b] }) })
        engine.segments.define({ id: 'any not', rule: { op: 'any', rules: [not(a), not(b)] } })
        engine.segments.define({ id: 'not any', rule: not({ op: 'any', rules: [a, b] }) })
        engine.segments.define({ id: 'all not', rule: { op: 'all', rules: [not(a), not(b)] } })
      },
      (engine) => {
        expect(membersOf(engine, 'any not')).toEqual(membersOf(engine, 'not all'))
        expect(membersOf(engine, 'all not')).toEqual(membersOf(engine, 'not any'))
      },
    )
  })
})

describe('4. rebuilding', () => {
  it('an engine has the members of a fresh one built from its data', () => {
    // Merged tags and holders who are gone leave a `since` behind that no sequence of additions makes.
    const types = batchTypes.filter((type) => type !== 'contact.merge' && type !== 'tag.add')
    const games = onAnyStage((stage) => rebuildable(stage, types))
    const property = fc.property(games, ([stage, script]) => {
      const engine = engineIn(stage)
      play(engine, script)
      expect(membershipOf(rebuilt(engine, stage))).toEqual(membershipOf(engine))
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

function rebuildable(stage: Stage, types: Parameters<typeof changes>[1]): fc.Arbitrary<readonly ScriptStep[]> {
  const world = { ...worldOf(stage), isDamped: false }
  const tagged = fc.record({
    type: fc.constant('tag.add' as const),
    contacts: fc.constantFrom(...contactIds),
    tags: fc.constantFrom(...tagNames),
  })
  const steps = fc.oneof<fc.MaybeWeightedArbitrary<ScriptStep>[]>(
    { weight: 4, arbitrary: changes(world, types).map((change) => ({ do: 'apply', change })) },
    { weight: 1, arbitrary: tagged.map((change) => ({ do: 'apply', change })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: 60 }).map((hours) => ({ do: 'advance', by: hours * 3_600_000 })),
    },
  )
  const setup = fc
    .tuple(puts(world), definitions(world))
    .map(([first, second]) => [...first, ...second].map((change): ScriptStep => ({ do: 'apply', change })))
  return fc.tuple(setup, fc.array(steps, { maxLength: 12 })).map(([first, rest]) => [...first, ...rest])
}

/** A fresh engine with the contacts, tags, slots and rules of another. */
function rebuilt(engine: Engine, stage: Stage): Engine {
  const fresh = engineIn(stage)
  const contacts = engine.contacts.ids().flatMap((id) => engine.contacts.get(id) ?? [])
  fresh.batch(contacts.map(({ id, attributes }) => ({ type: 'contact.put', contact: id, attributes })))
  const tags = contacts.flatMap(({ id, tags: held }) => held.map(({ tag, since }) => ({ id, tag, since })))
  for (const { id, tag, since } of tags.sort((a, b) => a.since - b.since)) {
    fresh.advanceTo(since)
    fresh.tags.add(id, tag)
  }
  fresh.advanceTo(engine.now)
  fresh.batch(() => {
    for (const { id, events, records } of contacts) {
      for (const event of events) fresh.events.record(id, event)
      for (const [collection, all] of Object.entries(records)) {
        for (const record of all) fresh.records.put(id, collection, record)
      }
    }
    for (const id of engine.segments.ids()) {
      const handle = engine.segments.get(id)
      if (handle === undefined) continue
      const { kind, rule } = handle
      fresh.segments.define({ id, kind, ...(rule === undefined ? {} : { rule }) })
      for (const { id: contact } of contacts) {
        const { include, exclude } = engine.segments.explain(id, contact).slots
        if (include !== undefined) fresh.members.include(id, contact, until(include))
        if (exclude !== undefined) fresh.members.exclude(id, contact, until(exclude))
      }
    }
  })
  return fresh
}

function until(slot: { readonly until?: number }): { readonly until?: number } {
  return slot.until === undefined ? {} : { until: slot.until }
}

describe('5. order of arrival', () => {
  it('data and definitions in any order give the same members', () => {
    const games = onAnyStage((stage) => {
      const world = { ...worldOf(stage), isDamped: false }
      const data = fc.tuple(
        ...contactIds.map((contact) =>
          attributesOf(world.kinds, stage).map((attributes) =>
            Object.entries(attributes).map(([name, value]) => ({
              type: 'contact.patch' as const,
              contact,
              attributes: { [name]: value },
            })),
          ),
        ),
      )
      const tags = fc.array(changes(world, ['tag.add']), { maxLength: 4 })
      return fc.tuple(data, tags, definitions(world)).chain(([patches, added, defined]) => {
        const all = [...patches.flat(), ...added]
        const shuffled = fc.shuffledSubarray(all, { minLength: all.length })
        return fc.record({
          defined: fc.constant(defined.filter((change) => !('kind' in change) || change.kind !== 'static')),
          first: shuffled,
          second: shuffled,
          place: fc.nat(all.length),
        })
      })
    })
    const property = fc.property(games, ([stage, { defined, first, second, place }]) => {
      const engine = (): Engine => engineIn(stage, { unknownContacts: 'create' })
      const [one, other] = [engine(), engine()]
      play(
        one,
        [...defined, ...first].map((change): ScriptStep => ({ do: 'apply', change })),
      )
      const interleaved = [...second.slice(0, place), ...defined, ...second.slice(place)]
      play(
        other,
        interleaved.map((change): ScriptStep => ({ do: 'apply', change })),
      )
      const sorted = (of: Engine): unknown =>
        Object.entries(membershipOf(of)).map(([id, members]) => [id, [...members].sort()])
      expect(sorted(other)).toEqual(sorted(one))
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('6. iteration', () => {
  it('members() keeps to the members of its beginning', () => {
    const population = Array.from({ length: 70 }, (_, place) => `c${place}`)
    const games = fc.record({
      members: fc.subarray(population),
      added: fc.subarray(population),
      removed: fc.subarray(population),
      place: fc.nat(70),
    })
    const property = fc.property(games, ({ members, added, removed, place }) => {
      const engine = createEngine({ now: 0 })
      engine.batch(population.map((id) => ({ type: 'contact.put', contact: id })))
      const handle = engine.segments.define({ id: 's', contacts: members })
      const seen: string[] = []
      for (const id of handle.members()) {
        if (seen.length === Math.min(place, members.length - 1)) {
          if (added.length > 0) engine.members.include('s', added)
          engine.batch(removed.map((contact) => ({ type: 'contact.remove', contact })))
          engine.contacts.put({ id: 'late' })
          engine.members.include('s', 'late')
        }
        seen.push(id)
      }
      expect(seen.sort()).toEqual([...members].sort())
    })
    fc.assert(property, { numRuns: runs(60) })
  })
})
