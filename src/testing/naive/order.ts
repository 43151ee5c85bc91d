import type { LeafRule, Rule } from '../../rules/ast.js'
import type { ModelSegment } from './state.js'

/** The rules directly inside a rule. */
function inside(rule: Rule): readonly Rule[] {
  if ('rules' in rule) return rule.rules
  return 'rule' in rule ? [rule.rule] : []
}

/** The nodes of a rule, itself first. */
export function nodesOf(rule: Rule): readonly Rule[] {
  return [rule, ...inside(rule).flatMap(nodesOf)]
}

/** The conditions of a rule that are about the contact itself. */
export function conditionsOf(rule: Rule): readonly LeafRule[] {
  return nodesOf(rule).filter((node): node is LeafRule => {
    return !['everyone', 'nobody', 'all', 'any', 'not', 'someOf', 'inSegment'].includes(node.op)
  })
}

/** The ids of the segments that a segment refers to. */
export function referencesOf({ rule, damping, snapshot }: ModelSegment): ReadonlySet<string> {
  const nodes = [rule, damping?.stay, snapshot].flatMap((one) => (one === undefined ? [] : nodesOf(one)))
  return new Set(nodes.flatMap((node) => (node.op === 'inSegment' ? [node.segment] : [])))
}

/**
 * The order in which segments are decided: again and again the first-defined one all of whose references are placed, and all
 * that hold tags which it reads.
 * `undefined` where they refer to each other in a loop.
 */
export function decisionOrder(
  segments: readonly ModelSegment[],
  readsTagOf: (segment: ModelSegment, other: ModelSegment) => boolean,
): readonly ModelSegment[] | undefined {
  const left = [...segments].sort((a, b) => a.serial - b.serial)
  const order: ModelSegment[] = []
  while (left.length > 0) {
    const place = left.findIndex((segment) => {
      const references = referencesOf(segment)
      return left.every((other) => !references.has(other.id) && !readsTagOf(segment, other))
    })
    if (place < 0) return undefined
    order.push(...left.splice(place, 1))
  }
  return order
}
