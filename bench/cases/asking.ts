import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { Random } from '../../test/data/random.js'
import {
  checkAnswer,
  figure,
  notRun,
  type Answers,
  type Finished,
  type Outcome,
  type Plan,
  type Topic,
} from '../lib/case.js'
import { grouped } from '../lib/grouped.js'
import { liveEngine } from '../lib/live-engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import { medianOf, told, toldTarget } from '../lib/numbers.js'
import { Population } from '../lib/population.js'
import { rateOf } from '../lib/rate.js'
import { sizes, type Settings } from '../lib/settings.js'
import { withVersion } from '../peers/installed.js'
import { membershipPeers, type Memberships } from '../peers/memberships.js'

/*
 * Workload C: is this contact in that segment, and in which is it? Peers hold the same memberships as plain structures, and
 * are asked by number, which is less than to be asked by id.
 */

/** How many questions are asked in turn; more than the processor's caches hold. */
const asked = 1 << 16

function plans({ contacts, segments, peers }: Settings): readonly Plan[] {
  const peersAsked = membershipPeers.map(({ name }) => name)
  return sizes(segments, 1_000, 10_000).flatMap((rules) =>
    ['coterie', ...(peers && rules <= 1_000 ? peersAsked : [])].map((subject) => ({
      topic: 'asking',
      subject,
      group: `asking ${rules}`,
      // What all enter at first takes minutes with many of both.
      parameters: { contacts: contacts ?? (rules > 1_000 ? 20_000 : 100_000), segments: rules },
      // Peers take forty seconds each, most of it to find out who is in what.
      takesLong: rules > 1_000 || subject !== 'coterie',
    })),
  )
}

/** What is done some number of times; gives how many were found, so that nothing is optimised away. */
type Ask = (count: number) => number

async function run({ subject, parameters }: Plan, expected: Answers | undefined): Promise<Outcome> {
  const [size, rules] = [parameters['contacts'] as number, parameters['segments'] as number]
  const population = new Population(size)
  const random = new Random(5)
  const pairs = Array.from({ length: asked }, () => [random.whole(0, size - 1), random.whole(0, rules - 1)] as const)
  const peer = membershipPeers.find(({ name }) => name === subject)
  const memberships = peer === undefined ? undefined : await peer.start(population, liveQuestions(rules))
  const asks = memberships === undefined ? ofCoterie(population, rules, pairs) : ofPeer(memberships, pairs)
  const figures: Record<string, number> = {}
  const answers: Record<string, number> = {}
  for (const [name, ask] of Object.entries(asks)) {
    const found = ask(asked)
    checkAnswer(name, found, expected)
    answers[name] = found
    const times = await rateOf((count) => () => ask(count), 600)
    figures[name] = 1e6 / times.median
    if (name === segmentsOfRandom) figures['ids a second'] = (figures[name] * found) / asked
  }
  return { figures, answers, versions: (peer?.packages ?? []).map(withVersion) }
}

const randomHas = 'has, random, by number or through handles'
const segmentsOfRandom = 'segments of a random contact'
const names = {
  contactHandle: "has, one contact's handle, random segments' handles",
  segmentHandle: "has, a segment's handle, one contact's id",
  oneById: 'has, by ids, one contact again and again',
  randomById: 'has, by ids, random',
  mapsById: 'two Map look-ups, random',
} as const

