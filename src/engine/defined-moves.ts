import { OrdinalSet } from '../base/ordinal-set.js'
import type { Candidates } from '../segments/candidates.js'
import type { Damper } from '../segments/damper.js'
import type { Segment } from '../segments/segment.js'
import { selectContacts } from './select-contacts.js'
import type { EngineState } from './state.js'

/*
 * Whom definitions may move. What a segment would have as members is a selection, done as set algebra; where that differs from
 * its members, somebody moves. So a rule that is defined anew costs a scan and a step for each who moves, not one for each
 * contact. A segment that refers to others, or reads tags that others hold, is left to be decided for everyone where more is
 * settled with it: what it refers to may move in the same go.
 */

/** A segment that was defined, and whom that may move; undefined is everyone. */
export interface DefinedMoves {
  readonly segment: Segment
  readonly contacts: OrdinalSet | undefined
}

/** Whom each of the segments that were defined, or taken away, may move; `isAlone` where nothing else is settled. */
export function definedMoves(
  state: EngineState,
  segments: Iterable<Segment>,
  isAlone: boolean,
): readonly DefinedMoves[] {
  return Array.from(segments, (segment) => ({ segment, contacts: movedBy(state, segment, isAlone) }))
}

function movedBy(state: EngineState, segment: Segment, isAlone: boolean): OrdinalSet | undefined {
  const members = segment.members.look()
  if (segment.removed) return members.without(new OrdinalSet())
  if (segment.references.size + segment.readsTagsOf.length > 0 && !isAlone) return undefined
  if (segment.damper !== undefined) return unsettledIn(state, segment, segment.damper, members)
  const wanted = wantedBy(state, segment)
  // Those of a snapshot are put in by hand, as it were, also who is in already: each gets its slot.
  const moved = segment.snapshot === undefined ? wanted.without(members) : wanted
  members.without(wanted).forEach((ordinal) => moved.add(ordinal))
  return moved
}

/** Whom the rules of a damped segment would move, now or when it is time, and who waits for that so far. */
function unsettledIn(
  state: EngineState,
  { rule, damping }: Segment,
  damper: Damper<Segment>,
  members: OrdinalSet,
): OrdinalSet {
  const entering = rule === undefined ? new OrdinalSet() : selectContacts(state, rule)
  const staying = damping?.written.stay === undefined ? entering : selectContacts(state, damping.written.stay)
  const moved = members.without(staying)
  entering.without(members).forEach((ordinal) => {
    if (staying.has(ordinal)) moved.add(ordinal)
  })
  for (const ordinal of damper.waiting()) moved.add(ordinal)
  return moved
}

/** Who belongs to a segment by its rule and its slots. */
function wantedBy(state: EngineState, { kind, rule, snapshot, slots }: Segment): OrdinalSet {
  const asked = kind === 'static' ? snapshot : rule
  const wanted = asked === undefined ? new OrdinalSet() : selectContacts(state, asked)
  if (kind !== 'dynamic') for (const ordinal of slots.include.keys()) wanted.add(ordinal)
  if (kind === 'hybrid') for (const ordinal of slots.exclude.keys()) wanted.delete(ordinal)
  return wanted
}

const nobody = (): void => undefined

/** So many definitions are asked one by one of each contact. */
const few = 8

/**
 * Adds those of the segments that may move a contact to the candidates. Many definitions at once are turned round first, from
 * whom each moves to what moves each: otherwise every contact would ask every definition, however few move it.
 */
export function moversOf(
  defined: readonly DefinedMoves[],
  end: number,
): (ordinal: number, candidates: Candidates) => void {
  if (defined.length === 0) return nobody
  if (defined.length <= few) {
    return (ordinal, candidates) => {
      for (const { segment, contacts } of defined) {
        if (contacts === undefined || contacts.has(ordinal)) candidates.add(segment.rank)
      }
    }
  }
  const ofEveryone = defined.filter(({ contacts }) => contacts === undefined)
  // The ranks that may move the contact at an ordinal stand from `ends[ordinal - 1]` up to `ends[ordinal]`.
  const ends = new Uint32Array(end)
  for (const { contacts } of defined) contacts?.forEach((ordinal) => (ends[ordinal] = (ends[ordinal] as number) + 1))
  let sum = 0
  for (let ordinal = 0; ordinal < end; ordinal += 1) {
    const count = ends[ordinal] as number
    ends[ordinal] = sum
    sum += count
  }
  const ranks = new Uint32Array(sum)
  for (const { segment, contacts } of defined) {
    contacts?.forEach((ordinal) => {
      const place = ends[ordinal] as number
      ranks[place] = segment.rank
      ends[ordinal] = place + 1
    })
  }
  return (ordinal, candidates) => {
    for (const { segment } of ofEveryone) candidates.add(segment.rank)
    const last = ends[ordinal] ?? 0
    for (let place = ordinal === 0 ? 0 : (ends[ordinal - 1] ?? 0); place < last; place += 1)
      candidates.add(ranks[place] as number)
  }
}
