import { CoterieError, show, type Path } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { Rule } from '../rules/ast.js'
import { checkFolded, type FoldedType } from '../rules/folded-issues.js'
import type { EngineState } from './state.js'

/**
 * Checks that a rule needs no events that were folded away.
 *
 * @throws CoterieError `RULE_NEEDS_FOLDED`, with all places of the rule that need them.
 */
export function checkRuleKept(state: EngineState, rule: Rule, path: Path = []): void {
  if (state.isReplaying) return
  const asked = { now: state.now, timeZone: state.settings.timeZone }
  const foldedOf = (type: string): FoldedType | undefined => {
    const folded = state.store.folded.type(type)
    return folded === undefined ? undefined : { before: folded.before, keeps: (key) => folded.keys.has(key) }
  }
  checkFolded(rule, asked, foldedOf, path)
}

/**
 * Checks that an event is not older than what is kept of its type.
 *
 * @throws CoterieError `EVENT_TOO_OLD`.
 */
export function checkEventKept({ store, isReplaying }: EngineState, type: string, at: number): void {
  if (isReplaying) return
  const before = store.folded.type(type)?.before
  if (before === undefined || at >= before) return
  throw new CoterieError('EVENT_TOO_OLD', `The events ${show(type)} before ${formatInstant(before)} were folded away`, {
    path: ['event', 'at'],
    received: formatInstant(at),
    expected: `an instant from ${formatInstant(before)} on`,
  })
}
