import { isCoterieError } from '../../base/errors.js'
import { utf8Text } from '../../base/utf8.js'
import type { EngineState } from '../../engine/state.js'
import { Segment, type SlotKind } from '../../segments/segment.js'
import type { ContactStore } from '../../store/contact-store.js'
import type { StoredSnapshot } from '../storage-adapter.js'
import { storageDamaged } from '../storage-error.js'
import { frozen } from './frozen.js'
import type { SavedContact, SavedHead, SavedSegment } from './saved.js'
import { readSections, type Section } from './sections.js'

/** What a snapshot says beside the state of the engine. */
export type SavedBeside = Pick<SavedHead, 'world' | 'cursors' | 'marks'>

/**
 * Loads a snapshot into the state of an engine that is new.
 *
 * @throws CoterieError `STORAGE_DAMAGED` where it is not as it was written, `STORAGE_NEWER` where a newer version wrote it.
 */
export async function loadState(state: EngineState, { chunks }: StoredSnapshot): Promise<SavedBeside> {
  let beside: SavedBeside | undefined
  for await (const section of readSections(chunks)) {
    try {
      beside = loadSection(state, section) ?? beside
    } catch (cause) {
      if (isCoterieError(cause)) throw cause
      throw storageDamaged('the snapshot', `the section ${section.name}`, 'a section of this version')
    }
  }
  if (beside === undefined) throw storageDamaged('the snapshot', 'no head', 'a snapshot')
  state.segments.arrange([])
  return beside
}

function loadSection(state: EngineState, { name, body }: Section): SavedBeside | undefined {
  const saved = frozen(JSON.parse(utf8Text(body)))
  if (name === 'HEAD') return loadHead(state, saved as SavedHead)
  if (name === 'CONT') for (const contact of saved as readonly SavedContact[]) loadContact(state.store, contact)
  else if (name === 'SEGM') loadSegment(state, saved as SavedSegment)
  else throw storageDamaged('the snapshot', `a section ${name}`, 'a section that this version knows')
  return undefined
}

function loadHead(state: EngineState, head: SavedHead): SavedBeside {
  state.now = head.now
  state.revision = head.revision
  state.seq = head.seq
  state.store.directory.load(head.directory)
  state.segments.places = head.places
  state.store.history.arrivals = head.arrivals
  for (const declared of head.declaredTags) state.catalogue.set(declared.tag, declared)
  for (const group of head.tagGroups) state.catalogue.groups.set(group.group, group)
  state.trail.load(head.trail)
  for (const { type, before, keys } of head.folded) state.store.folded.fold(type, before, new Set(keys))
  return head
}

function loadContact(store: ContactStore, saved: SavedContact): void {
  const { ordinal, attributes, tags = [], events = [], removedEvents = [], records = [], folded = [] } = saved
  for (const [name, value] of attributes) store.setAttribute(ordinal, name, value)
  for (const held of tags) store.tags.set(ordinal, held.tag, held)
  for (const [type, list] of events) for (const event of list) store.history.addEvent(ordinal, { type, ...event })
  for (const id of removedEvents) store.history.setRemoved(ordinal, id, true)
  for (const [collection, list] of records) store.history.setRecords(ordinal, collection, list)
  for (const [type, count, totals] of folded) {
    store.folded.set(ordinal, type, { events: count, totals: new Map(totals) })
  }
}

function loadSegment(state: EngineState, saved: SavedSegment): void {
  const segment = new Segment(saved.id, saved.kind, saved.place, state.memberships)
  segment.rule = saved.rule
  segment.description = saved.description
  for (const ordinal of saved.members) segment.members.flip(ordinal)
  if (saved.visits === undefined) segment.visits = undefined
  else for (const [ordinal, count, since] of saved.visits) segment.visits?.set(ordinal, count, since)
  for (const kind of ['include', 'exclude'] as const) loadSlots(state, segment, kind, saved[kind])
  state.segments.add(segment)
}

function loadSlots(state: EngineState, segment: Segment, kind: SlotKind, saved: SavedSegment[SlotKind]): void {
  for (const [ordinal, slot] of saved) {
    segment.slots[kind].set(ordinal, slot)
    if (slot.until === undefined) continue
    state.slotTokens.set(slot, state.slotEnds.add(slot.until, { segment, kind, ordinal }))
  }
}
