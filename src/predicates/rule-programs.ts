import type { Rule } from '../rules/ast.js'
import { ruleKey } from '../rules/rule-key.js'
import { isLeaf } from '../rules/rule-walk.js'
import { testOfLeaf, testOfRule } from './contact-test.js'
import type { ContactTest, Ground } from './ground.js'
import type { LeafChanges, LeafIndex } from './leaf-index.js'
import { Programs, type Program } from './programs.js'
import { Truths } from './truths.js'

/** A live rule, ready to be asked of contacts. */
export interface RuleProgram extends Program {
  /** The numbers of what is no leaf that others share: segments referred to, groups that count. */
  readonly own: readonly number[]
}

/**
 * The rules of all owners, laid out over the truths of their leaves: those that share a leaf share its answer, which is asked
 * for once a contact.
 */
export class RulePrograms<Owner> {
  readonly truths = new Truths()
  readonly #programs = new Programs(this.truths)
  readonly #leaves: LeafIndex<Owner>
  readonly #ground: Ground
  readonly #memberOf: (segment: string) => ContactTest

  /** `memberOf` gives the test of a segment's members. */
  constructor(leaves: LeafIndex<Owner>, ground: Ground, memberOf: (segment: string) => ContactTest) {
    this.#leaves = leaves
    this.#ground = ground
    this.#memberOf = memberOf
  }

  /** Gives leaves that came into use their numbers, and takes those of others away. */
  number({ added, removed }: LeafChanges<Owner>): void {
    for (const leaf of removed) this.truths.remove(leaf.id)
    for (const leaf of added) leaf.id = this.truths.add(testOfLeaf(leaf.rule, this.#ground))
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
    return { ...program, own }
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
}
