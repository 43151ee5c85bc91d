import { describe, expect, it } from 'vitest'
import type { Rule } from '../../src/rules/ast.js'
import { isOfUnit, TagUnits, type TagHolder } from '../../src/segments/tag-units.js'
import type { TagGroupDefinition } from '../../src/tags/tag-groups.js'

/*
 * 1. Those that hold one tag, or tags of one exclusive group, are a unit, with those that did before.
 * 2. A rule waits for the holders of every tag that it may read: by name, by pattern, or by number.
 * 3. Units are settled in the order of the last of their holders, then by name.
 */

const listed: TagGroupDefinition = { group: 'level', tags: ['gold', 'silver'], exclusive: true }
const begun: TagGroupDefinition = { group: 'trial', prefix: 'trial:', exclusive: true }
const groups = {
  exclusiveOf: (tag: string) =>
    tag === 'gold' || tag === 'silver' ? listed : tag.startsWith('trial:') ? begun : undefined,
}
const holder = (id: string, tag?: string): TagHolder => ({
  id,
  place: 0,
  holds: tag === undefined ? undefined : { tag },
})
const holders = [
  holder('a', 'gold'),
  holder('b', 'vip'),
  holder('none'),
  holder('c', 'silver'),
  holder('d', 'vip'),
  holder('e', 'trial:a'),
]
const units = new TagUnits(
  holders,
  [
    { id: 'f', tag: 'vip' },
    { id: 'g', tag: 'old' },
  ],
  groups,
)

const idsOf = (found: readonly TagHolder[]): readonly string[] => found.map(({ id }) => id)
const awaited = (rule: Rule | undefined): readonly string[] => idsOf(units.holdersReadBy(rule))

describe('units of tags', () => {
  it('are of one tag, or of one exclusive group (1)', () => {
    expect(units.size).toBe(4)
    expect(idsOf(units.of('silver')?.holders ?? [])).toEqual(['a', 'c'])
    expect(units.of('gold')).toBe(units.of('silver'))
    expect(idsOf(units.of('vip')?.holders ?? [])).toEqual(['b', 'd'])
    expect([...(units.of('vip')?.ids ?? [])]).toEqual(['b', 'd', 'f'])
    expect([idsOf(units.of('old')?.holders ?? []), [...(units.of('old')?.ids ?? [])]]).toEqual([[], ['g']])
    expect(units.of('trial:b')?.name).toBe('trial')
    expect([units.of('other'), new TagUnits([], [], groups).of('gold')]).toEqual([undefined, undefined])
    const vip = units.of('vip')
    const level = units.of('gold')
    if (vip === undefined || level === undefined) throw new Error('There are no units')
    expect(['vip', 'gold'].map((tag) => isOfUnit(vip, tag))).toEqual([true, false])
    expect(['vip', 'gold', 'silver', 'level'].map((tag) => isOfUnit(level, tag))).toEqual([false, true, true, false])
  })

  it.each<[string, Rule | undefined, readonly string[]]>([
    ['no rule', undefined, []],
    ['no tag', { op: 'everyone' }, []],
    ['a tag', { op: 'hasTag', tag: 'vip' }, ['b', 'd']],
    [
      'a tag of a group, within a rule',
      { op: 'not', rule: { op: 'any', rules: [{ op: 'hasTag', tag: 'gold' }] } },
      ['a', 'c'],
    ],
    ['who holds one', { op: 'tagHeldBy', tag: 'vip', holder: 'person' }, ['b', 'd']],
    ['a tag that none holds', { op: 'hasTag', tag: 'other' }, []],
    ['a pattern', { op: 'hasTagLike', pattern: 'v*' }, ['b', 'd']],
    ['a pattern that fits one of a list', { op: 'hasTagLike', pattern: 'g*d' }, ['a', 'c']],
    ['a pattern that may fit some of a beginning too', { op: 'hasTagLike', pattern: '*lver' }, ['a', 'c', 'e']],
    ['a pattern that begins as a group does', { op: 'hasTagLike', pattern: 'trial:x*' }, ['e']],
    ['the beginning of a group', { op: 'hasTagLike', pattern: 'tr*' }, ['e']],
    ['a name before the end of that beginning', { op: 'hasTagLike', pattern: 'tr' }, []],
    ['another beginning', { op: 'hasTagLike', pattern: 'x*' }, []],
    ['any', { op: 'hasTagLike', pattern: '*' }, ['a', 'c', 'b', 'd', 'e']],
    ['their number', { op: 'atLeast', left: { get: 'tagCount' }, right: 2 }, ['a', 'c', 'b', 'd', 'e']],
  ])('are waited for by who reads %s (2)', (_, rule, ids) => {
    expect(awaited(rule)).toEqual(ids)
  })

  it('come in the order of the last that decides (3)', () => {
    const ranks: Readonly<Record<string, number>> = { a: 1, b: 2, c: 9, d: 3, e: 3 }
    units.close(({ id }) => ranks[id] ?? NaN)
    expect(units.inOrder().map(({ name, closing }) => [name, closing])).toEqual([
      ['old', -1],
      ['trial', 3],
      ['vip', 3],
      ['level', 9],
    ])
  })
})
