import type { ErrorCode } from '../../base/errors.js'
import type { Change } from '../../changes/change.js'
import { write } from './changes.js'
import { noEffects } from './effects.js'
import { referenceProblems } from './problems.js'
import { copyOf, type ModelSegment, type ModelState } from './state.js'

/** What is wrong with a change's references as well, where it is wrong anyway: any of it may be said. */
export function looseProblems(state: ModelState, change: Change, removed: ReadonlySet<string>): ErrorCode[] {
  const trial = copyOf(state)
  try {
    write(trial, change, noEffects())
  } catch {
    return []
  }
  return referenceProblems(trial, removed)
}

/** The ids of segments. */
export function idsOf(segments: readonly ModelSegment[]): ReadonlySet<string> {
  return new Set(segments.map(({ id }) => id))
}
