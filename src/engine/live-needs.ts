import type { EventItems, Operand } from '../rules/ast.js'
import { historyNeeds } from '../rules/history-needs.js'
import { totalKey } from '../rules/kept-total.js'
import { windowEdges } from '../rules/windows.js'
import type { EngineState } from './state.js'

/** What a total is of. */
export interface TotalOf {
  readonly of: EventItems
  readonly value: Operand | undefined
}

/** What all live rules together need of the events of a type. */
export interface LiveNeeds {
  /** The beginning of the window that reaches furthest back; Infinity where none does. */
  from: number
  /** Totals of all events, by key. */
  readonly totals: Map<string, TotalOf>
  /** The ids of the segments whose rules need each single event. */
  readonly singly: Set<string>
}

/** What live rules need of the past, by type of events. Types that no rule is over have nothing here. */
export function liveNeeds({ segments, settings, now }: EngineState): ReadonlyMap<string, LiveNeeds> {
  const found = new Map<string, LiveNeeds>()
  for (const { id, watched: rule } of segments.all()) {
    for (const need of rule === undefined ? [] : historyNeeds(rule)) {
      const needs = needsOf(found, need.type)
      if (need.needs === 'events') needs.singly.add(id)
      else if (need.needs === 'total') needs.totals.set(totalKey(need.of, need.value), need)
      else needs.from = Math.min(needs.from, windowEdges(need.window, settings.timeZone).from.boundAt(now))
    }
  }
  return found
}

/** The ids of the segments because of which events of some type cannot be folded away, in the order of their definition. */
export function foldBlockers({ segments }: EngineState): readonly string[] {
  return segments
    .all()
    .filter(({ watched: rule }) => rule !== undefined && historyNeeds(rule).some(({ needs }) => needs === 'events'))
    .map(({ id }) => id)
}

function needsOf(found: Map<string, LiveNeeds>, type: string): LiveNeeds {
  let needs = found.get(type)
  if (needs === undefined)
    found.set(type, (needs = { from: Infinity, totals: new Map<string, TotalOf>(), singly: new Set<string>() }))
  return needs
}
