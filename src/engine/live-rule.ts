import type { StoredContact } from '../predicates/window-clock.js'
import type { Rule } from '../rules/ast.js'
import type { Segment } from '../segments/segment.js'
import type { EngineState } from './state.js'

/**
 * Puts a segment's rule, or none where it was taken away, in place of the one it had: leaves are interned, watched, and the rule
 * is laid out to be asked. `contacts` are those to begin to watch.
 */
export function putLive(
  { decisions, leaves, leafUsers, programs, windows, now }: EngineState,
  segment: Segment,
  before: Rule | undefined,
  contacts: () => Iterable<StoredContact>,
): void {
  const after = segment.removed ? undefined : segment.rule
  const changes = leaves.replace(segment, before, after)
  for (const subject of changes.subjectsRemoved) windows.unwatch(subject)
  for (const subject of changes.subjectsAdded) windows.watch(subject, contacts, now)
  leafUsers.forget(changes.changed)
  programs.number(changes)
  if (segment.program !== undefined) programs.remove(segment.program)
  segment.program = after === undefined ? undefined : programs.add(after)
  decisions.write(segment)
}
