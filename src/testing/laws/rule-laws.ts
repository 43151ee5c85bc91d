import { truthOf } from '../../analysis/relation.js'
import { simplifyRule } from '../../analysis/simplify.js'
import type { Rule } from '../../rules/ast.js'
import { explain } from '../../rules/explain.js'
import { matches, timeline } from '../../rules/matches.js'
import { ruleOf } from '../../rules/read-rule.js'
import { rulesEqual } from '../../rules/rule-key.js'
import { CoterieError } from '../../base/errors.js'
import type { TestMoment } from '../worlds/moment.js'
import { readWorld, type ReadWorld } from '../worlds/test-world.js'
import { findMoment } from './find-moment.js'
import { lawBroken } from './law-broken.js'
import type { LawOptions } from './rule-relations.js'

/*
 * What must hold of every rule, whatever it says:
 *
 * 1. Written as JSON and read again it is the same rule.
 * 2. It can hold, and it can fail: one that does neither is no segment. (Proved, or silent.)
 * 3. Its complement holds exactly where it does not.
 * 4. Its explanation says the truth.
 * 5. Its timeline says the truth at each of its instants and just before it.
 * 6. Simplified, it holds of the same contacts.
 */

type Law = (moment: TestMoment) => string | undefined

const span = 40 * 86_400_000

/**
 * Checks a rule against what must hold of every rule, over contacts at its boundaries.
 *
 * @throws CoterieError `LAW_BROKEN`, with the law and the smallest contact found that breaks it.
 */
export function checkRuleLaws(rule: Rule, options: LawOptions): void {
  const world = readWorld(options, [rule])
  const [read] = world.rules as readonly [Rule]
  checkReading(read, world)
  checkTruth(read, world)
  const laws = lawsOf(read, world)
  for (const law of Object.keys(laws)) {
    const broken = laws[law] as Law
    const found = findMoment(world, (moment) => broken(moment) !== undefined, { tries: 200, ...options })
    if (found !== undefined) throw lawBroken(law, found, law, broken(found) ?? '')
  }
}

function checkReading(rule: Rule, { schema, timeZone }: ReadWorld): void {
  const again = ruleOf(JSON.parse(JSON.stringify(rule)), { schema, timeZone })
  if (!rulesEqual(rule, again)) throw new CoterieError('LAW_BROKEN', 'Read again, the rule is another one')
}

function checkTruth(rule: Rule, { schema, timeZone, segments }: ReadWorld): void {
  const truth = truthOf(rule, { schema, timeZone, segments })
  if (truth === 'open') return
  const message = truth === 'never' ? 'The rule can never hold' : 'The rule always holds'
  throw new CoterieError('LAW_BROKEN', message, {
    received: truth,
    expected: 'a rule that some contacts keep and some do not',
  })
}

function lawsOf(rule: Rule, world: ReadWorld): Readonly<Record<string, Law>> {
  const { schema, timeZone, segments } = world
  const asked = { schema, timeZone, segments }
  const complement: Rule = { op: 'not', rule }
  const simpler = simplifyRule(rule, asked)
  const truth = ({ contact, now }: TestMoment, of: Rule = rule): boolean => matches(of, contact, { ...asked, now })
  const differs = (a: boolean, b: boolean, what: string): string | undefined =>
    a === b ? undefined : `the rule is ${String(a)}, ${what} ${String(b)}`
  return {
    'A rule and its complement part everyone': (moment) =>
      differs(truth(moment), !truth(moment, complement), 'the opposite of its complement'),
    'An explanation says the truth': (moment) =>
      differs(truth(moment), explain(rule, moment.contact, { ...asked, now: moment.now }).holds, 'its explanation'),
    'A timeline says the truth': (moment) => brokenInTime(rule, moment, asked),
    'A simpler rule holds of the same contacts': (moment) =>
      differs(truth(moment), truth(moment, simpler), 'the simpler one'),
  }
}

function brokenInTime(
  rule: Rule,
  { contact, now }: TestMoment,
  asked: Pick<ReadWorld, 'schema' | 'segments' | 'timeZone'>,
): string | undefined {
  const entries = timeline(rule, contact, { ...asked, from: now, to: now + span })
  for (const [place, { at, holds }] of entries.entries()) {
    if (matches(rule, contact, { ...asked, now: at }) !== holds) return `its timeline is wrong at ${String(at)}`
    const isWrongBefore = place > 0 && matches(rule, contact, { ...asked, now: at - 1 }) === holds
    if (isWrongBefore) return `it flips before its timeline says so, at ${String(at)}`
  }
  return undefined
}
