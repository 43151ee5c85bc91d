import {
  attribute,
  defineSchema,
  events,
  field,
  memoryStorage,
  openEngine,
  type CoterieError,
  type Migration,
  type Schema,
  type StorageAdapter,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { transitionsOf } from '../properties/playing.js'
import { wholeStateOf } from './stored.js'

const before = defineSchema({
  attributes: { score: field.number(), plan: field.oneOf('free', 'pro') },
  events: { seen: { page: field.text() } },
  records: { deals: { value: field.number(), lines: field.records({ product: field.text() }) } },
})

async function filled(): Promise<StorageAdapter> {
  const storage = memoryStorage()
  const engine = await openEngine({ schema: before, now: 0, storage })
  engine.segments.define({ id: 'high', rule: attribute('score').greaterThan(80) })
  engine.segments.define({ id: 'readers', rule: events('seen').count().greaterThan(1) })
  engine.contacts.put({ id: 'ada', attributes: { score: 90, plan: 'free' } })
  engine.contacts.put({ id: 'bob', attributes: { score: 10 } })
  for (const page of ['a', 'b']) engine.events.record('ada', { type: 'seen', properties: { page } })
  await engine.records.put('ada', 'deals', { id: 'd', value: 5, lines: [{ product: 'x' }] }).durable
  await engine.close()
  return storage
}

async function refused(storage: StorageAdapter, schema: Schema, migrate?: Migration): Promise<CoterieError> {
  try {
    await openEngine({ schema, now: 0, storage, ...(migrate === undefined ? {} : { migrate }) })
  } catch (error) {
    return error as CoterieError
  }
  throw new Error('It was not refused')
}

const placesOf = ({ issues }: CoterieError): readonly string[] => issues.map(({ path }) => path.join('.'))

describe('another schema', () => {
  it('may have more fields, in any order', async () => {
    const storage = await filled()
    const more = defineSchema({
      records: before.records,
      events: { ...before.events, sent: {} },
      attributes: { name: field.text(), plan: field.oneOf('free', 'pro', 'team'), score: field.number() },
    })
    const engine = await openEngine({ schema: more, now: 0, storage })
    expect(await engine.settled).toBe(true)
    expect(engine.segments.of('ada')).toEqual(['high', 'readers'])
    await engine.close()
  })

  it('is refused with all that does not fit, and nothing is changed', async () => {
    const storage = await filled()
    const error = await refused(storage, {
      attributes: { score: field.text(), plan: field.oneOf('pro') },
      events: { seen: { page: field.number() } },
      records: { deals: { value: field.number(), lines: field.records({ product: field.number() }) } },
    })
    expect(error.code).toBe('SCHEMA_CHANGED')
    expect(placesOf(error)).toEqual(
      expect.arrayContaining([
        'attributes.score',
        'attributes.plan',
        'events.seen.properties.page',
        'records.deals.lines.0.product',
        'segments.high.rule.left',
      ]),
    )
    expect(error.issues.find(({ path }) => path.join('.') === 'attributes.score')?.message).toContain('of 2 contacts')
    const engine = await openEngine({ schema: before, now: 0, storage })
    expect(engine.contacts.get('ada')?.attributes).toEqual({ plan: 'free', score: 90 })
  })

  it('is refused where a field is gone that only a rule uses', async () => {
    const storage = memoryStorage()
    const first = await openEngine({ schema: before, now: 0, storage })
    first.segments.define({ id: 'high', rule: attribute('score').greaterThan(80) })
    await first.close()
    const error = await refused(storage, { attributes: { plan: field.text() } })
    expect(placesOf(error)).toEqual(['segments.high.rule.left.name'])
  })

  it('fits by a migration, and what moves is settled', async () => {
    const storage = await filled()
    const after: Schema = defineSchema({
      attributes: { leadScore: field.number(), plan: field.oneOf('free', 'pro') },
      events: { view: { page: field.text() } },
      records: { offers: { worth: field.number() } },
    })
    const engine = await openEngine({
      schema: after,
      now: 0,
      storage,
      migrate: {
        attribute: (name, value) => (name === 'score' ? ['leadScore', Number(value) - 20] : undefined),
        event: (event) => ({ ...event, type: 'view' }),
        record: (_, { id, value }) => ['offers', { id, worth: Number(value) }],
        rule: (rule, id) =>
          id === 'high'
            ? attribute('leadScore').greaterThan(80)
            : id === 'readers'
              ? events('view').count().greaterThan(1)
              : rule,
      },
    })
    const transitions = transitionsOf(engine)
    expect(await engine.settled).toBe(true)
    expect(engine.contacts.get('ada')).toMatchObject({
      attributes: { leadScore: 70, plan: 'free' },
      records: { offers: [{ id: 'd', worth: 5 }] },
    })
    expect(engine.contacts.get('ada')?.events.map(({ type }) => type)).toEqual(['view', 'view'])
    expect(transitions.map(({ type, segmentId, cause }) => [type, segmentId, cause.kind])).toEqual([
      ['exit', 'high', 'settle'],
    ])
    await engine.batch([]).durable
    const state = wholeStateOf(engine)
    await engine.close()
    const again = await openEngine({ schema: after, now: 0, storage })
    expect(wholeStateOf(again)).toEqual(state)
  })

  it('is refused where a migration leaves something, or makes what does not fit', async () => {
    const schema = defineSchema({
      attributes: { other: field.number(), plan: field.oneOf('free', 'pro') },
      events: before.events,
      records: before.records,
    })
    const rule = (): ReturnType<ReturnType<typeof attribute>['exists']> => attribute('other').exists()
    const left = await refused(await filled(), schema, { rule, attribute: () => undefined })
    expect(placesOf(left)).toEqual(['attributes.score'])
    const wrong = await refused(await filled(), schema, { rule, attribute: () => ['other', 'no number'] })
    expect(placesOf(wrong)).toEqual(['attributes.other'])
    const gone = await openEngine({
      schema,
      now: 0,
      storage: await filled(),
      migrate: { rule, attribute: () => null },
    })
    expect(gone.contacts.get('bob')?.attributes).toEqual({})
  })
})
