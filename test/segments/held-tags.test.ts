import { describe, expect, it } from 'vitest'
import type { HeldTag, TagHold } from '../../src/contacts/tag.js'
import { decideUnit, type TagWrite } from '../../src/segments/held-tags.js'
import { TagUnits, type TagHolder } from '../../src/segments/tag-units.js'
import type { TagGroupDefinition } from '../../src/tags/tag-groups.js'

/*
 * 1. A segment holds its tag on its members, beside whoever holds it too, and lets go of what it held on others.
 * 2. Of an exclusive group the tag that is named first among those that rules hold stands, and takes the place of all others.
 * 3. What comes once is put on when a contact enters, in the place of others, unless a rule holds one of these.
 */

const now = 100
const levels: TagGroupDefinition = { group: 'level', tags: ['gold', 'silver', 'bronze'], exclusive: true }

const person: TagHold = { kind: 'person', at: 1 }
const ruled = (by: string | undefined, at = now): TagHold => ({ kind: 'rule', ...(by === undefined ? {} : { by }), at })
const put = (by: string): TagHold => ({ kind: 'behaviour', by, at: now })
const tagged = (tag: string, ...holders: readonly [TagHold, ...TagHold[]]): HeldTag => ({
  tag,
  since: holders[0].at,
  holders,
})
const holder = (id: string, tag: string, once = false): TagHolder => ({
  id,
  place: 0,
  holds: once ? { tag, once } : { tag },
})

interface Case {
  readonly holders: readonly TagHolder[]
  readonly held?: readonly HeldTag[]
  /** The ids of those in which the contact is. */
  readonly in?: readonly string[]
  /** Of those that it entered just now; all of them where it is not said. */
  readonly enters?: readonly string[]
}

/** What is written of the tags of the only unit that there is. */
function decided(
  group: TagGroupDefinition | undefined,
  { holders, held = [], in: inside = [], enters }: Case,
): readonly TagWrite[] {
  const units = new TagUnits(holders, [], { exclusiveOf: () => group })
  const [unit, ...others] = units.inOrder()
  if (unit === undefined || others.length > 0) throw new Error('There is not one unit')
  return decideUnit(unit, held, {
    isMember: ({ id }) => inside.includes(id),
    enters: ({ id }) => (enters ?? inside).includes(id),
    now,
  })
}

const one = (given: Omit<Case, 'holders'> & { readonly holders?: readonly TagHolder[] }): readonly TagWrite[] =>
  decided(undefined, { holders: [holder('s', 'vip'), holder('t', 'vip')], ...given })
const gold = holder('g', 'gold')
const silver = holder('s', 'silver')
const level = (given: Omit<Case, 'holders'> & { readonly holders?: readonly TagHolder[] }): readonly TagWrite[] =>
  decided(levels, { holders: [silver, gold], ...given })

describe('a tag by itself (1)', () => {
  it('is held by each segment that the contact is in', () => {
    expect(one({ in: ['s'] })).toStrictEqual([{ tag: 'vip', held: tagged('vip', ruled('s')) }])
    expect(one({ in: ['s', 't'] })).toStrictEqual([{ tag: 'vip', held: tagged('vip', ruled('s'), ruled('t')) }])
    expect(one({ in: ['s', 't'], held: [tagged('vip', person, ruled('t', 5))] })).toStrictEqual([
      { tag: 'vip', held: tagged('vip', person, ruled('t', 5), ruled('s')) },
    ])
  })

  it('goes with the last that holds it, and only then', () => {
    const held = [tagged('vip', ruled('s', 5), ruled('t', 6))]
    expect(one({ held, in: ['t'] })).toStrictEqual([
      { tag: 'vip', held: { tag: 'vip', since: 5, holders: [ruled('t', 6)] } },
    ])
    expect(one({ held })).toStrictEqual([{ tag: 'vip', held: undefined }])
    expect(one({ held: [tagged('vip', person, ruled('s', 5))] })).toStrictEqual([
      { tag: 'vip', held: tagged('vip', person) },
    ])
  })

  it('stays as it is where nothing moves, and where others hold it', () => {
    expect(one({ held: [tagged('vip', ruled('s', 5))], in: ['s'], enters: [] })).toEqual([])
    expect(one({ held: [tagged('vip', person), tagged('other', ruled('s', 5))] })).toEqual([])
    for (const by of ['elsewhere', undefined]) expect(one({ held: [tagged('vip', ruled(by, 5))] })).toEqual([])
    expect(one({})).toEqual([])
  })
})

