import type { Rule } from '../rules/ast.js'
import { fieldsOf, isLeaf, isMovedByTime, walkRule } from '../rules/rule-walk.js'
import type { Prover } from './prover.js'
import { not } from './solver.js'

/**
 * The segments in which nobody's membership can ever change: their rules ask for nothing but what a contact is born with, its
 * id and its place in a sample, or are proved to hold of everyone or nobody.
 */
export function fixedSegments(rules: ReadonlyMap<string, Rule>, prover: Prover): readonly string[] {
  const known = new Map<string, boolean>()
  const isFixed = (id: string): boolean => {
    const found = known.get(id)
    if (found !== undefined) return found
    const rule = rules.get(id)
    known.set(id, false)
    const fixed = rule !== undefined && (asksForNothing(rule, isFixed) || isDecided(rule, prover))
    known.set(id, fixed)
    return fixed
  }
  return [...rules.keys()].filter(isFixed)
}

function isDecided(rule: Rule, prover: Prover): boolean {
  const literal = prover.literalOf(rule)
  return prover.never(literal) || prover.never(not(literal))
}

function asksForNothing(rule: Rule, isFixed: (segment: string) => boolean): boolean {
  let asks = false
  walkRule(rule, (node) => {
    if (node.op === 'inSegment') asks ||= !isFixed(node.segment)
    else if (isLeaf(node)) asks ||= isMovedByTime(node) || readsMore(node)
  })
  return !asks
}

/** Whether a leaf reads more of a contact than its id. */
function readsMore(leaf: Parameters<typeof fieldsOf>[0]): boolean {
  const { attributes, tags, anyTag, events, records } = fieldsOf(leaf)
  return anyTag || [attributes, tags, events, records].some((names) => names.size > 0)
}
