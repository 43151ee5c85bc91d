import type { Path } from '../base/errors.js'
import type { Rule } from '../rules/ast.js'
import { innerRules } from '../rules/rule-walk.js'
import type { Finding, Fix } from './finding.js'
import type { Prover } from './prover.js'
import type { Truth } from './relation.js'
import { valueAt } from './rule-edit.js'
import { simplify, type LeftOut } from './simplify.js'
import { not } from './solver.js'

/** What is proved of a rule and its parts. */
export interface TruthFindings {
  readonly truth: Truth
  /** The rule without its needless parts. */
  readonly simplified: Rule
  readonly findings: readonly Finding[]
}

/** Finds that a rule never holds, or always does, and which of its parts do so by themselves or where they stand. */
export function truthFindings(rule: Rule, prover: Prover): TruthFindings {
  const { rule: simplified, leftOut } = simplify(rule, prover)
  const fix: Fix = { title: 'Leave out what is not needed', rule: simplified, keepsMeaning: true }
  const findings = leftOut.map((part) => findingOf(rule, part, prover, fix))
  const constant = simplified.op === 'everyone' ? 'always' : simplified.op === 'nobody' ? 'never' : 'open'
  return { truth: constant, simplified, findings }
}

function findingOf(whole: Rule, part: LeftOut, prover: Prover, fix: Fix): Finding {
  const literal = prover.literalOf(part.rule)
  const isByItself = part.truth === 'never' ? prover.never(literal) : prover.never(not(literal))
  return isByItself ? decided(part, prover, fix) : redundant(whole, part, prover, fix)
}

/** A part that never holds, or always does, whatever stands around it: told of the smallest part that is to blame. */
function decided(part: LeftOut, prover: Prover, fix: Fix): Finding {
  const { rule, path, truth } = smallest(part, prover)
  const related = truth === 'never' && rule.op === 'all' ? conflict(rule, path, prover) : []
  const because = related.length > 1 ? `: ${placesOf(related)} contradict each other` : ''
  return {
    code: truth === 'never' ? 'NEVER_HOLDS' : 'ALWAYS_HOLDS',
    severity: part.path.length === 0 && truth === 'never' ? 'error' : 'warning',
    path,
    message: truth === 'never' ? `No contact can ever satisfy this${because}` : 'Every contact satisfies this, always',
    ...(related.length > 1 ? { related } : undefined),
    ...(part.path.length === 0 ? undefined : { fix }),
  }
}

/** Follows a part that is decided into the one part of it that decides it. */
function smallest({ rule, path, truth }: LeftOut, prover: Prover): LeftOut {
  for (const inner of innerRules(rule)) {
    const wanted = rule.op === 'not' ? (truth === 'never' ? 'always' : 'never') : truth
    const decides = rule.op === 'not' || rule.op === (truth === 'never' ? 'all' : 'any')
    const literal = prover.literalOf(inner.rule)
    if (!decides || !(wanted === 'never' ? prover.never(literal) : prover.never(not(literal)))) continue
    return smallest({ rule: inner.rule, path: [...path, ...inner.path], truth: wanted }, prover)
  }
  return { rule, path, truth }
}

/** The fewest parts that contradict each other, in that none of them can be left out. */
function conflict(rule: Rule, path: Path, prover: Prover): readonly Path[] {
  let parts = innerRules(rule)
  for (const part of parts) {
    const fewer = parts.filter((other) => other !== part)
    if (prover.never(...fewer.map((other) => prover.literalOf(other.rule)))) parts = fewer
  }
  return parts.map((part) => [...path, ...part.path])
}

function redundant(whole: Rule, { path, truth, rule }: LeftOut, prover: Prover, fix: Fix): Finding {
  const related = neighbour(whole, path, rule, prover)
  const beside = related === undefined ? 'what stands around it' : placesOf([related])
  const message =
    truth === 'always'
      ? `This adds nothing: it holds wherever ${beside} does`
      : related === undefined
        ? `This adds nothing: where it could matter it never holds, by ${beside}`
        : `This adds nothing: where it holds, ${beside} does too`
  return {
    code: 'REDUNDANT',
    severity: 'warning',
    path,
    message,
    ...(related === undefined ? undefined : { related: [related] }),
    fix,
  }
}

/** The one part beside it that makes a part needless by itself. */
function neighbour(whole: Rule, path: Path, rule: Rule, prover: Prover): Path | undefined {
  const around = path.slice(0, -2)
  const group = valueAt(whole, around) as Rule
  if (group.op !== 'all' && group.op !== 'any') return undefined
  const literal = prover.literalOf(rule)
  const place = path.at(-1)
  const found = group.rules.findIndex((other, index) => {
    if (index === place) return false
    const beside = prover.literalOf(other)
    return group.op === 'all' ? prover.follows(literal, beside) : prover.follows(beside, literal)
  })
  return found < 0 ? undefined : [...around, 'rules', found]
}

/** Parts of a group by their places in it, from 1. */
function placesOf(paths: readonly Path[]): string {
  const places = paths.map((path) => Number(path.at(-1)) + 1)
  return places.length === 1
    ? `part ${String(places[0])}`
    : `parts ${places.slice(0, -1).join(', ')} and ${String(places.at(-1))}`
}
