import type { Path } from '../base/errors.js'
import type { Value } from '../contacts/value.js'
import type { LeafRule, Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { innerRules, isLeaf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { seenBy } from '../rules/seen.js'

/** A condition that decided, with what it saw of the contact. */
export interface Decisive {
  readonly path: Path
  readonly op: Rule['op']
  readonly holds: boolean
  /** The values that it looked at, literals aside; left out where there were none. */
  readonly saw?: readonly Value[]
}

/** So many conditions are noted. */
const most = 10

/**
 * The conditions because of which a rule holds, or does not: of those in a group only such as suffice. Enough to tell a person why a
 * run went where it went; `explain` tells all.
 */
export function decisiveConditions(rule: Rule, scope: Scope): readonly Decisive[] {
  const found: Decisive[] = []
  collect(rule, [], scope, found)
  return Object.freeze(found)
}

function collect(rule: Rule, path: Path, scope: Scope, found: Decisive[]): void {
  if (found.length >= most) return
  if (isLeaf(rule) || innerRules(rule).length === 0) {
    found.push(conditionOf(rule, path, scope))
    return
  }
  const truth = holds(rule, scope)
  const inner = innerRules(rule)
  const agrees = rule.op === 'not' ? !truth : truth
  const deciding = inner.filter((part) => holds(part.rule, scope) === agrees)
  const one = (rule.op === 'any' && truth) || (rule.op === 'all' && !truth)
  for (const part of one ? deciding.slice(0, 1) : deciding) collect(part.rule, [...path, ...part.path], scope, found)
}

function conditionOf(rule: Rule, path: Path, scope: Scope): Decisive {
  const values = isLeaf(rule) ? sawOf(rule, path, scope) : []
  return Object.freeze({
    path: Object.freeze(path),
    op: rule.op,
    holds: holds(rule, scope),
    ...(values.length === 0 ? undefined : { saw: Object.freeze(values) }),
  })
}

function sawOf(leaf: LeafRule, path: Path, scope: Scope): readonly Value[] {
  return (seenBy(leaf, path, scope).values ?? []).flatMap(({ operand, value }) =>
    value === undefined || typeof operand !== 'object' || !('get' in operand) ? [] : [value],
  )
}
