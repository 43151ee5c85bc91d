import fc from 'fast-check'
import { createEngine, days, defineSchema, field, hours, rulesFor, type ChangeInput, type Engine } from 'coterie'
import type { Automations } from 'coterie/automation'
import {
  addTags,
  assign,
  automations,
  branch,
  call,
  changes,
  enters,
  holds,
  leaves,
  recorded,
  recordEvent,
  recordPut,
  removeTags,
  setRecords,
  setTo,
  stamp,
  stop,
  tagAdded,
  tagRemoved,
  wait,
  waitFor,
  waitUntil,
  type AutomationInput,
  type AutomationTrigger,
  type StepInput,
  type TriggerInput,
} from 'coterie/automation'

/*
 * Small worlds for automation: a few contacts, segments that move by data and by time, and automations over them of every kind of
 * trigger and step, made up together with what happens to the contacts.
 */

export const schema = defineSchema({
  attributes: { score: field.number(), owner: field.text(), renewsAt: field.instant(), seenOn: field.day() },
  events: { purchase: { amount: field.number() }, opened: {} },
  records: { deals: { stage: field.oneOf('new', 'qualified', 'won'), value: field.number() } },
})

const { attribute, events, hasTag, inSegment, records } = rulesFor(schema)

export const start = Date.parse('2026-01-05T09:00:00Z')
export const contactIds = ['ada', 'bea', 'cyd'] as const
const tags = ['a', 'b', 'c'] as const

/** Something that a script does to an engine. */
export type Doing =
  | { readonly do: 'change'; readonly change: ChangeInput }
  | { readonly do: 'advance'; readonly by: number }
  | { readonly do: 'answer'; readonly which: number; readonly failed: boolean }
  | { readonly do: 'define'; readonly automation: AutomationInput }

export interface Script {
  readonly automations: readonly AutomationInput[]
  readonly doings: readonly Doing[]
}

/** An engine with segments, and automations for it. */
export interface World {
  readonly engine: Engine<typeof schema>
  readonly flows: Automations
}

export const engineOptions = { schema, now: start, timeZone: 'Europe/Berlin' } as const

export function defineSegments(engine: Engine<typeof schema>): void {
  engine.segments.define({ id: 'hot', rule: attribute('score').greaterThan(5) })
  engine.segments.define({ id: 'tagged', rule: hasTag('a') })
  engine.segments.define({ id: 'quiet', rule: events('purchase').inLast('3d').none() })
}

export function worldOf({ automations: defined }: Script): World {
  const flows = automations({ loopLimit: 4 })
  const engine = createEngine({ ...engineOptions, automation: flows })
  defineSegments(engine)
  for (const each of defined) flows.define(each)
  return { engine, flows }
}

/** Does one thing of a script. */
export function act({ engine, flows }: World, doing: Doing, advance = (to: number) => void engine.advanceTo(to)): void {
  switch (doing.do) {
    case 'change':
      engine.apply(doing.change)
      return
    case 'advance':
      advance(engine.now + doing.by)
      return
    case 'define':
      flows.define(doing.automation)
      return
    case 'answer': {
      const waiting = flows.runs({ status: 'running' }).filter(({ waitsFor }) => waitsFor === 'answer')
      const run = waiting[doing.which % Math.max(1, waiting.length)]
      if (run === undefined) return
      const { id, contactId, at = '' } = run
      engine.apply({
        type: 'automation.step',
        run: id,
        contact: contactId,
        at,
        ...(doing.failed ? { failed: 'no luck' } : { result: doing.which }),
      })
    }
  }
}

/** All that is to be the same: contacts, memberships and runs. */
export function pictureOf({ engine, flows }: World): unknown {
  return {
    now: engine.now,
    contacts: engine.contacts.ids().map((id) => engine.contacts.get(id)),
    segments: engine.contacts.ids().map((id) => engine.segments.of(id)),
    runs: flows.runs(),
  }
}

const oneTag = fc.constantFrom(...tags)

const triggers = fc.oneof<fc.Arbitrary<AutomationTrigger>[]>(
  fc.constantFrom('hot', 'tagged', 'quiet').map(enters),
  fc.constantFrom('hot', 'quiet').map(leaves),
  oneTag.map(tagAdded),
  oneTag.map(tagRemoved),
  fc.constant(recorded(events('purchase').where((e) => e.property('amount').greaterThan(3)))),
  fc.constant(recorded('opened')),
  fc.constant(changes('owner')),
  fc.constant(recordPut(records('deals').where({ stage: 'qualified' }))),
  fc.constant(recordPut('deals', { field: 'stage' })),
  fc.constant(recordPut('deals', { field: 'value' })),
)

const beginnings: fc.Arbitrary<TriggerInput> = fc.oneof(
  { weight: 6, arbitrary: triggers },
  { weight: 1, arbitrary: fc.constant(holds(attribute('renewsAt').inNext('2d'))) },
)

const conditions = fc.constantFrom(
  attribute('score').greaterThan(5),
  hasTag('b'),
  inSegment('quiet'),
  events('purchase').count().atLeast(2),
)

