import { markdownTable } from '../../docs/scripts/markdown-table.js'
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
import { emptyEngine, load, ruleOf } from '../lib/engine.js'
import { repeated, timed, type Times } from '../lib/measure.js'
import { medianOf, told, toldLimit, toldTarget, toldTimes } from '../lib/numbers.js'
import { plainContacts } from '../lib/plain-contact.js'
import { Population } from '../lib/population.js'
import { previewQuestions } from '../lib/preview-questions.js'
import type { Question } from '../lib/question.js'
import { sizes, type Settings } from '../lib/settings.js'
import { closures } from '../peers/closures.js'
import { duckdbPeers, lokiPeer, sqlitePeer } from '../peers/databases.js'
import { filterPeers } from '../peers/filters.js'
import { generatedLoop } from '../peers/generated.js'
import { withVersion } from '../peers/installed.js'
import type { CountingPeer, FilterPeer } from '../peers/peer.js'

/*
 * Workload A: how many contacts match a rule that was never asked before. Each subject is asked each rule in variants that
 * cost the same: the last ones to warm up, the others to be timed, each once. All counts are compared.
 */

const variants = 24
const warmUps = 6

const coterie: CountingPeer = {
  name: 'coterie',
  packages: [],
  start: (population) => {
    const engine = emptyEngine()
    load(engine, population)
    return Promise.resolve((question) => engine.segments.preview(ruleOf(question), { sample: 0 }).count)
  },
}

/** The subjects, the one that is believed first, each with the most contacts that it is asked of. */
const subjects: readonly { readonly peer: CountingPeer; readonly most: number }[] = [
  { peer: generatedLoop, most: Infinity },
  { peer: coterie, most: Infinity },
  { peer: overObjects(closures), most: Infinity },
  ...filterPeers.map((peer) => ({ peer: overObjects(peer), most: most(peer) })),
  { peer: lokiPeer, most: 100_000 },
  { peer: sqlitePeer, most: 100_000 },
  ...duckdbPeers.map((peer) => ({ peer, most: Infinity })),
]

/** The slowest are asked of fewer: they would take minutes. */
function most({ name }: FilterPeer): number {
  return ['mingo', 'growthbook', 'sift'].includes(name) ? 100_000 : Infinity
}

/** Of how many contacts a subject is asked usually: what takes a minute is asked of fewer, and of its kind the fastest or best known stands for all. */
function usually({ name, packages }: CountingPeer): number {
  if (packages.length === 0 || name.startsWith('DuckDB, 1')) return Infinity
  return name === 'sift' || name.startsWith('json-logic') ? 100_000 : 0
}

/** Asks one object after the other. */
function overObjects({ name, packages, start, cannot }: FilterPeer): CountingPeer {
  return {
    name,
    packages,
    ...(cannot === undefined ? undefined : { cannot }),
    start: async (population) => {
      const compile = await start()
      const contacts = plainContacts(population)
      return (question) => {
        const holds = compile(question)
        let count = 0
        for (const contact of contacts) if (holds(contact)) count += 1
        return count
      }
    },
  }
}

function plans({ contacts, peers }: Settings): readonly Plan[] {
  return sizes(contacts, 10_000, 100_000, 1_000_000).flatMap((size) =>
    subjects
      .filter(({ most }) => size <= most)
      .filter(({ peer }) => peers || peer.packages.length === 0)
      .map(({ peer }) => ({
        topic: 'preview',
        subject: peer.name,
        group: `preview ${size}`,
        parameters: { contacts: size },
        takesLong: size > usually(peer),
      })),
  )
}

