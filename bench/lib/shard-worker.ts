import type { ChangeInput } from 'coterie'
import { parentPort, workerData } from 'node:worker_threads'
import { emptyEngine, load, ruleOf, type MeasuredEngine } from './engine.js'
import { liveQuestions } from './live-questions.js'
import { Population } from './population.js'

/*
 * A thread that holds an engine with every so many-th part of the contacts, and takes batches of changes to them. It answers
 * with all transitions, as whoever listens on the other side would want them.
 */

/** Which part of the contacts: those from `from` to before `to`. */
export interface Shard {
  readonly contacts: number
  readonly segments: number
  readonly from: number
  readonly to: number
}

/** What a shard is told to do, and answers when it did. */
export type Order = { readonly changes: readonly ChangeInput[] } | { readonly count: number }

/** An engine with a part of the contacts, and segments for them. */
export function shardEngine({ contacts, segments, from, to }: Shard): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, new Population(contacts), { from, to })
  engine.batch(
    liveQuestions(segments).map((question, n) => ({
      type: 'segment.define',
      id: `s${n}`,
      rule: ruleOf(question),
      visits: false,
    })),
  )
  return engine
}

function serve(shard: Shard): void {
  const engine = shardEngine(shard)
  const heard: unknown[] = []
  engine.on('transition', (transition) => heard.push(transition))
  parentPort?.on('message', (order: Order) => {
    heard.length = 0
    if ('changes' in order) {
      for (const change of order.changes) engine.apply(change)
      parentPort?.postMessage(heard)
    } else {
      const question = { field: 'lifetimeValue', above: 5_000 + order.count } as const
      parentPort?.postMessage(engine.segments.preview(ruleOf({ any: [{ tag: 'VIP' }, question] }), { sample: 0 }).count)
    }
  })
  parentPort?.postMessage('ready')
}

if (parentPort !== null && workerData !== null) serve(workerData as Shard)
