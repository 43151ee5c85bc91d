import { DAY } from '../base/civil.js'
import type { Path } from '../base/errors.js'
import type { ContactInput } from '../contacts/read-contact.js'
import type { Rule } from './ast.js'
import { holds } from './evaluate.js'
import type { MatchOptions } from './matches.js'
import { readMoment, readQuestion, scopeAt, timedSegments } from './question.js'
import { innerRules, isLeaf } from './rule-walk.js'
import type { Scope } from './scope.js'
import { seenBy, type Seen } from './seen.js'
import { inOrder, standing, type Timed } from './timed-parts.js'
import { nextFlip, timedNode, type NextChange } from './timed.js'

/** Why a rule holds of a contact at an instant, or does not: the rule as a tree, in plain JSON. */
export interface Explanation extends Seen {
  /** The way to the node from the outermost rule. */
  readonly path: Path
  readonly rule: Rule
  readonly holds: boolean
  /** When time alone changes the truth of this node, looked for five years ahead. */
  readonly next: NextChange
  /** Of a group: its rules. */
  readonly rules?: readonly Explanation[]
  /** Of a reference to a segment: why the contact is in it, where that is told; its paths begin in the segment's rule. */
  readonly segment?: Explanation
}

/** How far ahead an explanation looks for the next change: five years, in ms. */
const ahead = 1826 * DAY

/** How many segments deep {@link explain} goes. */
const deepest = 64

/**
 * Explains a rule of a contact at an instant. Each node is evaluated once; only `next` looks further.
 *
 * @param timedOf the membership of a segment in time; where it tells nothing, the membership is taken to stand still.
 * @param explanationOf what to say of a segment that the rule refers to.
 */
export function explainRule(
  rule: Rule,
  scope: Scope,
  timedOf: (id: string) => Timed | undefined = () => undefined,
  explanationOf: (id: string) => Explanation | undefined = () => undefined,
): Explanation {
  const segmentOf = (id: string): Timed => timedOf(id) ?? standing(scope.inSegment(id))
  return explained(rule, [], { scope, segmentOf, explanationOf }).explanation
}

/**
 * Explains a rule of a contact at an instant: a pure function of what it is given. A segment that the rule refers to is
 * explained where it is first referred to, down to 64 segments deep.
 *
 * @throws CoterieError for what cannot be read; `SEGMENT_UNKNOWN` and `RULE_LOOP` for what the rules refer to.
 */
export function explain(rule: Rule, contact: ContactInput, options: MatchOptions): Explanation {
  const question = readQuestion(rule, contact, options)
  const scope = scopeAt(question, readMoment(options.now, 'now', question.timeZone))
  const segments = timedSegments(question)
  const order = [...segments.values()]
  const timedOf = (id: string): Timed => inOrder(order, segments.get(id) as Timed)
  return explainWithSegments(question.rule, scope, timedOf, (id) => question.segments.get(id))
}

/**
 * Explains a rule and the rules of the segments that it refers to: each where it is first referred to, down to 64 segments
 * deep.
 */
export function explainWithSegments(
  rule: Rule,
  scope: Scope,
  timedOf: (id: string) => Timed | undefined,
  ruleOf: (id: string) => Rule | undefined,
): Explanation {
  const told = new Set<string>()
  let depth = 0
  const explanationOf = (id: string): Explanation | undefined => {
    const segment = ruleOf(id)
    if (segment === undefined || told.has(id) || depth === deepest) return undefined
    told.add(id)
    depth += 1
    const explanation = explainRule(segment, scope, timedOf, explanationOf)
    depth -= 1
    return explanation
  }
  return explainRule(rule, scope, timedOf, explanationOf)
}

interface Asking {
  readonly scope: Scope
  readonly segmentOf: (id: string) => Timed
  readonly explanationOf: (id: string) => Explanation | undefined
}

interface Explained {
  readonly explanation: Explanation
  readonly timed: Timed
}

function explained(rule: Rule, path: Path, asking: Asking): Explained {
  const { scope, segmentOf, explanationOf } = asking
  const inner = innerRules(rule).map((part) => explained(part.rule, [...path, ...part.path], asking))
  const parts = inner.map(({ timed }) => timed)
  const timed = timedNode(rule, parts, scope.contact, scope.timeZone, segmentOf)
  const rules = inner.map(({ explanation }) => explanation)
  const segment = rule.op === 'inSegment' ? explanationOf(rule.segment) : undefined
  const explanation = Object.freeze({
    path: Object.freeze(path),
    rule,
    holds: truthOf(rule, rules, scope),
    ...(isLeaf(rule) ? seenBy(rule, path, scope) : undefined),
    next: nextFlip(timed, scope.now, scope.now + ahead),
    ...(rules.length === 0 ? undefined : { rules: Object.freeze(rules) }),
    ...(segment === undefined ? undefined : { segment }),
  })
  return { explanation, timed }
}

/** What `holds` says of a node, from what was found out about the rules in it. */
function truthOf(rule: Rule, rules: readonly Explanation[], scope: Scope): boolean {
  switch (rule.op) {
    case 'all':
      return rules.every((inner) => inner.holds)
    case 'any':
      return rules.some((inner) => inner.holds)
    case 'not':
      return !rules.some((inner) => inner.holds)
    case 'someOf':
      return rules.filter((inner) => inner.holds).length >= rule.count
    default:
      return holds(rule, scope)
  }
}
