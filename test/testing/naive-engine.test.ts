import { createEngine, isCoterieError, type Engine, type EngineOptions, type TagEvent, type Transition } from 'coterie'
import fc from 'fast-check'
import { arbitrariesFor, manualClock, naiveEngine, type NaiveEngine } from 'coterie/testing'
import { describe, expect, it } from 'vitest'
import { gridStep } from '../arbitraries/instants.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { schema, shop } from './shop.js'

/*
 * The naive engine against the engine, through the one face that both have:
 *
 * 1. they take and refuse the same changes
 * 2. they tell the same transitions and tag events in the same order, but for what the naive one leaves out of causes
 * 3. they know the same contacts, members and segments
 * 4. whatever the instants, to the millisecond
 */

const { attribute, events, hasTag, records } = shop
const now = Date.parse('2026-01-15T12:00:00Z')

/** What can be heard and asked of either. */
function watch(engine: NaiveEngine): () => unknown {
  const heard: unknown[] = []
  engine.on('transition', ({ cause, ...rest }: Transition) => {
    const { kind, dueAt, through } = cause
    heard.push({ ...rest, kind, dueAt, through })
  })
  engine.on('tag', ({ cause, ...rest }: TagEvent) => {
    heard.push({ ...rest, kind: cause.kind })
  })
  return () => ({
    heard,
    now: engine.now,
    contacts: engine.contacts.ids().map((id) => [engine.contacts.get(id), engine.segments.of(id)]),
    identities: engine.contacts.ids().map((id) => engine.contacts.identitiesOf(id)),
    segments: engine.segments.ids().map((id) => {
      const segment = engine.segments.get(id)
      const since = engine.contacts.ids().map((contact) => segment?.since(contact))
      return [id, segment?.kind, segment?.count, [...(segment?.members() ?? [])].sort(), segment?.holds, since]
    }),
    counts: [engine.contacts.count, engine.segments.count, engine.events.count],
  })
}

/** Whether it was taken. */
function taken(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (!isCoterieError(error)) throw error
    return false
  }
}

function bothOf(options: EngineOptions): readonly [NaiveEngine, NaiveEngine] {
  return [createEngine(options), naiveEngine(options)]
}

/** Does the same to both, and compares all that they say after each step. */
function playBoth(options: EngineOptions, steps: readonly ((engine: NaiveEngine) => unknown)[]): void {
  const [real, naive] = bothOf(options)
  const [seenOfReal, seenOfNaive] = [watch(real), watch(naive)]
  for (const step of steps) {
    const isTaken = taken(() => step(real))
    expect(taken(() => step(naive))).toBe(isTaken)
    expect(seenOfNaive()).toEqual(seenOfReal())
  }
}

function stepOf(step: ScriptStep): (engine: NaiveEngine) => unknown {
  switch (step.do) {
    case 'apply':
      return (engine) => engine.apply(step.change)
    case 'batch':
      return (engine) => engine.batch(step.changes)
    case 'advance':
      return (engine) => engine.advanceTo(engine.now + step.by)
    case 'advanceToDue':
      return (engine) => engine.advanceTo(engine.now + 7 * 96 * gridStep + step.beside)
  }
}

