import type { ContactName, SegmentConvert, SegmentDamping, SegmentDefine, SegmentKind } from '../../changes/change.js'
import { withSlot } from './slots.js'
import { serialOf, type ModelSegment, type ModelSlot, type ModelState } from './state.js'

const plainSlot: ModelSlot = { reason: undefined, until: undefined }

/** The kind that a definition gives: the one it says, the one that is there, or what follows from what it gives. */
export function kindOf(state: ModelState, change: SegmentDefine): SegmentKind {
  const { id, kind, rule } = change
  const ofNew = givesDamping(change) ? 'damped' : rule === undefined ? 'static' : 'dynamic'
  return kind ?? state.segments.get(id)?.kind ?? ofNew
}

/** Whether a change gives what only damped segments have. */
export function givesDamping({ stay, minimumStay, coolDown }: SegmentDefine | SegmentConvert): boolean {
  return [stay, minimumStay, coolDown].some((part) => part !== undefined && part !== null)
}

/** A damping, with what a change says of it. */
function damped(before: SegmentDamping | undefined, change: SegmentDefine | SegmentConvert): SegmentDamping {
  const { stay, minimumStay, coolDown } = { ...before, ...JSON.parse(JSON.stringify(change)) } as SegmentDefine
  return {
    ...(stay === undefined || stay === null ? {} : { stay }),
    ...(minimumStay === undefined || minimumStay === null ? {} : { minimumStay }),
    ...(coolDown === undefined || coolDown === null ? {} : { coolDown }),
  }
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
    case 'damped':
      state.segments.set(change.id, { ...visits, rule, damping: damped(segment.damping, change) })
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
export function convertSegment(state: ModelState, change: SegmentConvert): void {
  const { segment: id, kind, rule } = change
  const segment = state.segments.get(id)
  if (segment === undefined) return
  const { members, keepsVisits } = segment
  const since = [...members].map(([serial, visit]) => [serial, keepsVisits ? visit.since : state.now] as const)
  const converted = {
    ...segment,
    kind,
    snapshot: undefined,
    exclude: new Map<number, ModelSlot>(),
    damping: kind === 'damped' ? damped(undefined, change) : undefined,
    movedAt: new Map(kind === 'damped' ? since : []),
  }
  const none = new Map<number, ModelSlot>()
  if (kind === 'static') {
    const present = [...members.keys()].filter((serial) => state.contacts.has(serial))
    const include = new Map(present.map((serial) => [serial, segment.include.get(serial) ?? plainSlot]))
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
    damping: undefined,
    movedAt: new Map(),
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
