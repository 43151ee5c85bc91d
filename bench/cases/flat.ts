import type { ChangeInput } from 'coterie'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { emptyEngine, load, ruleOf, type MeasuredEngine } from '../lib/engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import type { Times } from '../lib/measure.js'
import { told, toldTimes } from '../lib/numbers.js'
import { now, Population } from '../lib/population.js'
import { rateOf } from '../lib/rate.js'
import { sizes, type Settings } from '../lib/settings.js'

/*
 * What must cost the same however much there is: a change that flips nothing, with ever more segments, and an hour in which
 * nothing is due, with ever more contacts and segments.
 */

const subjects = {
  within: 'a change that flips nothing, to a field that every rule reads',
  unread: 'a change to a field that no rule reads',
  idle: 'an advance in which nothing is due',
} as const

function plans({ contacts, segments }: Settings): readonly Plan[] {
  const plan = (subject: string, size: number, rules: number, isUsual: boolean): Plan => ({
    topic: 'flat',
    subject,
    group: 'flat',
    parameters: { contacts: size, segments: rules },
    takesLong: !isUsual,
  })
  return [
    ...sizes(segments, 100, 1_000, 10_000, 100_000).map((rules) =>
      plan(subjects.within, contacts ?? 100, rules, rules === 100 || rules === 100_000),
    ),
    ...sizes(segments, 100, 1_000, 10_000, 100_000).map((rules) =>
      plan(subjects.unread, contacts ?? 100, rules, rules === 100),
    ),
    ...sizes(contacts, 1_000, 100_000).flatMap((size) =>
      sizes(segments, 10, 1_000).map((rules) => plan(subjects.idle, size, rules, rules === 1_000)),
    ),
  ]
}

async function run({ subject, parameters }: Plan): Promise<Outcome> {
  const [size, rules] = [parameters['contacts'] as number, parameters['segments'] as number]
  const population = new Population(size)
  const engine = subject === subjects.idle ? idleEngine(population, rules) : engineWithThresholds(population, rules)
  const before = engine.statistics()
  let count = 0
  const cost = await rateOf((chunk) => {
    const first = count
    count += chunk
    if (subject === subjects.idle) return advances(engine, chunk)
    const isRead = subject === subjects.within
    const changes = Array.from({ length: chunk }, (_, n) => change(population, first + n, rules, isRead))
    return () => {
      for (const each of changes) engine.apply(each)
    }
  }, 1_000)
  const after = engine.statistics()
  return {
    figures: {
      cost,
      'leaves tested': (after.leafTests - before.leafTests) / count,
      'segments asked': (after.candidates - before.candidates) / count,
      steps: after.steps - before.steps,
    },
  }
}

/** As many thresholds on one field as rules: 2, 4, 6, … */
function engineWithThresholds(population: Population, rules: number): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population, { events: false })
  engine.batch(
    Array.from({ length: rules }, (_, n) => ({
      type: 'segment.define',
      id: `s${n}`,
      rule: ruleOf({ all: [{ field: 'lifetimeValue', above: 2 * (n + 1) }, { not: { tag: 'churned' } }] }),
      visits: false,
    })),
  )
  // All stand right above a threshold, and only ever move up to the next.
  for (let contact = 0; contact < population.size; contact += 1)
    engine.contacts.patch(population.idOf(contact), { lifetimeValue: thresholdOf(contact, rules) + 0.5 })
  return engine
}

function thresholdOf(contact: number, rules: number): number {
  return 2 * (1 + ((contact * 7) % rules))
}

function change(population: Population, n: number, rules: number, isRead: boolean): ChangeInput {
  const contact = n % population.size
  // Another one each time that the contact's turn comes.
  const part = (Math.floor(n / population.size) % 97) / 100
  const attributes = isRead ? { lifetimeValue: thresholdOf(contact, rules) + 0.5 + part } : { leadScore: part }
  return { type: 'contact.patch', contact: population.idOf(contact), attributes }
}

/** An engine in which all that ever falls due does so at midnight. */
function idleEngine(population: Population, rules: number): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population, { wholeDays: true })
  engine.batch(
    liveQuestions(rules).map((question, n) => ({
      type: 'segment.define',
      id: `s${n}`,
      rule: ruleOf(question),
      visits: false,
    })),
  )
  engine.advanceTo(now + 1)
  return engine
}

/** So many advances by a millisecond each. */
function advances(engine: MeasuredEngine, count: number): () => void {
  const from = engine.now
  return () => {
    for (let n = 1; n <= count; n += 1) engine.advanceTo(from + n)
  }
}

function report(finished: readonly Finished[]): string {
  const rows = finished
    .filter(({ failed }) => failed === undefined)
    .map((result) => [
      result.plan.subject,
      (result.plan.parameters['contacts'] as number).toLocaleString('en'),
      (result.plan.parameters['segments'] as number).toLocaleString('en'),
      toldTimes(figure(result, 'cost') as Times),
      told(figure(result, 'leaves tested') as number),
      told(figure(result, 'segments asked') as number),
    ])
  const table = markdownTable(['what', 'contacts', 'segments', 'µs', 'leaves tested', 'segments asked'], rows)
  return [table, notRun(finished)].filter((part) => part !== '').join('\n\n')
}

export const flat: Topic = { name: 'flat', plans, run, report }
