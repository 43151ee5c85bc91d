import { CoterieError } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type {
  AutomationFinish,
  AutomationProgress,
  AutomationStart,
  AutomationWait,
} from '../changes/automation-changes.js'
import type { Outcome } from '../changes/receipt.js'
import { needContact } from '../engine/names.js'
import type { EngineState } from '../engine/state.js'
import type { Automation } from './automation.js'
import { end } from './program.js'
import { Run, type PastRun } from './run.js'
import type { Draft } from '../store/draft.js'
import type { RunStore } from './run-store.js'

/*
 * The changes of runs, written down. They say all that is to be known: nothing is decided here, so that the same is written when
 * they are done again.
 */

/** Where changes of runs are written. */
export interface RunBooks {
  readonly state: EngineState
  readonly runs: RunStore
  /** The automations that begin runs. */
  readonly current: ReadonlyMap<string, Automation>
  /** Notes a run that may have to go on. */
  moved(run: Run): void
}

/**
 * Begins a run.
 *
 * @throws CoterieError `AUTOMATION_UNKNOWN`, `CONTACT_UNKNOWN`, `CHANGE_INVALID` for an id of a run that is there.
 */
export function startRun(books: RunBooks, draft: Draft, change: AutomationStart): Outcome {
  const { state, runs, current } = books
  const automation = needAutomation(current, change.automation)
  const ordinal = needContact(state, change.contact)
  const isUnderWay = runs.ofAutomation(ordinal, automation.id).length > 0
  if (change.turn === undefined && isUnderWay && automation.definition.overlap !== 'parallel')
    return { type: change.type }
  const id = change.run ?? runs.nextId(automation)
  if (runs.get(id) !== undefined) {
    throw new CoterieError('CHANGE_INVALID', `There is a run ${JSON.stringify(id)} already`, {
      path: ['run'],
      received: id,
      expected: 'an id that no run has',
    })
  }
  const run = new Run(id, automation, ordinal, state.now, change.because ?? byHand, automation.program.first?.at ?? end)
  const count = runs.count(automation.id)
  const takeBack = runs.setLastBegun(automation.id, ordinal, state.now)
  runs.setCount(automation.id, count + 1)
  runs.add(run)
  run.note({ now: state.now, what: 'begun', why: run.because })
  draft.onRollback(() => {
    runs.delete(run)
    runs.setCount(automation.id, count)
    takeBack()
  })
  books.moved(run)
  return { type: change.type, run: id }
}

const byHand = Object.freeze({ on: 'start' as const })

/** Moves a run on, or takes down what a handler answered. */
export function moveRun(books: RunBooks, draft: Draft, change: AutomationProgress): Outcome {
  const run = books.runs.get(change.run)
  const waits = run?.wait
  const isAnswer = change.to === undefined
  const stands = run?.at === change.at && run.outcome === undefined
  const isAwaited = waits?.for === 'answer' && (change.attempt === undefined || change.attempt === waits.attempt)
  if (run === undefined || !stands || (isAnswer && !isAwaited))
    return { type: change.type, run: change.run, changed: false }
  keep(books, draft, run)
  const { now } = books.state
  books.runs.unqueue(run)
  run.wait = undefined
  if (isAnswer) {
    run.answer = change.failed === undefined ? { result: change.result } : undefined
    run.failed = change.failed
    if (change.failed !== undefined) run.failures += 1
    const why = change.failed ?? change.result
    run.note({
      now,
      at: change.at,
      what: change.failed === undefined ? 'answer' : 'failure',
      ...(why === undefined ? undefined : { why }),
    })
  } else {
    const { to = end, went, why, assigned } = change
    run.at = to
    run.answer = undefined
    run.failed = undefined
    run.failures = 0
    if (assigned !== undefined) countAssigned(books, draft, run.automation.id, change.at)
    const reason = why ?? assigned
    run.note({
      now,
      at: change.at,
      what: 'step',
      ...(went === undefined ? undefined : { went }),
      ...(reason === undefined ? undefined : { why: reason }),
    })
  }
  books.moved(run)
  return { type: change.type, run: run.id, changed: true }
}

/** Lets a run wait. */
export function waitRun(books: RunBooks, draft: Draft, change: AutomationWait): Outcome {
  const run = books.runs.get(change.run)
  if (run?.at !== change.at) return { type: change.type, run: change.run, changed: false }
  keep(books, draft, run)
  const { for: what = 'time', until, attempt = 1 } = change
  run.wait = { for: what, until, attempt }
  run.answer = undefined
  if (until === undefined) books.runs.unqueue(run)
  else books.runs.queue(run, until)
  run.note({
    now: books.state.now,
    at: change.at,
    what: 'wait',
    why: what,
    ...(until === undefined ? undefined : { until }),
  })
  return { type: change.type, run: run.id, changed: true }
}

/** Ends a run. */
export function finishRun(books: RunBooks, draft: Draft, change: AutomationFinish): Outcome {
  const run = books.runs.get(change.run)
  if (run === undefined) return { type: change.type, run: change.run, changed: false }
  keep(books, draft, run)
  const past = endRun(books, run, change)
  draft.onRollback(() => {
    books.runs.forgetLastPast(past)
    books.runs.add(run)
  })
  return { type: change.type, run: run.id, changed: true }
}

/** Takes a run out, and remembers it. */
export function endRun(
  { state, runs }: Pick<RunBooks, 'state' | 'runs'>,
  run: Run,
  { outcome, why, because }: Pick<AutomationFinish, 'outcome' | 'why' | 'because'>,
): PastRun {
  run.outcome = outcome
  const reason = why ?? because
  run.note({ now: state.now, what: 'finish', ...(reason === undefined ? undefined : { why: reason }) })
  runs.delete(run)
  const past: PastRun = Object.freeze({
    id: run.id,
    automation: run.automation.id,
    contactId: state.store.directory.idOf(run.ordinal),
    startedAt: run.startedAt,
    finishedAt: state.now,
    because: run.because,
    outcome,
    log: Object.freeze([...run.log]),
  })
  runs.remember(past)
  return past
}

/**
 * The automation of an id.
 *
 * @throws CoterieError `AUTOMATION_UNKNOWN`, with the nearest id.
 */
export function needAutomation(current: ReadonlyMap<string, Automation>, id: string): Automation {
  const found = current.get(id)
  if (found !== undefined) return found
  throw new CoterieError('AUTOMATION_UNKNOWN', `There is no automation ${JSON.stringify(id)}`, {
    path: ['automation'],
    received: id,
    expected: nearestName(id, current.keys()) ?? 'an automation that is defined',
  })
}

/** Keeps the way back of all that a change writes in a run. */
function keep({ runs }: RunBooks, draft: Draft, run: Run): void {
  const { at, wait, token, answer, failed, failures, outcome } = run
  const written = run.log.length
  draft.onRollback(() => {
    Object.assign(run, { at, wait, answer, failed, failures, outcome })
    run.log.length = written
    if (token === undefined) runs.unqueue(run)
    else runs.queue(run, token.at)
  })
}

function countAssigned({ runs }: RunBooks, draft: Draft, automation: string, at: string): void {
  const count = runs.assigned(automation, at)
  runs.setAssigned(automation, at, count + 1)
  draft.onRollback(() => {
    runs.setAssigned(automation, at, count)
  })
}
