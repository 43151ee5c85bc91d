import type { Saved } from '../../base/saved.js'
import type { EngineState } from '../../engine/state.js'
import type { Segment } from '../../segments/segment.js'
import type { FoldedHistory } from '../../store/folded-history.js'
import { bodyOf } from './section-body.js'
import type { SavedBeside, SavedContacts, SavedFolded, SavedHead, SavedSegment } from './saved.js'
import { sectionBytes, snapshotEnd, snapshotHead } from './sections.js'

/*
 * A snapshot in two steps. First all that an engine holds is taken out, in one go, so that it is of one moment: columns are copied
 * as they lie, and what is made of objects that never change by what points to them. Then the sections are written from that,
 * one after the other, while the engine goes on.
 */

/** How many contacts go into one section of what is not in columns. */
const contactsInSection = 10_000

/** What goes into a section, once it is its turn. */
type Part = readonly [name: string, saved: Saved]

/** Takes out all that an engine holds, and what stands beside it; what is returned makes the bytes, chunk by chunk. */
export function saveState(state: EngineState, beside: SavedBeside): Iterable<Uint8Array> {
  return bytesOf(partsOf(state, beside))
}

function* bytesOf(parts: readonly Part[]): Generator<Uint8Array, void, undefined> {
  yield snapshotHead()
  for (const [name, saved] of parts) yield sectionBytes({ name, body: bodyOf(saved) })
  yield snapshotEnd(parts.length)
}

function partsOf(state: EngineState, beside: SavedBeside): readonly Part[] {
  const { store, segments, memberships } = state
  const { places, ...contacts } = store.directory.save()
  const { records, removedIds } = store.history.saveOthers()
  return [
    ['HEAD', { json: headOf(state, beside), arrays: [] }],
    ['DIRE', { json: contacts satisfies SavedContacts, arrays: [places] }],
    ...store.saveAttributes().map(([name, { json, arrays }]): Part => ['ATTR', { json: { name, ...json }, arrays }]),
    ['TAGS', store.tags.save()],
    ...store.history.saveEvents().map((saved): Part => ['EVNT', saved]),
    ...inSections('RECS', records),
    ...inSections('GONE', removedIds),
    ...inSections('FOLD', foldedOf(store.folded, store.directory.inOrder())),
    ['MEMB', memberships.save()],
    ...segments.all().map((segment): Part => ['SEGM', savedSegment(segment)]),
    ...(state.automation?.save() ?? []).map((json): Part => ['AUTO', { json, arrays: [] }]),
  ]
}

function inSections(name: string, rows: readonly unknown[]): readonly Part[] {
  const parts: Part[] = []
  for (let from = 0; from < rows.length; from += contactsInSection)
    parts.push([name, { json: rows.slice(from, from + contactsInSection), arrays: [] }])
  return parts
}

function headOf(state: EngineState, beside: SavedBeside): SavedHead {
  const { now, revision, seq, store, segments, catalogue, trail } = state
  const { history, folded } = store
  return {
    now,
    revision,
    seq,
    world: beside.world,
    cursors: beside.cursors,
    marks: [...beside.marks],
    places: segments.places,
    arrivals: history.arrivals,
    declaredTags: [...catalogue.declared()],
    tagGroups: [...catalogue.groups.all()],
    trail: trail.save(),
    folded: [...folded.types()].map((type) => {
      const { before = 0, keys = [] } = folded.type(type) ?? {}
      return { type, before, keys: [...keys] }
    }),
  }
}

function foldedOf(folded: FoldedHistory, ordinals: readonly number[]): SavedFolded {
  const types = [...folded.types()]
  if (types.length === 0) return []
  return ordinals.flatMap((ordinal) =>
    types.flatMap((type) => {
      const held = folded.get(ordinal, type)
      return held === undefined ? [] : [[ordinal, type, held.events, [...held.totals]] as const]
    }),
  )
}

function savedSegment(segment: Segment): Saved {
  const { id, place, kind, rule, damping, damper, description, holds, members, slots, visits } = segment
  const kept = visits?.save()
  const moves = damper?.save()
  const json: SavedSegment = {
    id,
    place,
    kind,
    ...(rule === undefined ? undefined : { rule }),
    ...(damping === undefined ? undefined : { damping: damping.written }),
    description,
    ...(holds === undefined ? undefined : { holds }),
    slot: members.slot,
    include: [...slots.include],
    exclude: [...slots.exclude],
    ...(kept === undefined ? undefined : { visits: kept.json }),
    ...(moves === undefined ? undefined : { moves: moves.json }),
  }
  return { json, arrays: [...(kept?.arrays ?? []), ...(moves?.arrays ?? [])] }
}
