import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { botQuestions, greetings, Messages, type BotPeer, type BotSubject, type Message } from '../lib/bot.js'
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
import { coterieBot } from '../lib/coterie-bot.js'
import { timed, timesOf, type Times } from '../lib/measure.js'
import { medianOf, told, toldTimes } from '../lib/numbers.js'
import { Population } from '../lib/population.js'
import { rateOf } from '../lib/rate.js'
import type { Settings } from '../lib/settings.js'
import { closures } from '../peers/closures.js'
import { allRulesBot, variantsBot } from '../peers/filter-bot.js'
import { filterPeers } from '../peers/filters.js'
import { withVersion } from '../peers/installed.js'

/*
 * A bot answers each message by the first of five segments that whoever wrote it is in. Most messages are only talk; beside
 * them the bot to which every message is an order, by which most segments ask. The first thousand answers and moves are
 * compared. All messages are of one instant there, since the rules of peers have the instant written into them; besides,
 * coterie is measured with a clock that goes along, so that events fall out of windows between.
 */

const compared = 1_000

/** Between messages, in ms, where the clock goes along: some nine million messages a day. */
const pace = 10

/** Messages whose allocations are counted at once: so few that no collection comes between. */
const counted = 200
const rounds = 41

/** The one that is believed first. */
const subjects: readonly BotPeer[] = [
  allRulesBot(closures),
  coterieBot,
  ...filterPeers.map(allRulesBot),
  variantsBot(closures),
  ...filterPeers.map(variantsBot),
]

/** The others take twenty seconds each, and are asked where there is time. */
const usual: readonly string[] = [allRulesBot(closures), coterieBot].map(({ name }) => name)

function plans({ contacts, segments, peers }: Settings): readonly Plan[] {
  const plan = (subject: string, group: string, more: { pace: number; orders: boolean }, takesLong = true): Plan => ({
    topic: 'bot',
    subject,
    group,
    parameters: { contacts: contacts ?? 100_000, segments: segments ?? 1_000, ...more },
    takesLong,
  })
  const [first, second] = [allRulesBot(closures).name, coterieBot.name]
  return [
    ...subjects
      .filter(({ packages }) => peers || packages.length === 0)
      .map(({ name }) => plan(name, 'talk', { pace: 0, orders: false }, !usual.includes(name))),
    plan(second, 'the clock goes along', { pace, orders: false }),
    ...[first, second].map((name) => plan(name, 'orders', { pace: 0, orders: true })),
  ]
}

async function run({ subject, parameters }: Plan, expected: Answers | undefined): Promise<Outcome> {
  const peer = subjects.find(({ name }) => name === subject)
  if (peer === undefined) throw new Error(`There is no subject ${subject}`)
  const population = new Population(parameters['contacts'] as number)
  const questions = botQuestions(parameters['segments'] as number)
  let held: BotSubject | undefined
  const setUp = await timed(async () => (held = await peer.start(population, questions)))
  if (held === undefined) throw new Error(`${subject} did not start`)
  const bot: BotSubject = held
  const messages = new Messages(
    population.size,
    parameters['pace'] as number,
    parameters['orders'] === true ? 'purchase' : 'message',
  )

  const before = bot.transitions()
  const answers = answersOf(bot, messages.take(compared))
  const moved = bot.transitions()
  if (moved !== undefined && before !== undefined) answers['transitions'] = moved - before
  for (const [name, answer] of Object.entries(answers)) checkAnswer(name, answer, expected)

  let count = 0
  const times = await rateOf((size) => {
    count += size
    return ready(bot, messages.take(size))
  }, 2_000)
  const transitions = bot.transitions()
  const allocated = bytesEach(bot, messages)
  return {
    answers,
    figures: {
      'set-up': setUp,
      message: times,
      allocated,
      ...(transitions === undefined || moved === undefined
        ? undefined
        : { 'transitions per message': (transitions - moved) / count }),
    },
    versions: peer.packages.map(withVersion),
  }
}

/** How often each answer was given. */
function answersOf(bot: BotSubject, messages: readonly Message[]): Record<string, number> {
  const answers: Record<string, number> = {}
  bot.prepare?.(messages)
  for (const message of messages) {
    const answer = bot.answer(message)
    answers[answer] = (answers[answer] ?? 0) + 1
  }
  return answers
}

function ready(bot: BotSubject, messages: readonly Message[]): () => void {
  bot.prepare?.(messages)
  return () => {
    for (const message of messages) bot.answer(message)
  }
}

/** Bytes that a message allocates on the heap, whether they stay or not: how much the heap grows while nothing is collected. */
function bytesEach(bot: BotSubject, messages: Messages): Times {
  const bytes = Array.from({ length: rounds }, () => {
    const play = ready(bot, messages.take(counted))
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    play()
    return (process.memoryUsage().heapUsed - before) / counted
  })
  return timesOf(bytes)
}

const titles: Readonly<Record<string, string>> = {
  talk: '',
  'the clock goes along': ', the clock goes along',
  orders: ', each message an order',
}

function report(finished: readonly Finished[]): string {
  const ran = finished.filter(({ failed }) => failed === undefined)
  const { contacts, segments } = finished[0]?.plan.parameters ?? {}
  const each = (result: Finished | undefined): number =>
    (result === undefined ? undefined : medianOf(figure(result, 'message'))) ?? NaN
  const rows = ran.map((result) => {
    const { subject, group } = result.plan
    const ours = ran.find(({ plan }) => plan.subject === coterieBot.name && plan.group === group)
    const time = figure(result, 'message')
    const versions = (result.outcome?.versions ?? []).map((version) => `(${version})`)
    return [
      [subject + (titles[group] ?? ''), ...versions].join(' '),
      typeof time === 'object' ? toldTimes(time) : '',
      result === ours ? '' : `${told(each(result) / each(ours))} ×`,
      told(medianOf(figure(result, 'allocated')) ?? NaN),
      told(medianOf(figure(result, 'transitions per message')) ?? NaN),
    ]
  })
  return [
    `${(segments as number).toLocaleString('en')} segments, ${(contacts as number).toLocaleString('en')} contacts; ${String(greetings.length)} variants.`,
    markdownTable(['subject', 'µs a message', 'of coterie’s time', 'bytes a message', 'transitions a message'], rows),
    notRun(finished),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const bot: Topic = { name: 'bot', plans, run, report }