describe('the tags of an exclusive group (2)', () => {
  it('give way to the one that is named first', () => {
    expect(level({ in: ['s', 'g'] })).toStrictEqual([{ tag: 'gold', held: tagged('gold', ruled('g')) }])
    expect(level({ held: [tagged('silver', person, ruled('s', 5))], in: ['s', 'g'] })).toStrictEqual([
      { tag: 'gold', held: tagged('gold', ruled('g')) },
      { tag: 'silver', held: undefined, displacedBy: 'gold' },
    ])
    expect(level({ held: [tagged('bronze', person)], in: ['s'] })).toStrictEqual([
      { tag: 'silver', held: tagged('silver', ruled('s')) },
      { tag: 'bronze', held: undefined, displacedBy: 'silver' },
    ])
  })

  it('come back for the segments that are left', () => {
    expect(level({ held: [tagged('gold', ruled('g', 5))], in: ['s'] })).toStrictEqual([
      { tag: 'gold', held: undefined, displacedBy: 'silver' },
      { tag: 'silver', held: tagged('silver', ruled('s')) },
    ])
    expect(level({ held: [tagged('gold', ruled('g', 5))] })).toStrictEqual([{ tag: 'gold', held: undefined }])
  })

  it('give way to what a rule holds of which nothing is known here', () => {
    expect(
      level({ held: [tagged('gold', ruled('elsewhere', 5)), tagged('silver', ruled('s', 6))], in: ['s'] }),
    ).toStrictEqual([{ tag: 'silver', held: undefined, displacedBy: 'gold' }])
    expect(level({ held: [tagged('bronze', ruled('elsewhere', 5))], in: ['s'] })).toStrictEqual([
      { tag: 'silver', held: tagged('silver', ruled('s')) },
      { tag: 'bronze', held: undefined, displacedBy: 'silver' },
    ])
  })

  it('stay as they are where no rule holds one', () => {
    expect(level({ held: [tagged('bronze', person), tagged('other', person)] })).toEqual([])
  })
})

describe('a tag that comes once (3)', () => {
  const once = holder('o', 'silver', true)

  it('is put on by who enters, and no more then', () => {
    const alone = [holder('o', 'vip', true)]
    expect(one({ holders: alone, in: ['o'] })).toStrictEqual([{ tag: 'vip', held: tagged('vip', put('o')) }])
    expect(one({ holders: alone, in: ['o'], enters: [] })).toEqual([])
    expect(one({ holders: alone, enters: ['o'] })).toEqual([])
    expect(one({ holders: alone, held: [tagged('vip', put('o'))] })).toEqual([])
  })

  it('takes the place of others, but not of what a rule holds', () => {
    const holders = [once, gold]
    expect(level({ holders, held: [tagged('bronze', person)], in: ['o'] })).toStrictEqual([
      { tag: 'silver', held: tagged('silver', put('o')) },
      { tag: 'bronze', held: undefined, displacedBy: 'silver' },
    ])
    expect(level({ holders, held: [tagged('bronze', person, ruled('elsewhere', 5))], in: ['o'] })).toEqual([])
    expect(level({ holders, in: ['o', 'g'] })).toStrictEqual([{ tag: 'gold', held: tagged('gold', ruled('g')) }])
  })

  it('takes the place of what came just before', () => {
    const holders = [once, holder('p', 'gold', true), holder('q', 'bronze', true)]
    expect(level({ holders, held: [tagged('silver', person)], in: ['p', 'q'] })).toStrictEqual([
      { tag: 'silver', held: undefined, displacedBy: 'gold' },
      { tag: 'bronze', held: tagged('bronze', put('q')) },
    ])
  })

  it('is held beside others where it is there', () => {
    expect(level({ holders: [once, gold], held: [tagged('silver', person)], in: ['o'] })).toStrictEqual([
      { tag: 'silver', held: tagged('silver', person, put('o')) },
    ])
  })
})
