import { CoterieError } from '../base/errors.js'
import { Heap } from '../base/heap.js'
import type { Segment } from './segment.js'

/*
 * The order in which segments are decided: those that a segment refers to come before it, and otherwise the one first
 * defined does. It is the order that one gets by taking, again and again, the first-defined segment all of whose references
 * are taken already. When none can be taken, what is left holds a loop.
 *
 * Costs a heap operation per segment and a step per reference; only definitions pay it.
 */

/**
 * The segments in the order in which they are decided. References to segments that are not among them are passed over.
 *
 * @throws CoterieError `RULE_LOOP`, with the loop spelled out.
 */
export function dependencyOrder(segments: readonly Segment[]): Segment[] {
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  const waitsFor = new Map<Segment, number>()
  const dependents = new Map<Segment, Segment[]>()
  const ready = new Heap<Segment>(({ place }) => place)
  for (const segment of segments) {
    let count = 0
    for (const id of segment.references) {
      const reference = byId.get(id)
      if (reference === undefined) continue
      count += 1
      const waiting = dependents.get(reference)
      if (waiting === undefined) dependents.set(reference, [segment])
      else waiting.push(segment)
    }
    waitsFor.set(segment, count)
    if (count === 0) ready.push(segment)
  }
  const order: Segment[] = []
  for (let segment = ready.pop(); segment !== undefined; segment = ready.pop()) {
    order.push(segment)
    for (const dependent of dependents.get(segment) ?? []) {
      const left = (waitsFor.get(dependent) ?? 0) - 1
      waitsFor.set(dependent, left)
      if (left === 0) ready.push(dependent)
    }
  }
  if (order.length < segments.length) {
    const taken = new Set(order)
    throw loopError(
      segments.filter((segment) => !taken.has(segment)),
      byId,
    )
  }
  return order
}

/** Among segments each of which waits for another of them, follows references until one comes again. */
function loopError(stuck: readonly Segment[], byId: ReadonlyMap<string, Segment>): CoterieError {
  const left = new Set(stuck)
  const path: Segment[] = []
  let at = stuck[0]
  while (at !== undefined && !path.includes(at)) {
    path.push(at)
    const next: Segment | undefined = [...at.references]
      .map((id) => byId.get(id))
      .find((segment) => segment !== undefined && left.has(segment))
    at = next
  }
  const loop = at === undefined ? path : [...path.slice(path.indexOf(at)), at]
  const spelled = loop.map(({ id }) => JSON.stringify(id)).join(' → ')
  return new CoterieError('RULE_LOOP', `Segments refer to each other in a loop: ${spelled}`, {
    received: spelled,
    expected: 'rules that lead to no loop of segments',
  })
}
