import { holds } from '../rules/evaluate.js'
import type { Rule } from '../rules/ast.js'
import { isMovedByTime, leavesOf } from '../rules/rule-walk.js'
import { timedRule } from '../rules/timed.js'
import { standing } from '../rules/timed-parts.js'
import type { Population } from './population.js'

/** Whether time alone may flip a rule for somebody whose data and segments stand still. */
export function movesWithTime(rule: Rule): boolean {
  return leavesOf(rule).some(({ leaf }) => isMovedByTime(leaf))
}

/** For each contact, the next instant at which time may flip a rule for it, as it was when that was looked for. */
export class FlipInstants {
  readonly #rule: Rule
  #instants = new Float64Array(0)

  constructor(rule: Rule) {
    this.#rule = rule
  }

  /** Looks for the next flip of a contact. */
  look(ordinal: number, population: Population): void {
    if (ordinal >= this.#instants.length) this.#makeRoom(ordinal + 1)
    const scope = population.scopeOf(ordinal)
    const member = (id: string) => standing(holds({ op: 'inSegment', segment: id }, scope))
    this.#instants[ordinal] = timedRule(this.#rule, scope.contact, scope.timeZone, member).mayFlipAfter(scope.now)
  }

  /** Visits those whose flip has come. */
  forEachDue(now: number, visit: (ordinal: number) => void): void {
    for (let ordinal = 0; ordinal < this.#instants.length; ordinal += 1)
      if ((this.#instants[ordinal] as number) <= now) visit(ordinal)
  }

  #makeRoom(ordinals: number): void {
    const instants = new Float64Array(Math.max(ordinals, 2 * this.#instants.length)).fill(Infinity)
    instants.set(this.#instants)
    this.#instants = instants
  }
}
