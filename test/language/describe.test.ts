import { describe, expect, it } from 'vitest'
import { describe as describeRule, outline } from '../../src/language/describe/describe.js'
import { english } from '../../src/language/describe/english.js'
import type { Wording } from '../../src/language/describe/wording.js'
import { nameWords } from '../../src/language/describe/name-words.js'
import { parseRule } from '../../src/language/parse-rule.js'

const said = (text: string, options: Parameters<typeof describeRule>[1] = {}): string =>
  describeRule(parseRule(text), options)

describe('a rule in English', () => {
  it.each([
    ['leadScore > 80', 'Lead score is more than 80.'],
    [
      'lifetimeValue >= 1234567.5 or has tag "VIP"',
      'Lifetime value is at least 1,234,567.5 or the contact has the tag “VIP”.',
    ],
    ['plan in ("free", "pro", "team")', 'Plan is “free”, “pro” or “team”.'],
    ['plan not in ("free")', 'Plan is not “free”.'],
    ['email ends with "@x.org" ignoring case', 'Email ends with “@x.org”, in upper or lower case.'],
    ['a = 1 and (b = 2 or c is missing)', 'A is 1 and (b is 2 or c is missing).'],
    ['not a = 1 and not has tag "b"', '(it is not so that a is 1) and the contact does not have the tag “b”.'],
    ['not in segment "vip" or no event buy', 'The contact is not in the segment “vip” or there is no buy event.'],
    ['not (a = 1 and b = 2)', 'It is not so that (a is 1 and b is 2).'],
    ['last event conversation more than 30 days ago', 'The last conversation event was at least 30 days ago.'],
    ['no event purchase in the last 60 days', 'There is no purchase event in the last 60 days.'],
    ['has records deals where status = "open"', 'There is one of the deals where status is “open”.'],
    [
      'sum of amount of event purchase in the last 90 days where (product = "boots") > 500',
      'The sum of amount over purchase events in the last 90 days (where product is “boots”) is more than 500.',
    ],
    ['event checkout then no event purchase within 1 day', 'A checkout event, then within 1 day no purchase event.'],
    [
      'anniversary of birthday in the next 7 days including today',
      'An anniversary of birthday comes in the next 7 days (today included).',
    ],
    ['first event purchase in January 1997', 'The first purchase event is in January 1997.'],
    [
      'seen in the last 3 calendar months including this one',
      'Seen is in the last 3 whole months (this one included).',
    ],
    ['seen before 2026-01-31', 'Seen is before 31 January 2026.'],
    ['seen + 2 weeks after 2026-01-31T10:30:00Z', '14 days after seen is after 31 January 2026, 10:30 UTC.'],
    ['at least 2 of (a = 1, b = 2, c = 3)', 'At least 2 of these hold: a is 1; b is 2; c is 3.'],
    ['tag "VIP" held by campaign "spring"', 'The tag “VIP” is held by a campaign, “spring”.'],
    [
      'sum of quantity * price of records orders.lines = 3',
      'The sum of (quantity times price) over the lines of the orders is 3.',
    ],
    ['seen today in time zone "Asia/Tokyo"', 'Seen is today (Asia/Tokyo time).'],
    [
      'every records deals where closed = true has value > attribute limit',
      'Of the deals where closed is true, each has this: value is more than the contact’s limit.',
    ],
  ])('%s', (text, words) => {
    expect(said(text)).toBe(words)
  })

  it('tells times in the zone of the reader, and does not name it', () => {
    const rule = 'seen after 2026-01-31T23:30:00Z in time zone "Asia/Tokyo"'
    expect(said(rule, { timeZone: 'Asia/Tokyo' })).toBe('Seen is after 1 February 2026, 08:30.')
    expect(said(rule, { timeZone: 'nowhere' })).toContain('31 January 2026, 23:30')
  })

  it('calls things by their labels', () => {
    const labels = {
      attributes: { leadScore: 'the score' },
      events: { purchase: 'shop' },
      properties: { amount: 'money spent' },
      records: { deals: 'bargains' },
      tags: { VIP: 'Very important' },
    }
    const segments = [{ id: 'late', name: 'Late payers' }, 'early']
    const text =
      'leadScore > 1 and has event purchase where amount > 2 and has records deals and has tag "VIP" and in segment "late" and in segment "early"'
    expect(said(text, { labels, segments })).toBe(
      'The score is more than 1 and there is a shop event where money spent is more than 2 and there is one of the bargains ' +
        'and the contact has the tag “Very important” and the contact is in the segment “Late payers” and the contact is in the segment “early”.',
    )
  })

  it('is a nested list', () => {
    expect(said('(a = 1 or has tag "b") and not (c = 2 or d = 3) and not e = 4', { as: 'list' })).toBe(
      [
        '- All of these:',
        '  - Any of these:',
        '    - a is 1',
        '    - the contact has the tag “b”',
        '  - None of these:',
        '    - c is 2',
        '    - d is 3',
        '  - it is not so that e is 4',
      ].join('\n'),
    )
  })

  it('is an outline, with the way to each rule', () => {
    const { parts } = outline(parseRule('a = 1 and not (b = 2 or c = 3)'))
    expect(parts.map(({ path }) => path)).toEqual([
      ['rules', 0],
      ['rules', 1],
    ])
    expect(parts[1]?.parts.map(({ path, text }) => [path.join('.'), text])).toEqual([
      ['rules.1.rule.rules.0', 'b is 2'],
      ['rules.1.rule.rules.1', 'c is 3'],
    ])
  })

  it('says of what is no rule that it is none', () => {
    expect(describeRule({ op: 'nope' } as never)).toMatch(/^This is no rule that can be read: /)
  })
})

describe('another language', () => {
  it('needs nothing but a wording', () => {
    const shouted: Wording = { ...english, sentence: (words) => `${words.toUpperCase()}!` }
    expect(said('a = 1', { wording: shouted })).toBe('A IS 1!')
  })
})

describe('the words of a name', () => {
  it.each([
    ['leadScore', 'lead score'],
    ['lifetime_value', 'lifetime value'],
    ['first-name', 'first name'],
    ['URL', 'URL'],
    ['orderID', 'order ID'],
    ['Größe', 'größe'],
    ['a b', 'a b'],
    ['_', '_'],
    ['{}', '{}'],
  ])('%s', (name, words) => {
    expect(nameWords(name)).toBe(words)
  })
})
