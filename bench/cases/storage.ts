import { openEngine, type Engine, type StorageAdapter, type StoredEngine } from 'coterie'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { emptyEngine, load, ruleOf, schema } from '../lib/engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import { timed, timesOf } from '../lib/measure.js'
import { medianOf, told, toldTarget } from '../lib/numbers.js'
import { now, Population } from '../lib/population.js'
import { beginProfile } from '../lib/profile.js'
import { sizes, type Settings } from '../lib/settings.js'
import { storages } from '../lib/storages.js'

/*
 * What keeping an engine costs: changes a second until they are durable, many in flight and one after the other, beside the same
 * engine without a storage; and how long it takes to take a snapshot and to come back from one, beside loading the same contacts.
 */

const without = 'without a storage'
const restoring = 'coterie, restored'

function plans({ contacts }: Settings): readonly Plan[] {
  const size = contacts ?? 10_000
  return [
    ...[without, ...Object.keys(storages)].map((subject) => ({
      topic: 'storage',
      subject,
      group: 'storage',
      parameters: { contacts: size, segments: 100 },
    })),
    ...sizes(contacts, 100_000).map((count) => ({
      topic: 'storage',
      subject: restoring,
      group: 'storage restored',
      parameters: { contacts: count, segments: 100 },
      patience: 900,
    })),
  ]
}

function run({ subject, parameters }: Plan): Promise<Outcome> {
  const population = new Population(parameters['contacts'] as number)
  const segments = parameters['segments'] as number
  return subject === restoring ? restored(population, segments) : changed(population, segments, subject)
}

/** How many changes are in flight at once, and how many are made one after the other, in each of some rounds. */
const inFlight = 1_000
const oneByOne = 200
const rounds = 7

async function changed(population: Population, segments: number, subject: string): Promise<Outcome> {
  const measured = subject === without ? undefined : await storages[subject]?.()
  const stored = measured && (await openEngine({ schema, now, storage: measured.storage }))
  const engine: Engine<typeof schema> = stored ?? emptyEngine()
  try {
    fill(engine, population, segments)
    await engine.batch([]).durable
    const [many, single]: [number[], number[]] = [[], []]
    let contact = 0
    const change = (): Promise<number> => {
      contact = (contact + 1) % population.size
      return engine.contacts.patch(population.idOf(contact), { leadScore: (contact * 7) % 101 }).durable
    }
    for (let round = 0; round <= rounds; round += 1) {
      if (round === 1) beginProfile()
      const together = await timed(async () => {
        let last: Promise<number> | undefined
        for (let n = 0; n < inFlight; n += 1) last = change()
        await last
      })
      const after = await timed(async () => {
        for (let n = 0; n < oneByOne; n += 1) await change()
      })
      if (round === 0) continue
      many.push((1_000 * together) / inFlight)
      single.push((1_000 * after) / oneByOne)
    }
    return {
      figures: { 'in flight': timesOf(many), 'one by one': timesOf(single) },
      answers: { transitions: engine.statistics().transitions },
    }
  } finally {
    await stored?.close()
    await measured?.end()
  }
}

async function restored(population: Population, segments: number): Promise<Outcome> {
  const directory = await storages['files, synced by the system']?.()
  if (directory === undefined) throw new Error('there are no files')
  const { storage, end } = directory
  try {
    const loading = await timed(() => {
      fill(emptyEngine(), population, 0)
    })
    const engine = await openEngine({ schema, now, storage, snapshots: { characters: 1e12 } })
    fill(engine, population, segments)
    await engine.batch([]).durable
    let writing = 0
    // What comes before the first wait is how long nobody else had a turn.
    const halting = await timed(() => {
      const start = performance.now()
      void engine.snapshot().then(() => (writing = performance.now() - start))
    })
    await engine.snapshot()
    const bytes = await snapshotBytes(storage)
    await engine.close()
    beginProfile()
    let again: StoredEngine<typeof schema> | undefined
    const opening = await timed(async () => (again = await openEngine({ schema, now, storage })))
    const { contacts = 0, events = 0 } = again?.statistics() ?? {}
    await again?.close()
    return { figures: { loading, halting, writing, opening, bytes }, answers: { contacts, events } }
  } finally {
    await end()
  }
}

function fill(engine: Engine<typeof schema>, population: Population, segments: number): void {
  load(engine, population)
  engine.batch(
    liveQuestions(segments).map((question, rule) => ({
      type: 'segment.define',
      id: `s${String(rule)}`,
      rule: ruleOf(question),
      visits: false,
    })),
  )
}

async function snapshotBytes(storage: StorageAdapter): Promise<number> {
  const session = await storage.open({ role: 'reader', takeOver: false })
  let bytes = 0
  for await (const { length } of (await session.snapshot())?.chunks ?? []) bytes += length
  await session.close()
  return bytes
}

function report(finished: readonly Finished[]): string {
  const ran = finished.filter(({ failed }) => failed === undefined)
  const of = (result: Finished, name: string): number => medianOf(figure(result, name)) ?? NaN
  const changes = ran
    .filter(({ plan }) => plan.subject !== restoring)
    .map((result) => [
      result.plan.subject,
      told(1e6 / of(result, 'in flight')),
      told(1e6 / of(result, 'one by one')),
      told(of(result, 'one by one') / 1_000),
    ])
  const again = ran
    .filter(({ plan }) => plan.subject === restoring)
    .map((result) => [
      (result.plan.parameters['contacts'] as number).toLocaleString('en'),
      told(of(result, 'loading') / 1_000),
      told(of(result, 'opening') / 1_000),
      toldTarget(of(result, 'loading') / of(result, 'opening'), 5),
      told(of(result, 'halting')),
      told(of(result, 'writing') / 1_000),
      told(of(result, 'bytes') / 2 ** 20),
    ])
  return [
    `Changes a second until they are durable, at a hundred segments: ${String(inFlight)} in flight, and each after the one before.`,
    markdownTable(['storage', 'in flight', 'one by one', 'one of these, ms'], changes),
    'Loading contacts with their tags and events, and coming back from a snapshot of them with a hundred segments, from files.',
    markdownTable(
      [
        'contacts',
        'loading, s',
        'restoring, s',
        'as fast as loading',
        'nothing else goes on for, ms',
        'writing, s',
        'snapshot, MiB',
      ],
      again,
    ),
    notRun(finished),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const storage: Topic = { name: 'storage', when: 'long', plans, run, report }
