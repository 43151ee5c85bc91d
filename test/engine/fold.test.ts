import { isCoterieError, type Engine, type EngineOptions, type Rule } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, inWords, membersOf, newEngine, plainlyMatching, refusal, start, told } from './scene.js'

/** An instant so many days after the start. */
const on = (days: number): number => start + days * day

const amount = { get: 'property', name: 'amount' } as const
const purchases = { events: 'purchase' } as const
const atLeast = (left: unknown, right: number): Rule => ({ op: 'atLeast', left, right }) as Rule
const countOf = (of: unknown): unknown => ({ get: 'count', of })
const allTime = atLeast({ get: 'sum', of: purchases, value: amount }, 100)
const recent: Rule = { op: 'some', of: { events: 'purchase', window: { window: 'inLast', duration: '30d' } } }

/** A shop with two customers who bought something every tenth day for 100 days; the clock stands at the end of these. */
function shop(options: Partial<EngineOptions> = {}): Engine {
  const engine = newEngine(options)
  engine.segments.define({ id: 'big', rule: allTime })
  engine.segments.define({ id: 'recent', rule: recent })
  for (const id of ['ada', 'bob']) engine.contacts.put({ id })
  for (let days = 0; days < 100; days += 10) {
    engine.advanceTo(on(days))
    engine.events.record('ada', { type: 'purchase', id: `a${String(days)}`, properties: { amount: 10.1 } })
    if (days < 50) engine.events.record('bob', { type: 'purchase', properties: { amount: 10.1 } })
    engine.events.record('ada', { type: 'visit' })
  }
  engine.advanceTo(on(100))
  return engine
}

function codeOf(call: () => unknown): string {
  return refusal(call).code
}