async function run({ subject, parameters }: Plan, expected: Answers | undefined): Promise<Outcome> {
  const peer = subjects.find(({ peer: { name } }) => name === subject)?.peer
  if (peer === undefined) throw new Error(`There is no subject ${subject}`)
  const population = new Population(parameters['contacts'] as number)
  const figures: Record<string, number | Times> = {}
  const answers: Record<string, number> = {}
  let count: (question: Question) => number | Promise<number> = () => 0
  figures['load'] = await timed(async () => (count = await peer.start(population)))
  const ask = async (name: string, n: number, question: Question): Promise<void> => {
    const found = await count(question)
    checkAnswer(`${name}, variant ${n}`, found, expected)
    answers[`${name}, variant ${n}`] = found
  }
  for (const { name, variant } of previewQuestions) {
    if (peer.cannot?.(variant(0)) !== undefined) continue
    const first = await timed(() => ask(name, variants - 1, variant(variants - 1)))
    figures[`${name} first`] = first
    await repeated((n) => ask(name, variants - 2 - n, variant(variants - 2 - n)), {
      least: first > 200 ? 0 : 1,
      most: warmUps - 1,
      patience: 500,
    })
    const asked = Array.from({ length: variants - warmUps }, (_, n) => variant(n))
    figures[name] = await repeated((n) => ask(name, n, asked[n] as Question), {
      least: 3,
      most: asked.length,
      patience: 1_500,
    })
    // Others may be asked more often than the first, which is slower.
    if (expected !== undefined) continue
    for (let n = 0; n < variants; n += 1)
      if (answers[`${name}, variant ${n}`] === undefined) await ask(name, n, variant(n))
  }
  return { figures, answers, versions: peer.packages.map(withVersion) }
}

/** By how much coterie is to be ahead of others, rule by rule. */
const targets: readonly { readonly subject: string; readonly factor: (rule: string) => number }[] = [
  { subject: 'DuckDB, 1 thread', factor: (rule) => (rule === 'A4b' ? 1 : ['A2', 'A4'].includes(rule) ? 4 : 5) },
  { subject: 'closures over objects', factor: (rule) => (rule.startsWith('A4') ? 15 : 20) },
  ...filterPeers.map(({ name }) => ({ subject: name, factor: (rule: string) => (rule === 'A2' ? 15 : 30) })),
]

/** What throw-away scripts reached that did this and nothing else, on another day, in ms at a million contacts. */
const prototype: { readonly [rule: string]: number } = {
  A1: 0.39,
  A2: 3.5,
  A3: 0.034,
  A4: 1.8,
  A5: 1.7,
  A6: 7.6,
  A7: 1.3,
}

function report(finished: readonly Finished[]): string {
  const bySize = [...grouped(finished, ({ plan }) => plan.parameters['contacts'] as number)]
  return bySize.map(([size, results]) => reportOf(size, results)).join('\n\n')
}

function reportOf(size: number, results: readonly Finished[]): string {
  const ours = results.find(({ plan }) => plan.subject === 'coterie')
  const ran = results.filter(({ failed }) => failed === undefined)
  const rules = previewQuestions.map(({ name }) => name)
  const times = ran.flatMap((result) => {
    const cells = rules.map((rule) => cellOf(figure(result, rule)))
    const name = [result.plan.subject, ...(result.outcome?.versions ?? []).map((version) => `(${version})`)].join(' ')
    const row = [name, ...cells, told((medianOf(figure(result, 'load')) ?? NaN) / 1_000)]
    if (result !== ours) return [row]
    return [row, ['coterie, asked the first time', ...rules.map((rule) => cellOf(figure(ours, `${rule} first`))), '']]
  })
  const ratios = targets.flatMap(({ subject, factor }) => {
    const theirs = ran.find(({ plan }) => plan.subject === subject)
    if (theirs === undefined || ours === undefined) return []
    return [[subject, ...rules.map((rule) => toldTarget(ratio(theirs, ours, rule), factor(rule)))]]
  })
  const limits =
    size === 1_000_000 && ours !== undefined
      ? [['of the prototype', ...rules.map((rule) => toldLimit(ratioTo(ours, rule, prototype[rule]), 1.5))]]
      : []
  return [
    `${size.toLocaleString('en')} contacts, in ms: the median (the least, half the distance between the quartiles); loading in seconds.`,
    markdownTable(['subject', ...rules, 'loading'], times),
    'How often as fast as a peer coterie is, and in parentheses how often it is to be; in bold where it is not.',
    markdownTable(['ahead of', ...rules], [...ratios, ...limits]),
    notRun(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function cellOf(found: number | Times | undefined): string {
  return found === undefined ? '' : typeof found === 'number' ? told(found) : toldTimes(found)
}

function ratio(theirs: Finished, ours: Finished, rule: string): number | undefined {
  const [slow, fast] = [medianOf(figure(theirs, rule)), medianOf(figure(ours, rule))]
  return slow === undefined || fast === undefined ? undefined : slow / fast
}

function ratioTo(ours: Finished, rule: string, time: number | undefined): number | undefined {
  const found = medianOf(figure(ours, rule))
  return found === undefined || time === undefined ? undefined : found / time
}

export const preview: Topic = { name: 'preview', plans, run, report }
