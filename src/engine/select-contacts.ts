import type { OrdinalSet } from '../base/ordinal-set.js'
import type { Rule } from '../rules/ast.js'
import type { Population } from '../selection/population.js'
import { scanOf } from '../selection/scan-of-rule.js'
import { select } from '../selection/select.js'
import type { EngineState } from './state.js'

/**
 * The contacts a rule holds for now; one that is being asked in slices is finished, members of segments as they are; those who are being taken away are in no rule. The rule
 * must have been read with the engine's settings.
 */
export function selectContacts(state: EngineState, rule: Rule): OrdinalSet {
  state.counters.scans += 1
  const open = state.openSelections.of(rule)
  if (open !== undefined) return open.finish(populationOf(state))
  const { present, end } = state.store.directory
  return select(scanOf(rule, populationOf(state)), present, end)
}

/** The contacts of an engine as a rule can be asked of them now. */
export function populationOf(state: EngineState): Population {
  const { store, segments, counters, settings, now, revision } = state
  return {
    store,
    now,
    revision,
    timeZone: settings.timeZone,
    scopeOf: (ordinal) => state.scopeOf(ordinal),
    testOf: (leaf) => state.testOf(leaf),
    membersOf: (id) => segments.get(id)?.members.set,
    onAsked: () => {
      counters.scanTests += 1
    },
  }
}