describe('event.fold', () => {
  it('takes events away that no rule looks at, and keeps what they came to', () => {
    const engine = shop()
    const before = { big: membersOf(engine, 'big'), recent: membersOf(engine, 'recent') }
    expect(before).toEqual({ big: ['ada'], recent: ['ada'] })
    const receipt = engine.events.fold(on(95))
    expect(receipt.outcomes).toEqual([
      {
        type: 'event.fold',
        folded: 23,
        types: [
          { eventType: 'purchase', before: on(70) + 1, folded: 13 },
          { eventType: 'visit', before: on(95), folded: 10 },
        ],
        blocked: [],
      },
    ])
    expect(receipt.transitions).toEqual([])
    expect({ big: membersOf(engine, 'big'), recent: membersOf(engine, 'recent') }).toEqual(before)
    expect(engine.events.of('ada', 'purchase').map(({ at }) => at)).toEqual([on(80), on(90)])
    expect(engine.events.of('bob')).toEqual([])
    expect(engine.statistics()).toMatchObject({ events: 2, foldedEvents: 23, foldBlockedBy: [] })
  })

  it('leaves sums exact, and lets them go on', () => {
    const engine = shop()
    engine.events.fold(engine.now)
    const sum = { get: 'sum', of: purchases, value: amount } as const
    const equals = (right: number): Rule => ({ op: 'equals', left: sum, right })
    expect(engine.contacts.find(equals(50.5))).toEqual(['bob'])
    expect(engine.contacts.find(equals(101))).toEqual(['ada'])
    const transitions = told(engine)
    engine.events.record('bob', { type: 'purchase', properties: { amount: 49.49 } })
    engine.events.record('bob', { type: 'purchase', properties: { amount: 0.01 } })
    expect(engine.contacts.find(equals(100))).toEqual(['bob'])
    expect(inWords(transitions)).toEqual(['bob enters recent', 'bob enters big'])
  })

  it('is counted as a change, and moves the revision', () => {
    const engine = shop()
    const { changes } = engine.statistics()
    const { revision } = engine
    expect(engine.events.fold(on(50)).revision).toBe(revision + 1)
    expect(engine.statistics().changes).toBe(changes + 1)
  })

  it('does nothing more the second time', () => {
    const engine = shop()
    engine.events.fold(on(95))
    expect(engine.events.fold(on(95)).outcomes).toEqual([{ type: 'event.fold', folded: 0, types: [], blocked: [] }])
    expect(engine.statistics().foldedEvents).toBe(23)
  })

  it('names the segments whose rules need single events', () => {
    const engine = shop()
    const value = { get: 'property', name: 'product' } as const
    const single: Record<string, Rule> = {
      distinct: atLeast({ get: 'distinct', of: purchases, value }, 2),
      third: { op: 'exists', left: { get: 'nth', of: purchases, n: 3 } },
      favourite: { op: 'equals', left: { get: 'mostFrequent', of: purchases, value }, right: 'boots' },
      days: atLeast({ get: 'distinctPeriods', of: purchases, unit: 'day' }, 3),
      old: { op: 'some', of: { ...purchases, window: { window: 'moreThanAgo', duration: '90d' } } },
      early: { op: 'some', of: { ...purchases, window: { window: 'absolute', to: on(500) } } },
      own: {
        op: 'some',
        of: { ...purchases, where: { op: 'greaterThan', left: amount, right: { get: 'attribute', name: 'limit' } } },
      },
      dated: {
        op: 'some',
        of: { ...purchases, where: { op: 'inLast', left: { get: 'property', name: 'due' }, duration: '1d' } },
      },
      scaled: atLeast(
        {
          get: 'sum',
          of: purchases,
          value: { get: 'times', left: amount, right: { get: 'attribute', name: 'rate' } },
        },
        2,
      ),
      twice: { op: 'sequence', steps: [{ of: purchases }, { of: purchases }] },
    }
    for (const [id, rule] of Object.entries(single)) engine.segments.define({ id, rule: { op: 'not', rule } })
    const receipt = engine.events.fold(on(95))
    expect(receipt.outcomes).toMatchObject([
      { types: [{ eventType: 'visit' }], blocked: [{ eventType: 'purchase', segments: Object.keys(single) }] },
    ])
    expect(engine.statistics().foldBlockedBy).toEqual(Object.keys(single))
    expect(engine.events.of('ada', 'purchase')).toHaveLength(10)
    for (const id of Object.keys(single)) engine.segments.remove(id)
    expect(engine.statistics().foldBlockedBy).toEqual([])
    expect(engine.events.fold(on(95)).outcomes).toMatchObject([{ folded: 13, blocked: [] }])
  })

  it('waits for windows of every kind, and for the one that reaches furthest back', () => {
    const windows = [
      [{ window: 'inLast', duration: '20d' }, on(80) + 1],
      [{ window: 'inLast', duration: 'P2M' }, Date.parse('2026-02-11T00:00:00Z')],
      [{ window: 'betweenAgo', from: '10d', to: '40d' }, on(60) + 1],
      [{ window: 'absolute', from: on(33) }, on(33)],
      [{ window: 'inCalendar', period: { period: 'this', unit: 'month' } }, Date.parse('2026-04-01T00:00:00Z')],
    ] as const
    const bounds: unknown[] = []
    for (const [window] of windows) {
      const engine = newEngine({ now: on(100) })
      engine.contacts.put({ id: 'ada' })
      engine.events.record('ada', { type: 'purchase', at: on(0) })
      const of = { ...purchases, window }
      engine.segments.define({ id: 's', rule: { op: 'sequence', steps: [{ of }, { of }] } as unknown as Rule })
      engine.segments.define({ id: 't', rule: { op: 'some', of: { ...purchases, window: windows[0][0] } } })
      const [outcome] = engine.events.fold(on(100)).outcomes
      bounds.push(outcome?.type === 'event.fold' ? outcome.types[0]?.before : undefined)
    }
    expect(bounds).toEqual(windows.map(([, before]) => Math.min(before, on(80) + 1)))
  })

  it('cannot reach into the future', () => {
    const engine = shop()
    const state = JSON.stringify(engine.contacts.get('ada'))
    const error = refusal(() => engine.events.fold(engine.now + 1))
    expect(error).toMatchObject({ code: 'CHANGE_INVALID', path: ['before'] })
    expect(JSON.stringify(engine.contacts.get('ada'))).toBe(state)
    expect(engine.events.fold(engine.now).outcomes).toMatchObject([{ folded: 23 }])
  })

  it('leaves what has not happened yet', () => {
    const engine = shop()
    engine.events.record('bob', { type: 'purchase', at: on(130), properties: { amount: 49.5 } })
    engine.events.fold(engine.now)
    expect(inWords(engine.advanceTo(on(130)).transitions)).toContain('bob enters big')
  })
})

