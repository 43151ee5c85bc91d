import { utf8Bytes } from '../../base/utf8.js'
import type { HeldEvent } from '../../contacts/event.js'
import type { EngineState } from '../../engine/state.js'
import type { Segment } from '../../segments/segment.js'
import type { ContactStore } from '../../store/contact-store.js'
import type { SavedContact, SavedHead, SavedSegment } from './saved.js'
import { sectionBytes, snapshotEnd, snapshotHead } from './sections.js'

/** How many contacts go into one section. */
const contactsInSection = 1_000

/** All that an engine holds, and what stands beside it, as the bytes of a snapshot. */
export function* saveState(
  state: EngineState,
  beside: Pick<SavedHead, 'world' | 'cursors' | 'marks'>,
): Generator<Uint8Array, void, undefined> {
  const { store, segments } = state
  let sections = 0
  const section = (name: string, saved: unknown): Uint8Array => {
    sections += 1
    return sectionBytes({ name, body: utf8Bytes(JSON.stringify(saved)) })
  }
  yield snapshotHead()
  yield section('HEAD', headOf(state, beside))
  const ordinals = store.directory.inOrder()
  for (let from = 0; from < ordinals.length; from += contactsInSection) {
    const some = ordinals.slice(from, from + contactsInSection)
    yield section(
      'CONT',
      some.map((ordinal) => savedContact(store, ordinal)),
    )
  }
  for (const segment of segments.all()) yield section('SEGM', savedSegment(segment))
  yield snapshotEnd(sections)
}

function headOf(state: EngineState, beside: Pick<SavedHead, 'world' | 'cursors' | 'marks'>): SavedHead {
  const { now, revision, seq, store, segments, catalogue, trail } = state
  const { directory, history, folded } = store
  return {
    now,
    revision,
    seq,
    ...beside,
    directory: directory.save(),
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

function savedContact(store: ContactStore, ordinal: number): SavedContact {
  const { tags, history, folded } = store
  const heldTags = [...tags.of(ordinal)]
  const events = [...history.eventTypes(ordinal)].map(
    (type) => [type, history.events(ordinal, type).map(withoutType)] as const,
  )
  const removedEvents = [...history.removedIds(ordinal)]
  const records = [...history.collections(ordinal)].map((name) => [name, history.records(ordinal, name)] as const)
  const foldedEvents = [...folded.types()].flatMap((type) => {
    const held = folded.get(ordinal, type)
    return held === undefined ? [] : [[type, held.events, [...held.totals]] as const]
  })
  return {
    ordinal,
    attributes: [...store.attributesOf(ordinal)],
    ...(heldTags.length === 0 ? undefined : { tags: heldTags }),
    ...(events.length === 0 ? undefined : { events }),
    ...(removedEvents.length === 0 ? undefined : { removedEvents }),
    ...(records.length === 0 ? undefined : { records }),
    ...(foldedEvents.length === 0 ? undefined : { folded: foldedEvents }),
  }
}

function withoutType({ at, properties, id, arrival }: HeldEvent): Omit<HeldEvent, 'type'> {
  return id === undefined ? { at, properties, arrival } : { at, properties, id, arrival }
}

function savedSegment({ id, place, kind, rule, description, members, slots, visits }: Segment): SavedSegment {
  const kept: [ordinal: number, count: number, since: number][] = []
  visits?.forEach((ordinal, count, since) => kept.push([ordinal, count, since]))
  return {
    id,
    place,
    kind,
    ...(rule === undefined ? undefined : { rule }),
    description,
    members: [...members.snapshot()],
    include: [...slots.include],
    exclude: [...slots.exclude],
    ...(visits === undefined ? undefined : { visits: kept }),
  }
}
