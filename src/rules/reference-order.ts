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
  const trail: { readonly id: string; readonly rest: Iterator<string> }[] = []
  const open = (id: string): void => {
    seen.set(id, 'open')
    trail.push({ id, rest: referencesOf(id)[Symbol.iterator]() })
  }
  for (const root of roots) {
    if (!seen.has(root)) open(root)
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const { done, value: next } = last.rest.next()
      if (done === true) {
        seen.set(last.id, 'done')
        order.push(last.id)
        trail.pop()
      } else if (seen.get(next) === 'open') {
        throw loop(trail.map(({ id }) => id), next)
      } else if (!seen.has(next)) {
        open(next)
      }
    }
  }
  return order
}

function loop(trail: readonly string[], again: string): CoterieError {
  const spelled = [...trail.slice(trail.indexOf(again)), again].join(' → ')
  return new CoterieError('RULE_LOOP', `Segments refer to each other in a loop: ${spelled}.`, {
    received: spelled,
    expected: 'segments of which none refers back to itself',
  })
}
