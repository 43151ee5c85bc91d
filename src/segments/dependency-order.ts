import { CoterieError } from '../base/errors.js'
import { Heap } from '../base/heap.js'

/*
 * The order in which segments are decided: those that a segment refers to come before it, and otherwise the one first
 * defined does. It is the order that one gets by taking, again and again, the first-defined segment all of whose references
 * are taken already. When none can be taken, what is left holds a loop.
 *
 * A segment whose rule reads a tag that others hold comes after these too.
 *
 * Costs a heap operation per segment and a step per reference; only definitions pay it.
 */

/** What stands in the order. */
export interface Ordered {
  readonly id: string
  /** The place of its first definition among all. */
  readonly place: number
  /** The ids of those that its rule refers to. */
  readonly references: ReadonlySet<string>
  readonly holds: { readonly tag: string } | undefined
}

/**
 * The segments in the order in which they are decided. References to segments that are not among them are passed over.
 *
 * @throws CoterieError `RULE_LOOP`, with the loop spelled out.
 */
export function dependencyOrder<S extends Ordered>(
  segments: readonly S[],
  readsTagsOf: (segment: S) => readonly S[] = () => [],
): S[] {
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  const waitsFor = new Map<S, number>()
  const dependents = new Map<S, S[]>()
  const ready = new Heap<S>(({ place }) => place)
  const needsOf = (segment: S): readonly S[] => {
    const referred = [...segment.references].map((id) => byId.get(id)).filter((one) => one !== undefined)
    const holders = readsTagsOf(segment)
    return holders.length === 0 ? referred : [...new Set([...referred, ...holders])]
  }
  for (const segment of segments) {
    let count = 0
    for (const reference of needsOf(segment)) {
      count += 1
      const waiting = dependents.get(reference)
      if (waiting === undefined) dependents.set(reference, [segment])
      else waiting.push(segment)
    }
    waitsFor.set(segment, count)
    if (count === 0) ready.push(segment)
  }
  const order: S[] = []
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
      needsOf,
    )
  }
  return order
}

/** Among segments each of which waits for another of them, follows references until one comes again. */
function loopError<S extends Ordered>(stuck: readonly S[], needsOf: (segment: S) => readonly S[]): CoterieError {
  const left = new Set(stuck)
  const path: S[] = []
  let at = stuck[0]
  while (at !== undefined && !path.includes(at)) {
    path.push(at)
    at = needsOf(at).find((segment) => left.has(segment))
  }
  const loop = at === undefined ? path : [...path.slice(path.indexOf(at)), at]
  const spelled = loop.map((segment, place) => spelledAfter(loop[place - 1], segment)).join(' → ')
  return new CoterieError('RULE_LOOP', `Segments refer to each other in a loop: ${spelled}`, {
    received: spelled,
    expected: 'rules that lead to no loop of segments and the tags they hold',
  })
}

/** A segment of a loop, with the tag by which the one before it depends on it, where it is a tag. */
function spelledAfter(before: Ordered | undefined, { id, holds }: Ordered): string {
  const byTag = before !== undefined && !before.references.has(id) && holds !== undefined
  return byTag ? `tag ${JSON.stringify(holds.tag)} → ${JSON.stringify(id)}` : JSON.stringify(id)
}
