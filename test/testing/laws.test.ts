import { all, any, createEngine, days, everyone, inSegment, lastDays, not, tag, yesterday, type Rule } from 'coterie'
import {
  checkDisjoint,
  checkEngine,
  checkEquivalent,
  checkImplies,
  checkRuleLaws,
  type LawOptions,
} from 'coterie/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { worldOf } from '../properties/playing.js'
import { schema, shop } from './shop.js'

const { attribute, events, hasTag, records } = shop
const world: LawOptions = { schema, timeZone: 'Europe/Berlin' }

/** The counterexample that a law is refuted with, as it is written. */
function refuted(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    expect(error).toMatchObject({ code: 'LAW_BROKEN' })
    return (error as Error).message
  }
  throw new Error('nothing was refuted')
}

describe('laws of two rules', () => {
  it('are proved where they can be', () => {
    const score = attribute('score')
    expect(checkImplies(score.greaterThan(80), score.atLeast(80), world)).toEqual({ proved: true })
    expect(checkEquivalent(not(score.atLeast(80)), any(score.lessThan(80), score.missing()), world).proved).toBe(true)
    expect(checkDisjoint(score.greaterThan(80), score.lessThan(20), world)).toEqual({ proved: true })
  })

  it('are refuted by a contact of few words', () => {
    const over = attribute('score').greaterThan(80)
    const message = refuted(() => checkEquivalent(over, attribute('score').atLeast(80), world))
    expect(message).toBe(
      [
        'The rules are not equivalent:',
        'contact {"id":"ada","attributes":{"score":80}}',
        'at 2026-01-15T00:00:00.000Z',
        'the first is false, the second true',
      ].join('\n'),
    )
  })

  const different: readonly (readonly [string, Rule, Rule])[] = [
    ['a window too long', events('purchase').inLast('60d').exists(), events('purchase').inLast('61d').exists()],
    ['a unit', attribute('joinedAt').inLast('7d'), attribute('joinedAt').inLast('7h')],
    [
      'calendar for rolling',
      attribute('joinedAt').inCalendar(lastDays(7, { current: true })),
      attribute('joinedAt').inLast('7d'),
    ],
    [
      'a zone',
      attribute('joinedAt').inCalendar(yesterday),
      attribute('joinedAt').inCalendar(yesterday, { timeZone: 'America/New_York' }),
    ],
    [
      'one record for any record',
      records('deals')
        .where((deal) => all(deal.property('status').equals('won'), deal.property('value').greaterThan(100)))
        .exists(),
      all(
        records('deals').where({ status: 'won' }).exists(),
        records('deals')
          .where((deal) => deal.property('value').greaterThan(100))
          .exists(),
      ),
    ],
    ['a number of items', events('visit').count().greaterThan(4), events('visit').count().greaterThan(5)],
    ['a missing value', not(attribute('score').greaterThan(5)), attribute('score').atMost(5)],
    ['who holds a tag', hasTag('VIP'), tag('VIP').heldBy('campaign')],
    ['since when there is a tag', hasTag('VIP'), tag('VIP').addedInLast('7d')],
    [
      'an element of a list',
      attribute('interests').containsAny(['a', 'b']),
      attribute('interests').containsAll(['a', 'b']),
    ],
  ]
  it.each(different)('find %s', (_, one, other) => {
    expect(refuted(() => checkEquivalent(one, other, world)).split('\n').length).toBe(4)
  })

  it('know the segments that rules refer to', () => {
    const segments = { rich: attribute('spent').atLeast(100) }
    expect(checkImplies(inSegment('rich'), attribute('spent').atLeast(50), { ...world, segments }).proved).toBe(true)
    expect(
      refuted(() => checkImplies(attribute('spent').atLeast(50), inSegment('rich'), { ...world, segments })),
    ).toContain('"spent":50')
  })

  it('refuse a world without a schema', () => {
    expect(() => checkEquivalent(everyone, everyone, {} as LawOptions)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }) as Error,
    )
  })
})

describe('laws of one rule', () => {
  it('hold of all rules, but of those that hold always or never', () => {
    const property = fc.property(
      onAnyStage((stage) => rules(worldOf(stage))),
      ([stage, rule]) => {
        try {
          checkRuleLaws(rule, { schema: fullSchema.schema, now: stage.around, timeZone: stage.timeZone, tries: 20 })
        } catch (error) {
          expect((error as Error).message).toMatch(/^The rule (?:can never hold|always holds)$/)
        }
      },
    )
    fc.assert(property, { numRuns: runs(40) })
  })

  it('are tried with texts that are whole, also beside one that ends with a pair of surrogates', () => {
    for (const left of [{ get: 'contactId' }, { get: 'attribute', name: 'text' }] as const) {
      const check = () => checkRuleLaws({ op: 'notIn', left, right: ['😀'] }, { schema: fullSchema.schema, tries: 50 })
      expect(check).not.toThrow()
    }
  })

  it('find a rule that nobody can keep, and one that everybody does', () => {
    const score = attribute('score')
    expect(refuted(() => checkRuleLaws(all(score.greaterThan(80), score.lessThan(20)), world))).toBe(
      'The rule can never hold',
    )
    expect(refuted(() => checkRuleLaws(any(score.exists(), score.missing()), world))).toBe('The rule always holds')
  })
})

describe('the law of an engine', () => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  const engine = createEngine({ schema, now: start })
  engine.segments.define({ id: 'rich', rule: attribute('spent').atLeast(100) })
  engine.contacts.put({ id: 'ada', attributes: { spent: 200 } })

  it('is kept', () => {
    checkEngine(engine)
    engine.advanceTo(start + days(3))
    checkEngine(engine)
  })

  it('is broken with the explanation of the rule', () => {
    const segments = new Proxy(engine.segments, {
      get: (target, name) => {
        if (name === 'has') return () => false
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
    const { contacts, members, now, timeZone } = engine
    const wrong = { contacts, members, now, timeZone, segments, nextDueAt: () => engine.nextDueAt() }
    const message = refuted(() => {
      checkEngine(wrong as never)
    })
    expect(message).toBe('ada is no member of rich, and its rule says otherwise:\n  ✓ spent >= 100 (saw 200)')
  })
})
