import { describe, expect, it } from 'vitest'
import { TagTrail, type TagTrailEntry } from '../../src/tags/tag-trail.js'

/*
 * A trail keeps the last so many entries, and without room none; those of a contact that was merged into another are of that one.
 */

const entry = (at: number, tag = 'vip'): Omit<TagTrailEntry, 'contactId'> => ({
  type: 'added',
  tag,
  at,
  holder: { kind: 'person' },
  cause: { kind: 'time', revision: 1 },
})

/** The instants of the entries of a contact, or of all. */
const instants = (trail: TagTrail, ordinal?: number): readonly number[] =>
  trail.find({}, ordinal, String).map(({ at }) => at)

describe('a trail', () => {
  it('without room keeps nothing', () => {
    const trail = new TagTrail(0)
    trail.add(1, entry(1))
    trail.merge(1, 2)
    trail.forget(1)
    expect(trail.isKept).toBe(false)
    expect([instants(trail), instants(trail, 1), instants(trail, 2)]).toEqual([[], [], []])
    expect(trail.save()).toEqual({ next: 0, entries: [] })
  })

  it('keeps the last entries, in order, those of each contact too', () => {
    const trail = new TagTrail(4)
    for (const at of [1, 2, 3, 4, 5, 6]) trail.add(at % 2, entry(at))
    expect([instants(trail), instants(trail, 0), instants(trail, 1)]).toEqual([
      [3, 4, 5, 6],
      [4, 6],
      [3, 5],
    ])
    trail.merge(0, 1)
    expect([instants(trail, 0), instants(trail, 1)]).toEqual([[], [3, 4, 5, 6]])
    trail.add(0, entry(7))
    expect([instants(trail, 0), instants(trail, 1)]).toEqual([[7], [4, 5, 6]])
    trail.forget(1)
    expect(instants(trail)).toEqual([7])
  })
})
