import type { Rule } from '../rules/ast.js'
import { operandKey } from '../rules/rule-key.js'
import { FieldIndex, type ChangedFields } from './field-index.js'
import { aboutValue } from './leaf-shape.js'
import { distinctLeaves, makeLeaf, type Leaf } from './leaf.js'
import { loneSubject, OperandSubject, type Subject } from './subject.js'

/** The leaves that came into use and those that went out of it. */
export interface LeafChanges<Owner> {
  readonly added: readonly Leaf<Owner>[]
  readonly removed: readonly Leaf<Owner>[]
  /** The subjects that came with them. */
  readonly subjectsAdded: readonly Subject<Owner>[]
  /** The subjects that went with them. */
  readonly subjectsRemoved: readonly Subject<Owner>[]
}

/**
 * All leaves in use, each under the subject that it is about, and which subjects read a field. What a change costs begins
 * here: only the subjects of the fields that it wrote are asked, each once, and each says by an index which of its leaves
 * flipped.
 */
export class LeafIndex<Owner> {
  readonly #leaves = new Map<string, Leaf<Owner>>()
  readonly #operands = new Map<string, OperandSubject<Owner>>()
  readonly #subjects = new Map<Leaf<Owner>, Subject<Owner>>()
  readonly #byField = new FieldIndex<Subject<Owner>>()

  /** How many different leaves are in use. */
  get size(): number {
    return this.#leaves.size
  }

  /**
   * Replaces an owner's rule by another; `undefined` is no rule. Leaves in both stay as they are. Returns those that nobody
   * used before and those that nobody uses any more.
   */
  replace(owner: Owner, before: Rule | undefined, after: Rule | undefined): LeafChanges<Owner> {
    const wanted = after === undefined ? [] : distinctLeaves(after)
    const kept = new Set(wanted.map(({ key }) => key))
    const added: Leaf<Owner>[] = []
    const removed: Leaf<Owner>[] = []
    const subjectsAdded: Subject<Owner>[] = []
    const subjectsRemoved: Subject<Owner>[] = []
    for (const { key, leaf: rule, path, sign } of wanted) {
      let leaf = this.#leaves.get(key)
      if (leaf === undefined) {
        leaf = makeLeaf<Owner>(key, rule)
        this.#insert(leaf, subjectsAdded)
        added.push(leaf)
      }
      leaf.uses.set(owner, { path, sign })
      leaf.version += 1
    }
    for (const { key } of before === undefined ? [] : distinctLeaves(before)) {
      const leaf = this.#leaves.get(key)
      if (kept.has(key) || leaf?.uses.delete(owner) !== true) continue
      leaf.version += 1
      if (leaf.uses.size > 0) continue
      removed.push(leaf)
      this.#delete(leaf, subjectsRemoved)
    }
    return { added, removed, subjectsAdded, subjectsRemoved }
  }

  /** The leaf in use that has a key. */
  get(key: string): Leaf<Owner> | undefined {
    return this.#leaves.get(key)
  }

  /** Visits the subjects that read any of the fields, each once. */
  visitReading(changed: ChangedFields, visit: (subject: Subject<Owner>) => void): void {
    this.#byField.visitReading(changed, visit)
  }

  #insert(leaf: Leaf<Owner>, subjectsAdded: Subject<Owner>[]): void {
    this.#leaves.set(leaf.key, leaf)
    const about = aboutValue(leaf.rule)
    if (about === undefined) {
      const alone = loneSubject(leaf)
      this.#subjects.set(leaf, alone)
      this.#begin(alone, subjectsAdded)
      return
    }
    const key = operandKey(about.operand)
    let subject = this.#operands.get(key)
    if (subject === undefined) {
      this.#operands.set(key, (subject = new OperandSubject<Owner>(about.operand)))
      this.#begin(subject, subjectsAdded)
    }
    subject.add(leaf, about.shape)
    this.#subjects.set(leaf, subject)
  }

  #begin(subject: Subject<Owner>, subjectsAdded: Subject<Owner>[]): void {
    this.#byField.add(subject, subject.fields)
    subjectsAdded.push(subject)
  }

  #delete(leaf: Leaf<Owner>, subjectsRemoved: Subject<Owner>[]): void {
    this.#leaves.delete(leaf.key)
    const subject = this.#subjects.get(leaf)
    if (subject === undefined) return
    this.#subjects.delete(leaf)
    if (subject instanceof OperandSubject) {
      const about = aboutValue(leaf.rule)
      if (about !== undefined) subject.delete(leaf, about.shape)
      if (!subject.isUnused) return
      this.#operands.delete(operandKey(subject.operand))
    }
    this.#byField.delete(subject, subject.fields)
    subjectsRemoved.push(subject)
  }
}
