import { describe, expect, it } from 'vitest'
import { defineSchema, field } from '../../src/contacts/schema.js'
import { matches } from '../../src/rules/matches.js'
import { ruleOf, type RuleOptions } from '../../src/rules/read-rule.js'
import { attr } from './asking.js'
import { issuesOf } from './refused.js'

/*
 * What people read where something in a node is refused, in whole and once: what it is that was found, and what would do. And where the
 * limits of depth are.
 */

const schema = defineSchema({ records: { deals: { at: field.instant() } }, events: { b: {} }, attributes: {} })

describe('a node that is refused', () => {
  it.each<[what: string, input: unknown, issue: object, options?: RuleOptions]>([
    [
      'with an empty name of what a schema has',
      { op: 'exists', left: { get: 'attribute', name: '' } },
      {
        code: 'RULE_INVALID',
        path: ['left', 'name'],
        message: '"" is not a name, a text that is not empty',
        expected: 'a name, a text that is not empty',
        received: '""',
      },
      { schema },
    ],
    [
      'with an empty pattern of tags',
      { op: 'hasTagLike', pattern: '' },
      {
        code: 'RULE_INVALID',
        path: ['pattern'],
        message: '"" is not a pattern, a text that is not empty',
        expected: 'a pattern, a text that is not empty',
        received: '""',
      },
    ],
    [
      'in a zone without a name',
      { op: 'inLast', left: attr('a'), duration: '1d', timeZone: '' },
      {
        code: 'RULE_INVALID',
        path: ['timeZone'],
        message: '"" is not a time zone, a text that is not empty',
        expected: 'a time zone, a text that is not empty',
        received: '""',
      },
    ],
    [
      'with tags that are no list',
      { op: 'hasAnyTag', tags: 5 },
      {
        code: 'RULE_INVALID',
        path: ['tags'],
        message: '5 is not a list of tags',
        expected: 'a list of tags',
        received: '5',
      },
    ],
    [
      'with more tags than a list may have',
      { op: 'hasAnyTag', tags: ['a', 'b', 'c'] },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['tags'],
        message: 'There are more than 2 elements',
        expected: 'at most 2 elements',
        received: '3',
      },
      { limits: { list: 2 } },
    ],
    [
      'of a segment without a name',
      { op: 'inSegment', segment: '' },
      {
        code: 'RULE_INVALID',
        path: ['segment'],
        message: '"" is not the id of a segment, a text that is not empty',
        expected: 'the id of a segment, a text that is not empty',
        received: '""',
      },
      { segments: ['a'] },
    ],
    [
      'of a segment that a host does not know',
      { op: 'inSegment', segment: 'nope' },
      {
        code: 'SEGMENT_UNKNOWN',
        path: ['segment'],
        message: 'There is no segment "nope"',
        expected: 'a segment that is defined',
        received: '"nope"',
      },
      { segments: () => false },
    ],
    [
      'of none of its rules',
      { op: 'someOf', count: 0, rules: [{ op: 'everyone' }] },
      {
        code: 'RULE_INVALID',
        path: ['count'],
        message: '0 is not a whole number from 1 to 10',
        expected: 'a whole number from 1 to 10',
        received: '0',
      },
      { limits: { list: 10 } },
    ],
    [
      'with a duration that is none',
      { op: 'inLast', left: attr('a'), duration: 5 },
      {
        code: 'DURATION_INVALID',
        path: ['duration'],
        message:
          "5 is not a duration: a whole number with a unit (ms, s, m, h, d, w) such as '60d', or ISO 8601 such as 'P1M'",
        expected: "a duration: a whole number with a unit (ms, s, m, h, d, w) such as '60d', or ISO 8601 such as 'P1M'",
        received: '5',
      },
    ],
    [
      'with a duration longer than a name',
      { op: 'inLast', left: attr('a'), duration: '1000d' },
      {
        code: 'DURATION_INVALID',
        path: ['duration'],
        message:
          "\"1000d\" is not a duration: a whole number with a unit (ms, s, m, h, d, w) such as '60d', or ISO 8601 such as 'P1M'",
        expected: "a duration: a whole number with a unit (ms, s, m, h, d, w) such as '60d', or ISO 8601 such as 'P1M'",
        received: '"1000d"',
      },
      { limits: { name: 4 } },
    ],
    [
      'of events in a next window',
      { op: 'some', of: { events: 'a', window: { window: 'inNext', duration: '1d' } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'window', 'window'],
        message: 'An event of the future has not happened yet: no event lies in a next window',
        expected: 'a window over the past',
        received: '"inNext"',
      },
    ],
    [
      'with a window that has an end too many',
      { op: 'some', of: { events: 'a', window: { window: 'absolute', from: 1, until: 2 } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'window', 'until'],
        message: '"until" is no property of "absolute"',
        expected: 'window, from, to',
        received: '"until"',
      },
    ],
    [
      'with a window of no ends',
      { op: 'some', of: { events: 'a', window: { window: 'absolute' } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'window'],
        message: '"absolute" lacks both its ends: it would be no window',
        expected: 'an instant in `from`, in `to` or in both',
        received: 'neither',
      },
    ],
    [
      'with a window that ends where it begins',
      { op: 'some', of: { events: 'a', window: { window: 'absolute', from: 7, to: 7 } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'window', 'to'],
        message: 'The window ends before it begins: there is nothing in it',
        expected: 'an instant after 7',
        received: '7',
      },
    ],
    [
      'with a step that is no events',
      { op: 'sequence', steps: [{ of: 5 }, { of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 0, 'of'],
        message: '5 is not events: {"events": a type}',
        expected: 'events: {"events": a type}',
        received: '5',
      },
    ],
    [
      'with events of more than there is',
      { op: 'some', of: { events: 'a', by: 'b' } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'by'],
        message: '"by" is no property of "events"',
        expected: 'events, window, where',
        received: '"by"',
      },
    ],
    [
      'with events without a name',
      { op: 'some', of: { events: '', where: { op: 'exists', left: { get: 'property', name: 'a' } } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'events'],
        message: '"" is not a type of events, a text that is not empty',
        expected: 'a type of events, a text that is not empty',
        received: '""',
      },
      { schema },
    ],
    [
      'with records of more than there is',
      { op: 'some', of: { records: ['a'], sort: 'b' } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'sort'],
        message: '"sort" is no property of "records"',
        expected: 'records, by, window, where',
        received: '"sort"',
      },
    ],
    [
      'of no records at all',
      { op: 'every', of: 5, rule: { op: 'everyone' } },
      {
        code: 'RULE_INVALID',
        path: ['of'],
        message: '5 is not records, {"records": [a collection]}, with `window` and `where` as wanted',
        expected: 'records, {"records": [a collection]}, with `window` and `where` as wanted',
        received: '5',
      },
    ],
    [
      'about a time that records do not have',
      { op: 'some', of: { records: ['a'], window: { window: 'inLast', duration: '1d' } } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'by'],
        message: 'A window is about time, which records have only by a date field of theirs',
        expected: 'the name of a date field',
        received: 'undefined',
      },
    ],
    [
      'about a collection without a name',
      { op: 'some', of: { records: [''] } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'records', 0],
        message: '"" is not the name of a collection, a text that is not empty',
        expected: 'the name of a collection, a text that is not empty',
        received: '""',
      },
    ],
    [
      'about no collection',
      { op: 'some', of: { records: [] } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'records'],
        message: 'a list of 0 is not a list of names: a collection, then records inside its records',
        expected: 'a list of names: a collection, then records inside its records',
        received: 'a list of 0',
      },
    ],
    [
      'by a date field without a name',
      { op: 'some', of: { records: ['deals'], by: '' } },
      {
        code: 'RULE_INVALID',
        path: ['of', 'by'],
        message: '"" is not the name of a date field, a text that is not empty',
        expected: 'the name of a date field, a text that is not empty',
        received: '""',
      },
      { schema },
    ],
    [
      'without another side',
      { op: 'equals', left: attr('a'), right: undefined },
      {
        code: 'RULE_INVALID',
        path: ['right'],
        message: '"equals" lacks its right',
        expected: 'a value: a literal, or an object with `get`',
        received: 'undefined',
      },
    ],
    [
      'with nothing to compare with',
      { op: 'equals', left: attr('a'), right: null },
      {
        code: 'VALUE_INVALID',
        path: ['right'],
        message: 'null is not a value: whether one is there, `exists` and `missing` ask',
        expected: 'a value: whether one is there, `exists` and `missing` ask',
        received: 'null',
      },
    ],
    [
      'with a list in a list',
      { op: 'equals', left: attr('a'), right: [['a']] },
      {
        code: 'VALUE_INVALID',
        path: ['right', 0],
        message: 'a list of 1 is not a text',
        expected: 'a text',
        received: 'a list of 1',
      },
    ],
    [
      'with more elements than a list may have',
      { op: 'equals', left: attr('a'), right: ['a', 'b', 'c'] },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['right'],
        message: 'There are more than 2 elements',
        expected: 'at most 2 elements',
        received: '3',
      },
      { limits: { list: 2 } },
    ],
    [
      'with more elements than all its lists may have',
      {
        op: 'any',
        rules: Array(2).fill({
          op: 'any',
          rules: Array(2).fill({
            op: 'in',
            left: attr('a'),
            right: [
              ['a', 'b'],
              ['a', 'b'],
            ],
          }),
        }),
      },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['rules', 1, 'rules', 1, 'right', 0],
        message: 'There are more than 20 list elements in one rule',
        expected: 'at most 20 list elements in one rule',
        received: '22',
      },
      { limits: { list: 2 } },
    ],
    [
      'with too long a text',
      { op: 'equals', left: attr('a'), right: 'four' },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['right'],
        message: 'There are more than 3 characters',
        expected: 'at most 3 characters',
        received: '4',
      },
      { limits: { text: 3 } },
    ],
    [
      'with more operands than nodes',
      { op: 'exists', left: { get: 'plus', left: { get: 'plus', left: 1, right: 2 }, right: 3 } },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['left', 'left'],
        message: 'There are more than 2 nodes',
        expected: 'at most 2 nodes',
        received: '3',
      },
      { limits: { nodes: 2 } },
    ],
    [
      'with longer texts than all of it may have',
      { op: 'in', left: attr('a'), right: Array.from({ length: 11 }, (_, n) => `ab${String(n % 10)}`) },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['right', 10],
        message: 'There are more than 30 characters in one rule',
        expected: 'at most 30 characters in one rule',
        received: '33',
      },
      { limits: { text: 3 } },
    ],
    [
      'with a period that has more than its parts',
      { op: 'inCalendar', left: attr('a'), period: { period: 'day', day: '2026-01-01', unit: 'day' } },
      {
        code: 'RULE_INVALID',
        path: ['period', 'unit'],
        message: '"unit" is no property of the period "day"',
        expected: 'period, day',
        received: '"unit"',
      },
    ],
    [
      'in a period of a day that is none',
      { op: 'inCalendar', left: attr('a'), period: { period: 'day', day: '2026-02-30' } },
      {
        code: 'DATE_INVALID',
        path: ['period', 'day'],
        message: '"2026-02-30" is not a day, YYYY-MM-DD',
        expected: 'a day, YYYY-MM-DD',
        received: '"2026-02-30"',
      },
    ],
    [
      'with rules that are no list',
      { op: 'all', rules: 5 },
      {
        code: 'RULE_INVALID',
        path: ['rules'],
        message: '5 is not a list of rules',
        expected: 'a list of rules',
        received: '5',
      },
    ],
    [
      'without its rules',
      { op: 'all' },
      {
        code: 'RULE_INVALID',
        path: ['rules'],
        message: '"all" lacks its rules',
        expected: 'a list of rules, not empty',
        received: 'undefined',
      },
    ],
    [
      'without its rule',
      { op: 'not' },
      {
        code: 'RULE_INVALID',
        path: ['rule'],
        message: '"not" lacks its rule',
        expected: 'a rule',
        received: 'undefined',
      },
    ],
    [
      'of one step',
      { op: 'sequence', steps: [{ of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps'],
        message: 'In a sequence something comes after something; whether there is an event at all, `some` asks',
        expected: 'at least two steps',
        received: 'a list of 1',
      },
    ],
    [
      'with a step that is no object',
      { op: 'sequence', steps: [5, { of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 0],
        message: '5 is not a step: an object with its events in `of`',
        expected: 'a step: an object with its events in `of`',
        received: '5',
      },
    ],
    [
      'with a step of more than there is',
      { op: 'sequence', steps: [{ of: { events: 'a' }, or: 1 }, { of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 0, 'or'],
        message: '"or" is no property of a step; did you mean "of"?',
        expected: 'of, not, within, after, from',
        received: '"or"',
        nearest: 'of',
      },
    ],
    [
      'with a text for a whole number',
      { op: 'someOf', count: '1', rules: [{ op: 'everyone' }] },
      {
        code: 'RULE_INVALID',
        path: ['count'],
        message: '"1" is not a whole number from 1 to 10',
        expected: 'a whole number from 1 to 10',
        received: '"1"',
      },
      { limits: { list: 10 } },
    ],
    [
      'with a number for a flag',
      { op: 'anniversaryIn', left: attr('a'), days: 1, current: 1 },
      {
        code: 'RULE_INVALID',
        path: ['current'],
        message: '1 is not true or false',
        expected: 'true or false',
        received: '1',
      },
    ],
    [
      'with more nodes than there may be, and is read no further',
      { op: 'any', rules: [{ op: 'everyone' }, { op: 'not', rule: { op: 'x' } }, { op: 'y' }, { op: 'everyone' }] },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['rules', 1],
        message: 'There are more than 2 nodes',
        expected: 'at most 2 nodes',
        received: '3',
      },
      { limits: { nodes: 2 } },
    ],
    [
      'deeper than it may be, and is read no further',
      {
        op: 'any',
        rules: [
          { op: 'not', rule: { op: 'x' } },
          { op: 'not', rule: { op: 'y' } },
        ],
      },
      {
        code: 'LIMIT_EXCEEDED',
        path: ['rules', 0, 'rule'],
        message: 'Nodes stand in each other more than 2 deep',
        expected: 'at most 2 levels',
        received: 'a deeper one',
      },
      { limits: { depth: 2 } },
    ],
    [
      'with a number of rules that there are not',
      { op: 'someOf', count: 3, rules: [{ op: 'everyone' }, { op: 'everyone' }] },
      {
        code: 'RULE_INVALID',
        path: ['count'],
        message: 'More rules than there are can never hold: it would mean nobody',
        expected: 'a whole number from 1 to 2, the number of rules',
        received: '3',
      },
    ],
    [
      'with a sample that ends where it begins',
      { op: 'inSample', salt: 's', from: 10, to: 10 },
      {
        code: 'RULE_INVALID',
        path: ['to'],
        message: 'The sample ends before it begins',
        expected: 'a whole number above 10, where the sample begins',
        received: '10',
      },
    ],
    [
      'of a sample that ends before it begins',
      { op: 'inSample', salt: 's', from: 10, to: 9 },
      {
        code: 'RULE_INVALID',
        path: ['to'],
        message: 'The sample ends before it begins',
        expected: 'a whole number above 10, where the sample begins',
        received: '9',
      },
    ],
    [
      'with ends of two kinds, the shorter one exact',
      { op: 'betweenAgo', left: attr('a'), from: '1d', to: 'P1M' },
      {
        code: 'DURATION_INVALID',
        path: ['to'],
        message: 'One end is an exact duration, the other one of months or years',
        expected: "an exact duration such as '60d'",
        received: 'P1M',
      },
    ],
    [
      'with ends of two kinds, the shorter one of months',
      { op: 'betweenAgo', left: attr('a'), from: 'P1M', to: '90d' },
      {
        code: 'DURATION_INVALID',
        path: ['to'],
        message: 'One end is an exact duration, the other one of months or years',
        expected: "months or years such as 'P2M'",
        received: '90d',
      },
    ],
    [
      'with ends the other way round',
      { op: 'betweenAgo', left: attr('a'), from: '2d', to: '2d' },
      {
        code: 'DURATION_INVALID',
        path: ['to'],
        message: '`from` is the shorter: between 2d and 2d ago there is nothing',
        expected: 'longer than 2d',
        received: '2d',
      },
    ],
    [
      'with a first step within some time',
      { op: 'sequence', steps: [{ of: { events: 'a' }, within: '1d' }, { of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 0, 'within'],
        message: 'The first step comes after nothing: `within` stands in later ones',
        expected: 'a step that happens',
        received: '`within` in the first step',
      },
    ],
    [
      'with a first step that does not happen',
      { op: 'sequence', steps: [{ of: { events: 'a' }, not: true }, { of: { events: 'a' } }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 0, 'not'],
        message: 'The first step comes after nothing: `not` stands in later ones',
        expected: 'a step that happens',
        received: '`not` in the first step',
      },
    ],
    [
      'with a last step that never happens',
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, not: true }] },
      {
        code: 'RULE_INVALID',
        path: ['steps', 1, 'within'],
        message: 'That something does not happen can only be said of a stretch of time',
        expected: "an exact duration such as '1d'",
        received: 'undefined',
      },
    ],
    [
      'with a step that does not happen after a time',
      {
        op: 'sequence',
        steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, not: true, within: '2d', after: '1d' }],
      },
      {
        code: 'RULE_INVALID',
        path: ['steps', 1, 'after'],
        message: 'A step that does not happen has `within` and no `after`',
        expected: 'a step without `after`',
        received: '`after`',
      },
    ],
    [
      'with a step within less than after',
      { op: 'sequence', steps: [{ of: { events: 'a' } }, { of: { events: 'a' }, within: '1d', after: '1d' }] },
      {
        code: 'DURATION_INVALID',
        path: ['steps', 1, 'after'],
        message: 'No event comes both after and within that time',
        expected: 'shorter than 1d',
        received: '1d',
      },
    ],
    [
      'of no rules',
      { op: 'any', rules: [] },
      {
        code: 'RULE_EMPTY',
        path: ['rules'],
        message: '"any" of nothing would mean nobody: where that is wanted, write it',
        expected: 'at least one',
        received: 'a list of 0',
      },
    ],
    [
      'of no tags',
      { op: 'hasNoneOfTags', tags: [] },
      {
        code: 'RULE_EMPTY',
        path: ['tags'],
        message: '"hasNoneOfTags" of nothing would mean everyone: where that is wanted, write it',
        expected: 'at least one',
        received: 'a list of 0',
      },
    ],
    [
      'of no values',
      { op: 'in', left: attr('a'), right: [] },
      {
        code: 'RULE_EMPTY',
        path: ['right'],
        message: '"in" of nothing would mean nobody: where that is wanted, write it',
        expected: 'at least one',
        received: 'a list of 0',
      },
    ],
    [
      'with values that are no list',
      { op: 'in', left: attr('a'), right: 5 },
      {
        code: 'RULE_INVALID',
        path: ['right'],
        message: '5 is not a list of values',
        expected: 'a list of values',
        received: '5',
      },
    ],
  ])('says so: %s', (_, input, issue, options) => {
    expect(issuesOf(input, options)).toStrictEqual([issue])
  })
})

