import type { StopSignal } from '../delivery/transition-stream.js'
import type { Rule } from '../rules/ast.js'
import { OpenSelection } from '../selection/open-selection.js'
import { checkFunction, checkWhole, plainOptions } from './arguments.js'
import { populationOf } from './select-contacts.js'
import type { EngineState } from './state.js'

/** How far asking a rule of all contacts has come. */
export interface SliceProgress {
  /** About how many contacts were asked. */
  readonly asked: number
  /** How many there are. */
  readonly contacts: number
}

/** How a rule is asked of all contacts in slices, so that the host can do other things between. */
export interface SliceOptions {
  /** How many contacts a slice is of. Default 8,192. */
  readonly slice?: number
  /** Gives way after a slice: the next one comes when the promise is fulfilled. Default a timer of 0 ms. */
  readonly pause?: () => Promise<unknown>
  /** Called after each slice. What it throws ends the asking. */
  readonly onProgress?: (progress: SliceProgress) => void
  /** Ends the asking: the promise is rejected with the signal's reason, and nothing was changed. */
  readonly signal?: StopSignal & { readonly reason?: unknown }
}

const defaultSlice = 8_192

/**
 * Asks a rule that was read of all contacts in slices, and calls `end`, which finds the answer when it asks the same rule of all contacts.
 *
 * @throws CoterieError (as a rejection) `OPTION_INVALID`; the reason of the signal.
 */
export async function askInSlices<T>(state: EngineState, rule: Rule, given: SliceOptions, end: () => T): Promise<T> {
  const { slice = defaultSlice, pause = nextTurn, onProgress, signal } = plainOptions('options', given)
  checkWhole('slice', slice, 1)
  checkFunction(pause, 'pause')
  if (onProgress !== undefined) checkFunction(onProgress, 'onProgress')
  const selection = new OpenSelection(rule)
  const close = state.openSelections.add(selection)
  try {
    for (let more = true; more;) {
      await pause()
      throwIfStopped(signal)
      more = selection.askNext(populationOf(state), slice)
      const contacts = state.store.directory.count
      onProgress?.(Object.freeze({ asked: Math.min(selection.asked, contacts), contacts }))
    }
    return end()
  } finally {
    close()
  }
}

/** Throws the reason of a signal that was given. */
export function throwIfStopped(signal: SliceOptions['signal']): void {
  if (signal?.aborted === true) throw (signal.reason ?? new Error('The asking was stopped')) as Error
}

/** The next turn of the host. Every runtime has timers, but not every one declares them. */
export function nextTurn(): Promise<void> {
  const { setTimeout } = globalThis as unknown as { setTimeout: (call: () => void, ms: number) => unknown }
  return new Promise((resolve) => void setTimeout(resolve, 0))
}