function ofCoterie(
  population: Population,
  rules: number,
  pairs: readonly (readonly [number, number])[],
): Readonly<Record<string, Ask>> {
  const engine = liveEngine(population, liveQuestions(rules))
  const handles = Array.from({ length: rules }, (_, rule) => engine.segments.get(`s${rule}`)).filter(
    (handle) => handle !== undefined,
  )
  const ids = Array.from({ length: population.size }, (_, contact) => population.idOf(contact))
  const segmentIds = handles.map(({ id }) => id)
  const contacts = pairs.map(([contact]) => engine.contact(ids[contact] as string))
  const [handle, segment] = [contacts[0] as (typeof contacts)[number], handles[0] as (typeof handles)[number]]
  const byContact = new Map(ids.map((id, place) => [id, place]))
  const bySegment = new Map(segmentIds.map((id, place) => [id, place]))
  const each =
    (one: (contact: number, rule: number, n: number) => boolean): Ask =>
    (count) => {
      let found = 0
      for (let n = 0; n < count; n += 1) {
        const [contact, rule] = pairs[n % asked] as readonly [number, number]
        if (one(contact, rule, n % asked)) found += 1
      }
      return found
    }
  return {
    [randomHas]: each((_, rule, n) => (contacts[n] as typeof handle).in(handles[rule] as typeof segment)),
    [segmentsOfRandom]: (count) => {
      let found = 0
      for (let n = 0; n < count; n += 1) found += (contacts[n % asked] as typeof handle).segments().length
      return found
    },
    [names.contactHandle]: each((_, rule) => handle.in(handles[rule] as typeof segment)),
    [names.segmentHandle]: each(() => segment.has(ids[7] as string)),
    [names.oneById]: each((_, rule) => engine.segments.has(segmentIds[rule] as string, ids[7] as string)),
    [names.randomById]: each((contact, rule) =>
      engine.segments.has(segmentIds[rule] as string, ids[contact] as string),
    ),
    [names.mapsById]: each(
      (contact, rule) =>
        ((byContact.get(ids[contact] as string) as number) + (bySegment.get(segmentIds[rule] as string) as number)) %
          2 ===
        0,
    ),
  }
}

function ofPeer(
  { has, countOf }: Memberships,
  pairs: readonly (readonly [number, number])[],
): Readonly<Record<string, Ask>> {
  return {
    [randomHas]: (count) => {
      let found = 0
      for (let n = 0; n < count; n += 1) {
        const [contact, rule] = pairs[n % asked] as readonly [number, number]
        if (has(contact, rule)) found += 1
      }
      return found
    },
    [segmentsOfRandom]: (count) => {
      let found = 0
      for (let n = 0; n < count; n += 1) found += countOf((pairs[n % asked] as readonly [number, number])[0])
      return found
    },
  }
}

function report(finished: readonly Finished[]): string {
  return [...grouped(finished, ({ plan }) => plan.group)].map(([, results]) => reportOf(results)).join('\n\n')
}

function reportOf(results: readonly Finished[]): string {
  const parameters = results[0]?.plan.parameters ?? {}
  const ran = results.filter(({ failed }) => failed === undefined)
  const ours = ran.find(({ plan }) => plan.subject === 'coterie')
  const rate = (result: Finished, name: string): number | undefined => medianOf(figure(result, name))
  const rows = ran.map((result) => [
    [result.plan.subject, ...(result.outcome?.versions ?? []).map((version) => `(${version})`)].join(' '),
    told(rate(result, randomHas) ?? NaN),
    told(rate(result, segmentsOfRandom) ?? NaN),
    result === ours ? toldTarget(rate(result, 'ids a second'), 50e6, '') : told(rate(result, 'ids a second') ?? NaN),
  ])
  const maps = ours === undefined ? undefined : rate(ours, names.mapsById)
  const least: Readonly<Record<string, number>> = {
    [names.contactHandle]: 20e6,
    [names.segmentHandle]: 20e6,
    [names.oneById]: 20e6,
    [names.randomById]: (maps ?? NaN) / 1.2,
  }
  const more = Object.values(names).map((name) => {
    const found = ours === undefined ? undefined : rate(ours, name)
    return [name, least[name] === undefined ? told(found ?? NaN) : toldTarget(found, least[name], '')]
  })
  return [
    `${(parameters['segments'] as number).toLocaleString('en')} segments, ${(parameters['contacts'] as number).toLocaleString('en')} contacts; operations a second.`,
    markdownTable(['subject', randomHas, segmentsOfRandom, 'ids a second'], rows),
    markdownTable(['coterie', 'operations a second'], more),
    notRun(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const asking: Topic = { name: 'asking', plans, run, report }
