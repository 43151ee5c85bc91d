import {
  all,
  any,
  createEngine,
  hasTag,
  hasTagLike,
  tag as tagOf,
  tagCount,
  type ChangeInput,
  type Engine,
} from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoterieError } from 'coterie'
import { tagHygiene, type TagFinding, type TagHygieneOptions } from 'coterie/automation'
import { stateOf } from '../properties/playing.js'
import { runs } from '../runs.js'

/*
 * 1. Looking changes nothing, and finds the same again.
 * 2. The fix of every finding is taken by the engine, and leaves that finding no more.
 * 3. A renaming moves nobody, unless rules read the tags by pattern, and then it says `force`.
 */

const names = [
  'VIP',
  'vip',
  'V.I.P.',
  'hot lead',
  'Hot Lead',
  'hot-lead',
  'Source: web',
  'source: Web',
  'Source: ',
  'ada@example.com',
  '2024-01-15',
  '+49 151 2345678',
  'C',
  'C++',
  '__proto__',
  '…',
  ' x ',
  'ÉCOLE',
  'İstanbul',
  'ß',
] as const

const contacts = ['ada', 'bob', 'cyd'] as const

const name = fc.constantFrom(...names)
const rule = fc.oneof(
  name.map((one) => hasTag(one)),
  fc.constantFrom(hasTagLike('V*'), hasTagLike('Source: *'), tagCount().greaterThan(2)),
  name.map((one) => tagOf(one).heldBy('campaign')),
  fc.tuple(name, name).map(([one, other]) => any(hasTag(one), all(hasTag(other), hasTagLike('*o*')))),
)
const change: fc.Arbitrary<ChangeInput> = fc.oneof<fc.MaybeWeightedArbitrary<ChangeInput>[]>(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('tag.add' as const),
      contacts: fc.constantFrom(...contacts),
      tags: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
      holder: fc.constantFrom('person' as const, 'campaign' as const, 'rule' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('tag.define' as const), tag: name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('tag.group' as const),
      group: fc.constantFrom('g', 'h'),
      tags: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
      exclusive: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('tag.group' as const),
      group: fc.constantFrom('p', 'q'),
      prefix: fc.constantFrom('Source: ', 'V', 'h'),
      exclusive: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        type: fc.constant('segment.define' as const),
        id: fc.constantFrom('s', 'Some Segment', 't-t'),
        rule,
        stay: rule,
        holds: fc.oneof(name, fc.record({ tag: name, once: fc.boolean() })),
        name: fc.constantFrom('one two', 'One Two'),
      },
      { requiredKeys: ['type', 'id', 'rule'] },
    ),
  },
)

const options: fc.Arbitrary<TagHygieneOptions> = fc.record(
  {
    tagNames: fc.constantFrom(
      'kebab-case' as const,
      'Title Case' as const,
      'snake_case' as const,
      'camelCase' as const,
      'lower case' as const,
      { pattern: '[a-z-]+' },
      (text: string) => text.trim().toUpperCase(),
    ),
    segmentNames: fc.constantFrom('kebab-case' as const, 'Title Case' as const),
    mostTags: fc.nat(3),
    users: fc.array(fc.record({ id: fc.constant('welcome'), reads: fc.array(name), puts: fc.array(name) }), {
      maxLength: 1,
    }),
  },
  { requiredKeys: ['mostTags'] },
)

function built(changes: readonly ChangeInput[]): Engine {
  const engine = createEngine({ now: 0 })
  for (const contact of contacts) engine.contacts.put({ id: contact })
  for (const one of changes) {
    try {
      engine.apply(one)
    } catch (error) {
      if (!isCoterieError(error)) throw error
    }
  }
  return engine
}

function keyOf({ kind, tags, segment, contact }: TagFinding): string {
  return JSON.stringify([kind, contact === undefined ? tags : [], segment, contact])
}

describe('hygiene', () => {
  it('has a fix that is taken, and leaves the finding no more', { timeout: 600_000 }, () => {
    let fixes = 0
    const property = fc.property(fc.array(change, { maxLength: 20 }), options, (changes, asked) => {
      const engine = built(changes)
      const before = stateOf(engine)
      const found = tagHygiene(engine, asked)
      expect(tagHygiene(engine, asked)).toEqual(found)
      expect(stateOf(engine)).toEqual(before)
      expect(JSON.parse(JSON.stringify(found))).toEqual(found)
      for (const finding of found) {
        if (finding.fix.length === 0) continue
        fixes += 1
        const twin = built(changes)
        const { transitions } = twin.batch(finding.fix)
        if (finding.fix.every((one) => one.type === 'tag.rename' && one.force !== true)) expect(transitions).toEqual([])
        expect(tagHygiene(twin, asked).map(keyOf)).not.toContain(keyOf(finding))
      }
    })
    fc.assert(property, { numRuns: runs(200) })
    expect(fixes).toBeGreaterThan(runs(200) / 2)
  })
})
