import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { emptyEngine, load, ruleOf, type MeasuredEngine } from '../lib/engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import { memoryInUse, timed } from '../lib/measure.js'
import { medianOf, told, toldLimit, toldTarget } from '../lib/numbers.js'
import { plainContacts } from '../lib/plain-contact.js'
import { Population } from '../lib/population.js'
import { previewQuestions } from '../lib/preview-questions.js'
import { beginProfile } from '../lib/profile.js'
import { sizes, type Settings } from '../lib/settings.js'

/*
 * Workload D: how long loading takes, and what it leaves in memory: of objects and of array buffers, after the collector ran,
 * without what the process held before.
 */

const subjects = {
  plain: 'plain objects',
  lean: 'coterie',
  rich: 'coterie, with event ids, visits and orders',
  members: 'memberships of coterie',
} as const

function plans({ contacts, segments }: Settings): readonly Plan[] {
  const plan = (subject: string, size: number, rules: number): Plan => ({
    topic: 'memory',
    subject,
    group: `memory ${subject}`,
    parameters: { contacts: size, segments: rules },
    takesLong: subject === subjects.rich || subject === subjects.members,
  })
  return [
    ...sizes(contacts, 1_000_000).flatMap((size) =>
      [subjects.plain, subjects.lean, subjects.rich].map((subject) =>
        plan(subject, size, subject === subjects.plain ? 0 : 100),
      ),
    ),
    ...sizes(segments, 1_000, 10_000).map((rules) =>
      plan(subjects.members, contacts ?? (rules > 1_000 ? 20_000 : 100_000), rules),
    ),
  ]
}

async function run({ subject, parameters }: Plan): Promise<Outcome> {
  const [size, rules] = [parameters['contacts'] as number, parameters['segments'] as number]
  const population = new Population(size)
  if (subject === subjects.members) return ofMemberships(population, rules)
  const before = memoryInUse()
  let held: unknown
  beginProfile()
  const loading = await timed(() => {
    held = subject === subjects.plain ? plainContacts(population) : loaded(population, subject === subjects.rich)
  })
  const afterLoading = memoryInUse()
  if (held instanceof Object && 'segments' in held) {
    const engine = held as MeasuredEngine
    define(engine, rules, subject === subjects.rich)
    if (subject === subjects.rich)
      for (const { variant } of previewQuestions)
        for (let n = 0; n < 4; n += 1) engine.segments.preview(ruleOf(variant(n)))
  }
  const after = memoryInUse()
  return {
    figures: {
      loading,
      heap: (after.heap - before.heap) / size,
      buffers: (after.buffers - before.buffers) / size,
      'after loading': (afterLoading.heap + afterLoading.buffers - before.heap - before.buffers) / size,
      resident: after.resident,
    },
    // The engine is asked once more, so that the collector could not take it before.
    answers: { contacts: Array.isArray(held) ? held.length : (held as MeasuredEngine).contacts.count },
  }
}

function loaded(population: Population, isRich: boolean): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population, { eventIds: isRich })
  return engine
}

function define(engine: MeasuredEngine, rules: number, visits: boolean): void {
  engine.batch(
    liveQuestions(rules).map((question, n) => ({
      type: 'segment.define',
      id: `s${n}`,
      rule: ruleOf(question),
      visits,
    })),
  )
}

/** What defining segments adds, beside the smaller of bits and sorted ids for each of them. */
function ofMemberships(population: Population, rules: number): Promise<Outcome> {
  const engine = loaded(population, false)
  const before = memoryInUse()
  define(engine, rules, false)
  const after = memoryInUse()
  const least = engine.segments
    .ids()
    .map((id) => engine.segments.get(id)?.count ?? 0)
    .reduce((sum, count) => sum + Math.min(population.size / 8, 4 * Math.min(count, population.size - count)), 0)
  return Promise.resolve({
    figures: {
      heap: (after.heap - before.heap) / population.size,
      buffers: (after.buffers - before.buffers) / population.size,
      least: least / population.size,
      resident: after.resident,
    },
  })
}

/** The most bytes a contact is to take. */
const most: Readonly<Record<string, number>> = { [subjects.lean]: 300, [subjects.rich]: 700 }

function report(finished: readonly Finished[]): string {
  const ran = finished.filter(({ failed }) => failed === undefined)
  const of = (result: Finished, name: string): number => medianOf(figure(result, name)) ?? NaN
  const plain = ran.find(({ plan }) => plan.subject === subjects.plain)
  const rows = ran
    .filter(({ plan }) => plan.subject !== subjects.members)
    .map((result) => {
      const { subject, parameters } = result.plan
      const bytes = of(result, 'heap') + of(result, 'buffers')
      const limit = most[subject]
      return [
        subject,
        (parameters['contacts'] as number).toLocaleString('en'),
        String(parameters['segments']),
        limit === undefined ? told(bytes) : toldLimit(bytes, limit),
        told(of(result, 'heap')),
        told(of(result, 'buffers')),
        told(of(result, 'after loading')),
        told(of(result, 'loading') / 1_000),
        subject === subjects.lean && plain !== undefined
          ? toldTarget(of(plain, 'loading') / of(result, 'loading'), 1)
          : '',
        told(of(result, 'resident') / 2 ** 20),
      ]
    })
  const members = ran
    .filter(({ plan }) => plan.subject === subjects.members)
    .map((result) => [
      (result.plan.parameters['contacts'] as number).toLocaleString('en'),
      (result.plan.parameters['segments'] as number).toLocaleString('en'),
      told(of(result, 'heap')),
      told(of(result, 'buffers')),
      told(of(result, 'least')),
      toldLimit((of(result, 'heap') + of(result, 'buffers')) / of(result, 'least'), 1.2),
    ])
  return [
    'Bytes a contact; loading in seconds; resident memory of the whole process in MiB.',
    markdownTable(
      [
        'subject',
        'contacts',
        'segments',
        'bytes a contact',
        'objects',
        'buffers',
        'before segments',
        'loading, s',
        'as fast as plain objects',
        'resident, MiB',
      ],
      rows,
    ),
    ...(members.length === 0
      ? []
      : [
          'What segments add, index, truths and memberships together, in bytes a contact, beside the smaller of bits and sorted ids for the members of each.',
          markdownTable(['contacts', 'segments', 'objects', 'buffers', 'bits or ids', 'as much'], members),
        ]),
    notRun(finished),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const memory: Topic = { name: 'memory', plans, run, report }
