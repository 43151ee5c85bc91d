import { DueQueue } from '../base/due-queue.js'
import { timeZone, type TimeZone } from '../base/time-zone.js'
import type { ContactView } from '../contacts/contact.js'
import type { WindowRule } from '../rules/ast.js'
import { operandKey } from '../rules/rule-key.js'
import { isMovedByTime, operandFields } from '../rules/rule-walk.js'
import { isWindowRule, windowEdges } from '../rules/windows.js'
import { DateStream } from './date-stream.js'
import { EdgeCursor, type KeyScale } from './edge-cursor.js'
import { FieldIndex, type ChangedFields } from './field-index.js'
import type { Leaf } from './leaf.js'
import { WaitingLeaves } from './waiting-leaves.js'

/*
 * Which leaves time alone will flip, for whom, and when. A window over a date has a cursor for each of its edges over the
 * dates that it asks about, so that its memory does not grow with the contacts; all cursors stand in one queue. What time
 * moves for each contact in its own way waits per contact.
 *
 * Costs: an advance with nothing due is a look at the heads of two queues; a date that changes is moved in its stream and
 * compared with the place of each cursor over it; a crossing is a search in the stream.
 */

/** A contact of the store, for leaves that begin to be watched. */
export interface StoredContact {
  readonly ordinal: number
  readonly view: ContactView
}

/** The instants at which time flips leaves. */
export class WindowClock<Owner> {
  readonly #timeZone: string
  readonly #streams = new Map<string, DateStream<Owner>>()
  readonly #byField = new FieldIndex<DateStream<Owner>>()
  readonly #cursors = new Map<Leaf<Owner>, readonly EdgeCursor<Owner>[]>()
  readonly #crossings = new DueQueue<EdgeCursor<Owner>>()
  readonly #waiting: WaitingLeaves<Owner>

  constructor(timeZone: string) {
    this.#timeZone = timeZone
    this.#waiting = new WaitingLeaves<Owner>(timeZone)
  }

  /** The next instant at which a leaf may flip for somebody, or `undefined`. */
  get nextAt(): number | undefined {
    const crossing = this.#crossings.nextAt
    const waiting = this.#waiting.nextAt
    return crossing === undefined ? waiting : waiting === undefined ? crossing : Math.min(crossing, waiting)
  }

  /** Begins to watch a leaf, for the contacts that are there. */
  watch(leaf: Leaf<Owner>, contacts: () => Iterable<StoredContact>, now: number): void {
    const { rule, fields } = leaf
    if (isWindowRule(rule) && !fields.itemsMove) this.#watchWindow(leaf, rule, contacts, now)
    else if (isMovedByTime(rule)) this.#waiting.watch(leaf, contacts(), now)
  }

  /** Watches a leaf no longer. */
  unwatch(leaf: Leaf<Owner>): void {
    const { rule, fields } = leaf
    if (isWindowRule(rule) && !fields.itemsMove) this.#unwatchWindow(leaf, rule)
    else this.#waiting.unwatch(leaf)
  }

  /** A contact's fields changed, or it came (`before` undefined), or it went (`after` undefined). */
  contactChanged(
    ordinal: number,
    before: ContactView | undefined,
    after: ContactView | undefined,
    changed: ChangedFields | 'all',
    now: number,
  ): void {
    for (const stream of changed === 'all' ? this.#streams.values() : this.#byField.reading(changed)) {
      stream.move(ordinal, before && stream.keyOf(before), after && stream.keyOf(after), now)
    }
    this.#waiting.contactChanged(ordinal, after, changed, now)
  }

  /**
   * Visits every leaf and contact for whom something falls due up to `at`, in no order; the truth is to be asked for, as
   * two crossings of one leaf may cancel. `viewOf` gives the contact, to see when it is to be asked again.
   */
  takeDue(
    at: number,
    viewOf: (ordinal: number) => ContactView,
    visit: (leaf: Leaf<Owner>, ordinal: number) => void,
  ): void {
    for (const cursor of this.#crossings.takeDue(at)) {
      cursor.cross(at, (ordinal) => {
        visit(cursor.leaf, ordinal)
      })
    }
    this.#waiting.takeDue(at, viewOf, visit)
  }

  #watchWindow(leaf: Leaf<Owner>, rule: WindowRule, contacts: () => Iterable<StoredContact>, now: number): void {
    const stream = this.#streamOf(rule, contacts, now)
    const { from, to } = windowEdges(rule, this.#timeZone)
    const zone = timeZone(rule.timeZone ?? this.#timeZone)
    const cursors: EdgeCursor<Owner>[] = []
    for (const [order, scale] of [[stream.instant, instants] as const, [stream.day, daysIn(zone)] as const]) {
      for (const edge of [from, to]) {
        const cursor = new EdgeCursor(leaf, edge, order.log, scale, this.#crossings)
        cursor.find(now)
        order.cursors.add(cursor)
        cursors.push(cursor)
      }
    }
    this.#cursors.set(leaf, cursors)
  }

  #unwatchWindow(leaf: Leaf<Owner>, rule: WindowRule): void {
    const key = operandKey(rule.left)
    const stream = this.#streams.get(key)
    for (const cursor of this.#cursors.get(leaf) ?? []) {
      cursor.stop()
      stream?.instant.cursors.delete(cursor)
      stream?.day.cursors.delete(cursor)
    }
    this.#cursors.delete(leaf)
    if (stream?.isUnused !== true) return
    this.#streams.delete(key)
    this.#byField.delete(stream, operandFields(stream.operand))
  }

  #streamOf(rule: WindowRule, contacts: () => Iterable<StoredContact>, now: number): DateStream<Owner> {
    const key = operandKey(rule.left)
    const known = this.#streams.get(key)
    if (known !== undefined) return known
    const stream = new DateStream<Owner>(rule.left, this.#timeZone)
    for (const { ordinal, view } of contacts()) stream.move(ordinal, undefined, stream.keyOf(view), now)
    this.#streams.set(key, stream)
    this.#byField.add(stream, operandFields(rule.left))
    return stream
  }
}

const instants: KeyScale = Object.freeze({
  instantOf: (key: number) => key,
  firstKeyFrom: (instant: number) => instant,
})

function daysIn(zone: TimeZone): KeyScale {
  return {
    instantOf: (day) => zone.startOfDay(day),
    firstKeyFrom: (instant) => {
      if (!Number.isFinite(instant)) return instant
      const day = zone.dayOf(instant)
      if (zone.startOfDay(day) < instant) return day + 1
      // A day may be empty: then the one before it starts at the same instant.
      return zone.startOfDay(day - 1) >= instant ? day - 1 : day
    },
  }
}
