import type { ChangeInput } from 'coterie'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { built } from '../lib/built.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { ruleOf } from '../lib/engine.js'
import { changeOf, LiveChanges } from '../lib/live-changes.js'
import type { Times } from '../lib/measure.js'
import { medianOf, told, toldTimes } from '../lib/numbers.js'
import { Population } from '../lib/population.js'
import { rateOf } from '../lib/rate.js'
import { sizes, type Settings } from '../lib/settings.js'
import { shardEngine, type Order, type Shard } from '../lib/shard-worker.js'

/*
 * Many cores, if it pays: contacts part cleanly, so two threads could hold half of them each, with the same segments. Changes
 * then go to them as messages, and transitions come back as messages, which is what this weighs against the work itself. An
 * experiment: the library has no such engine.
 */

/** How many changes go in one message. */
const batch = 1_000
const subjects = ['one engine, no thread', 'one thread', 'two threads'] as const

function plans({ contacts, segments }: Settings): readonly Plan[] {
  return sizes(segments, 100, 1_000).flatMap((rules) =>
    subjects.map((subject) => ({
      topic: 'cores',
      subject,
      group: `cores ${rules}`,
      parameters: { contacts: contacts ?? 20_000, segments: rules },
    })),
  )
}

async function run({ subject, parameters }: Plan): Promise<Outcome> {
  const [contacts, segments] = [parameters['contacts'] as number, parameters['segments'] as number]
  const population = new Population(contacts)
  const changes = new LiveChanges(population)
  const shards = shardsOf(subject === 'two threads' ? 2 : 1, contacts, segments)
  const ask = subject === 'one engine, no thread' ? inProcess(shards[0] as Shard) : await inThreads(shards)
  let transitions = 0
  const cost = await rateOf((count) => {
    const orders = Array.from({ length: Math.ceil(count / batch) }, (_, n) => {
      const parts = shards.map((): ChangeInput[] => [])
      for (const change of changes.take(Math.min(batch, count - n * batch))) {
        const place = Math.floor((change.contact * shards.length) / contacts)
        ;(parts[place] as ChangeInput[]).push(changeOf(change, population.idOf(change.contact)))
      }
      return parts.map((part) => ({ changes: part }))
    })
    return async () => {
      // All are on their way at once: while one answer is read, the next batch is at work.
      const answers = await Promise.all(orders.map((order) => ask(order)))
      for (const answer of answers.flat()) transitions += (answer as readonly unknown[]).length
    }
  }, 2_000)
  let asked = 0
  const count = await rateOf(
    (times) => async () => {
      for (let n = 0; n < times; n += 1) await ask(shards.map(() => ({ count: (asked += 1) })))
    },
    1_000,
  )
  return { figures: { cost, count, transitions } }
}

type Ask = (orders: readonly Order[]) => Promise<readonly unknown[]>

function shardsOf(count: number, contacts: number, segments: number): readonly Shard[] {
  return Array.from({ length: count }, (_, n) => ({
    contacts,
    segments,
    from: Math.ceil((n * contacts) / count),
    to: Math.ceil(((n + 1) * contacts) / count),
  }))
}

function inProcess(shard: Shard): Ask {
  const engine = shardEngine(shard)
  let heard: unknown[] = []
  engine.on('transition', (transition) => heard.push(transition))
  return ([order]) => {
    heard = []
    if (order !== undefined && 'changes' in order) {
      for (const change of order.changes) engine.apply(change)
      return Promise.resolve([heard])
    }
    const question = { field: 'lifetimeValue', above: 5_000 + (order?.count ?? 0) } as const
    return Promise.resolve([engine.segments.preview(ruleOf({ any: [{ tag: 'VIP' }, question] }), { sample: 0 }).count])
  }
}

/** Sends each thread its part; answers come in the order of the orders. */
async function inThreads(shards: readonly Shard[]): Promise<Ask> {
  const threads = shards.map((shard) => new Worker(resolve(built, 'shard-worker.js'), { workerData: shard }))
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  const waiting = threads.map((thread) => {
    const queue: ((answer: unknown) => void)[] = []
    thread.on('message', (answer) => queue.shift()?.(answer))
    return queue
  })
  return (orders) =>
    Promise.all(
      orders.map(
        (order, place) =>
          new Promise((answer) => {
            waiting[place]?.push(answer)
            threads[place]?.postMessage(order)
          }),
      ),
    )
}

function report(finished: readonly Finished[]): string {
  const rows = finished
    .filter(({ failed }) => failed === undefined)
    .map((result) => [
      result.plan.subject,
      (result.plan.parameters['segments'] as number).toLocaleString('en'),
      told(1e6 / (medianOf(figure(result, 'cost')) ?? NaN)),
      toldTimes(figure(result, 'cost') as Times),
      toldTimes(figure(result, 'count') as Times),
    ])
  const head = ['contacts on', 'segments', 'changes a second', 'µs a change', 'µs a preview']
  return [markdownTable(head, rows), notRun(finished)].filter((part) => part !== '').join('\n\n')
}

export const cores: Topic = { name: 'cores', when: 'long', plans, run, report }
