import type { Rule } from '../rules/ast.js'
import { ruleKey } from '../rules/rule-key.js'
import { isLeaf } from '../rules/rule-walk.js'
import { testOfLeaf, testOfRule } from './contact-test.js'
import type { ContactTest, Ground } from './ground.js'
import type { LeafChanges, LeafIndex } from './leaf-index.js'
import { Programs, type Program } from './programs.js'
import { visitRequired } from './required-conditions.js'
import { Truths } from './truths.js'

/** A condition by its number, and whether it is to hold or not: `id * 2 + 1`, or `id * 2`. */
export type Requirement = number

/** Stands for no requirement. */
export const noRequirement: Requirement = -1

/** A live rule, ready to be asked of contacts. */
export interface RuleProgram extends Program {
  /** The numbers of what is no leaf that others share: segments referred to, groups that count. */
  readonly own: readonly number[]
  /** What must be so for the rule to hold, whatever else is. */
  readonly requires: readonly Requirement[]
}

/**
 * The rules of all owners, laid out over the truths of their leaves: those that share a leaf share its answer, which is asked
 * for once a contact.
 */
export class RulePrograms<Owner> {
  readonly truths: Truths
  readonly #programs: Programs
  readonly #leaves: LeafIndex<Owner>
  readonly #ground: Ground
  readonly #memberOf: (segment: string) => ContactTest
  /** By the numbers of leaves, of what part of the contacts they hold, and of how many contacts there were then. */
  readonly #shares: (number | undefined)[] = []
  #sharesOf = 0

  /** `memberOf` gives the test of a segment's members. */
  constructor(leaves: LeafIndex<Owner>, ground: Ground, memberOf: (segment: string) => ContactTest) {
    this.truths = new Truths(ground.store)
    this.#programs = new Programs(this.truths)
    this.#leaves = leaves
    this.#ground = ground
    this.#memberOf = memberOf
  }

  /** Gives leaves that came into use their numbers, and takes those of others away. */
  number({ added, removed }: LeafChanges<Owner>): void {
    for (const leaf of removed) this.truths.remove(leaf.id)
    for (const leaf of added) {
      leaf.id = this.truths.addLeaf(leaf.rule, testOfLeaf(leaf.rule, this.#ground), this.#ground)
      this.#shares[leaf.id] = undefined
    }
  }

  /** Lays out a rule whose leaves are in use. */
  add(rule: Rule): RuleProgram {
    const own: number[] = []
    const program = this.#programs.add(rule, (condition) => {
      const leaf = isLeaf(condition) ? this.#leaves.get(ruleKey(condition)) : undefined
      if (leaf !== undefined) return leaf.id
      const id = this.truths.add(testOfRule(condition, this.#ground, this.#memberOf))
      own.push(id)
      return id
    })
    const requires: Requirement[] = []
    visitRequired(rule, (condition, holds) => {
      const leaf = this.#leaves.get(ruleKey(condition))
      if (leaf !== undefined) requires.push(leaf.id * 2 + (holds ? 1 : 0))
    })
    return { ...program, own, requires }
  }

  remove(program: RuleProgram): void {
    this.#programs.remove(program)
    for (const id of program.own) this.truths.remove(id)
  }

  /** Whether a rule holds of the contact that the truths have turned to. */
  holds({ start }: RuleProgram): boolean {
    return this.#programs.holds(start)
  }

  /** The same by where the rule's program begins. */
  holdsFrom(start: number): boolean {
    return this.#programs.holds(start)
  }

  /** Rises when contacts are so many more than before that pivots should be chosen anew. */
  get pivotVersion(): number {
    const { count } = this.#ground.store.directory
    if (count > 2 * this.#sharesOf) {
      this.#sharesOf = count
      this.#shares.length = 0
    }
    return this.#sharesOf
  }

  /** Of what a rule requires besides a leaf, that which is so of the fewest contacts; {@link noRequirement} where nearly all are so. */
  pivotBeside({ requires }: RuleProgram, leaf: number): Requirement {
    let pivot = noRequirement
    let least = 0.9
    for (const requirement of requires) {
      const id = requirement >> 1
      if (id === leaf) continue
      const share = (this.#shares[id] ??= this.truths.share(id))
      const meets = (requirement & 1) === 1 ? share : 1 - share
      if (meets < least) {
        least = meets
        pivot = requirement
      }
    }
    return pivot
  }
}
