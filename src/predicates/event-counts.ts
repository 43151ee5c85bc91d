import type { EventItems, Operand } from '../rules/ast.js'
import { isLiteral } from '../rules/ast.js'
import { windowEdges, type Edges } from '../rules/windows.js'
import { firstRowFrom, type EventTable } from '../store/event-table.js'
import type { EventMoves } from './field-index.js'
import type { Leaf } from './leaf.js'
import type { FlipVisitor, OperandSubject } from './subject.js'

/*
 * How many events of one type there are, in all the windows that live rules ask about: "a purchase in the last 7 days", "… 8
 * days", "at least three in 60 days". An event moves them all at once, and there can be hundreds, so they are laid out side by
 * side: by window its bounds, which are found once an instant, and by leaf its window and the counts at which it holds. An event
 * then costs a search in the contact's few events for each window, and two comparisons for each leaf. How many there were before
 * follows from what came and went.
 *
 * A leaf that asks a count for something else than a range, and one over events that were folded meanwhile, is found by its
 * subject.
 */

/** The counts of events of one type that leaves ask about. */
export class EventCounts<Owner> {
  readonly #subjects = new Set<OperandSubject<Owner>>()
  #laidOut: LaidOut<Owner> | undefined

  get isUnused(): boolean {
    return this.#subjects.size === 0
  }

  add(subject: OperandSubject<Owner>): void {
    this.#subjects.add(subject)
    this.#laidOut = undefined
  }

  delete(subject: OperandSubject<Owner>): void {
    this.#subjects.delete(subject)
    this.#laidOut = undefined
  }

  /** Notes that leaves came or went. */
  changed(): void {
    this.#laidOut = undefined
  }

  /** Visits the subjects. */
  forEach(visit: (subject: OperandSubject<Owner>) => void): void {
    this.#subjects.forEach(visit)
  }

  /** Visits the leaves that flip as events come and go, and the subjects that have to find theirs themselves. Returns how many leaves. */
  visitFlips(
    { table, ordinal, moves, folded }: MovedEvents,
    at: { readonly now: number; readonly timeZone: string },
    visit: FlipVisitor<Owner>,
    ask: (subject: OperandSubject<Owner>) => void,
  ): number {
    const laidOut = (this.#laidOut ??= layOut(this.#subjects, at.timeZone))
    laidOut.others.forEach(ask)
    findBounds(laidOut, at.now)
    const { edges, froms, tos, counts, gains, leaves, windows, lows, highs } = laidOut
    countBetween(table, ordinal, froms, tos, counts)
    if (folded > 0) {
      for (let i = 0; i < edges.length; i++) if (edges[i] === undefined) counts[i] = (counts[i] as number) + folded
    }
    gains.fill(0)
    for (const event of moves.came) addBetween(event.at, 1, froms, tos, gains)
    for (const event of moves.went) addBetween(event.at, -1, froms, tos, gains)
    let flips = 0
    for (let i = 0; i < windows.length; i++) {
      const window = windows[i] as number
      const is = counts[window] as number
      const was = is - (gains[window] as number)
      const low = lows[i] as number
      const high = highs[i] as number
      const holds = is >= low && is <= high
      if (holds === (was >= low && was <= high)) continue
      flips += 1
      visit(leaves[i] as Leaf<Owner>, holds)
    }
    return flips
  }
}

/** Events of a contact that came and went. */
export interface MovedEvents {
  /** The events of their type as they are now; undefined where there are none. */
  readonly table: EventTable | undefined
  readonly ordinal: number
  readonly moves: EventMoves
  /** How many of the contact's events of the type were folded away. */
  readonly folded: number
}

interface LaidOut<Owner> {
  /** The instant that the bounds are of. */
  now: number
  /** By window: its edges, its bounds, how many events it holds, and how many more than before. */
  readonly edges: readonly (Edges | undefined)[]
  readonly froms: Float64Array
  readonly tos: Float64Array
  readonly counts: Int32Array
  readonly gains: Int32Array
  /** The leaves, and by leaf its window and the counts between which it holds. */
  readonly leaves: readonly Leaf<Owner>[]
  readonly windows: Int32Array
  readonly lows: Float64Array
  readonly highs: Float64Array
  /** Those who find their flips themselves. */
  readonly others: readonly OperandSubject<Owner>[]
}

/** The events that an operand counts, where all of a window count. */
export function countedEvents(operand: Operand): EventItems | undefined {
  if (isLiteral(operand) || operand.get !== 'count') return undefined
  return 'events' in operand.of && operand.of.where === undefined ? operand.of : undefined
}

function layOut<Owner>(subjects: Iterable<OperandSubject<Owner>>, timeZone: string): LaidOut<Owner> {
  const edges: (Edges | undefined)[] = []
  const others: OperandSubject<Owner>[] = []
  const found: LeafOfWindow<Owner>[] = []
  for (const subject of subjects) {
    const { ranges } = subject
    const items = countedEvents(subject.operand)
    if (ranges === undefined || items === undefined) {
      others.push(subject)
      continue
    }
    for (const { leaf, range } of ranges) {
      // Counts are whole, so the ends can be.
      const low = range.lowOpen ? Math.floor(range.low) + 1 : Math.ceil(range.low)
      const high = range.highOpen ? Math.ceil(range.high) - 1 : Math.floor(range.high)
      found.push({ leaf, window: edges.length, low, high })
    }
    edges.push(items.window === undefined ? undefined : windowEdges(items.window, timeZone))
  }
  return {
    now: NaN,
    edges,
    froms: new Float64Array(edges.length),
    tos: new Float64Array(edges.length),
    counts: new Int32Array(edges.length),
    gains: new Int32Array(edges.length),
    leaves: found.map(({ leaf }) => leaf),
    windows: Int32Array.from(found, ({ window }) => window),
    lows: Float64Array.from(found, ({ low }) => low),
    highs: Float64Array.from(found, ({ high }) => high),
    others,
  }
}

interface LeafOfWindow<Owner> {
  readonly leaf: Leaf<Owner>
  readonly window: number
  readonly low: number
  readonly high: number
}

function findBounds<Owner>(laidOut: LaidOut<Owner>, now: number): void {
  if (laidOut.now === now) return
  laidOut.now = now
  const { edges, froms, tos } = laidOut
  for (const [i, window] of edges.entries()) {
    froms[i] = window === undefined ? -Infinity : window.from.boundAt(now)
    // What lies ahead has not happened.
    tos[i] = Math.min(window === undefined ? Infinity : window.to.boundAt(now), now + 1)
  }
}

/** Counts a contact's events in each window. */
function countBetween(
  table: EventTable | undefined,
  ordinal: number,
  froms: Float64Array,
  tos: Float64Array,
  counts: Int32Array,
): void {
  const many = table?.countOf(ordinal) ?? 0
  if (table === undefined || many === 0) {
    counts.fill(0)
    return
  }
  const { instants } = table
  const start = table.startOf(ordinal)
  const end = start + many
  for (let i = 0; i < froms.length; i++) {
    // Of a window that has not begun it may be below 0; nothing in it comes or goes yet, so it is the same before and after.
    counts[i] =
      firstRowFrom(instants, start, end, tos[i] as number) - firstRowFrom(instants, start, end, froms[i] as number)
  }
}

function addBetween(at: number, by: number, froms: Float64Array, tos: Float64Array, gains: Int32Array): void {
  for (let i = 0; i < froms.length; i++) {
    if ((froms[i] as number) <= at && at < (tos[i] as number)) gains[i] = (gains[i] as number) + by
  }
}
