import type { Change, ContactName } from '../../changes/change.js'
import { contactsNamed, segmentNamed } from './problems.js'
import { serialOf, type ModelState } from './state.js'

/**
 * Applies the changes of a batch in their order, but for those that name what is not there yet and is put or defined by
 * one that is still to come: they wait for all that they name, and are applied right after the last of it. What still
 * waits in the end is applied then, to be refused.
 */
export function inOrder(state: ModelState, changes: readonly Change[], apply: (change: Change) => void): void {
  // By their places: the same change can stand in a batch twice.
  const left = new Set(changes.keys())
  let waiting: number[] = []
  const changeAt = (place: number): Change => changes[place] as Change
  const run = (place: number): void => {
    apply(changeAt(place))
    left.delete(place)
  }
  const mustWait = (place: number): boolean => {
    const toCome = [...left].filter((other) => other !== place).map(changeAt)
    return isMissing(state, changeAt(place), toCome)
  }
  for (const place of changes.keys()) {
    if (mustWait(place)) {
      waiting.push(place)
      continue
    }
    run(place)
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
