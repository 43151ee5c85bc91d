import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memberships, SlotMembers } from '../../src/segments/memberships.js'
import { runs } from '../runs.js'

/*
 * Held to a Set of ordinals for each segment:
 * 1. `has`, `count`, `forEach` and a contact's slots answer as the sets do, also when columns were asked for in between.
 * 2. A snapshot stays what it was.
 * 3. The slot of a segment that went is empty for the next, which takes it.
 */

const ordinal = fc.oneof(fc.nat(40), fc.constantFrom(63, 64, 1000))
const step = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('flip' as const), fc.nat(39), ordinal) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('snapshot' as const), fc.nat(39), fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('replace' as const), fc.nat(39), fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('add' as const), fc.constant(0), fc.constant(0)) },
)

describe('memberships', () => {
  it('are what sets would be (1, 2, 3)', () => {
    const property = fc.property(fc.integer({ min: 1, max: 66 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
      const all = new Memberships()
      const segments = Array.from({ length: count }, () => ({
        members: new SlotMembers(all),
        model: new Set<number>(),
      }))
      const snapshots: [Iterable<number>, number[]][] = []
      for (const [kind, which, contact] of steps) {
        const place = which % segments.length
        const segment = segments[place]
        if (segment === undefined) continue
        const { members, model } = segment
        if (kind === 'snapshot') snapshots.push([members.snapshot(), sorted(model)])
        else if (kind === 'flip') flip(members, model, contact)
        else if (kind === 'add') segments.push({ members: new SlotMembers(all), model: new Set<number>() })
        else {
          for (const each of [...model]) flip(members, model, each)
          members.release()
          segments[place] = { members: new SlotMembers(all), model: new Set<number>() }
        }
      }
      expect(all.save().json.counts.length).toBe(segments.length)
      for (const { members, model } of segments) {
        expect(members.count).toBe(model.size)
        for (const each of [0, 5, 40, 63, 64, 1000, 2000]) expect(members.has(each)).toBe(model.has(each))
        const visited: number[] = []
        members.forEach((each) => visited.push(each))
        expect(visited).toEqual(sorted(model))
      }
      for (const each of [0, 5, 64, 1000, 5000]) {
        const slots: number[] = []
        all.forEachSlotOf(each, (slot) => slots.push(slot))
        const wanted = segments.filter(({ model }) => model.has(each)).map(({ members }) => members.slot)
        expect(slots).toEqual(wanted.sort((a, b) => a - b))
      }
      for (const [snapshot, was] of snapshots) expect([...snapshot]).toEqual(was)
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('stay where they are as more segments and contacts come (1)', () => {
    const all = new Memberships()
    const segments: SlotMembers[] = []
    for (let n = 0; n < 200; n++) {
      const members = new SlotMembers(all)
      segments.push(members)
      for (const contact of [n % 7, 3 * n + 7]) members.flip(contact)
    }
    for (const [n, members] of segments.entries()) expect([...members.snapshot()]).toEqual([n % 7, 3 * n + 7])
  })
})

it('a contact beyond all that there are is in none', () => {
  const all = new Memberships()
  const members = [new SlotMembers(all), new SlotMembers(all)]
  for (let contact = 0; contact < 16; contact++) for (const each of members) each.flip(contact)
  for (const each of members)
    expect([15, 16, 17, 40].map((contact) => each.has(contact))).toEqual([true, false, false, false])
})

it('memberships are saved as they are, whatever comes after, and a slot that was given back is free', () => {
  const all = new Memberships()
  const members = Array.from({ length: 40 }, () => new SlotMembers(all))
  for (const [n, each] of members.entries()) each.flip(n)
  members[3]?.flip(3)
  members[3]?.release()
  const saved = all.save()
  for (const each of members.slice(4)) each.flip(200)
  new SlotMembers(all).flip(7)
  const loaded = new Memberships()
  loaded.load(saved)
  for (const n of members.keys()) if (n !== 3) expect([...new SlotMembers(loaded, n).snapshot()]).toEqual([n])
  expect(loaded.save().arrays[0].length).toBe(saved.json.rows * saved.json.width)
  expect([new SlotMembers(loaded).slot, new SlotMembers(loaded).slot]).toEqual([3, 40])
})

function flip(members: SlotMembers, model: Set<number>, contact: number): void {
  members.flip(contact)
  if (!model.delete(contact)) model.add(contact)
}

function sorted(model: ReadonlySet<number>): number[] {
  return [...model].sort((a, b) => a - b)
}
