import type { Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { readOnce } from '../rules/read-once.js'
import { checkRuleKept } from './kept-history.js'
import { readEngineRule } from './questions.js'
import type { EngineState } from './state.js'

type RuleReader = (rule: Rule) => Rule

const readers = /* @__PURE__ */ new WeakMap<EngineState, RuleReader>()

/** Whether a rule holds of a contact now. A rule that is frozen, such as what builders make, is read at the first call only. */
export function holdsOf(state: EngineState, ordinal: number, rule: Rule): boolean {
  let read = readers.get(state)
  if (read === undefined) readers.set(state, (read = readerFor(state)))
  const known = read(rule)
  // More may have been folded away since it was read.
  checkRuleKept(state, known)
  return holds(known, state.scopeOf(ordinal))
}

function readerFor(state: EngineState): RuleReader {
  const { schema, timeZone } = state.settings
  const read = readOnce((input) => readEngineRule(state, input as Rule))
  return (rule) => read(rule, { schema, timeZone })
}
