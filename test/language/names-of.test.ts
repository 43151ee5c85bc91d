import { createEngine, defineSchema, field, hasTag } from 'coterie'
import { completeRule, describe as describeRule, namesOf, parseRule, printRule } from 'coterie/language'
import { describe, expect, it } from 'vitest'

const schema = defineSchema({ attributes: { score: field.number() } })

function engineWithNames() {
  const engine = createEngine({ schema, now: 0, timeZone: 'Europe/Berlin', weekStartsOn: 'sunday' })
  engine.tags.catalogue.define({ tag: 'vip', name: 'Very important' })
  engine.tags.catalogue.define({ tag: 'plain' })
  for (const id of ['ada', 'bob']) engine.contacts.put({ id })
  engine.tags.add('ada', ['rare', 'common'])
  engine.tags.add('bob', 'common')
  engine.segments.define({ id: 's1', name: 'Customers', rule: hasTag('vip') })
  engine.segments.define({ id: 's2', rule: hasTag('common') })
  return engine
}

describe('the names of an engine', () => {
  it('are those of its segments and tags, the commonest first, with its schema and its zone', () => {
    const engine = engineWithNames()
    expect(namesOf(engine)).toEqual({
      schema: engine.schema,
      timeZone: 'Europe/Berlin',
      weekStartsOn: 'sunday',
      limits: engine.limits,
      segments: [{ id: 's1', name: 'Customers' }, { id: 's2' }],
      tags: ['common', 'rare', 'vip', 'plain'],
      labels: { tags: { vip: 'Very important' } },
    })
    expect(Object.isFrozen(namesOf(engine).labels.tags)).toBe(true)
  })

  it('serve to read, to complete, to print and to describe', () => {
    const names = namesOf(engineWithNames(), { attributes: { score: 'the score' }, tags: { common: 'ordinary' } })
    const rule = parseRule('in segment "Customers" and score > 3 and tag in ("vip", "common")', names)
    expect(rule).toMatchObject({ rules: [{ op: 'inSegment', segment: 's1' }, {}, {}] })
    expect(describeRule(rule, names)).toBe(
      'The contact is in the segment “Customers” and the score is more than 3 and the contact has any of the tags “Very important” or “ordinary”.',
    )
    expect(parseRule(printRule(rule, names), names)).toEqual(rule)
    expect(completeRule('has tag "', 9, names).suggestions.map(({ text }) => text)).toContain('"rare"')
    expect(() => parseRule('in segment "Nobody"', names)).toThrow(expect.objectContaining({ code: 'SEGMENT_UNKNOWN' }))
  })

  it('are told by the labels of the schema, unless others are given', () => {
    const labelled = defineSchema({
      attributes: { score: field.labelled('the lead score', field.number()) },
      records: { orders: { lines: field.records({ qty: field.labelled('the pieces', field.number()) }) } },
      events: { purchase: { total: field.labelled('the amount', field.number()) } },
    })
    expect(labelled.attributes.score).toEqual({ type: 'number', label: 'the lead score' })
    const engine = createEngine({ schema: labelled, now: 0 })
    const rule = parseRule('score > 3 and sum of total of purchase > 5 and has orders.lines where qty = 2')
    const words = (names: Parameters<typeof describeRule>[1]): string => describeRule(rule, names)
    for (const names of [{ schema: labelled }, namesOf(engine)]) {
      expect(words(names)).toContain('he lead score is more than 3')
      expect(words(names)).toContain('the amount')
      expect(words(names)).toContain('the pieces')
    }
    expect(words(namesOf(engine, { attributes: { score: 'the points' } }))).toContain('he points is more than 3')
    expect(words({})).not.toContain('lead score')
  })
})
