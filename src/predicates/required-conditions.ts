import type { Rule } from '../rules/ast.js'
import { positiveLeaf } from '../rules/rule-key.js'
import { isLeaf } from '../rules/rule-walk.js'

/*
 * The leaves without which a rule cannot hold: each of them must hold, or must not, whatever the others say. Where one of them
 * is not as required, nothing else of the rule need be asked; the one that is so most rarely is the rule's pivot.
 */

/** Visits the positive leaves that a rule requires to hold, or not to hold. */
export function visitRequired(rule: Rule, visit: (leaf: Rule, holds: boolean) => void): void {
  visitWhere(rule, true, visit)
}

function visitWhere(rule: Rule, holds: boolean, visit: (leaf: Rule, holds: boolean) => void): void {
  switch (rule.op) {
    case 'not':
      visitWhere(rule.rule, !holds, visit)
      return
    case 'all':
    case 'any':
      // That all hold, or that none does, requires something of each.
      if (rule.rules.length === 1 || (rule.op === 'all') === holds)
        for (const inner of rule.rules) visitWhere(inner, holds, visit)
      return
    default: {
      if (!isLeaf(rule)) return
      const { leaf, negated } = positiveLeaf(rule)
      visit(leaf, holds !== negated)
    }
  }
}
