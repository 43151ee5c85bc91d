import { CoterieError } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { Change } from '../changes/change.js'
import type { Transition } from '../changes/transition.js'
import type { Schema } from '../contacts/schema.js'
import { Core } from '../engine/core.js'
import { createEngine, Engine } from '../engine/engine.js'
import { readOptions, type EngineOptions } from '../engine/options.js'
import type { Recorder } from '../engine/recorder.js'
import { EngineState } from '../engine/state.js'

/*
 * A history: what was done to an engine and whom it moved, as plain JSON, to be kept beside a test as its fixture. Done
 * again it must move the same contacts at the same instants; with other definitions, what it moves is what they change.
 */

/** What was done in one go, at an instant. */
export interface HistoryStep {
  /** In ms. */
  readonly at: number
  /** Left out where only time passed. */
  readonly changes?: readonly Change[]
}

/** Who moved. */
export interface Move {
  readonly type: 'enter' | 'exit'
  readonly segmentId: string
  readonly contactId: string
  /** In ms. */
  readonly at: number
}

/** What was done to an engine, and whom it moved; plain JSON. */
export interface History {
  readonly version: 1
  /** Where the clock began, in ms. */
  readonly start: number
  readonly timeZone: string
  readonly weekStartsOn: Engine['weekStartsOn']
  readonly steps: readonly HistoryStep[]
  readonly moves: readonly Move[]
}

/** An engine, and the history of what is done to it. */
export interface RecordedEngine<S extends Schema = Schema> {
  readonly engine: Engine<S>
  /** What was done so far. */
  history(): History
}

/**
 * Makes an engine of which everything that is done to it is written down, changes of listeners too.
 *
 * @throws CoterieError as `createEngine`.
 */
export function recordedEngine<const S extends Schema = Schema>(options: EngineOptions<S>): RecordedEngine<S> {
  const { settings, core, now } = readOptions(options)
  const steps: HistoryStep[] = []
  const moves: Move[] = []
  const recorder: Recorder = {
    accepts: true,
    check: () => undefined,
    record: ({ now: at, changes, transitions }) => {
      steps.push(Object.freeze(changes.length === 0 ? { at } : { at, changes }))
      moves.push(...transitions.map(moveOf))
    },
    moved: (at) => void steps.push(Object.freeze({ at })),
    durability: (revision) => () => Promise.resolve(revision),
  }
  const engine = new Engine<S>(new Core(new EngineState(settings, now), { ...core, recorder }))
  const { timeZone, weekStartsOn } = engine
  const history = (): History => ({
    version: 1,
    start: now,
    timeZone,
    weekStartsOn,
    steps: [...steps],
    moves: [...moves],
  })
  return Object.freeze({ engine, history })
}

/** What an engine is made of to do a history again; what is left out is the history's. */
export type ReplayOptions<S extends Schema = Schema> = Omit<EngineOptions<S>, 'clock' | 'now'> & {
  /** Changes done in place of one, before it reaches the engine: other definitions, for one. Default the change itself. */
  readonly change?: (change: Change) => Change | undefined
}

/** A history that was done again. */
export interface Replayed<S extends Schema = Schema> {
  readonly engine: Engine<S>
  readonly moves: readonly Move[]
  /** Moves of the history that did not come again. */
  readonly missing: readonly Move[]
  /** Moves that the history does not have. */
  readonly added: readonly Move[]
}

/**
 * Does a history again on a fresh engine, without listeners, and says what moved otherwise.
 *
 * @throws CoterieError as `createEngine` and `apply`.
 */
export function replayHistory<const S extends Schema = Schema>(
  history: History,
  options: ReplayOptions<S> = {},
): Replayed<S> {
  const { change: changed = (change: Change) => change, ...rest } = options
  const { start: now, timeZone, weekStartsOn } = history
  const engine = createEngine<S>({ timeZone, weekStartsOn, ...rest, now })
  const moves: Move[] = []
  engine.on('transition', (transition) => void moves.push(moveOf(transition)))
  for (const { at, changes = [] } of history.steps) {
    engine.advanceTo(at)
    const kept = changes.flatMap((change) => changed(change) ?? [])
    const [only, ...more] = kept
    if (more.length > 0) engine.batch(kept)
    else if (only !== undefined) engine.apply(only)
  }
  const missing = without(history.moves, moves)
  const added = without(moves, history.moves)
  return Object.freeze({ engine, moves, missing, added })
}

/**
 * Checks that a history, done again, moves the same contacts into and out of the same segments at the same instants.
 *
 * @throws CoterieError `LAW_BROKEN`, with the first move that is missing or added.
 */
export function checkHistory(history: History, options: ReplayOptions = {}): void {
  const { missing, added } = replayHistory(history, options)
  const lines = [
    ...missing.map((move) => `missing: ${inWords(move)}`),
    ...added.map((move) => `added: ${inWords(move)}`),
  ]
  if (lines.length === 0) return
  const rest = lines.length > 10 ? `\nand ${String(lines.length - 10)} more` : ''
  throw new CoterieError('LAW_BROKEN', `The history moved otherwise:\n${lines.slice(0, 10).join('\n')}${rest}`)
}

function moveOf({ type, segmentId, contactId, at }: Transition): Move {
  return Object.freeze({ type, segmentId, contactId, at })
}

function without(moves: readonly Move[], others: readonly Move[]): readonly Move[] {
  const left = new Map<string, number>()
  for (const move of others) left.set(inWords(move), (left.get(inWords(move)) ?? 0) + 1)
  return moves.filter((move) => {
    const key = inWords(move)
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}

function inWords({ type, segmentId, contactId, at }: Move): string {
  return `${contactId} ${type}s ${segmentId} at ${formatInstant(at)}`
}
