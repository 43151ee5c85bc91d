/*
 * Folding old events away. A window's beginning never goes back, so what is before the beginnings of all windows over a type
 * is looked at by none of them any more, and by no window that is defined later: such a rule is refused. What is asked of all
 * events goes into totals, from which, with the events still there, the same answers come. So no membership moves, now or
 * later, and nothing has to be settled.
 *
 * Costs a look at each contact that has events of a type, and for each event that goes one at each of the totals kept.
 */

import { compareText } from '../base/text.js'
import type { FoldOutcome } from '../changes/receipt.js'
import { placeFrom, type HeldEvent } from '../contacts/event.js'
import type { HeldTotal } from '../contacts/folded.js'
import { FoldingTotal } from '../contacts/folding-total.js'
import { holds, operandValue } from '../rules/evaluate.js'
import { itemOfEvent } from '../rules/items.js'
import type { Scope } from '../rules/scope.js'
import { liveNeeds, type LiveNeeds, type TotalOf } from './live-needs.js'
import type { FoldBound } from './recorder.js'
import { storedContacts, type EngineState } from './state.js'

/** Whether events before an instant can be folded away. */
export function canFold(state: EngineState, before: number): boolean {
  const needs = liveNeeds(state)
  return [...state.store.history.types()].some((type) => boundOf(state, type, needs.get(type), before) !== undefined)
}

/** Folds events before an instant away, as far as no live rule needs them; or as far as was once found, type by type. */
export function foldHistory(state: EngineState, before: number, found?: readonly FoldBound[]): FoldOutcome {
  const { history } = state.store
  const needs = liveNeeds(state)
  if (found !== undefined) {
    const again = found.map((type) => foldAgain(state, type, needs.get(type.eventType)))
    dropTotals(state, needs, before)
    return { folded: again.reduce((sum, each) => sum + each.folded, 0), types: again, blocked: [] }
  }
  const types: { eventType: string; before: number; folded: number }[] = []
  const blocked: { eventType: string; segments: readonly string[] }[] = []
  for (const eventType of [...history.types()].sort(compareText)) {
    const needed = needs.get(eventType)
    const bound = boundOf(state, eventType, needed, before)
    if (bound !== undefined) {
      types.push({ eventType, before: bound, folded: foldType(state, eventType, bound, needed?.totals ?? none) })
    } else if (needed !== undefined && needed.singly.size > 0 && history.hasBefore(eventType, before)) {
      blocked.push({ eventType, segments: [...needed.singly] })
    }
  }
  dropTotals(state, needs, before)
  return { folded: types.reduce((sum, each) => sum + each.folded, 0), types, blocked }
}

function foldAgain(state: EngineState, { eventType, before }: FoldBound, needed: LiveNeeds | undefined) {
  return { eventType, before, folded: foldType(state, eventType, before, needed?.totals ?? none) }
}

/** Totals that no rule asks for any more go. */
function dropTotals({ store: { folded } }: EngineState, needs: ReadonlyMap<string, LiveNeeds>, before: number): void {
  for (const type of folded.types())
    folded.fold(type, folded.type(type)?.before ?? before, new Set(needs.get(type)?.totals.keys()))
}

const none: ReadonlyMap<string, TotalOf> = new Map<string, TotalOf>()

/** Before which instant events of a type can go; undefined where none can. */
function boundOf(
  { store: { history } }: EngineState,
  type: string,
  needed: LiveNeeds | undefined,
  before: number,
): number | undefined {
  if (needed !== undefined && needed.singly.size > 0) return undefined
  const bound = Math.min(before, needed?.from ?? Infinity)
  return history.hasBefore(type, bound) ? bound : undefined
}

function foldType(state: EngineState, type: string, bound: number, totals: ReadonlyMap<string, TotalOf>): number {
  const { history, folded } = state.store
  folded.fold(type, bound, new Set(totals.keys()))
  let count = 0
  for (const ordinal of history.contactsWith(type)) {
    const events = history.events(ordinal, type)
    const gone = events.slice(0, placeFrom(events, bound))
    if (gone.length === 0) continue
    count += gone.length
    const held = folded.get(ordinal, type)
    folded.set(ordinal, type, {
      events: (held?.events ?? 0) + gone.length,
      totals: totalsWith(gone, totals, held?.totals, state.scopeOf(ordinal)),
    })
    history.removeFirst(ordinal, type, gone.length)
  }
  state.windows.eventsFolded(type, bound, () => storedContacts(state), state.now)
  return count
}

/** The totals of what was gone already and what goes now. */
function totalsWith(
  gone: readonly HeldEvent[],
  totals: ReadonlyMap<string, TotalOf>,
  before: ReadonlyMap<string, HeldTotal> | undefined,
  scope: Scope,
): ReadonlyMap<string, HeldTotal> {
  const found = new Map<string, HeldTotal>()
  for (const [key, { of, value }] of totals) {
    const folding = new FoldingTotal(before?.get(key))
    for (const event of gone) {
      const asked = { ...scope, item: itemOfEvent(event) }
      if (of.where !== undefined && !holds(of.where, asked)) continue
      folding.add(event, value === undefined ? undefined : operandValue(value, asked))
    }
    const { total } = folding
    if (total.count > 0) found.set(key, total)
  }
  return found
}
