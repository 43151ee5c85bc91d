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
import { LiveChanges } from '../lib/live-changes.js'
import { liveCoterie } from '../lib/live-engine.js'
import { liveQuestions } from '../lib/live-questions.js'
import type { LivePeer, LiveSubject } from '../lib/live-subject.js'
import { timed } from '../lib/measure.js'
import { medianOf, told, toldLimit, toldTarget, toldTimes } from '../lib/numbers.js'
import { Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'
import { rateOf } from '../lib/rate.js'
import { sizes, type Settings } from '../lib/settings.js'
import { closureOf, closures } from '../peers/closures.js'
import { dataflows } from '../peers/dataflow.js'
import { filterPeers } from '../peers/filters.js'
import { withVersion } from '../peers/installed.js'
import { allRules, generatedRules } from '../peers/rule-loop.js'

/*
 * Workload B: changes to one contact each, while segments are live. All subjects hear of the same transitions in the first
 * hundred changes; what coterie holds after all of them is compared with closures.
 */

const checked = 100

/** The one that is believed first. */
const subjects: readonly LivePeer[] = [
  allRules(closures),
  liveCoterie(false),
  liveCoterie(true),
  generatedRules(false),
  generatedRules(true),
  ...filterPeers.map(allRules),
  ...dataflows,
]

/** The others are asked with a thousand rules only, unless there is time. */
const withAnyRules: readonly LivePeer[] = [
  allRules(closures),
  liveCoterie(false),
  generatedRules(true),
  ...filterPeers.map(allRules).slice(0, 1),
]

function plans({ contacts, segments, peers }: Settings): readonly Plan[] {
  const size = contacts ?? 100_000
  const isUsual = (name: string, rules: number): boolean =>
    withAnyRules.some((peer) => peer.name === name) || (rules === 1_000 && name !== generatedRules(false).name)
  return sizes(segments, 100, 1_000, 10_000).flatMap((rules) =>
    subjects
      .filter(({ packages, mostRules = Infinity }) => rules <= mostRules && (peers || packages.length === 0))
      .map(({ name }) => ({
        topic: 'live',
        subject: name,
        group: `live ${rules}`,
        parameters: { contacts: size, segments: rules },
        takesLong: !isUsual(name, rules),
      })),
  )
}

async function run({ subject, parameters }: Plan, expected: Answers | undefined): Promise<Outcome> {
  const peer = subjects.find(({ name }) => name === subject)
  if (peer === undefined) throw new Error(`There is no subject ${subject}`)
  const population = new Population(parameters['contacts'] as number)
  const questions = liveQuestions(parameters['segments'] as number)
  const heard = { transitions: 0, sum: 0, change: 0 }
  let isChecking = true
  const hear = (rule: number, entered: boolean): void => {
    heard.transitions += 1
    if (isChecking) heard.sum = (heard.sum + mixed(heard.change, rule, entered)) % 2 ** 40
  }
  let held: LiveSubject | undefined
  const setUp = await timed(async () => (held = await peer.start(population, questions, hear)))
  if (held === undefined) throw new Error(`${subject} did not start`)
  const keeper: LiveSubject = held
  const changes = new LiveChanges(population)
  heard.transitions = 0
  for (; heard.change < checked; heard.change += 1) await keeper.prepare(changes.take(1))()
  const answers = { transitions: heard.transitions, 'which transitions': heard.sum }
  for (const [name, answer] of Object.entries(answers)) checkAnswer(name, answer, expected)
  isChecking = false
  heard.transitions = 0
  let count = 0
  const times = await rateOf((size) => {
    count += size
    return keeper.prepare(changes.take(size))
  }, 2_000)
  checkMembers(changes, questions, keeper)
  return {
    answers,
    figures: {
      'set-up': setUp,
      change: times,
      'transitions per change': heard.transitions / count,
      ...keeper.figures?.(),
    },
    versions: peer.packages.map(withVersion),
  }
}

/** A number that stands for one transition; sums of them are equal where transitions are, in any order. */
function mixed(change: number, rule: number, entered: boolean): number {
  const one = Math.imul(change + 1, 0x9e3779b1) ^ Math.imul(rule + 1, 0x85ebca6b)
  return (Math.imul(one ^ (one >>> 15), 0xc2b2ae35) ^ (entered ? 0x27d4eb2f : 0)) >>> 0
}

function checkMembers(changes: LiveChanges, questions: readonly Question[], keeper: LiveSubject): void {
  const filters = questions.map(closureOf)
  for (const [contact, plain] of [...changes.touched].slice(0, 200)) {
    filters.forEach((holds, rule) => {
      const isMember = keeper.isMember?.(contact, rule)
      if (isMember !== undefined && isMember !== holds(plain))
        throw new Error(`contact ${contact} is wrong in rule ${rule}`)
    })
  }
}

function report(finished: readonly Finished[]): string {
  return [...grouped(finished, ({ plan }) => plan.group)].map(([, results]) => reportOf(results)).join('\n\n')
}

/** By how much coterie is to be ahead at ten thousand segments. */
const targets = [
  { subject: 'closures over objects, all rules', factor: 60 },
  { subject: 'sift, all rules', factor: 1_000 },
] as const

function reportOf(results: readonly Finished[]): string {
  const [size, rules] = ['contacts', 'segments'].map((name) => results[0]?.plan.parameters[name] as number)
  const ours = results.find(({ plan }) => plan.subject === 'coterie')
  const ran = results.filter(({ failed }) => failed === undefined)
  const each = (result: Finished | undefined): number =>
    (result === undefined ? undefined : medianOf(figure(result, 'change'))) ?? NaN
  const rows = ran.map((result) => {
    const time = figure(result, 'change')
    const { subject } = result.plan
    const transitions = figure(result, 'transitions per change') as number
    return [
      [subject, ...(result.outcome?.versions ?? []).map((version) => `(${version})`)].join(' '),
      told(1e6 / each(result)),
      typeof time === 'object' ? toldTimes(time) : '',
      subject === 'coterie' && (rules ?? 0) >= 1_000
        ? toldTarget((1e6 * transitions) / each(result), 5e6, '')
        : told((1e6 * transitions) / each(result)),
      result === ours ? '' : `${told(each(result) / each(ours))} ×`,
      toldLimit(figure(result, 'segments asked per transition') as number | undefined, 3),
      told((figure(result, 'leaves tested per transition') as number | undefined) ?? NaN),
      told((figure(result, 'set-up') as number) / 1_000),
    ]
  })
  const ahead = targets.flatMap(({ subject, factor }) => {
    const theirs = ran.find(({ plan }) => plan.subject === subject)
    return theirs === undefined || rules !== 10_000
      ? []
      : [`- ahead of ${subject}: ${toldTarget(each(theirs) / each(ours), factor)}`]
  })
  const perChange = ours === undefined ? NaN : ((figure(ours, 'transitions per change') as number | undefined) ?? NaN)
  return [
    `${told(rules ?? NaN)} segments, ${(size ?? 0).toLocaleString('en')} contacts; ${told(perChange)} transitions per change.`,
    markdownTable(
      [
        'subject',
        'changes a second',
        'µs a change',
        'transitions a second',
        'coterie is ahead',
        'segments asked per transition',
        'leaves tested per transition',
        'set-up, s',
      ],
      rows,
    ),
    ahead.join('\n'),
    notRun(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const live: Topic = { name: 'live', plans, run, report }
