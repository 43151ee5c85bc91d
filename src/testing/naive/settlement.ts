import { durationOf, type DurationText } from '../../base/duration.js'
import type { CauseKind, Transition } from '../../changes/transition.js'
import { holds } from '../../rules/evaluate.js'
import type { Scope } from '../../rules/scope.js'
import { potOf, readersIn, workOut, type FormerHolder } from './holding.js'
import { conditionsOf, decisionOrder, referencesOf } from './order.js'
import {
  segmentsOf,
  viewOf,
  withEntry,
  type ModelContact,
  type ModelSegment,
  type ModelSlot,
  type ModelState,
} from './state.js'

/** A transition as the model knows it: of the cause, what does not depend on how revisions count. */
export interface ModelTransition extends Omit<Transition, 'cause'> {
  readonly kind: CauseKind
  readonly dueAt?: number
  readonly through?: string
}

/** What moved a contact. */
export interface ModelCause {
  readonly kind: CauseKind
  readonly dueAt?: number
}

/** A settlement's two ends. */
export interface Settlement {
  readonly before: ModelState
  /** The instant at which the state before is asked for its truth. */
  readonly beforeAt: number
  /** Written to: its memberships are brought into line. */
  readonly after: ModelState
  readonly timeZone: string
  /** Segments that were taken away, as they last were: their keeping of visits may have changed before. */
  readonly removed?: readonly ModelSegment[]
  /** Segments that begin to put a tag on, by serial. */
  readonly begun?: ReadonlySet<number>
  readonly causeOf: (contact: number) => ModelCause
  /** Hears of tags that were written, by the serial of the contact. */
  readonly touched: (contact: number, tag: string) => void
}

/** Brings all memberships into line with data, rules and slots; returns what moved, in order. */
export function settle(settlement: Settlement): ModelTransition[] {
  const { before, after, timeZone, removed = [] } = settlement
  const live = segmentsOf(after)
  const gone = segmentsOf(before)
    .filter(({ serial }) => live.every((segment) => segment.serial !== serial))
    .map((old) => asItLastWas(old, removed))
  const order = decisionOrder([...live, ...gone], readersIn(after)) ?? []
  const former = formerHolders(before, after)
  const contacts = new Map([...before.contacts, ...after.contacts])
  const transitions: ModelTransition[] = []
  for (const { serial, id } of [...contacts.values()].sort((a, b) => a.serial - b.serial)) {
    const decided = new Map<string, boolean>()
    const moved = new Set<string>()
    const entered = new Set<number>()
    const holdTags = (last: ModelSegment | undefined): void => {
      const pots = potsClosedBy(last, order, after, former)
      for (const pot of pots) holdPot(settlement, pot, serial, { former, decided, entered })
    }
    holdTags(undefined)
    for (const segment of order) {
      const contact = after.contacts.get(serial)
      const isLive = !gone.includes(segment)
      const was = segment.members.has(serial)
      const is = isLive && contact !== undefined && belongs(segment, contact, after.now, timeZone, decided)
      if (isLive) decided.set(segment.id, is)
      if (is && !was) entered.add(segment.serial)
      if (is && segment.snapshot !== undefined) admit(after, segment.id, serial)
      if (was === is) {
        if (isLive) holdTags(segment)
        continue
      }
      moved.add(segment.id)
      const visit = is ? enter(after, segment, serial) : exit(after, segment, serial, isLive)
      const through = throughOf(settlement, segment, serial, order, moved)
      after.transitions += 1
      transitions.push({
        seq: after.transitions,
        type: is ? 'enter' : 'exit',
        segmentId: segment.id,
        contactId: id,
        at: after.now,
        ...settlement.causeOf(serial),
        ...(isLive && contact !== undefined && through !== undefined ? { through } : {}),
        ...(segment.keepsVisits ? visit : {}),
      })
      if (isLive) holdTags(segment)
    }
  }
  for (const { id } of live) replace(after, id, { snapshot: undefined })
  return transitions
}

