import type { AutomationDefinition, AutomationReason } from '../changes/automation-changes.js'
import type { EngineState } from '../engine/state.js'
import { Automation } from './automation.js'
import type { CallQueue } from './calls.js'
import type { Catalogue } from './catalogue.js'
import { Run, type PastRun, type RunEntry, type RunWait } from './run.js'
import type { RunStore, SavedRest } from './run-store.js'

/*
 * Automations and their runs as plain JSON, for a snapshot: first the automations and counts, then the runs, so many in a part, then
 * those that are over. A snapshot is taken when all is quiet, so no calls are in it.
 */

/** All that is saved and loaded. */
export interface Books {
  readonly state: EngineState
  readonly catalogue: Catalogue
  readonly runs: RunStore
  readonly queue: CallQueue
}

interface SavedHead {
  readonly part: 'head'
  readonly turn: number
  readonly versions: number
  readonly automations: readonly {
    readonly id: string
    readonly version: number
    readonly isCurrent: boolean
    readonly definition: AutomationDefinition
  }[]
  readonly rest: SavedRest
}

interface SavedRun {
  readonly id: string
  /** The version of its automation. */
  readonly version: number
  readonly ordinal: number
  readonly startedAt: number
  readonly because: AutomationReason
  readonly at: string
  readonly wait?: Omit<RunWait, 'until'> & { readonly until?: number }
  readonly failures: number
  readonly failed?: string
  readonly log: readonly RunEntry[]
}

type SavedPart =
  | SavedHead
  | { readonly part: 'runs'; readonly runs: readonly SavedRun[] }
  | { readonly part: 'past'; readonly past: readonly PastRun[] }

/** How many runs stand in a part. */
const runsInPart = 10_000

/** All of it, in parts; none where there never was an automation. */
export function saveBooks({ catalogue, runs, queue }: Books): readonly SavedPart[] {
  if (catalogue.versions === 0) return []
  const automations = catalogue.all
    .filter((one) => one.isCurrent || one.runs > 0)
    .map(({ id, version, isCurrent, definition }) => ({ id, version, isCurrent, definition }))
  const head: SavedHead = {
    part: 'head',
    turn: queue.turn,
    versions: catalogue.versions,
    automations,
    rest: runs.saveRest(),
  }
  const parts: SavedPart[] = [head]
  const all = [...runs.all()].map(savedRun)
  for (let from = 0; from < all.length; from += runsInPart)
    parts.push({ part: 'runs', runs: all.slice(from, from + runsInPart) })
  const { past } = runs
  for (let from = 0; from < past.length; from += runsInPart)
    parts.push({ part: 'past', past: past.slice(from, from + runsInPart) })
  return parts
}

/** Takes over a part of what was saved; says which kind it is. */
export function loadBooks({ catalogue, runs, queue }: Books, saved: unknown): SavedPart['part'] {
  const part = saved as SavedPart
  switch (part.part) {
    case 'head':
      queue.turn = part.turn
      catalogue.versions = part.versions
      for (const { id, version, isCurrent, definition } of part.automations) {
        const automation = new Automation(id, version, definition)
        automation.isCurrent = isCurrent
        catalogue.load(automation)
      }
      runs.loadRest(part.rest)
      break
    case 'runs': {
      const byVersion = new Map(catalogue.all.map((automation) => [automation.version, automation]))
      for (const each of part.runs) {
        const automation = byVersion.get(each.version)
        if (automation !== undefined) loadRun(runs, automation, each)
      }
      break
    }
    case 'past':
      for (const past of part.past) runs.remember(past)
  }
  return part.part
}

function savedRun({ id, automation, ordinal, startedAt, because, at, wait, failures, failed, log }: Run): SavedRun {
  return {
    id,
    version: automation.version,
    ordinal,
    startedAt,
    because,
    at,
    ...(wait === undefined
      ? undefined
      : {
          wait: {
            for: wait.for,
            attempt: wait.attempt,
            ...(wait.until === undefined ? undefined : { until: wait.until }),
          },
        }),
    failures,
    ...(failed === undefined ? undefined : { failed }),
    log: [...log],
  }
}

function loadRun(runs: RunStore, automation: Automation, saved: SavedRun): void {
  const { id, ordinal, startedAt, because, at, wait, failures, failed, log } = saved
  const run = new Run(id, automation, ordinal, startedAt, because, at)
  run.failures = failures
  run.failed = failed
  run.log.push(...log)
  if (wait !== undefined) run.wait = { for: wait.for, attempt: wait.attempt, until: wait.until }
  runs.add(run)
  if (wait?.until !== undefined) runs.queue(run, wait.until)
}
