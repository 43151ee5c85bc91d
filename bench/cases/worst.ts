import { rulesFor, type ChangeInput, type Rule } from 'coterie'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { Random } from '../../test/data/random.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { emptyEngine, load, ruleOf, schema, type MeasuredEngine } from '../lib/engine.js'
import { changeOf, LiveChanges, type ChangeKind, type LiveChange } from '../lib/live-changes.js'
import { liveEngine } from '../lib/live-engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import { timed, timesOf, type Times } from '../lib/measure.js'
import { medianOf, told, toldTimes } from '../lib/numbers.js'
import { countries, domains, now, plans as plansOfContacts, Population } from '../lib/population.js'
import { beginProfile } from '../lib/profile.js'
import { rateOf } from '../lib/rate.js'
import { sizes, type Settings } from '../lib/settings.js'

/*
 * The cases that an index of rules helps least, and each kind of change by itself.
 */

const cases = {
  jumps: 'wide jumps on a field that is in every rule',
  patterns: 'changes of a text of which every rule looks for a part',
  everything: 'changes of every attribute at once',
  first: 'first import of contacts, segments being live',
} as const

/** Kinds of change by themselves; tags come and go. */
const alone: Readonly<Record<string, readonly ChangeKind[]>> = {
  'only leadScore': ['leadScore'],
  'only lifetimeValue': ['lifetimeValue'],
  'only country': ['country'],
  'only tags': ['tag added', 'tag removed'],
  'only purchases': ['purchase'],
}

function plans({ contacts, segments }: Settings): readonly Plan[] {
  return sizes(segments, 1_000).flatMap((rules) =>
    [...Object.values(cases), ...Object.keys(alone)].map((subject) => ({
      topic: 'worst',
      subject,
      group: 'worst',
      parameters: { contacts: contacts ?? 10_000, segments: rules },
    })),
  )
}

async function run({ subject, parameters }: Plan): Promise<Outcome> {
  const population = new Population(parameters['contacts'] as number)
  const rules = parameters['segments'] as number
  if (subject === cases.first) return firstImport(population, rules)
  const { engine, draw } = sceneOf(subject, population, rules)
  let transitions = 0
  engine.on('transition', () => (transitions += 1))
  let count = 0
  const cost = await rateOf((chunk) => {
    const changes = Array.from({ length: chunk }, (_, n) => draw(count + n))
    count += chunk
    return () => {
      for (const change of changes) engine.apply(change)
    }
  }, 1_500)
  return { figures: { cost, transitions: transitions / count } }
}

type Attributes = NonNullable<Extract<ChangeInput, { type: 'contact.put' }>['attributes']>

interface Scene {
  readonly engine: MeasuredEngine
  readonly draw: (n: number) => ChangeInput
}

function sceneOf(subject: string, population: Population, rules: number): Scene {
  const random = new Random(9)
  const someone = (): string => population.idOf(random.whole(0, population.size - 1))
  switch (subject) {
    case cases.jumps: {
      const engine = engineOf(population, rules, (n) => ruleOf({ field: 'lifetimeValue', above: n + 1 }))
      return {
        engine,
        draw: (n) =>
          patch(population.idOf(Math.floor(n / 2) % population.size), { lifetimeValue: n % 2 === 0 ? 1e6 : 0 }),
      }
    }
    case cases.patterns: {
      const { attribute } = rulesFor(schema)
      const engine = engineOf(population, rules, (n) => attribute('email').contains(`.${n}`))
      return {
        engine,
        draw: () => patch(someone(), { email: `some.${random.whole(0, 99_999)}@${domains[0] as string}` }),
      }
    }
    case cases.everything:
      return {
        engine: liveEngine(population, liveQuestions(rules)),
        draw: () => ({ type: 'contact.put', contact: someone(), attributes: anyAttributes(random) }),
      }
    default: {
      const changes = new LiveChanges(population, alone[subject])
      return {
        engine: liveEngine(population, liveQuestions(rules)),
        draw: () => {
          const [change] = changes.take(1) as [LiveChange]
          return changeOf(change, population.idOf(change.contact))
        },
      }
    }
  }
}

function engineOf(population: Population, rules: number, ruleFor: (n: number) => Rule): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population, { events: false })
  engine.batch(
    Array.from({ length: rules }, (_, n) => ({ type: 'segment.define', id: `s${n}`, rule: ruleFor(n), visits: false })),
  )
  return engine
}

function patch(contact: string, attributes: Attributes): ChangeInput {
  return { type: 'contact.patch', contact, attributes }
}

function anyAttributes(random: Random): Attributes {
  return {
    country: random.pick(countries),
    plan: random.pick(plansOfContacts),
    leadScore: random.whole(0, 100),
    lifetimeValue: random.whole(0, 1_000_000) / 100,
    createdAt: now - random.whole(0, 1e10),
    lastSeenAt: now - random.whole(0, 1e10),
    optedIn: random.chance(0.5),
    email: `some.${random.whole(0, 99_999)}@${domains[0] as string}`,
  }
}

/** Contacts with tags and events, into an engine that has the segments already; µs a contact. */
async function firstImport(population: Population, rules: number): Promise<Outcome> {
  const engine = liveEngine(new Population(0), liveQuestions(rules))
  let transitions = 0
  engine.on('transition', () => (transitions += 1))
  beginProfile()
  const parts: number[] = []
  const part = Math.ceil(population.size / 10)
  for (let from = 0; from < population.size; from += part) {
    const to = Math.min(from + part, population.size)
    parts.push((1_000 * (await timed(() => load(engine, population, { from, to })))) / (to - from))
  }
  return { figures: { cost: timesOf(parts), transitions: transitions / population.size } }
}

function report(finished: readonly Finished[]): string {
  const rows = finished
    .filter(({ failed }) => failed === undefined)
    .map((result) => {
      const transitions = figure(result, 'transitions') as number
      const cost = figure(result, 'cost') as Times
      return [
        result.plan.subject,
        (result.plan.parameters['contacts'] as number).toLocaleString('en'),
        (result.plan.parameters['segments'] as number).toLocaleString('en'),
        toldTimes(cost),
        told(1e6 / (medianOf(cost) ?? NaN)),
        told(transitions),
        told((1e6 * transitions) / (medianOf(cost) ?? NaN)),
      ]
    })
  const head = [
    'changes',
    'contacts',
    'segments',
    'µs a change',
    'changes a second',
    'transitions each',
    'transitions a second',
  ]
  return [markdownTable(head, rows), notRun(finished)].filter((part) => part !== '').join('\n\n')
}

export const worst: Topic = { name: 'worst', plans, run, report }
