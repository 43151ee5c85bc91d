import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import type { MeasuredEngine } from '../lib/engine.js'
import { memoryInUse } from '../lib/measure.js'
import { told } from '../lib/numbers.js'
import { Population } from '../lib/population.js'
import { beginProfile } from '../lib/profile.js'
import { SoakWorld } from '../lib/soak-world.js'
import type { Settings } from '../lib/settings.js'

/*
 * Years under load: ten million changes over two years of the clock, with contacts that come and go and old events folded
 * away. Memory is to end where it began, and the members are to be those of an engine that has seen only the outcome.
 */

const parts = 10

function plans({ contacts, segments, changes }: Settings): readonly Plan[] {
  const parameters = { contacts: contacts ?? 100_000, segments: segments ?? 1_000, changes: changes ?? 10_000_000 }
  return [{ topic: 'soak', subject: 'coterie', group: 'soak', parameters, patience: 7_200 }]
}

function run({ parameters }: Plan): Promise<Outcome> {
  const changes = parameters['changes'] as number
  const world = new SoakWorld(
    new Population(parameters['contacts'] as number),
    parameters['segments'] as number,
    changes,
  )
  const figures: Record<string, number> = {}
  beginProfile()
  for (let part = 0; part <= parts; part += 1) {
    const took = part === 0 ? 0 : world.make(changes / parts)
    const { heap, buffers, resident } = memoryInUse()
    const { events, foldedEvents, contacts } = world.engine.statistics()
    Object.assign(figures, {
      [`${part} took`]: took,
      [`${part} heap`]: heap,
      [`${part} buffers`]: buffers,
      [`${part} resident`]: resident,
      [`${part} events`]: events,
      [`${part} folded`]: foldedEvents,
      [`${part} contacts`]: contacts,
      [`${part} transitions`]: world.transitions,
    })
  }
  const compared = checkMembers(world.engine, world.freshEngine())
  return Promise.resolve({ figures: { ...figures, compared } })
}

/** Throws where two engines do not have the same members; gives how many memberships were compared. */
function checkMembers(soaked: MeasuredEngine, fresh: MeasuredEngine): number {
  let count = 0
  for (const id of fresh.segments.ids()) {
    const [one, other] = [soaked, fresh].map((engine) => [...(engine.segments.get(id)?.members() ?? [])].sort())
    count += other?.length ?? 0
    if (JSON.stringify(one) !== JSON.stringify(other))
      throw new Error(`The members of ${id} are not those of a fresh engine`)
  }
  return count
}

function report(finished: readonly Finished[]): string {
  const [result] = finished
  if (result?.outcome === undefined) return notRun(finished)
  const { parameters } = result.plan
  const of = (part: number, name: string): number => figure(result, `${part} ${name}`) as number
  const changes = parameters['changes'] as number
  const rows = Array.from({ length: parts + 1 }, (_, part) => [
    told((part * changes) / parts),
    part === 0 ? '' : told((1_000 * changes) / parts / of(part, 'took')),
    told(of(part, 'transitions')),
    told(of(part, 'contacts')),
    told(of(part, 'events')),
    told(of(part, 'folded')),
    ...['heap', 'buffers', 'resident'].map((name) => told(of(part, name) / 2 ** 20)),
  ])
  const head = [
    'changes',
    'a second',
    'transitions',
    'contacts',
    'events',
    'folded',
    'objects, MiB',
    'buffers, MiB',
    'resident, MiB',
  ]
  return [
    `${(parameters['contacts'] as number).toLocaleString('en')} contacts, ${(parameters['segments'] as number).toLocaleString('en')} segments. What the benchmark itself keeps aside, to draw changes and to compare with, is counted too; it is there from the beginning. At the end ${(figure(result, 'compared') as number).toLocaleString('en')} memberships were equal to those of a fresh engine.`,
    markdownTable(head, rows),
  ].join('\n\n')
}

export const soak: Topic = { name: 'soak', when: 'named', plans, run, report }
