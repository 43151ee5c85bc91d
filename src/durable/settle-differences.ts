import type { Core } from '../engine/core.js'
import type { EngineState } from '../engine/state.js'
import { Transaction, type Effects } from '../engine/transaction.js'

/*
 * Where rules may mean something else than when memberships were decided (another version, other zone data, another schema),
 * every membership is asked for again, a slice of contacts at a time, while the engine is in use. What differs moves, with the
 * cause `settle`. Until a contact's turn comes its memberships are those that were recorded.
 */

/** How many memberships are asked for in one slice. */
const membershipsInSlice = 20_000

/** Brings memberships into line with what rules say now; `pause` lets others work between slices. Returns false where it was broken off. */
export async function settleDifferences(
  core: Core,
  goesOn: () => boolean,
  pause: () => Promise<void>,
): Promise<boolean> {
  const { state } = core
  const { directory } = state.store
  const places = directory.inOrder().map((ordinal) => [ordinal, directory.placeOf(ordinal)] as const)
  for (let from = 0; from < places.length;) {
    if (!goesOn()) return false
    const to = from + Math.max(1, Math.floor(membershipsInSlice / Math.max(1, state.segments.size)))
    // One that was removed meanwhile, and perhaps its ordinal given away, was decided when that happened.
    const slice = places.slice(from, to).filter(([ordinal, place]) => directory.placeOf(ordinal) === place)
    core.settle(() =>
      settleContacts(
        state,
        slice.map(([ordinal]) => ordinal).filter((ordinal) => directory.has(ordinal)),
      ),
    )
    from = to
    if (from < places.length) await pause()
  }
  return true
}

function settleContacts(state: EngineState, ordinals: readonly number[]): Effects | undefined {
  const differing = ordinals.flatMap((ordinal) => {
    state.programs.truths.turnTo(ordinal)
    return state.segments.order
      .filter((segment) => segment.wants(ordinal, state.programs, state.now) !== segment.members.has(ordinal))
      .map((segment) => ({ ordinal, segment }))
  })
  if (differing.length === 0) return undefined
  const transaction = new Transaction(state, { kind: 'settle' })
  for (const { ordinal, segment } of differing) transaction.consider(ordinal, segment)
  return transaction.commit()
}
