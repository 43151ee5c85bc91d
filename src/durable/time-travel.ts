import { CoterieError } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { Transition } from '../changes/transition.js'
import type { EngineState } from '../engine/state.js'
import type { Keeper } from './keeper.js'
import { decodeRecord } from './record-codec.js'
import type { JournalRecord } from './record.js'

/*
 * The past, from the journal. Members at an instant are today's, with all that happened since undone: so the journal is needed
 * from that instant on only, and what it costs grows with how much has happened since, not with how much ever did.
 */

/** Which transitions of the past. */
export interface PastFilter {
  /** The first instant, in ms. */
  readonly from: number
  /** The instant before which they were, in ms. */
  readonly to: number
  readonly segment?: string
  /** The id of a contact. */
  readonly contact?: string
}

/**
 * The ids of those who were members of a segment right after all that happened at an instant, in no order that may be relied on.
 * Contacts that were removed since are among them, those that were forgotten since are not.
 *
 * @throws CoterieError `HISTORY_GONE` where the journal does not reach back so far.
 */
export async function membersAt(
  keeper: Keeper,
  state: EngineState,
  segment: string,
  at: number,
): Promise<readonly string[]> {
  // From here to the end of the first turn the members and the journal are of one moment.
  const { position } = keeper.journal
  const members = new Set<string>()
  state.segments.get(segment)?.members.forEach((ordinal) => members.add(state.store.directory.idOf(ordinal)))
  const since: Transition[] = []
  await keeper.journal.until(position)
  for await (const transition of past(keeper, at + 1, position)) {
    if (transition.segmentId === segment && transition.at > at) since.push(transition)
  }
  for (const { type, contactId } of since.reverse()) {
    if (type === 'enter') members.delete(contactId)
    else members.add(contactId)
  }
  return [...members]
}

/**
 * The transitions between two instants, in order; those of contacts that were forgotten since are left out.
 *
 * @throws CoterieError `HISTORY_GONE` where the journal does not reach back so far.
 */
export async function* transitionsBetween(
  keeper: Keeper,
  { from, to, segment, contact }: PastFilter,
): AsyncGenerator<Transition, void, undefined> {
  const { position } = keeper.journal
  await keeper.journal.until(position)
  for await (const transition of past(keeper, from, position)) {
    if (transition.at >= to) return
    if (transition.at < from) continue
    if (segment !== undefined && segment !== transition.segmentId) continue
    if (contact === undefined || contact === transition.contactId) yield transition
  }
}

/** All transitions of the journal up to a position; checks that none from an instant on were dropped. */
async function* past(keeper: Keeper, from: number, upTo: number): AsyncGenerator<Transition, void, undefined> {
  let isFirst = true
  let reaches = false
  for await (const { position, data } of keeper.records(0)) {
    if (position > upTo) break
    const record = decodeRecord(data, position)
    if (isFirst && position === 1) reaches = true
    isFirst = false
    if (!reaches) reaches = checkReach(record, from)
    if (record.kind === 'entry') yield* record.entry.transitions
  }
  if (!reaches && upTo > 0 && from <= keeper.now) throw gone(from, keeper.now)
}

/** What was dropped was before the first record with an instant, or at it. */
function checkReach(record: JournalRecord, from: number): boolean {
  if (record.kind !== 'entry' && record.kind !== 'clock') return false
  const now = record.kind === 'entry' ? record.entry.now : record.now
  if (from <= now) throw gone(from, now)
  return true
}

function gone(from: number, reachesTo: number): CoterieError {
  return new CoterieError('HISTORY_GONE', 'The journal does not reach back so far', {
    received: formatInstant(from),
    expected: `an instant after ${formatInstant(reachesTo)}; the option keep says how long the journal is kept`,
  })
}
