import { CoterieError, show } from '../base/errors.js'
import type { ChangeInput, SegmentInput } from '../changes/input.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import { referenceOrder } from '../rules/reference-order.js'
import { referencesOf } from '../rules/rule-walk.js'
import { watchedRule } from '../segments/damping.js'
import { movesOf, type Moves } from './planned-moves.js'
import { plannedOf, type Planned, type PlannedAction } from './planned-segment.js'

/*
 * What a set of definitions would do to an engine, before it is applied. Each contact is asked, segment by segment in the
 * order of their references, whether it would be a member: segments that change are asked by their new rules, and those
 * that refer to them by the new memberships; slots stay as they are. Nothing is changed.
 */

/** How a segment would change. */
export interface PlannedSegment {
  readonly id: string
  /**
   * `add` a new one, `redefine` its rule or its members, `describe` only its words or its visits, `keep` nothing, `remove`; `follow`
   * nothing of its own, but it refers to others that change.
   */
  readonly action: PlannedAction | 'follow'
  /** Ids of those who would enter, in the order in which they were put. */
  readonly enter: readonly string[]
  readonly exit: readonly string[]
  /** How many are members now, and how many would be. */
  readonly before: number
  readonly after: number
}

/** What a set of definitions would do. Plain JSON. */
export interface SegmentsPlan {
  /** The segments of the engine in their order, then those that are new. */
  readonly segments: readonly PlannedSegment[]
  /** How many transitions would be told, entering and leaving. */
  readonly transitions: { readonly enter: number; readonly exit: number }
  /** What to apply, as one batch; empty where there is nothing to do. */
  readonly changes: readonly ChangeInput[]
}

/** How {@link planSegments} compares. */
export interface PlanOptions {
  /** Whether segments of the engine that are not among the definitions are to be removed. Default false. */
  readonly removeOthers?: boolean | undefined
}

/**
 * What would happen if these definitions, a file in version control for instance, were applied to an engine: which segments
 * are new, defined anew or as they are, who would enter and who would leave. Changes nothing; `engine.batch(plan.changes)`
 * applies it. Costs one evaluation of each contact and segment that changes or refers to one.
 *
 * @throws CoterieError for rules that cannot be read; `SEGMENT_UNKNOWN`, `RULE_LOOP`, `RULE_NEEDS_FOLDED`; `SEGMENT_KIND` where a definition has another kind
 *   than the segment that is there; `SEGMENT_IN_USE` where one would be removed that others refer to.
 */
export function planSegments<S extends Schema>(
  engine: Engine<S>,
  definitions: Iterable<SegmentInput>,
  { removeOthers = false }: PlanOptions = {},
): SegmentsPlan {
  const given = new Map([...definitions].map((definition) => [definition.id, definition]))
  const ids = [...engine.segments.ids(), ...[...given.keys()].filter((id) => engine.segments.get(id) === undefined)]
  const stays = (id: string): boolean => given.has(id) || !removeOthers
  const planned = new Map(
    ids.map((id) => [id, plannedOf(engine, id, given.get(id), ids.filter(stays), stays(id))] as const),
  )
  const order = referenceOrder(ids, (id) => referencesIn(planned.get(id), id, planned))
  const moved = movedBy(order, planned)
  const moves = movesOf(
    engine,
    order.filter((id) => moved.has(id)),
    planned,
  )
  const segments = ids.map((id) => segmentOf(engine, planned.get(id) as Planned, moves.get(id)))
  const changes = changesOf(ids, planned, given)
  return Object.freeze({
    segments: Object.freeze(segments),
    transitions: Object.freeze({ enter: total(segments, 'enter'), exit: total(segments, 'exit') }),
    changes: Object.freeze(changes),
  })
}

function total(segments: readonly PlannedSegment[], way: 'enter' | 'exit'): number {
  return segments.reduce((sum, segment) => sum + segment[way].length, 0)
}

/** The segments that a rule refers to, which must be there. */
function referencesIn(
  segment: Planned | undefined,
  id: string,
  planned: ReadonlyMap<string, Planned>,
): ReadonlySet<string> {
  const references = referencesTo(segment)
  for (const other of references) {
    if (planned.get(other)?.action !== 'remove') continue
    throw new CoterieError('SEGMENT_IN_USE', `Segment ${show(other)} would be removed, but ${show(id)} refers to it`, {
      path: [id],
      received: show(other),
      expected: 'a segment that stays',
    })
  }
  return references
}

/** The ids of the segments that the rules of one refer to. */
function referencesTo(segment: Planned | undefined): ReadonlySet<string> {
  const watched = watchedRule(segment?.rule, segment?.damping?.stay)
  return watched === undefined ? new Set<string>() : referencesOf(watched)
}

/** The segments that change, and those that refer to one, through others too. */
function movedBy(order: readonly string[], planned: ReadonlyMap<string, Planned>): ReadonlySet<string> {
  const moved = new Set<string>()
  for (const id of order) {
    const segment = planned.get(id)
    const changes = segment?.action !== 'keep' && segment?.action !== 'describe'
    if (changes || [...referencesTo(segment)].some((other) => moved.has(other))) moved.add(id)
  }
  return moved
}

function segmentOf<S extends Schema>(
  engine: Engine<S>,
  { id, action }: Planned,
  moves: Moves | undefined,
): PlannedSegment {
  const { enter = [], exit = [] } = moves ?? {}
  const before = engine.segments.get(id)?.count ?? 0
  return Object.freeze({
    id,
    action: action === 'keep' && moves !== undefined ? 'follow' : action,
    enter: Object.freeze(enter),
    exit: Object.freeze(exit),
    before,
    after: before + enter.length - exit.length,
  })
}

/** What to apply: definitions of what is new or otherwise, and removals. */
function changesOf(
  ids: readonly string[],
  planned: ReadonlyMap<string, Planned>,
  given: ReadonlyMap<string, SegmentInput>,
): readonly ChangeInput[] {
  return ids.flatMap((id): readonly ChangeInput[] => {
    const definition = given.get(id)
    const action = planned.get(id)?.action
    if (action === 'remove') return [{ type: 'segment.remove', segment: id }]
    return definition === undefined || action === 'keep' ? [] : [{ ...definition, type: 'segment.define' }]
  })
}
