import { readRule, type Rule } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentIds } from '../arbitraries/changes.js'
import { rules } from '../arbitraries/rules.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
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

describe('1. redefinition', () => {
  it('moves exactly the difference', () => {
    const property = fc.property(games, ([stage, [script, first, second]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      // Rules may refer to segments that the script took away.
      for (const id of segmentIds) if (engine.segments.get(id) === undefined) engine.segments.define({ id })
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
