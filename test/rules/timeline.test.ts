import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Contact } from '../../src/contacts/contact.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { matches, timeline, type TimelineEntry } from '../../src/rules/matches.js'
import { readRule } from '../../src/rules/read-rule.js'
import { runs } from '../runs.js'
import { gridWorlds, QUARTER, type SmallWorld } from './small-rules.js'

/*
 * The public timeline, with rules and contacts as they come from outside:
 *
 * 1. It is the list of flips that asking at every quarter of an hour gives.
 * 2. `matches` says the same at every one of its entries, and a millisecond before.
 * 3. Two timelines side by side are the one over both.
 */

interface Case {
  readonly world: SmallWorld
  readonly contact: Contact
  readonly rule: Rule
  readonly other: Rule
}

const isReadable = (rule: Rule): boolean => readRule(rule).ok

const cases: fc.Arbitrary<Case> = fc.constantFrom(...gridWorlds).chain((world) =>
  fc.record({
    world: fc.constant(world),
    contact: world.contact,
    rule: world.lively(['other']).filter(isReadable),
    other: world.lively().filter(isReadable),
  }),
)

function bySteps({ world, contact, rule, other }: Case): TimelineEntry[] {
  const { from, to, timeZone } = world.scene
  const view = viewOf(contact)
  const entries: TimelineEntry[] = []
  for (let now = from; now <= to; now += QUARTER) {
    const inSegment = (): boolean => holds(other, { contact: view, now, timeZone, inSegment: () => false })
    const truth = holds(rule, { contact: view, now, timeZone, inSegment })
    if (entries.at(-1)?.holds !== truth) entries.push({ at: now, holds: truth })
  }
  return entries
}

it('is what asking again and again gives', () => {
  const law = (one: Case): void => {
    const { world, contact, rule, other } = one
    const { from, to, timeZone } = world.scene
    const options = { timeZone, segments: { other } }
    const entries = timeline(rule, contact, { ...options, from, to })
    expect(entries).toEqual(bySteps(one))
    for (const [place, entry] of entries.entries()) {
      expect(matches(rule, contact, { ...options, now: entry.at })).toBe(entry.holds)
      if (place > 0) expect(matches(rule, contact, { ...options, now: entry.at - 1 })).toBe(!entry.holds)
    }
    const middle = from + Math.floor((to - from) / 2)
    const [first, ...rest] = timeline(rule, contact, { ...options, from: middle, to })
    expect([...timeline(rule, contact, { ...options, from, to: middle }), ...rest]).toEqual(entries)
    expect(first?.holds).toBe(entries.findLast(({ at }) => at <= middle)?.holds)
  }
  fc.assert(fc.property(cases, law), { numRuns: runs(150) })
})