describe('a question that is refused', () => {
  it.each<[what: string, ask: () => unknown, refusal: object]>([
    [
      'without options',
      () => matches({ op: 'everyone' }, { id: 'ada' }, null as never),
      { message: 'null is not an object of options', path: [], received: 'null', expected: 'an object of options' },
    ],
    [
      'of segments that are none',
      () => matches({ op: 'everyone' }, { id: 'ada' }, { now: 0, segments: 5 as never }),
      {
        message: '5 is not rules by the ids of their segments',
        path: ['segments'],
        received: '5',
        expected: 'rules by the ids of their segments',
      },
    ],
    [
      'at no instant',
      () => matches({ op: 'everyone' }, { id: 'ada' }, { now: 'soon' }),
      { message: expect.stringMatching(/^The option now is wrong/) as string, path: ['now'] },
    ],
  ])('says so: %s', (_, ask, refusal) => {
    expect(ask).toThrow(expect.objectContaining(refusal) as Error)
  })
})

describe('weeks', () => {
  it('begin on a day of theirs', () => {
    expect(() => ruleOf({ op: 'everyone' }, { weekStartsOn: 'noday' as never })).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: 'Weeks cannot begin on "noday".',
        path: ['weekStartsOn'],
        received: '"noday"',
        expected: 'monday, tuesday, wednesday, thursday, friday, saturday, sunday',
      }) as Error,
    )
  })
})

