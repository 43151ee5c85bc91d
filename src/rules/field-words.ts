import type { FieldKind } from './operator-table.js'

/** What each kind of field holds, in words: for issues, the JSON Schema and the documentation. */
export const fieldWords: Readonly<Record<FieldKind, string>> = Object.freeze({
  rule: 'a rule',
  rules: 'a list of rules, not empty',
  operand: 'a value: a literal, or an object with `get`',
  operands: 'a list of values, not empty',
  duration: "a duration: a whole number with a unit (ms, s, m, h, d, w) such as '60d', or ISO 8601 such as 'P1M'",
  period: 'a period of the calendar, such as {"period": "this", "unit": "month"}',
  weekday: "the first day of the week, such as 'monday'",
  timeZone: "an IANA time zone such as 'Europe/Berlin', or 'UTC'",
  flag: 'true or false',
  leapDay: "where anniversaries of 29 February fall in other years: 'feb28', the default, or 'mar1'",
  name: 'a name: a text that is not empty',
  tag: 'a tag: a text that is not empty',
  tags: 'a list of tags, not empty',
  segment: 'the id of a segment',
  holder: 'what holds the tag: a person, a campaign, an import, behaviour or a rule',
  text: 'a text',
  pattern: 'a pattern of the language of `matches`',
  glob: 'a text in which `*` is any run of characters',
  place: 'a place in the sample: a whole number from 0 to 10,000',
  threshold: 'how many: a whole number from 1 to the number of rules',
  dayCount: 'how many days: a whole number from 1 to 100,000',
})
