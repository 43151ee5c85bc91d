import type { Operand, Rule } from '../rules/ast.js'
import { operandKey } from '../rules/rule-key.js'
import type { Touched } from '../store/touched.js'
import { countedEvents, EventCounts } from './event-counts.js'
import { FieldIndex } from './field-index.js'
import type { Ground } from './ground.js'
import { aboutValue } from './leaf-shape.js'
import { distinctLeaves, makeLeaf, type Leaf } from './leaf.js'
import type { Sides } from './sides.js'
import { loneSubject, OperandSubject, type FlipCounters, type FlipVisitor, type Subject } from './subject.js'

/** The leaves that came into use and those that went out of it. */
export interface LeafChanges<Owner> {
  readonly added: readonly Leaf<Owner>[]
  readonly removed: readonly Leaf<Owner>[]
  /** All that have other users than before, those that came or went among them. */
  readonly changed: readonly Leaf<Owner>[]
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
  /** The subjects of leaves that share theirs with no other. */
  readonly #alone = new Map<Leaf<Owner>, Subject<Owner>>()
  readonly #byField = new FieldIndex<Subject<Owner>>()
  /** By type of events, those that count them. */
  readonly #counts = new Map<string, EventCounts<Owner>>()

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
    const changed: Leaf<Owner>[] = []
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
      changed.push(leaf)
    }
    for (const { key } of before === undefined ? [] : distinctLeaves(before)) {
      const leaf = this.#leaves.get(key)
      if (kept.has(key) || leaf?.uses.delete(owner) !== true) continue
      leaf.version += 1
      changed.push(leaf)
      if (leaf.uses.size > 0) continue
      removed.push(leaf)
      this.#delete(leaf, subjectsRemoved)
    }
    return { added, removed, changed, subjectsAdded, subjectsRemoved }
  }

  /** The leaf in use that has a key. */
  get(key: string): Leaf<Owner> | undefined {
    return this.#leaves.get(key)
  }

  /** Visits the leaves that flip for a contact that was written to. */
  visitFlips(
    touched: Touched,
    sides: Sides,
    { store, now, timeZone }: Ground,
    counters: FlipCounters,
    visit: FlipVisitor<Owner>,
  ): void {
    const ask = (subject: Subject<Owner>): void => {
      subject.visitFlips(sides, counters, visit)
    }
    this.#byField.visitReading(touched, ask)
    const { ordinal, events, folded } = touched
    if (events.size === 0) return
    for (const [type, moves] of events) {
      const counts = this.#counts.get(type)
      if (folded.has(type)) counts?.forEach(ask)
      else if (counts !== undefined) {
        const gone = store.folded.eventsOf(ordinal, type)
        const moved = { table: store.history.tableNow(type), ordinal, moves, folded: gone }
        counters.flips += counts.visitFlips(moved, { now, timeZone }, visit, ask)
      }
    }
  }

  #insert(leaf: Leaf<Owner>, subjectsAdded: Subject<Owner>[]): void {
    this.#leaves.set(leaf.key, leaf)
    const about = aboutValue(leaf.rule)
    if (about === undefined) {
      const alone = loneSubject(leaf)
      this.#alone.set(leaf, alone)
      this.#byField.add(alone, alone.fields)
      subjectsAdded.push(alone)
      return
    }
    const { operand, shape } = about
    const key = operandKey(operand)
    let subject = this.#operands.get(key)
    if (subject === undefined) {
      this.#operands.set(key, (subject = new OperandSubject<Owner>(operand)))
      const counts = this.#countsFor(operand)
      if (counts === undefined) this.#byField.add(subject, subject.fields)
      else counts.add(subject)
      subjectsAdded.push(subject)
    }
    subject.add(leaf, shape)
    this.#countsNow(operand)?.changed()
  }

  #delete(leaf: Leaf<Owner>, subjectsRemoved: Subject<Owner>[]): void {
    this.#leaves.delete(leaf.key)
    const about = aboutValue(leaf.rule)
    if (about === undefined) {
      const alone = this.#alone.get(leaf)
      if (alone === undefined) return
      this.#alone.delete(leaf)
      this.#byField.delete(alone, alone.fields)
      subjectsRemoved.push(alone)
      return
    }
    const { operand, shape } = about
    const key = operandKey(operand)
    const subject = this.#operands.get(key)
    if (subject === undefined) return
    const counts = this.#countsNow(operand)
    subject.delete(leaf, shape)
    counts?.changed()
    if (!subject.isUnused) return
    this.#operands.delete(key)
    if (counts === undefined) this.#byField.delete(subject, subject.fields)
    else this.#deleteCount(counts, subject)
    subjectsRemoved.push(subject)
  }

  /** The counts to which an operand belongs, if it is one: made where there are none. */
  #countsFor(operand: Operand): EventCounts<Owner> | undefined {
    const counted = countedEvents(operand)
    if (counted === undefined) return undefined
    let counts = this.#counts.get(counted.events)
    if (counts === undefined) this.#counts.set(counted.events, (counts = new EventCounts<Owner>()))
    return counts
  }

  #countsNow(operand: Operand): EventCounts<Owner> | undefined {
    const counted = countedEvents(operand)
    return counted && this.#counts.get(counted.events)
  }

  #deleteCount(counts: EventCounts<Owner>, subject: OperandSubject<Owner>): void {
    counts.delete(subject)
    const counted = countedEvents(subject.operand)
    if (counted !== undefined && counts.isUnused) this.#counts.delete(counted.events)
  }
}