describe('the naive engine', () => {
  it('says what the engine says, whatever the script', () => {
    const games = onAnyStage((stage: Stage) => scripts({ stage, kinds: fullSchema.kinds }))
    const property = fc.property(games, fc.boolean(), ([{ timeZone, around }, script], creates) => {
      const options: EngineOptions = {
        schema: fullSchema.schema,
        now: around - 2 * gridStep,
        timeZone,
        unknownContacts: creates ? 'create' : 'refuse',
      }
      playBoth(options, script.map(stepOf))
    })
    fc.assert(property, { numRuns: runs(60) })
  })

  it('says what the engine says at any millisecond', () => {
    const rules = [
      attribute('joinedAt').inLast('7d'),
      attribute('joinedAt').betweenAgo('36h', '9d'),
      events('purchase').inLast('2d').sum('amount').greaterThan(1),
      attribute('birthday').anniversaryIn({ days: 3, current: true }),
    ]
    const world = arbitrariesFor(fc, { schema, rules, now, timeZone: 'Europe/Berlin' })
    const property = fc.property(world.histories({ maxLength: 15 }), (history) => {
      const define = (engine: NaiveEngine): void => {
        for (const [place, rule] of rules.entries()) engine.segments.define({ id: `s${place}`, rule })
      }
      const steps = history.map((change) => (engine: NaiveEngine) => engine.apply(change))
      playBoth({ schema, now, timeZone: 'Europe/Berlin', unknownContacts: 'create' }, [define, ...steps])
    })
    fc.assert(property, { numRuns: runs(60) })
  })

  it('has the same methods', () => {
    playBoth({ schema, now, timeZone: 'Europe/Berlin' }, [
      (e) => e.segments.define({ id: 'pro', rule: attribute('plan').equals('pro') }),
      (e) => e.segments.define({ id: 'busy', kind: 'hybrid', rule: records('deals').count().atLeast(2) }),
      (e) => e.segments.define({ id: 'tagged', rule: hasTag('VIP'), holds: 'known' }),
      (e) => e.contacts.put({ id: 'ada', attributes: { plan: 'pro', joinedAt: '2026-01-10' } }),
      (e) => e.contacts.put({ id: 'bob' }),
      (e) => e.contacts.identify('ada', { channel: 'chat', id: '1' }),
      (e) => e.contacts.patch({ channel: 'chat', id: '1' }, { score: 7, plan: null }),
      (e) => e.contacts.patch('nobody', { score: 7 }),
      (e) => e.tags.add(['ada', 'bob'], ['VIP', 'new'], 'campaign'),
      (e) => e.tags.remove('bob', 'new', 'person'),
      (e) => e.tags.remove('bob', 'new', undefined, { by: 'me' }),
      (e) => e.tags.catalogue.define({ tag: 'VIP', description: 'the best' }),
      (e) => e.tags.catalogue.group({ group: 'heat', tags: ['hot', 'cold'], exclusive: true }),
      (e) => e.tags.add('ada', 'hot'),
      (e) => e.tags.add('ada', 'cold'),
      (e) => e.tags.catalogue.rename('VIP', 'best'),
      (e) => e.tags.catalogue.merge(['new'], 'best'),
      (e) => e.tags.catalogue.delete('cold'),
      (e) => e.tags.catalogue.ungroup('heat'),
      (e) => e.events.record('ada', { type: 'purchase', properties: { amount: 3 }, id: 'e1' }),
      (e) => e.events.record('ada', { type: 'visit', at: now + 5 }),
      (e) => e.events.correct('ada', 'e1', { type: 'purchase', properties: { amount: 4 } }),
      (e) => e.events.correct('ada', 'e2', { type: 'purchase' }),
      (e) => e.events.remove('ada', 'e1'),
      (e) => e.records.put('ada', 'deals', { id: 'd1', value: 5, lines: [{ count: 1 }] }),
      (e) => e.records.put('ada', 'deals', { id: 'd2', value: 6 }),
      (e) => e.records.remove('ada', 'deals', 'd2'),
      (e) => e.members.include('busy', 'bob', { reason: 'a friend', until: now + 1000 }),
      (e) => e.members.exclude('busy', 'ada'),
      (e) => e.members.reset('busy', 'ada', 'exclude'),
      (e) => e.segments.convert('pro', 'static'),
      (e) => e.segments.describe('pro', { name: 'Professionals' }),
      (e) => e.advanceTo('2026-01-16'),
      (e) => e.contacts.merge({ from: 'ada', into: 'bob' }),
      (e) => e.segments.remove('pro'),
      (e) => e.contacts.remove('bob'),
    ])
  })

  it('answers questions alike', () => {
    const [real, naive] = bothOf({ schema, now }).map((engine) => {
      engine.segments.define({ id: 'rich', rule: attribute('spent').greaterThan(10) })
      engine.contacts.put({ id: 'ada', attributes: { spent: 11 } })
      engine.contacts.put({ id: 'bob', attributes: { spent: 3 } })
      engine.tags.add('ada', 'VIP')
      engine.events.record('ada', { type: 'visit' })
      engine.records.put('bob', 'deals', { id: 'd1', value: 5 })
      return [
        engine.contacts.find(attribute('spent').greaterThan(2)),
        engine.segments.preview(attribute('spent').greaterThan(2), { sample: 1 }),
        engine.segments.has('rich', 'ada'),
        engine.segments.get('rich')?.has('bob'),
        engine.segments.get('poor'),
        engine.tags.of('ada'),
        engine.tags.has('bob', 'VIP'),
        engine.tags.counts(),
        engine.events.of('ada', 'visit'),
        engine.events.of('nobody'),
        engine.records.of('bob', 'deals'),
        engine.contacts.has('cyd'),
      ]
    })
    expect(naive).toEqual(real)
  })

  it.each([
    [
      'a listener that changes something',
      (e: NaiveEngine) => e.on('enter', { segment: 'rich' }, ({ contactId }) => e.tags.add(contactId, 'VIP')),
    ],
    [
      'one that puts somebody in again and again',
      (e: NaiveEngine) =>
        e.on('transition', ({ contactId, type }) => e.contacts.patch(contactId, { spent: type === 'exit' ? 20 : 1 })),
    ],
    ['one whose change is refused', (e: NaiveEngine) => e.on('transition', () => e.contacts.patch('nobody', {}))],
    [
      'one that throws',
      (e: NaiveEngine) =>
        e.on('tag', { tag: 'VIP' }, () => {
          throw new Error('no')
        }),
    ],
    [
      'one that moves the clock',
      (e: NaiveEngine) => e.on('transition', { contact: 'ada' }, () => e.advanceTo(now + 5)),
    ],
    ['one of a segment', (e: NaiveEngine) => e.segments.get('rich')?.on('exit', () => e.tags.add('ada', 'was rich'))],
  ])('tells listeners, and what comes of them: %s', (_, listen) => {
    const said = bothOf({ schema, now, cascadeLimit: 7 }).map((engine) => {
      const errors: string[] = []
      engine.segments.define({ id: 'rich', rule: attribute('spent').greaterThan(10) })
      engine.on('error', ({ code }) => void errors.push(code))
      const seen = watch(engine)
      listen(engine)
      const receipt = engine.contacts.put({ id: 'ada', attributes: { spent: 11 } })
      engine.batch(() => {
        engine.tags.add('ada', 'VIP')
        engine.contacts.patch('ada', { spent: 5 })
      })
      return [seen(), errors, receipt.transitions.length, receipt.deferred]
    })
    expect(said[1]).toEqual(said[0])
  })

  it('follows a clock, and refuses what lies too far ahead', () => {
    const said = [createEngine, naiveEngine].map((make) => {
      const clock = manualClock(now)
      const engine: NaiveEngine<typeof schema> = make({ schema, clock, maxAhead: '1d' })
      engine.segments.define({ id: 'new', rule: attribute('joinedAt').inLast('7d') })
      engine.contacts.put({ id: 'ada', attributes: { joinedAt: now } })
      clock.tick('8d')
      engine.contacts.put({ id: 'bob' })
      const isTaken = taken(() => engine.events.record('bob', { type: 'visit', at: now + 30 * 86_400_000 }))
      return [engine.now, engine.segments.has('new', 'ada'), isTaken]
    })
    expect(said[1]).toEqual([now + 8 * 86_400_000, false, false])
    expect(said[0]).toEqual(said[1])
  })

  it('gives handles that go stale, and errors as the engine does', async () => {
    const engine = naiveEngine({ schema, now })
    const first = engine.segments.define({ id: 's', rule: hasTag('VIP') })
    engine.segments.remove(first)
    engine.segments.define({ id: 's', rule: hasTag('VIP') })
    expect(() => first.count).toThrow(expect.objectContaining({ code: 'HANDLE_STALE' }))
    expect(() => engine.contacts.patch('ada', {})).toThrow(expect.objectContaining({ code: 'CONTACT_UNKNOWN' }))
    // @ts-expect-error A text is no number.
    expect(() => engine.contacts.put({ id: 'ada', attributes: { score: 'much' } })).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    )
    expect(() => naiveEngine({ schema })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => engine.batch(() => engine.advanceTo(now + 1))).toThrow(
      expect.objectContaining({ code: 'BATCH_CLOCK' }),
    )
    await expect(engine.contacts.put({ id: 'ada' }).durable).resolves.toBe(engine.revision)
  })

  it('refuses automation, of which it knows nothing', () => {
    const engine = naiveEngine({ schema, now })
    expect(() => engine.apply({ type: 'automation.remove', automation: 'a' })).toThrow(
      expect.objectContaining({ code: 'CHANGE_INVALID' }),
    )
  })

  it('is what an engine is: a suite takes either', () => {
    const suite = (engine: NaiveEngine<typeof schema>): readonly string[] => {
      engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
      engine.contacts.put({ id: 'ada' })
      engine.tags.add('ada', 'VIP')
      return engine.segments.of('ada')
    }
    const real: Engine<typeof schema> = createEngine({ schema, now })
    expect(suite(naiveEngine({ schema, now }))).toEqual(suite(real))
  })
})
