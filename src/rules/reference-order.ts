import { CoterieError } from '../base/errors.js'

/**
 * What `roots` refer to, themselves or through others, each after all that it refers to itself. The order is that of the
 * references: depth first, without recursion, so that a long chain is no deeper than a short one.
 *
 * @throws CoterieError `RULE_LOOP`, with the loop spelled out, and whatever `referencesOf` throws for an id it does not know.
 */
export function referenceOrder(
  roots: Iterable<string>,
  referencesOf: (id: string) => Iterable<string>,
): readonly string[] {
  const order: string[] = []
  const seen = new Map<string, 'open' | 'done'>()
  const trail: Visit[] = []
  const open = (id: string): void => {
    seen.set(id, 'open')
    trail.push({ id, rest: referencesOf(id)[Symbol.iterator]() })
  }
  for (const root of roots) {
    if (!seen.has(root)) open(root)
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const next = last.rest.next()
      if (next.done === true) {
        seen.set(last.id, 'done')
        order.push(last.id)
        trail.pop()
        continue
      }
      const id = next.value
      if (seen.get(id) === 'open') throw loopError(trail, id)
      if (!seen.has(id)) open(id)
    }
  }
  return order
}

/** An id whose references are being followed, and those still to follow. */
interface Visit {
  readonly id: string
  readonly rest: Iterator<string, unknown>
}

function loopError(trail: readonly Visit[], again: string): CoterieError {
  const ids = trail.map(({ id }) => id)
  const spelled = [...ids.slice(ids.indexOf(again)), again].map((id) => JSON.stringify(id)).join(' → ')
  return new CoterieError('RULE_LOOP', `Segments refer to each other in a loop: ${spelled}`, {
    received: spelled,
    expected: 'rules that lead to no loop of segments',
  })
}
