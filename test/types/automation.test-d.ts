import { describe, expectTypeOf, it } from 'vitest'
import { defineSchema, field, rulesFor } from 'coterie'
import { stepsFor, type StepInput } from 'coterie/automation'

const schema = defineSchema({
  attributes: { plan: field.oneOf('free', 'pro'), score: field.number(), seenOn: field.day() },
  events: { purchase: { amount: field.number() } },
  records: { deals: { stage: field.oneOf('new', 'won') } },
})
const steps = stepsFor(schema)
const { records } = rulesFor(schema)

describe('steps for a schema', () => {
  it('take its names and values', () => {
    expectTypeOf(steps.setAttributes({ plan: 'pro', score: null })).toEqualTypeOf<StepInput>()
    expectTypeOf(steps.stamp('seenOn')).toEqualTypeOf<StepInput>()
    steps.recorded('purchase')
    steps.recordPut('deals', { field: 'stage' })
    steps.putRecord('deals', { stage: 'won' })
    steps.setRecords(records('deals').where({ stage: 'new' }), { stage: 'won' })
    steps.recordEvent({ type: 'purchase', properties: { amount: 3 } })
  })

  it('and no others', () => {
    // @ts-expect-error no such plan
    steps.setAttributes({ plan: 'fre' })
    // @ts-expect-error no such attribute
    steps.stamp('seenAt')
    // @ts-expect-error no such event
    steps.recorded('bought')
    // @ts-expect-error no such field
    steps.recordPut('deals', { field: 'stages' })
    // @ts-expect-error no such stage
    steps.putRecord('deals', { stage: 'lost' })
    // @ts-expect-error no such collection
    steps.setRecords('deal', {})
    // @ts-expect-error no number
    steps.recordEvent({ type: 'purchase', properties: { amount: '3' } })
  })
})
