import { isCoterieError } from '../../base/errors.js'
import type { NumberArray, Saved } from '../../base/saved.js'
import type { EngineState } from '../../engine/state.js'
import { Damper } from '../../segments/damper.js'
import { dampingOf } from '../../segments/damping.js'
import { Segment, type SlotKind } from '../../segments/segment.js'
import type { SavedMemberships } from '../../segments/memberships.js'
import type { SavedVisits } from '../../segments/visits.js'
import type { SavedColumn } from '../../store/column.js'
import type { SavedEvents } from '../../store/event-table.js'
import type { SavedOthers } from '../../store/history.js'
import type { SavedTags } from '../../store/tag-store.js'
import type { StoredSnapshot } from '../storage-adapter.js'
import { storageDamaged } from '../storage-error.js'
import { frozen } from './frozen.js'
import { readBody } from './section-body.js'
import type { SavedBeside, SavedContacts, SavedFolded, SavedHead, SavedSegment } from './saved.js'
import { readSections } from './sections.js'

/**
 * Loads a snapshot into the state of an engine that is new: columns are taken over as they lie in its bytes.
 *
 * @throws CoterieError `STORAGE_DAMAGED` where it is not as it was written, `STORAGE_NEWER` where a newer version wrote it.
 */
export async function loadState(state: EngineState, { chunks }: StoredSnapshot): Promise<SavedBeside> {
  let beside: SavedBeside | undefined
  for await (const { name, body } of readSections(chunks)) {
    try {
      beside = loadSection(state, name, readBody(body)) ?? beside
    } catch (cause) {
      if (isCoterieError(cause)) throw cause
      throw storageDamaged('the snapshot', `the section ${name}`, 'a section of this version')
    }
  }
  if (beside === undefined) throw storageDamaged('the snapshot', 'no head', 'a snapshot')
  state.segments.arrange([])
  return beside
}

/** What a section holds is known by its name: it was written so, under a checksum. */
function loadSection(state: EngineState, name: string, saved: Saved): SavedBeside | undefined {
  const { store } = state
  const { json, arrays } = saved
  switch (name) {
    case 'HEAD':
      return loadHead(state, frozen(json) as SavedHead)
    case 'DIRE':
      store.directory.load({ ...(json as SavedContacts), places: arrays[0] as Float64Array<ArrayBuffer> })
      return undefined
    case 'ATTR':
      loadAttribute(state, json as SavedColumn['json'] & { readonly name: string }, arrays)
      return undefined
    case 'TAGS':
      frozen((json as SavedTags['json']).beside)
      store.tags.load(saved as SavedTags)
      return undefined
    case 'EVNT':
      store.history.loadEvents(saved as SavedEvents)
      return undefined
    case 'RECS':
      for (const [ordinal, own] of frozen(json) as SavedOthers['records'])
        for (const [collection, records] of own) store.history.setRecords(ordinal, collection, records)
      return undefined
    case 'GONE':
      for (const [ordinal, ids] of json as SavedOthers['removedIds'])
        for (const id of ids) store.history.setRemoved(ordinal, id, true)
      return undefined
    case 'FOLD':
      for (const [ordinal, type, events, totals] of frozen(json) as SavedFolded)
        store.folded.set(ordinal, type, { events, totals: new Map(totals) })
      return undefined
    case 'MEMB':
      state.memberships.load(saved as SavedMemberships)
      return undefined
    case 'SEGM':
      loadSegment(state, frozen(json) as SavedSegment, arrays)
      return undefined
    case 'AUTO':
      if (state.automation === undefined) state.lacksAutomation = true
      else state.automation.load(frozen(json))
      return undefined
    default:
      throw storageDamaged('the snapshot', `a section ${name}`, 'a section that this version knows')
  }
}

function loadHead(state: EngineState, head: SavedHead): SavedBeside {
  state.now = head.now
  state.revision = head.revision
  state.seq = head.seq
  state.segments.places = head.places
  state.store.history.arrivals = head.arrivals
  for (const declared of head.declaredTags) state.catalogue.set(declared.tag, declared)
  for (const group of head.tagGroups) state.catalogue.groups.set(group.group, group)
  state.trail.load(head.trail)
  for (const { type, before, keys } of head.folded) state.store.folded.fold(type, before, new Set(keys))
  return head
}

function loadAttribute(
  { store }: EngineState,
  { name, ...json }: SavedColumn['json'] & { readonly name: string },
  arrays: readonly NumberArray[],
): void {
  store.loadAttribute(name, { json, arrays: arrays as unknown as SavedColumn['arrays'] })
}

function loadSegment(state: EngineState, saved: SavedSegment, arrays: readonly NumberArray[]): void {
  const segment = new Segment(saved.id, saved.kind, saved.place, state.memberships, saved.slot)
  segment.rule = saved.rule
  segment.description = saved.description
  segment.holds = saved.holds
  if (saved.visits === undefined) segment.visits = undefined
  else segment.visits?.load(savedVisits(saved.visits, arrays.slice(0, arraysOfVisits)))
  if (saved.damping !== undefined) {
    segment.damping = dampingOf(saved.damping)
    segment.damper = new Damper(segment, state.dampedEnds)
    segment.damper.load(savedVisits(saved.moves ?? 0, arrays.slice(-arraysOfVisits)))
  }
  for (const kind of ['include', 'exclude'] as const) loadSlots(state, segment, kind, saved[kind])
  state.segments.add(segment)
}

/** How many arrays a table of visits is. */
const arraysOfVisits = 3

function savedVisits(json: number, arrays: readonly NumberArray[]): SavedVisits {
  return { json, arrays: arrays as unknown as SavedVisits['arrays'] }
}

function loadSlots(state: EngineState, segment: Segment, kind: SlotKind, saved: SavedSegment[SlotKind]): void {
  for (const [ordinal, slot] of saved) {
    segment.slots[kind].set(ordinal, slot)
    if (slot.until === undefined) continue
    state.slotTokens.set(slot, state.slotEnds.add(slot.until, { segment, kind, ordinal }))
  }
}
