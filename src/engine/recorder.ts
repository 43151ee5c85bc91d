import type { Change } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import type { Transition } from '../changes/transition.js'

/** Up to where the events of a type were folded away. */
export interface FoldBound {
  readonly eventType: string
  /** In ms. */
  readonly before: number
}

/** What one change, batch or due instant did, so that it can be done again without deciding anything anew. */
export interface Applied {
  /** The engine's revision after it. */
  readonly revision: number
  /** Where the clock stood, in ms. */
  readonly now: number
  /** In the order in which they were applied; none where time did it. */
  readonly changes: readonly Change[]
  readonly transitions: readonly Transition[]
  /** For each fold among the changes, how far it went with each type. */
  readonly folds: readonly (readonly FoldBound[])[]
  /** The name of the listener that made the changes, where one did. */
  readonly listener?: string
}

/**
 * What was applied, in the order in which it was.
 *
 * @param order - The places of the changes in that order, where it is not the order in which they were given.
 */
export function appliedOf(
  { revision, transitions }: Pick<Applied, 'revision' | 'transitions'>,
  now: number,
  changes: readonly Change[],
  outcomes: readonly Outcome[],
  order: readonly number[] | undefined,
  listener: string | undefined,
): Applied {
  const inOrder = order === undefined ? changes : order.flatMap((place) => changes[place] ?? [])
  const told = order === undefined ? outcomes : order.map((place) => outcomes[place])
  const folds = told.flatMap((outcome) => (outcome?.type === 'event.fold' ? [outcome.types] : []))
  const made = listener === undefined ? undefined : { listener }
  return { revision, now, changes: inOrder, transitions, folds, ...made }
}

/** Who takes down what an engine does, in the order in which it does it: its storage. */
export interface Recorder {
  /** Whether changes are taken at present. */
  readonly accepts: boolean
  /** Throws where no change is taken at present, saying why. */
  check(): void
  /** Takes down what was applied. */
  record(applied: Applied): void
  /** Takes down that the clock was moved and nothing fell due. */
  moved(now: number): void
  /** A promise for what was taken down last: it resolves with `revision` once all up to there is durable. Made when called. */
  durability(revision: number): () => Promise<number>
}
