import type { Weekday } from '../base/calendar-period.js'
import { CoterieError, show } from '../base/errors.js'
import type { Limits } from '../contacts/limits.js'
import type { Schema } from '../contacts/schema.js'
import type { Rule } from '../rules/ast.js'
import { readMoment, type Moment } from '../rules/question.js'
import { ruleOf } from '../rules/read-rule.js'
import { referenceOrder } from '../rules/reference-order.js'
import { referencesOf } from '../rules/rule-walk.js'
import type { SegmentRules } from '../rules/segment-rules.js'
import { Encoding } from './encoding.js'
import { not, type Budget, type Literal } from './solver.js'

/** What rules are proved against. The more is said here, the more can be proved. */
export interface ProofOptions {
  /** What the fields of contacts are; contacts are taken to fit it. */
  readonly schema?: Schema | undefined
  /** The zone of windows and written dates that have none of their own. Default `UTC`. */
  readonly timeZone?: string | undefined
  /** The first day of the week, where a rule does not say. Default Monday. */
  readonly weekStartsOn?: Weekday | undefined
  /** How large rules may be, where that is not the default. */
  readonly limits?: Partial<Limits> | undefined
  /** The rules of segments that have no members but by them. Of all others nothing is known but their ids. */
  readonly segments?: SegmentRules | undefined
  /** An instant before which nobody asks: now, usually. Left out, what is proved holds whatever the clock says. */
  readonly since?: Moment | undefined
  /** How much work a call may do before it falls silent, in looks at clauses. Default 3,000,000: about a second. */
  readonly effort?: number | undefined
}

const defaultEffort = 3_000_000

/** Rules of one world, and what is proved of them. */
export class Prover {
  readonly #encoding: Encoding
  readonly #reading: { readonly [option: string]: unknown }

  /** @throws CoterieError for what cannot be read; `RULE_LOOP` for segments that refer to each other in a circle. */
  constructor(options: ProofOptions, rules: readonly Rule[] = []) {
    const { schema, timeZone = 'UTC', weekStartsOn, limits, segments = {}, since, effort = defaultEffort } = options
    if (typeof effort !== 'number' || !(effort > 0)) {
      const expected = 'a number above 0'
      throw new CoterieError('OPTION_INVALID', `The effort cannot be ${show(effort)}`, {
        path: ['effort'],
        received: show(effort),
        expected,
      })
    }
    this.#reading = { schema, timeZone, weekStartsOn, limits }
    const referred = new Map<string, Rule>()
    const ids = rules.flatMap((rule) => [...referencesOf(this.read(rule))])
    const order = referenceOrder(new Set(ids), (id) => {
      const given = givenRule(segments, id)
      if (given === undefined) return new Set()
      const rule = this.read(given)
      referred.set(id, rule)
      return referencesOf(rule)
    })
    const budget: Budget = { steps: effort }
    const world = {
      names: { schema },
      timeZone,
      since: since === undefined ? undefined : readMoment(since, 'since', timeZone),
      ruleOf: (id: string) => referred.get(id),
    }
    this.#encoding = new Encoding(world, budget)
    // Those that others refer to first: so a long chain of segments is no deep one.
    for (const id of order) {
      const rule = referred.get(id)
      if (rule !== undefined) this.#encoding.literalOf(rule)
    }
  }

  /** A rule from outside, read as the options say. Throws all that is wrong with it. */
  read(rule: Rule): Rule {
    return ruleOf(rule, this.#reading)
  }

  /** That a rule holds, which must be one of those given, or made of their leaves. */
  literalOf(rule: Rule): Literal {
    return this.#encoding.literalOf(rule)
  }

  /** Whether it is proved that these never hold together. */
  never(...literals: readonly Literal[]): boolean {
    return this.#encoding.never(...literals)
  }

  /** Whether it is proved that one holds wherever all the others do. */
  follows(literal: Literal, ...from: readonly Literal[]): boolean {
    return this.#encoding.never(...from, not(literal))
  }
}

function givenRule(segments: SegmentRules, id: string): Rule | undefined {
  if (segments instanceof Map) return (segments as ReadonlyMap<string, Rule>).get(id)
  return Object.hasOwn(segments, id) ? (segments as { readonly [id: string]: Rule })[id] : undefined
}
