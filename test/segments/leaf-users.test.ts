import fc from 'fast-check'
import {
  all,
  any,
  attribute,
  createEngine,
  hasTag,
  inSegment,
  matches,
  not,
  type ChangeInput,
  type Rule,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { runs } from '../runs.js'

/*
 * Segments that share leaves, and of which each requires some of them, so that most flips are passed over by a pivot:
 * 1. After whatever is written, one by one or many at once, each segment has whom its rule holds for by the plain evaluator.
 * 2. So it is after segments were defined anew, and after there are many more contacts than when pivots were chosen.
 * 3. A transition's cause is the change, also where a segment that was passed over is then brought by another.
 */

const texts = ['a', 'b', 'c'] as const
const tags = ['t', 'u', 'v'] as const
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((least) => attribute('n').atLeast(least)),
  fc.integer({ min: 0, max: 4 }).map((most) => attribute('m').lessThan(most)),
  fc.subarray([...texts], { minLength: 1 }).map((some) => attribute('x').in(some)),
  fc.constantFrom(...tags).map((tag) => hasTag(tag)),
)
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    leaf.map((one) => not(one)),
    fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).map((rules) => all(...rules)),
    fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).map((rules) => all(...rules)),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules) => any(...rules)),
    tie('rule').map((inner) => not(inner)),
  ),
}))

const contact = fc.constantFrom('ada', 'bob')
const write: fc.Arbitrary<ChangeInput> = fc.oneof(
  fc.record({
    type: fc.constant('contact.patch' as const),
    contact,
    attributes: fc.record(
      {
        n: fc.option(fc.integer({ min: 0, max: 4 })),
        m: fc.option(fc.integer({ min: 0, max: 4 })),
        x: fc.option(fc.constantFrom(...texts)),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ type: fc.constant('tag.add' as const), contacts: contact, tags: fc.constantFrom(...tags) }),
  fc.record({ type: fc.constant('tag.remove' as const), contacts: contact, tags: fc.constantFrom(...tags) }),
)
type Step = readonly ChangeInput[] | { readonly segment: number; readonly rule: Rule } | 'many'
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.array(write, { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.record({ segment: fc.nat(7), rule }) },
  { weight: 1, arbitrary: fc.constant('many' as const) },
)

describe('the users of leaves', () => {
  it('are those that a flip can move (1, 2)', () => {
    const property = fc.property(
      fc.array(rule, { maxLength: 8 }),
      fc.array(step, { maxLength: 20 }),
      (rules, steps) => {
        const engine = createEngine({ now: 0 })
        for (const id of ['ada', 'bob']) engine.contacts.put({ id })
        const live = new Map<string, Rule>()
        const define = (segment: number, asked: Rule): void => {
          const id = `s${String(segment)}`
          engine.segments.define({ id, rule: asked, ...(segment === 7 ? { holds: 'v' } : undefined) })
          live.set(id, asked)
        }
        const defined = (segment: number, asked: Rule): void => {
          try {
            define(segment, asked)
          } catch (error) {
            // One that holds a tag may not read it.
            if ((error as { readonly code?: string }).code !== 'RULE_LOOP') throw error
          }
        }
        for (const [segment, asked] of rules.entries()) defined(segment, asked)
        for (const each of steps) {
          if (each === 'many')
            for (let i = 0; i < 9; i++) engine.contacts.put({ id: `${String(engine.revision)} ${String(i)}` })
          else if ('segment' in each) defined(each.segment, each.rule)
          else if (each.length === 1) for (const change of each) engine.apply(change)
          else engine.batch(each)
          for (const id of ['ada', 'bob']) {
            const there = engine.contacts.get(id)
            for (const [segment, asked] of live) {
              const holds = there !== undefined && matches(asked, there, { now: 0 })
              if (engine.segments.has(segment, id) !== holds) expect([each, asked]).toBe('known')
            }
          }
        }
      },
    )
    fc.assert(property, { numRuns: runs(300) })
  })

  it('are laid out anew when much room was left behind by those that have others (2)', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'other', rule: hasTag('u') })
    const mine: string[] = []
    // Each is defined after the leaf was laid out for those before it: together they leave 4 · (1 + 2 + … + 60) numbers behind.
    for (let number = 0; number < 60; number += 1) {
      const id = `s${String(number)}`
      mine.push(id)
      engine.segments.define({ id, rule: hasTag('t') })
      engine.tags.add('ada', 't')
      expect(engine.segments.of('ada')).toEqual(mine)
      engine.tags.add('ada', 'u')
      engine.tags.remove('ada', 't')
      expect(engine.segments.of('ada')).toEqual(['other'])
      engine.tags.remove('ada', 'u')
    }
  })

  it('are found where they stand after others came to stand before them (2)', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    for (const [id, name] of Object.entries({ first: 't', second: 'u', third: 'v' })) {
      engine.segments.define({ id, rule: hasTag(name) })
      engine.tags.add('ada', name)
      engine.tags.remove('ada', name)
    }
    // It refers to the last now, and is decided after it.
    engine.segments.define({ id: 'first', rule: any(hasTag('t'), inSegment('third')) })
    engine.tags.add('ada', 'u')
    expect(engine.segments.of('ada')).toEqual(['second'])
    engine.tags.add('ada', 'v')
    expect(engine.segments.of('ada')).toEqual(['first', 'second', 'third'])
  })

  it('are looked at when the last of what they require comes about (3)', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.segments.define({ id: 'base', rule: hasTag('t') })
    engine.segments.define({ id: 'top', rule: all(attribute('n').atLeast(1), hasTag('u'), inSegment('base')) })
    const caused = (change: ChangeInput): unknown =>
      engine.apply(change).transitions.map(({ segmentId, cause }) => [segmentId, cause.through])
    expect(caused({ type: 'contact.patch', contact: 'ada', attributes: { n: 1 } })).toEqual([])
    expect(caused({ type: 'tag.add', contacts: 'ada', tags: 't' })).toEqual([['base', undefined]])
    expect(caused({ type: 'tag.add', contacts: 'ada', tags: 'u' })).toEqual([['top', undefined]])
    expect(caused({ type: 'tag.remove', contacts: 'ada', tags: 't' })).toEqual([
      ['base', undefined],
      ['top', 'base'],
    ])
  })

  it('have a reason of their own where a condition flipped, also one that by itself moves nobody (3)', () => {
    const engine = createEngine({ now: 0 })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'v')
    engine.segments.define({ id: 'base', rule: hasTag('t') })
    engine.segments.define({ id: 'top', rule: all(inSegment('base'), any(not(hasTag('u')), hasTag('v'))) })
    const { transitions } = engine.batch([
      { type: 'tag.add', contacts: 'ada', tags: 't' },
      { type: 'tag.add', contacts: 'ada', tags: 'u' },
    ])
    expect(transitions.map(({ segmentId, cause }) => [segmentId, cause.through])).toEqual([
      ['base', undefined],
      ['top', undefined],
    ])
  })
})
