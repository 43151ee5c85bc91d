import { OrdinalSet } from '../base/ordinal-set.js'
import { forEachBit, wordsFor } from '../base/words.js'
import type { Rule } from '../rules/ast.js'
import { FlipInstants, movesWithTime } from './flip-instants.js'
import type { Population } from './population.js'
import { asksContacts, runLength, type Scan } from './scan.js'
import { scanOf } from './scan-of-rule.js'
import { select } from './select.js'

/*
 * A rule asked of all contacts in slices, while things go on changing between them. What was answered for a contact stays right
 * until something of that contact changes, or time flips the rule for it. The first is noted as it happens. For the second there
 * are two ways. Where columns tell all that the rule asks, everybody is asked once more at the end if the clock has moved, which
 * is quick. Where contacts are asked by themselves, each also says when time may next flip the rule for it, and at the end only
 * those are asked again for whom that has come.
 *
 * So the end, which cannot be put off, costs what changed meanwhile, and at most one scan of columns.
 */

/** A rule that is being asked of all contacts, slice by slice. */
export class OpenSelection {
  readonly rule: Rule
  readonly #moves: boolean
  #flips: FlipInstants | undefined
  #found = new Uint32Array(0)
  #next = 0
  /** Those who changed since they were asked. */
  readonly #changed = new OrdinalSet()
  /** The scan of the contacts as they are, until something changes or the clock moves. */
  #scan: Scan | undefined
  #revision = NaN
  #now = NaN
  /** Whether the clock has moved since the first slice. */
  #isLate = false
  /** Whether there are contacts of whom nobody knows when time may flip the rule for them, though it may. */
  #isUnwatched = false

  constructor(rule: Rule) {
    this.rule = rule
    this.#moves = movesWithTime(rule)
  }

  /** How many ordinals were asked about. */
  get asked(): number {
    return this.#next * 32
  }

  /** Notes that something of a contact changed. */
  noteChange(ordinal: number): void {
    this.#changed.add(ordinal)
  }

  /** Asks about the next slice of contacts, at most so many, and at least 32; returns whether there are more. */
  askNext(population: Population, most: number): boolean {
    const { present, end } = population.store.directory
    const scan = this.#scanFor(population)
    const words = Math.min(Math.max(most >>> 5, 1), runLength, wordsFor(end) - this.#next)
    if (words > 0) {
      this.#grow(wordsFor(end))
      const within = new Uint32Array(words)
      within.set(present.words.subarray(this.#next, this.#next + words))
      scan.fill(this.#found.subarray(this.#next, this.#next + words), within, this.#next)
      // What columns tell now, they may not tell any more when the next slice is asked.
      if (this.#moves && asksContacts(scan)) this.#lookForFlips(within, population)
      else if (this.#moves) this.#isUnwatched = true
      this.#next += words
    }
    return this.#next < wordsFor(end)
  }

  /** The contacts that the rule holds for now: asks whoever was not asked yet, or must be asked again. */
  finish(population: Population): OrdinalSet {
    while (this.askNext(population, runLength * 32));
    const { present, end } = population.store.directory
    const scan = this.#scanFor(population)
    this.#flips?.forEachDue(population.now, (ordinal) => this.#changed.add(ordinal))
    const again = this.#isLate && this.#isUnwatched ? present : present.and(this.#changed)
    const renewed = select(scan, again, end)
    return OrdinalSet.ofWords(this.#found).and(present).without(again).or(renewed)
  }

  #scanFor(population: Population): Scan {
    const { now, revision } = population
    if (this.#now !== now && this.#scan !== undefined) this.#isLate = true
    if (this.#now !== now || this.#revision !== revision) this.#scan = undefined
    this.#now = now
    this.#revision = revision
    return (this.#scan ??= scanOf(this.rule, population))
  }

  #lookForFlips(contacts: Uint32Array, population: Population): void {
    const flips = (this.#flips ??= new FlipInstants(this.rule))
    forEachBit(contacts, (place) => {
      flips.look(this.asked + place, population)
    })
  }

  #grow(words: number): void {
    if (words <= this.#found.length) return
    const found = new Uint32Array(words)
    found.set(this.#found)
    this.#found = found
  }
}
