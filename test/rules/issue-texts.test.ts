import { describe, expect, it } from 'vitest'
import { LAST_INSTANT, FIRST_INSTANT } from '../../src/base/zone-offsets.js'
import type { Value } from '../../src/contacts/value.js'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { operandValue } from '../../src/rules/evaluate.js'
import { timeline } from '../../src/rules/matches.js'
import { readRule, type RuleOptions } from '../../src/rules/read-rule.js'
import { attr, scopeOf } from './asking.js'
import { issuesOf } from './refused.js'

/*
 * What people read where a rule is refused, in whole: the place, what was found, what would do. And the ends of what dates there are.
 */

function nested(levels: number): unknown {
  return levels === 0 ? { op: 'everyone' } : { op: 'not', rule: nested(levels - 1) }
}

const inItem = 'a property of the event or record, an aggregate over the records in it, or an attribute of the contact'
const ofDeals = defineSchema({
  records: {
    deals: { amount: field.number(), steps: field.records({ due: field.day() }) },
    tickets: { amount: field.number() },
  },
})
const items = 'events, {"events": a type}, or records, {"records": [a collection]}, with `window` and `where` as wanted'

describe('a zone that is none', () => {
  it('is told without a suggestion by a host that cannot say which there are', () => {
    const { supportedValuesOf } = Intl
    const rule = { op: 'inLast', left: attr('a'), duration: '1d', timeZone: 'Europe/Berln' }
    const issue = { message: 'There is no time zone "Europe/Berln"' }
    Object.assign(Intl, { supportedValuesOf: undefined })
    try {
      expect(issuesOf(rule)).toMatchObject([issue])
      expect(issuesOf(rule)).not.toMatchObject([{ nearest: expect.anything() as unknown }])
    } finally {
      Object.assign(Intl, { supportedValuesOf })
    }
    expect(issuesOf(rule)).toMatchObject([{ nearest: 'Europe/Berlin' }])
  })
})