describe('what was folded', () => {
  it('can be added to no more, nor corrected', () => {
    const engine = shop()
    engine.events.fold(on(50))
    const old = refusal(() => engine.events.record('bob', { type: 'purchase', at: on(50) - 1 }))
    expect(old).toMatchObject({
      code: 'EVENT_TOO_OLD',
      path: ['event', 'at'],
      received: '2026-02-19T23:59:59.999Z',
      expected: 'an instant from 2026-02-20T00:00:00.000Z on',
    })
    expect(codeOf(() => engine.events.correct('ada', 'a60', { type: 'purchase', at: on(1) }))).toBe('EVENT_TOO_OLD')
    expect(codeOf(() => engine.events.correct('ada', 'a40', { type: 'purchase' }))).toBe('EVENT_UNKNOWN')
    expect(engine.events.remove('ada', 'a40').outcomes).toMatchObject([{ removed: false, mayBeFolded: true }])
    expect(engine.events.remove('ada', 'a60').outcomes).toEqual([
      { type: 'event.remove', contactId: 'ada', removed: true },
    ])
    engine.events.record('bob', { type: 'purchase', at: on(50) })
    engine.events.record('bob', { type: 'other', at: on(1) })
    expect(engine.events.of('bob')).toHaveLength(2)
  })

  it('is a duplicate first, and too old then', () => {
    const engine = shop()
    engine.events.fold(on(50))
    const copy = engine.events.record('ada', { type: 'purchase', id: 'a90', at: on(1) })
    expect(copy.outcomes).toMatchObject([{ duplicate: true }])
  })

  it('is refused to rules that need it, with the reason', () => {
    const engine = shop()
    engine.events.fold(on(50))
    const window = { window: 'inLast', duration: '90d' } as const
    const reasons: readonly (readonly [Rule, string])[] = [
      [{ op: 'none', of: { ...purchases, window } }, 'its window begins at 2026-01-11T00:00:00.001Z'],
      [{ op: 'exists', left: { get: 'nth', of: purchases, n: 2 } }, 'nth looks at each of them'],
      [atLeast(countOf(purchases), 2), 'no rule was there that had their total kept'],
      [{ op: 'sequence', steps: [{ of: purchases }, { of: { events: 'other' } }] }, 'sequence looks at each of them'],
    ]
    for (const [rule, reason] of reasons) {
      const error = refusal(() => engine.segments.define({ id: 'new', rule }))
      expect(error).toMatchObject({ code: 'RULE_NEEDS_FOLDED', received: reason })
      expect(error.message).toContain(reason)
      expect(error.path?.[0]).toBe('rule')
      expect(codeOf(() => engine.segments.define({ id: 'new', kind: 'static', rule }))).toBe('RULE_NEEDS_FOLDED')
      expect(codeOf(() => engine.segments.define({ id: 'big', rule }))).toBe('RULE_NEEDS_FOLDED')
      expect(codeOf(() => engine.segments.preview(rule))).toBe('RULE_NEEDS_FOLDED')
      expect(codeOf(() => engine.segments.compare('big', rule))).toBe('RULE_NEEDS_FOLDED')
      expect(codeOf(() => engine.contacts.find(rule))).toBe('RULE_NEEDS_FOLDED')
      expect(codeOf(() => engine.segments.convert('big', 'hybrid', rule))).toBe('RULE_NEEDS_FOLDED')
    }
    expect(engine.segments.ids()).toEqual(['big', 'recent'])
    expect(engine.segments.get('big')?.kind).toBe('dynamic')
  })

  it('is told of each place that needs it', () => {
    const engine = shop()
    engine.events.fold(on(50))
    const count = atLeast(countOf(purchases), 2)
    const rule: Rule = { op: 'any', rules: [allTime, { op: 'not', rule: count }, recent, count] }
    const error = refusal(() => engine.segments.define({ id: 'new', rule }))
    expect(error.issues.map(({ path }) => path)).toEqual([
      ['rule', 'rules', 1, 'rule', 'left', 'of'],
      ['rule', 'rules', 3, 'left', 'of'],
    ])
  })

  it('is still there for the totals that were kept, whatever asks for them', () => {
    const engine = shop()
    engine.events.fold(engine.now)
    const summary = (get: string): unknown => ({ get, of: purchases, value: amount })
    const found = (left: unknown, right: unknown): readonly string[] =>
      engine.contacts.find({ op: 'equals', left, right } as Rule)
    expect(found(summary('sum'), 101)).toEqual(['ada'])
    expect(found(summary('average'), 10.1)).toEqual(['ada', 'bob'])
    expect(found(summary('minimum'), 10.1)).toEqual(['ada', 'bob'])
    expect(found(summary('first'), 10.1)).toEqual(['ada', 'bob'])
    engine.events.record('bob', { type: 'purchase', properties: { amount: 5 } })
    expect(found(summary('last'), 5)).toEqual(['bob'])
    expect(found(summary('minimum'), 5)).toEqual(['bob'])
    expect(found(summary('maximum'), 10.1)).toEqual(['ada', 'bob'])
    expect(found(summary('first'), 10.1)).toEqual(['ada', 'bob'])
  })

  it('moves on with the clock, also for who asks for the last of all events only later', () => {
    const quiet = (duration: string): Rule =>
      ({ op: 'moreThanAgo', left: { get: 'last', of: purchases }, duration, timeZone: 'UTC' }) as Rule
    const engine = shop()
    engine.segments.define({ id: 'long', rule: quiet('300d') })
    engine.events.fold(engine.now)
    engine.segments.define({ id: 'quiet', rule: quiet('50d') })
    expect(membersOf(engine, 'quiet')).toEqual(['bob'])
    for (const days of [130, 139, 140, 141, 339, 341, 391]) {
      engine.advanceTo(on(days))
      for (const id of ['quiet', 'long'])
        expect(membersOf(engine, id), `${id} ${String(days)}`).toEqual(
          plainlyMatching(engine, quiet(id === 'quiet' ? '50d' : '300d')),
        )
    }
    expect(membersOf(engine, 'long')).toEqual(['ada', 'bob'])
  })

  it('is kept while a rule needs it, and until the next fold', () => {
    const engine = shop()
    engine.events.fold(on(50))
    engine.batch(() => {
      engine.segments.remove('big')
      engine.segments.define({ id: 'larger', rule: allTime })
    })
    engine.segments.remove('larger')
    engine.segments.define({ id: 'big', rule: allTime })
    expect(membersOf(engine, 'big')).toEqual(['ada'])
    engine.segments.remove('big')
    engine.events.fold(on(50))
    expect(engine.contacts.get('ada')?.folded?.['purchase']?.totals).toEqual({})
    expect(codeOf(() => engine.segments.define({ id: 'big', rule: allTime }))).toBe('RULE_NEEDS_FOLDED')
  })

  it('goes with its contact', () => {
    const engine = shop()
    engine.events.fold(engine.now)
    engine.contacts.remove('ada')
    expect(engine.statistics()).toMatchObject({ events: 0, foldedEvents: 5 })
    engine.contacts.put({ id: 'ada' })
    expect(engine.contacts.get('ada')).not.toHaveProperty('folded')
    expect(membersOf(engine, 'big')).toEqual([])
  })

  it('moves to the contact that theirs is merged into', () => {
    const engine = shop()
    engine.contacts.put({ id: 'cyd' })
    engine.segments.remove('recent')
    engine.events.fold(engine.now)
    expect(engine.events.of('ada')).toEqual([])
    expect(inWords(engine.contacts.merge({ from: 'ada', into: 'cyd' }).transitions)).toEqual([
      'ada exits big',
      'cyd enters big',
    ])
    expect(engine.statistics().foldedEvents).toBe(25)
  })

  it('is united where contacts are', () => {
    const engine = shop()
    engine.contacts.put({ id: 'cyd' })
    engine.events.fold(engine.now)
    expect(inWords(engine.contacts.merge({ from: 'ada', into: 'cyd' }).transitions)).toEqual([
      'ada exits big',
      'ada exits recent',
      'cyd enters big',
      'cyd enters recent',
    ])
    engine.contacts.merge({ from: 'bob', into: 'cyd' })
    expect(engine.contacts.get('cyd')?.folded?.['purchase']).toEqual({
      before: on(70) + 1,
      events: 13,
      totals: {
        'events("purchase",,),property("amount")': {
          count: 13,
          first: { at: on(0), value: 10.1 },
          last: { at: on(70), value: 10.1 },
          numbers: 13,
          sum: '131.3',
          minimum: 10.1,
          maximum: 10.1,
        },
      },
    })
  })
})

