import { readRule, type Engine, type Rule } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentIds } from '../arbitraries/changes.js'
import { contactIds } from '../arbitraries/contacts.js'
import { rules } from '../arbitraries/rules.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, stages, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { engineIn, membersOf, play, worldOf } from './playing.js'

/*
 * 1. Defining a segment anew moves exactly the difference, as `compare` said before; the same rule, and another
 *    description, move nobody; taking it away moves all its members out.
 * 2. `preview` and `find` say of a rule whom a segment of that rule would take in, in the order in which they were put.
 * 3. A rule written as JSON and read again is the same rule: equal, read only once, and of the same members.
 */

const games = onAnyStage((stage) => {
  const world = worldOf(stage)
  const before = scripts(world, { maxLength: 8 })
  return fc.tuple(before, rules(world), rules({ ...world, segments: segmentIds.slice(0, 2) }))
})

/** An engine after a script, with all segments that rules may refer to, also those that the script took away. */
function engineAfter(stage: Stage, script: readonly ScriptStep[]): Engine {
  const engine = engineIn(stage)
  play(engine, script)
  for (const id of segmentIds) if (engine.segments.get(id) === undefined) engine.segments.define({ id })
  return engine
}

describe('1. redefinition', () => {
  it('moves exactly the difference', () => {
    const property = fc.property(games, ([stage, [script, first, second]]) => {
      const engine = engineAfter(stage, script)
      engine.segments.define({ id: 'new', rule: first })
      const before = membersOf(engine, 'new')
      const { enter, exit } = engine.segments.compare('new', second)
      expect(moves(engine.apply({ type: 'segment.define', id: 'new', rule: second }).transitions)).toEqual({
        enter,
        exit,
      })
      const after = membersOf(engine, 'new')
      expect(enter).toEqual(after.filter((id) => !before.includes(id)))
      expect(exit).toEqual(before.filter((id) => !after.includes(id)))
      const again = engine.apply({ type: 'segment.define', id: 'new', rule: second, name: 'Other' })
      expect(again.transitions).toEqual([])
      const { transitions } = engine.segments.remove('new')
      expect(moves(transitions)).toEqual({ enter: [], exit: after })
      expect(transitions.map(({ cause }) => cause.kind)).toEqual(after.map(() => 'definition'))
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('1. redefinition of a segment of which its rule is not the whole truth', () => {
  const gamesByHand = onAnyStage((stage) => {
    const world = worldOf(stage)
    const asked = rules({ ...world, segments: segmentIds.slice(0, 2) })
    const some = fc.subarray([...contactIds])
    return fc.record({
      before: scripts(world, { maxLength: 8 }),
      first: rules(world),
      second: asked,
      stay: fc.option(asked, { nil: undefined }),
      minimumStay: fc.constantFrom('15m' as const, '1d' as const),
      later: fc.constantFrom(0, 900_000, 3_600_000),
      include: some,
      exclude: some,
    })
  })

  it('moves exactly the difference where some are in or out by hand', () => {
    const property = fc.property(gamesByHand, ([stage, { before, first, second, include, exclude }]) => {
      const engine = engineAfter(stage, before)
      engine.segments.define({ id: 'new', kind: 'hybrid', rule: first })
      const isThere = (id: string): boolean => engine.contacts.get(id)?.id === id
      for (const [type, some] of [['member.include', include] as const, ['member.exclude', exclude] as const]) {
        const contacts = some.filter(isThere)
        if (contacts.length > 0) engine.apply({ type, segment: 'new', contacts })
      }
      const { enter, exit } = engine.segments.compare('new', second)
      const redefined = { type: 'segment.define', id: 'new', kind: 'hybrid', rule: second } as const
      expect(moves(engine.apply(redefined).transitions)).toEqual({ enter, exit })
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('moves exactly the difference where it is damped', () => {
    const property = fc.property(gamesByHand, ([stage, { before, first, second, stay, minimumStay, later }]) => {
      const engine = engineAfter(stage, before)
      const damped = { id: 'new', kind: 'damped', minimumStay, ...(stay === undefined ? {} : { stay }) } as const
      engine.segments.define({ ...damped, rule: first })
      engine.advanceTo(engine.now + later)
      const { enter, exit } = engine.segments.compare('new', second)
      const redefined = { type: 'segment.define', ...damped, rule: second } as const
      expect(moves(engine.apply(redefined).transitions)).toEqual({ enter, exit })
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('refuses a rule that leads back to the segment', () => {
    const [stage = { timeZone: 'UTC', around: 0 }] = stages
    const engine = engineIn(stage)
    engine.segments.define({ id: 'a', rule: { op: 'everyone' } })
    engine.segments.define({ id: 'b', rule: { op: 'inSegment', segment: 'a' } })
    engine.segments.define({ id: 'c', rule: { op: 'inSegment', segment: 'b' }, holds: 'vip' })
    engine.segments.define({ id: 'd', rule: { op: 'hasTag', tag: 'vip' } })
    const leadingBack: readonly Rule[] = [
      { op: 'inSegment', segment: 'a' },
      { op: 'inSegment', segment: 'b' },
      { op: 'not', rule: { op: 'hasTag', tag: 'vip' } },
      { op: 'inSegment', segment: 'd' },
    ]
    for (const rule of leadingBack)
      for (const define of [() => engine.segments.compare('a', rule), () => engine.segments.define({ id: 'a', rule })])
        expect(define).toThrow(expect.objectContaining({ code: 'RULE_LOOP' }))
    expect(engine.segments.compare('d', { op: 'inSegment', segment: 'c' })).toMatchObject({ enter: [], exit: [] })
  })
})

describe('2. preview and find', () => {
  it('say what a definition then does', () => {
    const property = fc.property(games, ([stage, [script, rule]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const found = engine.contacts.find(rule)
      const { count, sample } = engine.segments.preview(rule, { sample: 2 })
      expect({ count, sample }).toEqual({ count: found.length, sample: found.slice(0, 2) })
      const { transitions } = engine.apply({ type: 'segment.define', id: 'new', rule })
      expect(moves(transitions)).toEqual({ enter: found, exit: [] })
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('3. JSON', () => {
  it('gives the same rule again', () => {
    const property = fc.property(games, ([stage, [script, rule]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const handle = engine.segments.define({ id: 'new', rule })
      const read = handle.rule
      const again = JSON.parse(JSON.stringify(read)) as Rule
      const result = readRule(again, { timeZone: stage.timeZone })
      expect(result).toEqual({ ok: true, rule: read })
      const copy = engine.segments.define({ id: 'copy', rule: again })
      expect(copy.rule).toEqual(read)
      expect([...copy.members()]).toEqual([...handle.members()])
      expect(engine.apply({ type: 'segment.define', id: 'new', rule: again }).outcomes).toEqual([
        { type: 'segment.define', segmentId: 'new', created: false, changed: false },
      ])
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

function moves(
  transitions: readonly { readonly type: string; readonly segmentId: string; readonly contactId: string }[],
) {
  const of = (wanted: string): readonly string[] =>
    transitions
      .filter(({ type, segmentId }) => type === wanted && segmentId === 'new')
      .map(({ contactId }) => contactId)
  return { enter: of('enter'), exit: of('exit') }
}
