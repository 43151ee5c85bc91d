import type { RuleProgram } from '../predicates/rule-programs.js'
import type { StoredContact } from '../predicates/window-clock.js'
import type { Rule } from '../rules/ast.js'
import type { Segment } from '../segments/segment.js'
import type { EngineState } from './state.js'

/**
 * Puts a segment's rule, or none where it was taken away, in place of the one it had: leaves are interned, watched, and the rule
 * is laid out to be asked. Of a damped one both rules are; `before` is that by which it was watched. `contacts` are those to begin
 * to watch.
 */
export function putLive(
  { decisions, leaves, leafUsers, programs, windows, now }: EngineState,
  segment: Segment,
  before: Rule | undefined,
  contacts: () => Iterable<StoredContact>,
): void {
  const after = segment.removed ? undefined : segment.watched
  const { rule, damping } = segment
  const changes = leaves.replace(segment, before, after)
  for (const subject of changes.subjectsRemoved) windows.unwatch(subject)
  for (const subject of changes.subjectsAdded) windows.watch(subject, contacts, now)
  leafUsers.forget(changes.changed)
  programs.number(changes)
  for (const program of [segment.program, segment.stayProgram]) if (program !== undefined) programs.remove(program)
  const add = (asked: Rule | undefined): RuleProgram | undefined =>
    after === undefined || asked === undefined ? undefined : programs.add(asked)
  segment.program = add(rule)
  segment.stayProgram = add(damping?.written.stay)
  decisions.write(segment)
}
