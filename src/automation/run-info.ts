import type { AutomationReason } from '../changes/automation-changes.js'
import type { ContactName } from '../changes/change.js'
import type { EngineState } from '../engine/state.js'
import type { PastRun, Run, RunEntry, RunWait } from './run.js'

/** A contact's way through an automation, as plain data. */
export interface RunInfo {
  readonly id: string
  readonly automation: string
  readonly contactId: string
  readonly status: 'running' | 'done' | 'cancelled' | 'failed'
  /** In ms. */
  readonly startedAt: number
  readonly finishedAt?: number
  /** What began it. */
  readonly because: AutomationReason
  /** The place of the step at which it is, while it runs. */
  readonly at?: string
  /** What it waits for, while it does; a handler's answer, an instant, something to happen, or the next attempt. */
  readonly waitsFor?: RunWait['for']
  /** Until when it waits at most, in ms. */
  readonly until?: number
  /** All that it did, with why it went which way. */
  readonly log: readonly RunEntry[]
}

/** Which runs; a part that is left out asks for all. */
export interface RunFilter {
  readonly automation?: string
  readonly contact?: ContactName
  readonly status?: RunInfo['status']
}

export function infoOfRun({ store }: EngineState, run: Run): RunInfo {
  const { id, automation, ordinal, startedAt, because, at, wait, log } = run
  return Object.freeze({
    id,
    automation: automation.id,
    contactId: store.directory.idOf(ordinal),
    status: 'running',
    startedAt,
    because,
    at,
    ...(wait === undefined ? undefined : { waitsFor: wait.for }),
    ...(wait?.until === undefined ? undefined : { until: wait.until }),
    log: Object.freeze([...log]),
  })
}

export function infoOfPast({ outcome, ...past }: PastRun): RunInfo {
  return Object.freeze({ ...past, status: outcome })
}