const spans = fc.constantFrom('6h', '1d', '36h', 'P1M') as fc.Arbitrary<'6h'>

const { steps } = fc.letrec<{ steps: StepInput[]; step: StepInput }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 3, depthIdentifier: 'steps' }),
  step: fc.oneof(
    { depthIdentifier: 'steps', depthSize: 'small' },
    oneTag.map((tag) => addTags(tag)),
    oneTag.map((tag) => removeTags(tag)),
    fc.constant(assign('owner', ['ann', 'bob', 'cat'])),
    fc.constant(setTo('score', attribute('score').plus(1))),
    fc.constant(stamp('seenOn')),
    fc.constant(setRecords(records('deals').where({ stage: 'new' }), { stage: 'qualified' })),
    fc.constant(recordEvent({ type: 'opened' })),
    fc.constant(stop()),
    spans.map((span) => wait(span)),
    fc.constant(waitUntil(attribute('renewsAt').minus('1d'))),
    fc
      .record({
        attempts: fc.integer({ min: 1, max: 2 }),
        failed: fc.option(tie('steps'), { nil: undefined }),
        timeout: fc.constantFrom('1d' as const, undefined),
      })
      .map(({ attempts, failed, timeout }) =>
        call('send', { hello: true }, { attempts, ...(failed && { failed }), ...(timeout && { timeout }) }),
      ),
    fc.tuple(conditions, tie('steps'), tie('steps')).map(([rule, then, other]) => branch(rule, then, other)),
    fc
      .tuple(fc.array(triggers, { minLength: 1, maxLength: 2 }), spans, tie('steps'), tie('steps'))
      .map(([on, atMost, then, other]) => waitFor(on, { atMost, then, else: other })),
  ),
}))

const definitions = (id: string): fc.Arbitrary<AutomationInput> =>
  fc
    .record({
      when: fc.array(beginnings, { minLength: 1, maxLength: 2 }),
      if: fc.option(conditions, { nil: undefined, freq: 4 }),
      steps,
      reentry: fc.constantFrom('once' as const, 'always' as const, '12h' as const, undefined),
      overlap: fc.constantFrom('ignore' as const, 'restart' as const, 'parallel' as const, undefined),
      existing: fc.boolean(),
      cancelOnExit: fc.boolean(),
      cancelWhen: fc.option(fc.array(triggers, { maxLength: 1 }), { nil: undefined, freq: 3 }),
    })
    .map((parts) => ({ id, ...(withoutUndefined(parts) as Omit<AutomationInput, 'id'>) }))

const contactId = fc.constantFrom(...contactIds)

const doings: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .oneof<fc.Arbitrary<ChangeInput>[]>(
        fc.record({ contact: contactId, score: fc.integer({ min: 0, max: 10 }) }).map(({ contact, score }) => ({
          type: 'contact.patch',
          contact,
          attributes: { score },
        })),
        fc.record({ contact: contactId, ahead: fc.integer({ min: 1, max: 6 }) }).map(({ contact, ahead }) => ({
          type: 'contact.patch',
          contact,
          attributes: { renewsAt: start + days(ahead) },
        })),
        fc.record({ contacts: contactId, tags: oneTag }).map((parts) => ({ type: 'tag.add', ...parts })),
        fc.record({ contacts: contactId, tags: oneTag }).map((parts) => ({ type: 'tag.remove', ...parts })),
        fc
          .record({
            contact: contactId,
            amount: fc.integer({ min: 1, max: 6 }),
            hour: fc.integer({ min: -30, max: 30 }),
          })
          .map(({ contact, amount, hour }) => ({
            type: 'event.record',
            contact,
            event: { type: 'purchase', at: start + hours(hour + 30) - hours(30), properties: { amount } },
          })),
        contactId.map((contact) => ({ type: 'event.record', contact, event: { type: 'opened' } })),
        fc
          .record({
            contact: contactId,
            id: fc.constantFrom('d1', 'd2'),
            stage: fc.constantFrom('new', 'qualified', 'won'),
          })
          .map(({ contact, id, stage }) => ({
            type: 'record.put',
            contact,
            collection: 'deals',
            record: { id, stage, value: 10 },
          })),
        contactId.map((contact) => ({ type: 'record.remove', contact, collection: 'deals', id: 'd1' })),
      )
      .map((change): Doing => ({ do: 'change', change })),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 60 }).map((by): Doing => ({ do: 'advance', by: hours(by) })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(3), failed: fc.boolean() }),
  },
  { weight: 1, arbitrary: definitions('one').map((automation): Doing => ({ do: 'define', automation })) },
)

/** Automations, and what happens to the contacts. All contacts are put first. */
export const scripts: fc.Arbitrary<Script> = fc
  .record({
    one: definitions('one'),
    two: fc.option(definitions('two'), { nil: undefined }),
    doings: fc.array(doings, { minLength: 1, maxLength: 25 }),
  })
  .map(({ one, two, doings: rest }) => ({
    automations: two === undefined ? [one] : [one, two],
    doings: [
      ...contactIds.map((contact): Doing => ({ do: 'change', change: { type: 'contact.put', contact } })),
      ...rest,
    ],
  }))

function withoutUndefined(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}