describe('a rule that is refused', () => {
  it.each<[what: string, input: unknown, issue: object, options?: RuleOptions]>([
    [
      'no rule',
      5,
      {
        code: 'RULE_INVALID',
        path: [],
        message: '5 is not a rule: an object with an `op`',
        expected: 'a rule: an object with an `op`',
        received: '5',
      },
    ],
    [
      'too deep',
      nested(5),
      {
        code: 'LIMIT_EXCEEDED',
        path: ['rule', 'rule', 'rule', 'rule'],
        message: 'Nodes stand in each other more than 4 deep',
        expected: 'at most 4 levels',
        received: 'a deeper one',
      },
      { limits: { depth: 4 } },
    ],
    [
      'too large',
      nested(5),
      {
        code: 'LIMIT_EXCEEDED',
        path: ['rule', 'rule', 'rule', 'rule'],
        message: 'There are more than 4 nodes',
        expected: 'at most 4 nodes',
        received: '5',
      },
      { limits: { nodes: 4 } },
    ],
    [
      'without a field',
      { op: 'hasTag', tag: undefined },
      {
        code: 'RULE_INVALID',
        path: ['tag'],
        message: '"hasTag" lacks its tag',
        expected: 'a tag: a text that is not empty',
        received: 'undefined',
      },
    ],
    [
      'in no zone',
      { op: 'inLast', left: attr('a'), duration: '1d', timeZone: 'UTX' },
      {
        code: 'TIME_ZONE_UNKNOWN',
        path: ['timeZone'],
        message: 'There is no time zone "UTX"; did you mean "UTC"?',
        expected: "'UTC' or an IANA name that this host knows, such as 'Europe/Berlin'",
        received: '"UTX"',
        nearest: 'UTC',
      },
    ],
    [
      'about records too deep in each other',
      { op: 'some', of: { records: ['a', 'b', 'c'], where: { op: 'some', of: { records: ['d'] } } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'where', 'of', 'records', 0],
        message: 'Records stand at most two levels deep in a record',
        expected: 'at most 3 names from the contact',
        received: 'one more',
      },
    ],
    [
      'no items',
      { op: 'some', of: 5 },
      { code: 'RULE_INVALID', path: ['of'], message: `5 is not ${items}`, expected: items, received: '5' },
    ],
    [
      'no type of events',
      { op: 'some', of: { events: 3 } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'events'],
        message: '3 is not a type of events, a text that is not empty',
        expected: 'a type of events, a text that is not empty',
        received: '3',
      },
    ],
    [
      'about the time of records that have none',
      { op: 'exists', left: { get: 'first', of: { records: ['deals'] } } },
      {
        code: 'RULE_INVALID',
        path: ['left', 'of', 'by'],
        message: '"first" is about time, which records have only by a date field of theirs',
        expected: 'the name of a date field',
        received: 'undefined',
      },
    ],
    [
      'a sum of texts, which are no days for being written like one',
      { op: 'exists', left: { get: 'sum', of: { records: ['deals'] }, value: '2026-01-01' } },
      {
        code: 'TYPE_MISMATCH',
        path: ['left', 'value'],
        message: 'It is of type text, not number',
        expected: 'number',
        received: 'text',
      },
    ],
    [
      'the least of texts',
      { op: 'exists', left: { get: 'minimum', of: { records: ['deals'] }, value: '2026-01-01' } },
      {
        code: 'TYPE_MISMATCH',
        path: ['left', 'value'],
        message: 'It is of type text, not number or instant or day',
        expected: 'number or instant or day',
        received: 'text',
      },
    ],
    [
      'a step that is limited by months',
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'b' }, within: 'P1M' }] },
      {
        code: 'DURATION_INVALID',
        path: ['steps', 1, 'within'],
        message: 'The limits of a step are exact: a month is of no certain length',
        expected: "an exact duration such as '30d'",
        received: 'P1M',
      },
    ],
    [
      'a pattern with a group that stays open',
      { op: 'matches', left: attr('x'), pattern: '(' },
      {
        code: 'PATTERN_INVALID',
        path: ['pattern'],
        message: 'The pattern is refused at 1: a group is not closed',
        expected: ') for the ( at 0',
        received: 'the end',
        position: 1,
      },
    ],
    [
      'of a segment that is not there, but one like it',
      { op: 'inSegment', segment: 'nope' },
      {
        code: 'SEGMENT_UNKNOWN',
        path: ['segment'],
        message: 'There is no segment "nope"; did you mean "note"?',
        expected: 'a segment that is defined',
        received: '"nope"',
        nearest: 'note',
      },
      { segments: ['note'] },
    ],
    [
      'about a property of nothing',
      { op: 'exists', left: { get: 'property', name: 5 } },
      {
        code: 'RULE_INVALID',
        path: ['left', 'get'],
        message: 'A property is one of an event or record: it stands in a `where` or in a value of an aggregate',
        expected: 'a value of the contact',
        received: '"property"',
      },
    ],
    [
      'about a tag in a condition on an event',
      { op: 'some', of: { events: 'a', where: { op: 'hasTag', tag: 5 } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'where', 'op'],
        message: `"hasTag" stands beside an aggregate, not in it: a condition on an event or record is about that alone`,
        expected: inItem,
        received: '"hasTag"',
      },
    ],
    [
      'about the time of a tag in a condition on an event',
      { op: 'some', of: { events: 'a', where: { op: 'exists', left: { get: 'tagAdded', tag: 5 } } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'where', 'left', 'get'],
        message: `"tagAdded" stands beside an aggregate, not in it: a condition on an event or record is about that alone`,
        expected: inItem,
        received: '"tagAdded"',
      },
    ],
    [
      'about other events in a condition on an event',
      { op: 'some', of: { events: 'a', where: { op: 'some', of: { events: 5 } } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'where', 'of', 'events'],
        message: `Another event of the contact stands beside an aggregate, not in it: a condition on an event or record is about that alone`,
        expected: inItem,
        received: '"events"',
      },
    ],
    [
      'about records in a condition on an event',
      { op: 'some', of: { events: 'a', where: { op: 'some', of: { records: 5 } } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'where', 'of', 'records'],
        message: `A record of the contact stands beside an aggregate, not in it: a condition on an event or record is about that alone`,
        expected: inItem,
        received: '"records"',
      },
    ],
    [
      'with a property that it does not have',
      { op: 'hasTag', tag: 'a', tags: ['b'] },
      {
        code: 'RULE_INVALID',
        path: ['tags'],
        message: '"tags" is no property of "hasTag"; did you mean "tag"?',
        expected: 'op, tag',
        received: '"tags"',
        nearest: 'tag',
      },
    ],
    [
      'about a collection that its records do not have',
      { op: 'some', of: { records: ['deals', 'lines', 'more'] } },
      {
        code: 'COLLECTION_UNKNOWN',
        path: ['of', 'records', 1],
        message: 'In the records "deals" there are no records "lines"',
        expected: 'a name of the schema',
        received: '"lines"',
      },
      { schema: ofDeals },
    ],
    [
      'about records in a record as if they were a value',
      { op: 'some', of: { records: ['deals'], where: { op: 'exists', left: { get: 'property', name: 'steps' } } } },
      {
        code: 'TYPE_MISMATCH',
        path: ['of', 'where', 'left', 'name'],
        message: '"steps" holds records, no value: an aggregate over them has one',
        expected: 'a property with a value',
        received: 'records',
      },
      { schema: ofDeals },
    ],
    [
      'about records beside those at hand',
      { op: 'some', of: { records: ['deals'], where: { op: 'some', of: { records: ['tickets'] } } } },
      {
        code: 'COLLECTION_UNKNOWN',
        path: ['of', 'where', 'of', 'records', 0],
        message:
          'In the records "deals" there are no records "tickets"; the contact’s other records stand beside an aggregate, not in it',
        expected: 'a name of the schema',
        received: '"tickets"',
      },
      { schema: ofDeals },
    ],
  ])('says so: %s', (_, input, issue, options) => {
    expect(issuesOf(input, options)).toEqual([issue])
  })

  it('is no deeper than a limit by itself', () => {
    expect(issuesOf(nested(3), { limits: { depth: 4 } })).toEqual([])
  })

  it('is looked at no further once it has far more properties than any node', () => {
    const withProperties = (many: number): unknown =>
      Object.fromEntries([['op', 'everyone'], ...Array.from({ length: many }, (_, place) => [`p${place}`, 1])])
    const codesOf = (many: number): readonly string[] => {
      const result = readRule(withProperties(many), { limits: { list: 1 } })
      return result.ok ? [] : result.issues.map(({ code }) => code)
    }
    // Sixteen at no cost; the others count as elements, of which a rule may have ten times as many as a list.
    expect(new Set(codesOf(25))).toEqual(new Set(['RULE_INVALID']))
    expect(new Set(codesOf(26))).toEqual(new Set(['LIMIT_EXCEEDED', 'RULE_INVALID']))
  })

  it('has no timeline that ends before it begins', () => {
    const contact = { id: 'ada' }
    expect(() => timeline({ op: 'everyone' }, contact, { from: '2026-01-02', to: '2026-01-01' })).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: 'A timeline cannot end before it begins',
        path: ['to'],
        received: '2026-01-01T00:00:00.000Z',
        expected: 'an instant from 2026-01-02T00:00:00.000Z on',
      }) as Error,
    )
    expect(timeline({ op: 'everyone' }, contact, { from: 5, to: 5 })).toEqual([{ at: 5, holds: true }])
    const asked = (from: string, to: string): unknown => timeline({ op: 'everyone' }, contact, { from, to })
    expect(() => asked('soon', '2026-01-01')).toThrow(expect.objectContaining({ path: ['from'] }) as Error)
    expect(() => asked('2026-01-01', 'soon')).toThrow(expect.objectContaining({ path: ['to'] }) as Error)
  })
})

