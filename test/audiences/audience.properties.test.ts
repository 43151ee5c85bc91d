// Laws of audiences, held over generated rules, contacts, changes and clocks:
//   1. Every contact has exactly one reason, and the plain evaluator confirms it; a cap lets in no more than so many.
//   2. As of a later instant, an audience is what it is when the clock has been moved there: but for damped segments, of which only
//      that instant is asked and none on the way, and for tags that segments hold.
//   3. A waterfall is a partition: nobody but test contacts lands twice, and every reason is confirmed.
//   4. Nobody of a control group or a holdout is ever reached, whatever happens between one sending and the next.
//   5. An audience is plain JSON: written and read back it is the same, and serves as well.

import { matches, type ChangeInput, type Engine, type Rule } from 'coterie'
import {
  audienceOf,
  contactsOf,
  entryOf,
  isIn,
  send,
  waterfall,
  type Audience,
  type AudienceOptions,
  type SaltedShare,
} from 'coterie/audiences'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samplePlace } from '../../src/base/md5.js'
import { segmentIds } from '../arbitraries/changes.js'
import { contactIds } from '../arbitraries/contacts.js'
import { rules } from '../arbitraries/rules.js'
import { scripts, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, type Stage } from '../arbitraries/stages.js'
import { doStep, engineIn, play, worldOf } from '../properties/playing.js'
import { runs } from '../runs.js'

/** What an audience asks for, segments by their ids; those that are not there are left out of it. */
interface Wish {
  readonly include: readonly (Rule | string)[]
  readonly exclude: readonly (Rule | string)[]
  readonly holdout: number | undefined
  readonly control: number | undefined
  readonly sample: number | undefined
  readonly most: number | undefined
  readonly test: readonly string[]
}

function wishes(stage: Stage): fc.Arbitrary<Wish> {
  const selection = fc.oneof<fc.MaybeWeightedArbitrary<Rule | string>[]>(
    { weight: 2, arbitrary: fc.constantFrom(...segmentIds) },
    { weight: 3, arbitrary: rules(worldOf(stage)) },
  )
  const percent = fc.option(fc.constantFrom(0, 30, 50, 100), { nil: undefined })
  return fc.record({
    include: fc.array(selection, { minLength: 1, maxLength: 2 }),
    exclude: fc.array(selection, { maxLength: 2 }),
    holdout: percent,
    control: percent,
    sample: percent,
    most: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
    test: fc.subarray([...contactIds], { maxLength: 1 }),
  })
}

/** The same, but that no segment holds a tag. */
function withoutHeldTags(script: readonly ScriptStep[]): readonly ScriptStep[] {
  const without = (change: ChangeInput): ChangeInput =>
    change.type === 'segment.define' ? { ...change, holds: null } : change
  return script.map((step) => {
    if (step.do === 'apply') return { ...step, change: without(step.change) }
    return step.do === 'batch' ? { ...step, changes: step.changes.map(without) } : step
  })
}

const share = (salt: string, percent: number | undefined): SaltedShare | undefined =>
  percent === undefined ? undefined : { salt, percent }

function optionsOf(engine: Engine, wish: Wish, id = 'a'): AudienceOptions {
  const known = (all: Wish['include']): AudienceOptions['include'] =>
    all
      .map((one, place) => (typeof one === 'string' ? one : { name: `r${String(place)}`, rule: one }))
      .filter(
        (one, place, list) =>
          typeof one !== 'string' || (engine.segments.get(one) !== undefined && list.indexOf(one) === place),
      )
  const { holdout, control, sample, most } = wish
  return {
    id,
    include: known(wish.include),
    exclude: known(wish.exclude),
    test: wish.test.filter((contact) => engine.contacts.has(contact)),
    ...(holdout === undefined ? {} : { holdout: { salt: 'h', percent: holdout } }),
    ...(control === undefined ? {} : { control: { salt: 'c', percent: control } }),
    ...(sample === undefined ? {} : { sample: { salt: 's', percent: sample } }),
    ...(most === undefined ? {} : { cap: { salt: 'k', most } }),
  }
}

/** Whether a selection holds of a contact now, by the plain evaluator where it is a rule. */
function holdsNow(engine: Engine, selection: AudienceOptions['include'][number], contactId: string): boolean {
  if (typeof selection === 'string') return engine.segments.has(selection, contactId)
  const { rule } = selection as { readonly rule: Rule }
  const { now, timeZone } = engine
  const schema = engine.schema ?? {}
  return matches(rule, engine.contacts.get(contactId) ?? { id: contactId }, { now, timeZone, schema })
}

