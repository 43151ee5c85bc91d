import type { Path } from '../base/errors.js'
import type { LeafRule, Rule, RuleOp } from '../rules/ast.js'
import { operators } from '../rules/operator-table.js'
import { innerRules, isLeaf } from '../rules/rule-walk.js'
import { Prover, type ProofOptions } from './prover.js'
import { not, type Literal } from './solver.js'

/*
 * A rule without what it does not need. Each part is looked at where it stands: in an `all` the other parts hold whenever
 * it matters, in an `any` none of them does, and so with the groups around. A part that is always true there, or never, is
 * left out.
 *
 * Why it is right: parts are left out one after the other, and each is looked at beside what is left of the others by then,
 * so that two of which each makes the other needless do not both go. Costs two proofs for each node.
 */

/** A part that was left out: it never holds where it stands, or always does. */
export interface LeftOut {
  readonly path: Path
  readonly rule: Rule
  readonly truth: 'never' | 'always'
}

/** What is left of a rule, and what was left out of it. */
export interface Simplified {
  readonly rule: Rule
  readonly leftOut: readonly LeftOut[]
}

const everyone: Rule = Object.freeze({ op: 'everyone' })
const nobody: Rule = Object.freeze({ op: 'nobody' })

/**
 * The rule without its needless parts: it holds of the same contacts at every instant. The same object where there is
 * nothing to leave out.
 *
 * @throws CoterieError for what cannot be read; `RULE_LOOP` for segments that refer to each other in a circle.
 */
export function simplifyRule(rule: Rule, options: ProofOptions = {}): Rule {
  const prover = new Prover(options, [rule])
  return simplify(prover.read(rule), prover).rule
}

/** The same of a rule that was read, with what was left out. */
export function simplify(rule: Rule, prover: Prover): Simplified {
  const leftOut: LeftOut[] = []
  const simpler = simplified({ rule, path: [] }, [], prover, leftOut)
  return { rule: simpler, leftOut }
}

interface Part {
  readonly rule: Rule
  readonly path: Path
}

/** What is left of a part where `context` holds. */
function simplified({ rule, path }: Part, context: readonly Literal[], prover: Prover, leftOut: LeftOut[]): Rule {
  const literal = prover.literalOf(rule)
  const isConstant = rule.op === 'everyone' || rule.op === 'nobody'
  if (!isConstant && prover.never(...context, literal)) return left(nobody, 'never')
  if (!isConstant && prover.never(...context, not(literal))) return left(everyone, 'always')
  switch (rule.op) {
    case 'all':
      return group('all', rule, path, context, prover, leftOut)
    case 'any':
      return group('any', rule, path, context, prover, leftOut)
    case 'someOf':
      return fewer(rule, path, context, prover, leftOut)
    case 'not': {
      const inner = simplified({ rule: rule.rule, path: [...path, 'rule'] }, context, prover, leftOut)
      return inner === rule.rule && complementOf(inner) === undefined
        ? rule
        : (complementOf(inner) ?? { op: 'not', rule: inner })
    }
    default:
      return rule
  }

  function left(constant: Rule, truth: LeftOut['truth']): Rule {
    leftOut.push({ path, rule, truth })
    return constant
  }
}

/** A group without the parts that the others make needless. The last are looked at first: what was said first stays. */
function group(
  op: 'all' | 'any',
  rule: Rule,
  path: Path,
  context: readonly Literal[],
  prover: Prover,
  leftOut: LeftOut[],
): Rule {
  const [neutral, decisive] = op === 'all' ? [everyone, nobody] : [nobody, everyone]
  const parts = innerRules(rule)
  const rules: (Rule | undefined)[] = parts.map((part) => part.rule)
  for (let place = parts.length - 1; place >= 0; place--) {
    const part = { rule: rules[place] as Rule, path: [...path, 'rules', place] }
    const others = rules.filter((other, index) => other !== undefined && index !== place) as Rule[]
    const beside = others.map((other) => (op === 'all' ? prover.literalOf(other) : not(prover.literalOf(other))))
    const simpler = simplified(part, [...context, ...beside], prover, leftOut)
    if (simpler.op === decisive.op) return decisive
    rules[place] = simpler.op === neutral.op ? undefined : simpler
  }
  const kept = rules.filter((one) => one !== undefined)
  if (kept.length === parts.length && kept.every((one, place) => one === parts[place]?.rule && one.op !== op)) {
    return kept.length === 1 ? (kept[0] as Rule) : rule
  }
  const flat = kept.flatMap((one) => (one.op === op ? one.rules : [one]))
  const [first = neutral] = flat
  return flat.length < 2 ? first : { op, rules: flat }
}

/** `someOf` without the parts that are decided: what always holds is one less to ask for. */
function fewer(
  rule: Extract<Rule, { readonly op: 'someOf' }>,
  path: Path,
  context: readonly Literal[],
  prover: Prover,
  leftOut: LeftOut[],
): Rule {
  let { count } = rule
  const kept: Rule[] = []
  for (const part of innerRules(rule)) {
    const simpler = simplified({ rule: part.rule, path: [...path, ...part.path] }, context, prover, leftOut)
    if (simpler.op === 'everyone') count -= 1
    else if (simpler.op !== 'nobody') kept.push(simpler)
  }
  const [first] = kept
  if (count <= 0) return everyone
  if (count > kept.length || first === undefined) return nobody
  if (kept.length === 1) return first
  // As a group the parts may make each other needless; what goes then has gone from a rule that nobody wrote.
  const op = count === 1 ? 'any' : count === kept.length ? 'all' : undefined
  if (op !== undefined) return simplified({ rule: { op, rules: kept }, path }, context, prover, [])
  const isSame = kept.length === rule.rules.length && kept.every((one, place) => one === rule.rules[place])
  return isSame ? rule : { op: 'someOf', count, rules: kept }
}

/** The rule that holds where another does not, where it needs no `not` of its own. */
export function complementOf(rule: Rule): Rule | undefined {
  if (rule.op === 'everyone') return nobody
  if (rule.op === 'nobody') return everyone
  if (rule.op === 'not') return rule.rule
  if (!isLeaf(rule)) return undefined
  const op = operators[rule.op].negates ?? negativeOf(rule.op)
  // A negative operator has the fields of its positive one.
  return op === undefined ? undefined : (Object.freeze({ ...rule, op }) as LeafRule)
}

function negativeOf(op: RuleOp): RuleOp | undefined {
  return (Object.keys(operators) as RuleOp[]).find((other) => operators[other].negates === op)
}
