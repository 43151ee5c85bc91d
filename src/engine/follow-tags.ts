import type { Segment } from '../segments/segment.js'
import type { Draft } from '../store/draft.js'
import type { TagSettlement } from './settle-tags.js'
import type { EngineState } from './state.js'
import type { Unsettled } from './unsettled.js'

/** A contact's moves as they are followed, by ordinal: those into and out of segments that hold tags. */
export type HolderMoves = Map<number, { readonly segment: Segment; readonly entered: boolean }[]>

/** Notes a move; of a segment that holds no tag it is of no matter. */
export function noteHolderMove(moves: HolderMoves, segment: Segment, ordinal: number, entered: boolean): void {
  if (segment.unit === undefined) return
  const own = moves.get(ordinal)
  if (own === undefined) moves.set(ordinal, [{ segment, entered }])
  else own.push({ segment, entered })
}

/** Decides the tags that segments hold where members moved as it is recorded: these follow from the members. */
export function followTags(
  { directory }: EngineState['store'],
  draft: Draft,
  moves: HolderMoves,
  unsettled: Unsettled,
  tags: TagSettlement,
): void {
  const ordinals = new Set([...draft.touchedByOrdinal.keys(), ...moves.keys(), ...unsettled.withTags])
  for (const ordinal of [...ordinals].sort((a, b) => directory.placeOf(a) - directory.placeOf(b))) {
    const touched = draft.touchedAt(ordinal)
    if (touched?.removed === true) continue
    tags.turnTo(ordinal, touched, unsettled.hasTags(ordinal))
    for (const { segment, entered } of moves.get(ordinal) ?? []) tags.moved(segment, entered)
    while (tags.next < Infinity) tags.settleNext()
  }
}
