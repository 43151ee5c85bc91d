import type { ContactName, SegmentConvert, SegmentDefine, SegmentKind } from '../../changes/change.js'
import { withSlot } from './slots.js'
import { serialOf, type ModelSegment, type ModelSlot, type ModelState } from './state.js'

const plainSlot: ModelSlot = { reason: undefined, until: undefined }

/** The kind that a definition gives: the one it says, the one that is there, or what follows from having a rule. */
export function kindOf(state: ModelState, { id, kind, rule }: SegmentDefine): SegmentKind {
  return kind ?? state.segments.get(id)?.kind ?? (rule === undefined ? 'static' : 'dynamic')
}

/** Defines a segment, or defines one that is there anew. */
export function defineSegment(state: ModelState, change: SegmentDefine): void {
  const old = state.segments.get(change.id)
  const kind = kindOf(state, change)
  const segment = old ?? newSegment(state, change.id, kind)
  const slots = change.contacts === undefined ? undefined : slotsOf(state, change.contacts)
  const rule = change.rule ?? segment.rule
  const holds = change.holds === undefined ? segment.holds : (change.holds ?? undefined)
  const visits = { ...withVisits(state, segment, change.visits ?? segment.keepsVisits), holds }
  switch (kind) {
    case 'dynamic':
      state.segments.set(change.id, { ...visits, rule })
      return
    case 'hybrid':
      state.segments.set(change.id, { ...visits, rule, include: slots ?? segment.include })
      return
    case 'static': {
      const given = slots ?? (change.rule === undefined ? segment.include : new Map<number, ModelSlot>())
      const snapshot = change.rule ?? (slots === undefined ? segment.snapshot : undefined)
      state.segments.set(change.id, { ...visits, include: given, snapshot })
      return
    }
  }
}

/** Changes the kind of a segment. */
export function convertSegment(state: ModelState, { segment: id, kind, rule }: SegmentConvert): void {
  const segment = state.segments.get(id)
  if (segment === undefined) return
  const converted = { ...segment, kind, snapshot: undefined, exclude: new Map<number, ModelSlot>() }
  const none = new Map<number, ModelSlot>()
  if (kind === 'static') {
    const members = [...segment.members.keys()].filter((serial) => state.contacts.has(serial))
    const include = new Map(members.map((serial) => [serial, segment.include.get(serial) ?? plainSlot]))
    state.segments.set(id, { ...converted, rule: undefined, include })
  } else {
    const include = segment.kind === 'static' && kind === 'hybrid' ? segment.include : none
    state.segments.set(id, { ...converted, rule: rule ?? segment.rule, include })
  }
}

function newSegment(state: ModelState, id: string, kind: SegmentKind): ModelSegment {
  state.serials += 1
  return {
    serial: state.serials,
    id,
    kind,
    rule: undefined,
    snapshot: undefined,
    include: new Map(),
    exclude: new Map(),
    keepsVisits: true,
    holds: undefined,
    members: new Map(),
    visits: new Map(),
  }
}

/** The segment, keeping visits or not. Those of members begin when they are switched on; switched off they are forgotten. */
function withVisits(state: ModelState, segment: ModelSegment, keepsVisits: boolean): ModelSegment {
  if (keepsVisits === segment.keepsVisits) return segment
  const serials = [...segment.members.keys()]
  return {
    ...segment,
    keepsVisits,
    members: new Map(serials.map((serial) => [serial, { since: state.now }])),
    visits: new Map(keepsVisits ? serials.map((serial) => [serial, 1]) : []),
  }
}

function slotsOf(state: ModelState, names: readonly ContactName[]): ReadonlyMap<number, ModelSlot> {
  let slots: ReadonlyMap<number, ModelSlot> = new Map()
  for (const name of names) slots = withSlot(slots, serialOf(state, name) ?? -1, plainSlot)
  return slots
}