describe('a date', () => {
  const moved = (d: Value, get: 'later' | 'earlier', duration: '1ms' | '1d' | 'P1M'): Value | undefined =>
    operandValue({ get, of: attr('d'), duration }, scopeOf({ attributes: { d } }))

  it('can be the first or the last there is, and none beyond', () => {
    expect(moved({ instant: LAST_INSTANT - 1 }, 'later', '1ms')).toEqual({ instant: LAST_INSTANT })
    expect(moved({ instant: LAST_INSTANT }, 'later', '1ms')).toBeUndefined()
    expect(moved({ instant: FIRST_INSTANT + 1 }, 'earlier', '1ms')).toEqual({ instant: FIRST_INSTANT })
    expect(moved({ instant: FIRST_INSTANT }, 'earlier', '1ms')).toBeUndefined()
    expect(moved({ day: '9999-12-30' }, 'later', '1d')).toEqual({ day: '9999-12-31' })
    expect(moved({ day: '9999-12-31' }, 'later', '1d')).toBeUndefined()
    expect(moved({ day: '0000-01-02' }, 'earlier', '1d')).toEqual({ day: '0000-01-01' })
    expect(moved({ day: '0000-01-01' }, 'earlier', '1d')).toBeUndefined()
    expect(moved({ day: '9999-12-31' }, 'later', 'P1M')).toBeUndefined()
    expect(moved({ instant: LAST_INSTANT - 1 }, 'later', 'P1M')).toBeUndefined()
    expect(moved({ instant: FIRST_INSTANT + 1 }, 'earlier', 'P1M')).toBeUndefined()
  })
})