describe('limits', () => {
  /** The least depth at which a rule is read. */
  const depthOf = (rule: object): number => {
    let depth = 1
    while (issuesOf(rule, { limits: { depth } }).length > 0) depth += 1
    return depth
  }
  const property = { get: 'property', name: 'n' }
  const plus = { get: 'plus', left: attr('a'), right: 1 }
  const some = (where: object): object => ({ op: 'some', of: { records: ['deals'], where } })
  const sum = (value: object): object => ({ get: 'sum', of: { records: ['deals'] }, value })

  it('count how deep nodes stand in each other: rules, operands, items and values of items', () => {
    const depths = {
      value: { op: 'exists', left: attr('a') },
      inValue: { op: 'exists', left: plus },
      inInValue: { op: 'exists', left: { get: 'plus', left: plus, right: 1 } },
      where: some({ op: 'exists', left: property }),
      inWhere: some({ op: 'not', rule: { op: 'exists', left: property } }),
      whereInWhere: some({ op: 'some', of: { records: ['lines'], where: { op: 'exists', left: property } } }),
      valueOfItem: { op: 'exists', left: sum(property) },
      inValueOfItem: { op: 'exists', left: sum({ get: 'plus', left: property, right: 1 }) },
      itemsInItem: { op: 'exists', left: sum({ get: 'count', of: { records: ['lines'] } }) },
      step: {
        op: 'sequence',
        steps: [{ of: { events: 'a' } }, { of: { events: 'b', where: { op: 'exists', left: property } } }],
      },
    }
    expect(Object.fromEntries(Object.entries(depths).map(([name, rule]) => [name, depthOf(rule)]))).toEqual({
      value: 2,
      inValue: 3,
      inInValue: 4,
      where: 4,
      inWhere: 5,
      whereInWhere: 6,
      valueOfItem: 3,
      inValueOfItem: 4,
      itemsInItem: 4,
      step: 5,
    })
  })

  it('allow what is as long as they say', () => {
    expect(issuesOf({ op: 'inLast', left: attr('a'), duration: '100d' }, { limits: { name: 4 } })).toEqual([])
  })
})

describe('a node that is read', () => {
  it('has no property that is undefined', () => {
    for (const window of [
      { window: 'absolute', from: 1 },
      { window: 'absolute', to: 1 },
    ])
      for (const of of [{ events: 'a' }, { events: 'a', window }, { records: ['a'], by: 'b' }, { records: ['a'] }]) {
        const rule = { op: 'some', of }
        expect(ruleOf(rule)).toStrictEqual(rule)
      }
  })

  it('may be about a truth', () => {
    const rule = { op: 'equals', left: attr('a'), right: true }
    expect(ruleOf(rule)).toStrictEqual(rule)
  })
})