/** Those that held a tag before and do not any more. */
function formerHolders(before: ModelState, after: ModelState): FormerHolder[] {
  return segmentsOf(before).flatMap(({ id, serial, holds }) => {
    const now = after.segments.get(id)
    const stays = now?.serial === serial && now.holds?.tag === holds?.tag
    return holds === undefined || stays ? [] : [{ id, tag: holds.tag }]
  })
}

/** The pots of which a segment is the last that is decided, by name; without a segment, those that nobody holds any more. */
function potsClosedBy(
  last: ModelSegment | undefined,
  order: readonly ModelSegment[],
  state: ModelState,
  former: readonly FormerHolder[],
): readonly string[] {
  const potsOf = (segments: readonly ModelSegment[]): string[] =>
    segments.flatMap(({ id, serial, holds }) =>
      holds === undefined || state.segments.get(id)?.serial !== serial ? [] : [potOf(state, holds.tag)],
    )
  if (last !== undefined) {
    const later = potsOf(order.slice(order.indexOf(last) + 1))
    return potsOf([last]).filter((pot) => !later.includes(pot))
  }
  const held = potsOf(order)
  const left = former.map(({ tag }) => potOf(state, tag)).filter((pot) => !held.includes(pot))
  const nameOf = (pot: string): string => pot.slice(pot.indexOf(' ') + 1)
  return [...new Set(left)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

interface Decided {
  readonly former: readonly FormerHolder[]
  readonly decided: ReadonlyMap<string, boolean>
  readonly entered: ReadonlySet<number>
}

/** Works a pot out for a contact. */
function holdPot(
  { after, begun, touched }: Settlement,
  pot: string,
  serial: number,
  { former, decided, entered }: Decided,
): void {
  const contact = after.contacts.get(serial)
  if (contact === undefined) return
  const { tags, changed } = workOut(after, pot, contact, {
    segments: segmentsOf(after),
    former,
    isMember: ({ id }) => decided.get(id) ?? false,
    enters: (segment) => entered.has(segment.serial) || begun?.has(segment.serial) === true,
  })
  after.contacts.set(serial, { ...contact, tags })
  for (const tag of changed) touched(serial, tag)
}

/** A segment taken away: its place in the order is that of the rule it had before, its visits are as they last were. */
function asItLastWas(old: ModelSegment, removed: readonly ModelSegment[]): ModelSegment {
  const { members, visits, keepsVisits } = removed.find(({ serial }) => serial === old.serial) ?? old
  return { ...old, members, visits, keepsVisits }
}

/** Whether a contact belongs to a segment, by data, rule and slots. Segments referred to are decided already. */
export function belongs(
  segment: ModelSegment,
  contact: ModelContact,
  now: number,
  timeZone: string,
  decided: ReadonlyMap<string, boolean>,
): boolean {
  if (segment.kind === 'damped') {
    const from = movesFrom(segment, contact, now, timeZone, decided)
    return segment.members.has(contact.serial) !== (from !== undefined && from <= now)
  }
  if (segment.exclude.has(contact.serial)) return false
  if (segment.include.has(contact.serial)) return true
  const rule = segment.kind === 'static' ? segment.snapshot : segment.rule
  const scope = scopeOf(contact, now, timeZone, (id) => decided.get(id) ?? false)
  return rule !== undefined && holds(rule, scope)
}

/** From when on a damped segment moves a contact, by what its rules say at an instant. */
function movesFrom(
  segment: ModelSegment,
  contact: ModelContact,
  now: number,
  timeZone: string,
  decided: ReadonlyMap<string, boolean>,
): number | undefined {
  const { stay, minimumStay = '0ms', coolDown = '0ms' } = segment.damping ?? {}
  const scope = scopeOf(contact, now, timeZone, (id) => decided.get(id) ?? false)
  const enters = segment.rule !== undefined && holds(segment.rule, scope)
  const stays = stay === undefined ? enters : holds(stay, scope)
  const last = segment.movedAt.get(contact.serial) ?? -Infinity
  if (segment.members.has(contact.serial)) return stays ? undefined : last + msOf(minimumStay)
  return enters && stays ? last + msOf(coolDown) : undefined
}

function msOf(text: DurationText): number {
  const duration = durationOf(text)
  return duration.kind === 'exact' ? duration.ms : 0
}

/** Whether time alone ends a wait of a contact now: that is a reason of the segment's own. */
function endsWait(
  { before, beforeAt, after, timeZone }: Settlement,
  old: ModelSegment,
  contact: ModelContact,
): boolean {
  if (old.kind !== 'damped' || after.now === before.now) return false
  const inside = new Map(segmentsOf(before).map(({ id, members }) => [id, members.has(contact.serial)]))
  return movesFrom(old, contact, beforeAt, timeZone, inside) === after.now
}

function scopeOf(contact: ModelContact, now: number, timeZone: string, inSegment: Scope['inSegment']): Scope {
  return { contact: viewOf(contact), now, timeZone, inSegment }
}

/** The segment through whose move a contact moved: none where anything of the segment's own did it. */
function throughOf(
  settlement: Settlement,
  segment: ModelSegment,
  serial: number,
  order: readonly ModelSegment[],
  moved: ReadonlySet<string>,
): string | undefined {
  const { before, beforeAt, after, timeZone } = settlement
  const contact = after.contacts.get(serial)
  const old = before.contacts.get(serial)
  const oldSegment = before.segments.get(segment.id)
  if (contact === undefined || old === undefined || oldSegment === undefined) return undefined
  if (oldSegment.serial !== segment.serial || oldSegment.kind !== segment.kind) return undefined
  if (segment.snapshot !== undefined || !sameJson(oldSegment.rule, segment.rule)) return undefined
  if (!sameJson(oldSegment.damping, segment.damping) || endsWait(settlement, oldSegment, old)) return undefined
  if (oldSegment.include.get(serial) !== segment.include.get(serial)) return undefined
  if (oldSegment.exclude.get(serial) !== segment.exclude.get(serial)) return undefined
  const truthBefore = scopeOf(old, beforeAt, timeZone, () => false)
  const truthAfter = scopeOf(contact, after.now, timeZone, () => false)
  const rules = [segment.rule, segment.damping?.stay].filter((rule) => rule !== undefined)
  const conditions = rules.flatMap(conditionsOf)
  if (conditions.some((leaf) => holds(leaf, truthBefore) !== holds(leaf, truthAfter))) return undefined
  const references = referencesOf(segment)
  return order.find(({ id }) => references.has(id) && moved.has(id))?.id
}

type VisitPart = Pick<Transition, 'visit' | 'duration'>

function enter(state: ModelState, { id }: ModelSegment, serial: number): VisitPart {
  const segment = segmentAt(state, id)
  const visit = (segment.visits.get(serial) ?? 0) + 1
  const visits = segment.keepsVisits ? withEntry(segment.visits, serial, visit) : segment.visits
  replace(state, id, {
    members: withEntry(segment.members, serial, { since: state.now }),
    visits,
    movedAt: withEntry(segment.movedAt, serial, segment.kind === 'damped' ? state.now : undefined),
  })
  return { visit }
}

function exit(state: ModelState, old: ModelSegment, serial: number, isLive: boolean): VisitPart {
  const visit = old.visits.get(serial) ?? 0
  const duration = state.now - (old.members.get(serial)?.since ?? state.now)
  if (isLive) {
    const { members, visits, movedAt, kind } = segmentAt(state, old.id)
    replace(state, old.id, {
      members: withEntry(members, serial, undefined),
      movedAt: withEntry(movedAt, serial, kind === 'damped' ? state.now : undefined),
      visits: state.contacts.has(serial) ? visits : withEntry(visits, serial, undefined),
    })
  }
  return { visit, duration }
}

const snapshotSlot: ModelSlot = { reason: undefined, until: undefined }

/** Makes a contact that a snapshot's rule holds for a static member. */
function admit(state: ModelState, id: string, serial: number): void {
  const { include } = segmentAt(state, id)
  if (!include.has(serial)) replace(state, id, { include: withEntry(include, serial, snapshotSlot) })
}

function replace(state: ModelState, id: string, parts: Partial<ModelSegment>): void {
  state.segments.set(id, { ...segmentAt(state, id), ...parts })
}

function segmentAt(state: ModelState, id: string): ModelSegment {
  const segment = state.segments.get(id)
  if (segment === undefined) throw new Error(`There is no segment ${id}`)
  return segment
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