const nameOf = (selection: AudienceOptions['include'][number] | undefined): string | undefined =>
  typeof selection === 'string' ? selection : (selection as { readonly name: string } | undefined)?.name

const inShare = (drawn: SaltedShare | undefined, id: string): boolean =>
  drawn !== undefined && samplePlace(drawn.salt, id) < drawn.percent * 100

/** Says of every contact anew what its reason has to be, but for the draw, of which it says what it may be. */
function confirm(engine: Engine, wish: Wish, audience: Audience, earlier: ReadonlyMap<string, string>): void {
  const options = optionsOf(engine, wish)
  const { include, exclude = [], test = [] } = options
  let room = wish.most ?? Infinity
  expect(audience.entries.map(({ contactId }) => contactId)).toEqual(engine.contacts.ids())
  for (const { contactId, reason } of audience.entries) {
    const by = include.find((one) => holdsNow(engine, one, contactId))
    const out = exclude.find((one) => holdsNow(engine, one, contactId))
    const isTest = test.some((one) => engine.contact(one).id === contactId)
    const drawn = {
      control: inShare(share('c', wish.control), contactId),
      sample: inShare(share('s', wish.sample ?? 100), contactId),
    }
    const expected: unknown = isTest
      ? { kind: 'test' }
      : by === undefined
        ? { kind: 'notIncluded' }
        : out !== undefined
          ? { kind: 'excluded', by: nameOf(out) }
          : earlier.has(contactId)
            ? { kind: 'earlier', by: earlier.get(contactId) }
            : inShare(share('h', wish.holdout), contactId)
              ? { kind: 'holdout' }
              : !drawn.sample
                ? { kind: 'notSampled' }
                : reason.kind === 'capped'
                  ? { kind: 'capped' }
                  : drawn.control
                    ? { kind: 'control' }
                    : { kind: 'included', by: nameOf(by) }
    expect(reason, contactId).toEqual(expected)
    if (reason.kind === 'included') room -= 1
  }
  // Only a cap that is used up leaves anybody out.
  expect(room).toBeGreaterThanOrEqual(0)
  if (audience.counts.capped > 0) expect(room).toBe(0)
  expect(Object.values(audience.counts).reduce((sum, count) => sum + count, 0)).toBe(engine.contacts.count)
}

describe('1. reasons', () => {
  it('are one for each contact, and the evaluator confirms them', () => {
    const games = onAnyStage((stage) => fc.record({ script: scripts(worldOf(stage)), wish: wishes(stage) }))
    fc.assert(
      fc.property(games, ([stage, { script, wish }]) => {
        const engine = engineIn(stage)
        play(engine, script)
        confirm(engine, wish, audienceOf(engine, optionsOf(engine, wish)), new Map())
      }),
      { numRuns: runs(150) },
    )
  })
})

describe('2. another instant', () => {
  it('gives what moving the clock there gives', () => {
    const games = onAnyStage((stage) =>
      fc.record({
        script: scripts({ ...worldOf(stage), isDamped: false }).map(withoutHeldTags),
        wish: wishes(stage),
        ahead: fc.integer({ min: 0, max: 24 * 60 }).map((hours) => hours * 3_600_000),
      }),
    )
    fc.assert(
      fc.property(games, ([stage, { script, wish, ahead }]) => {
        const engine = engineIn(stage)
        play(engine, script)
        const options = optionsOf(engine, wish)
        const asOf = audienceOf(engine, { ...options, asOf: engine.now + ahead })
        engine.advanceTo(engine.now + ahead)
        expect(asOf.entries).toEqual(audienceOf(engine, options).entries)
      }),
      { numRuns: runs(150) },
    )
  })

  it('of the past or the future, asks rules what they are then', () => {
    const games = onAnyStage((stage) =>
      fc.record({
        script: scripts(worldOf(stage)),
        rule: rules(worldOf(stage)),
        shift: fc.integer({ min: -60 * 24, max: 60 * 24 }).map((hours) => hours * 3_600_000),
      }),
    )
    fc.assert(
      fc.property(games, ([stage, { script, rule, shift }]) => {
        const engine = engineIn(stage)
        play(engine, script)
        const now = engine.now + shift
        const { entries } = audienceOf(engine, { id: 'a', include: [rule], asOf: now })
        const { timeZone, schema = {} } = engine
        for (const { contactId, reason, at } of entries) {
          const contact = engine.contacts.get(contactId) ?? { id: contactId }
          expect(reason.kind === 'included').toBe(matches(rule, contact, { now, timeZone, schema }))
          expect(at).toBe(now)
        }
      }),
      { numRuns: runs(150) },
    )
  })
})

