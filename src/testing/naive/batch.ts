import type { Change, ContactName } from '../../changes/change.js'
import { contactsNamed, segmentNamed } from './problems.js'
import { serialOf, type ModelState } from './state.js'

/**
 * Applies the changes of a batch in their order, but for those that name what is not there yet and is put or defined by
 * one that is still to come: they wait for all that they name, and are applied right after the last of it. What still
 * waits in the end is applied then, to be refused.
 */
export function inOrder(state: ModelState, changes: readonly Change[], apply: (change: Change) => void): void {
  const applied = new Set<Change>()
  let waiting: Change[] = []
  const run = (change: Change): void => {
    apply(change)
    applied.add(change)
  }
  const mustWait = (change: Change): boolean => {
    const toCome = changes.filter((other) => other !== change && !applied.has(other))
    return isMissing(state, change, toCome)
  }
  for (const change of changes) {
    if (mustWait(change)) {
      waiting.push(change)
      continue
    }
    run(change)
    for (;;) {
      const ready = waiting.find((other) => !mustWait(other))
      if (ready === undefined) break
      waiting = waiting.filter((other) => other !== ready)
      run(ready)
    }
  }
  waiting.forEach(run)
}

/** Whether a change names something that is not there but is still to come. */
function isMissing(state: ModelState, change: Change, toCome: readonly Change[]): boolean {
  const segment = segmentNamed(change)
  const waitsForSegment =
    segment !== undefined &&
    !state.segments.has(segment) &&
    toCome.some((other) => other.type === 'segment.define' && other.id === segment)
  return (
    waitsForSegment ||
    contactsNamed(change).some(
      (name) => serialOf(state, name) === undefined && toCome.some((other) => puts(other, name)),
    )
  )
}

function puts(change: Change, name: ContactName): boolean {
  if (typeof name === 'string') return change.type === 'contact.put' && change.contact === name
  return change.type === 'contact.identify' && change.channel === name.channel && change.id === name.id
}
