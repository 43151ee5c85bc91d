import type { ChangeInput } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes } from '../arbitraries/changes.js'
import { attributesOf, contactIds } from '../arbitraries/contacts.js'
import { batches, scripts, setups, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { doStep, engineIn, membershipOf, play, stateOf, tagEventsOf, transitionsOf, worldOf } from './playing.js'

/*
 * 1. A batch of changes that commute leaves what they leave singly.
 * 2. After a batch the dynamic segments have exactly the members that their rules hold for, and its transitions are the
 *    difference: nobody moves twice, unless removed and put again.
 * 3. What is refused has no effect: nothing that can be asked for changes, nothing is told, no number is used up, and all
 *    that follows goes as if it had never been tried.
 */

const apply = (change: ChangeInput): ScriptStep => ({ do: 'apply', change })

/** Changes that commute: each attribute of each contact is written once, tags are only added. */
function commuting(stage: Stage): fc.Arbitrary<readonly ChangeInput[]> {
  const world = worldOf(stage)
  const patches = contactIds.map((contact) =>
    attributesOf(world.kinds, stage).map((attributes) =>
      Object.entries(attributes).map(([name, value]): ChangeInput => {
        return { type: 'contact.patch', contact, attributes: { [name]: value } }
      }),
    ),
  )
  const tags = fc.array(changes(world, ['tag.add']), { maxLength: 4 })
  return fc.tuple(fc.tuple(...patches), tags).map(([written, added]) => [...written.flat(), ...added])
}

describe('1. a batch and its changes singly', () => {
  // Damped segments aside: one change after the other may let somebody in on the way.
  it('leave the same, where the changes commute', () => {
    const games = onAnyStage((stage) => fc.tuple(setups({ ...worldOf(stage), isDamped: false }), commuting(stage)))
    const property = fc.property(games, ([stage, [setup, made]]) => {
      const [together, singly] = [1, 2].map(() => engineIn(stage, { unknownContacts: 'create' }))
      if (together === undefined || singly === undefined) return
      play(together, setup)
      play(singly, setup)
      const before = membershipOf(together)
      // A tag whose contact is named by an identity that nobody has spoils the whole batch.
      const taken = made.filter((change) => doStep(singly, apply(change)))
      const { transitions } = together.batch(taken)
      expect(membershipOf(together)).toEqual(membershipOf(singly))
      expect(together.contacts.ids().map((id) => together.contacts.get(id))).toEqual(
        singly.contacts.ids().map((id) => singly.contacts.get(id)),
      )
      const after = membershipOf(together)
      for (const { type, segmentId, contactId } of transitions) {
        expect(before[segmentId]?.includes(contactId)).toBe(type === 'exit')
        expect(after[segmentId]?.includes(contactId)).toBe(type === 'enter')
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('2. a batch is its net effect', () => {
  it('members are those the rules hold for, transitions the difference', () => {
    const games = onAnyStage((stage) =>
      fc.tuple(setups(worldOf(stage)), fc.array(batches(worldOf(stage)), { maxLength: 6 })),
    )
    const property = fc.property(games, ([stage, [setup, many]]) => {
      const engine = engineIn(stage, { unknownContacts: 'create' })
      play(engine, setup)
      const transitions = transitionsOf(engine)
      for (const made of many) {
        const place = transitions.length
        doStep(engine, { do: 'batch', changes: made })
        const removed = made.some(({ type }) => type === 'contact.remove' || type === 'contact.merge')
        const redefined = made.some(({ type }) => type === 'segment.remove')
        const moves = transitions.slice(place).map(({ segmentId, contactId }) => JSON.stringify([segmentId, contactId]))
        if (!removed && !redefined) expect(moves).toEqual([...new Set(moves)])
        for (const id of engine.segments.ids()) {
          const handle = engine.segments.get(id)
          if (handle?.kind === 'dynamic' && handle.rule !== undefined) {
            expect(membershipOf(engine)[id]).toEqual(engine.contacts.find(handle.rule))
          }
        }
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

describe('3. what is refused', () => {
  it('changes nothing, and nothing that follows', () => {
    const games = onAnyStage((stage) => {
      const tried = fc.array(batches(worldOf(stage)), { minLength: 1, maxLength: 3 })
      return fc.tuple(scripts(worldOf(stage), { maxLength: 8 }), tried)
    })
    const property = fc.property(games, ([stage, [script, tried]]) => {
      const [tempted, twin] = [engineIn(stage), engineIn(stage)]
      const [told, toldTwin] = [transitionsOf(tempted), transitionsOf(twin)]
      const [tags, tagsTwin] = [tagEventsOf(tempted), tagEventsOf(twin)]
      for (const [place, step] of script.entries()) {
        const attempt = tried[place % tried.length] ?? []
        const before = stateOf(tempted)
        const count = told.length
        expect(doStep(tempted, { do: 'batch', changes: [...attempt, impossible] })).toBe(false)
        expect(stateOf(tempted)).toEqual(before)
        expect(told.length).toBe(count)
        const taken = doStep(tempted, step)
        if (!taken && step.do === 'apply') expect(stateOf(tempted)).toEqual(before)
        doStep(twin, step)
      }
      expect(told).toEqual(toldTwin)
      expect(tags).toEqual(tagsTwin)
      expect(stateOf(tempted)).toEqual(stateOf(twin))
    })
    fc.assert(property, { numRuns: runs(100) })
  })
})

/** Refused only when all before it was written. */
const impossible: ChangeInput = { type: 'segment.define', id: 'loop', rule: { op: 'inSegment', segment: 'loop' } }