describe('a batch', () => {
  it('folds last, over what it leaves', () => {
    const engine = shop()
    const { outcomes, transitions } = engine.batch(() => {
      engine.events.fold(on(60))
      engine.events.record('bob', { type: 'purchase', at: on(1), properties: { amount: 60 } })
      engine.segments.define({ id: 'many', rule: atLeast(countOf(purchases), 6) })
    })
    expect(outcomes[0]).toMatchObject({ types: [{ folded: 6 + 5 + 1 }, { folded: 6 }] })
    expect(inWords(transitions)).toEqual(['ada enters many', 'bob enters big', 'bob enters many'])
    expect(engine.contacts.get('bob')?.events).toEqual([])
  })

  it('that is refused leaves everything', () => {
    const engine = shop()
    engine.events.fold(on(30))
    const state = JSON.stringify([engine.contacts.get('ada'), engine.contacts.get('bob'), engine.statistics()])
    const refused = (changes: () => void): string => {
      try {
        engine.batch(() => {
          engine.contacts.merge({ from: 'ada', into: 'bob' })
          engine.events.fold(on(90))
          changes()
        })
        return 'applied'
      } catch (error) {
        if (isCoterieError(error)) return error.code
        throw error
      }
    }
    expect(refused(() => engine.tags.add('nobody', 'x'))).toBe('CONTACT_UNKNOWN')
    expect(refused(() => engine.events.record('bob', { type: 'purchase', at: on(1) }))).toBe('EVENT_TOO_OLD')
    expect(JSON.stringify([engine.contacts.get('ada'), engine.contacts.get('bob'), engine.statistics()])).toBe(state)
    expect(membersOf(engine, 'big')).toEqual(['ada'])
  })
})