describe('3. a waterfall', () => {
  it('is a partition, each contact with a reason that is confirmed', () => {
    const games = onAnyStage((stage) =>
      fc.record({ script: scripts(worldOf(stage)), wishes: fc.array(wishes(stage), { maxLength: 3 }) }),
    )
    fc.assert(
      fc.property(games, ([stage, { script, wishes: all }]) => {
        const engine = engineIn(stage)
        play(engine, script)
        const { audiences, landings } = waterfall(
          engine,
          all.map((wish, place) => optionsOf(engine, wish, `a${String(place)}`)),
        )
        const earlier = new Map<string, string>()
        for (const [place, audience] of audiences.entries()) {
          confirm(engine, all[place] as Wish, audience, earlier)
          for (const { contactId, reason } of audience.entries) {
            if (!isIn(reason) && reason.kind !== 'control') continue
            if (reason.kind !== 'test') expect(earlier.has(contactId)).toBe(false)
            if (!earlier.has(contactId)) earlier.set(contactId, audience.id)
          }
        }
        expect(landings.map(({ contactId }) => contactId)).toEqual(engine.contacts.ids())
        for (const { contactId, audience, reason } of landings) {
          expect(audience).toBe(earlier.get(contactId))
          const all = audiences.map((one) => entryOf(one, contactId)?.reason)
          if (audience !== undefined) {
            expect(reason).toEqual(entryOf(audiences.find(({ id }) => id === audience) as Audience, contactId)?.reason)
          } else {
            expect(reason).toEqual(all.find((one) => one?.kind !== 'notIncluded') ?? { kind: 'notIncluded' })
          }
        }
      }),
      { numRuns: runs(150) },
    )
  })
})

describe('4. the control group', () => {
  it('is never reached, nor is the holdout, whatever happens between and after', () => {
    const games = onAnyStage((stage) =>
      fc.record({ script: scripts(worldOf(stage)), wish: wishes(stage), waits: fc.nat({ max: 4 }) }),
    )
    fc.assert(
      fc.property(games, ([stage, { script, wish, waits }]) => {
        const engine = engineIn(stage)
        const waiting: Audience[] = []
        for (const step of script) {
          doStep(engine, step)
          const options = optionsOf(engine, { ...wish, test: [] })
          waiting.push(audienceOf(engine, options))
          // An audience that was frozen a while ago: contacts may have been merged, removed and put again since.
          const audience = waiting.length > waits ? waiting.shift() : undefined
          if (audience === undefined) continue
          for (const id of send(engine, audience, { tag: 'reached' }).contacts) {
            expect(inShare(share('c', wish.control), id)).toBe(false)
            expect(inShare(share('h', wish.holdout), id)).toBe(false)
            expect(entryOf(audience, id)?.reason.kind).not.toBe('control')
          }
        }
      }),
      { numRuns: runs(150) },
    )
  })
})

describe('5. an audience', () => {
  it('is plain JSON', () => {
    const games = onAnyStage((stage) => fc.record({ script: scripts(worldOf(stage)), wish: wishes(stage) }))
    fc.assert(
      fc.property(games, ([stage, { script, wish }]) => {
        const engine = engineIn(stage)
        play(engine, script)
        const audience = audienceOf(engine, optionsOf(engine, wish))
        const back = JSON.parse(JSON.stringify(audience)) as Audience
        expect(back).toEqual(audience)
        const sent = send(engine, back, { tag: 'sent' })
        expect(sent.contacts).toEqual(
          audience.entries.filter(({ reason }) => isIn(reason)).map(({ contactId }) => contactId),
        )
        expect(send(engine, audience, { tag: 'sent' }).receipt.tagEvents).toEqual([])
        expect(contactsOf(back, 'included')).toHaveLength(audience.counts.included)
      }),
      { numRuns: runs(80) },
    )
  })
})
