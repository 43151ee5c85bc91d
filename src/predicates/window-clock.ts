import { DueQueue } from '../base/due-queue.js'
import { timeZone, type TimeZone } from '../base/time-zone.js'
import type { ContactView } from '../contacts/contact.js'
import type { WindowRule } from '../rules/ast.js'
import { operandKey } from '../rules/rule-key.js'
import { isMovedByTime, operandFields } from '../rules/rule-walk.js'
import { isWindowRule, windowEdges } from '../rules/windows.js'
import { DateStream } from './date-stream.js'
import { EdgeCursor, instantScale, type KeyScale } from './edge-cursor.js'
import { endOfAll, eventEdgesOf, type EventEdge } from './event-edges.js'
import { EventStream, type EdgeTargets } from './event-stream.js'
import { FieldIndex, type ChangedFields } from './field-index.js'
import { WaitingLeaves } from './waiting-leaves.js'
import type { Watched } from './watched.js'

/*
 * What time alone will move, for whom, and when. A window over a date has a cursor for each of its edges over the dates that
 * it asks about, one over events a cursor for each of its edges over the events of their type, so that neither's memory grows
 * with the contacts; all cursors stand in one queue. What time moves for each contact in its own way waits per contact.
 *
 * Costs: an advance with nothing due is a look at the heads of two queues; a date or event that comes or goes is moved in its
 * stream and compared with the place of each cursor over it; a crossing is a search in the stream.
 */

/** A contact of the store, for what begins to be watched. */
export interface StoredContact {
  readonly ordinal: number
  readonly view: ContactView
}

/** The instants at which time moves conditions. */
export class WindowClock<T extends Watched> {
  readonly #timeZone: string
  readonly #streams = new Map<string, DateStream<EdgeTargets<T>>>()
  readonly #byField = new FieldIndex<DateStream<EdgeTargets<T>>>()
  readonly #eventStreams = new Map<string, EventStream<T>>()
  readonly #eventEdges = new Map<T, readonly EventEdge[]>()
  readonly #foldedTypes = new Set<string | undefined>()
  readonly #cursors = new Map<T, readonly EdgeCursor<EdgeTargets<T>>[]>()
  readonly #crossings = new DueQueue<EdgeCursor<EdgeTargets<T>>>()
  readonly #waiting: WaitingLeaves<T>

  constructor(timeZone: string) {
    this.#timeZone = timeZone
    this.#waiting = new WaitingLeaves<T>(timeZone)
  }

  /** The next instant at which something may move for somebody, or `undefined`. */
  get nextAt(): number | undefined {
    const crossing = this.#crossings.nextAt
    const waiting = this.#waiting.nextAt
    return crossing === undefined ? waiting : waiting === undefined ? crossing : Math.min(crossing, waiting)
  }

  /** Begins to watch a condition, for the contacts that are there. */
  watch(target: T, contacts: () => Iterable<StoredContact>, now: number): void {
    const { rule, fields } = target
    if (isWindowRule(rule) && !fields.itemsMove) {
      this.#watchWindow(target, rule, contacts, now)
      return
    }
    if (!isMovedByTime(rule)) return
    const edges = this.#foldedTypes.has(endOfAll(rule)) ? undefined : eventEdgesOf(rule, this.#timeZone)
    if (edges === undefined) {
      this.#waiting.watch(target, contacts(), now)
      return
    }
    this.#eventEdges.set(target, edges)
    for (const edge of edges) this.#eventStream(edge.type, contacts, now).watch(edge, target, now)
  }

  /** Watches a condition no longer. */
  unwatch(target: T): void {
    const { rule, fields } = target
    if (isWindowRule(rule) && !fields.itemsMove) this.#unwatchWindow(target, rule)
    else if (this.#eventEdges.has(target)) this.#unwatchEdges(target)
    else this.#waiting.unwatch(target)
  }

  /** Whether anything that is watched reads any of the fields; if not, no change of them need be told. */
  isReading(changed: ChangedFields): boolean {
    return (
      (changed.events.size > 0 && this.#eventStreams.size > 0) ||
      this.#byField.isReading(changed) ||
      this.#waiting.isReading(changed)
    )
  }

  /** A contact's fields changed, or it came (`before` undefined), or it went (`after` undefined). */
  contactChanged(
    ordinal: number,
    before: ContactView | undefined,
    after: ContactView | undefined,
    changed: ChangedFields | 'all',
    now: number,
  ): void {
    const moveDate = (stream: DateStream<EdgeTargets<T>>): void => {
      stream.move(ordinal, before && stream.keyOf(before), after && stream.keyOf(after), now)
    }
    if (changed === 'all') this.#streams.forEach(moveDate)
    else this.#byField.visitReading(changed, moveDate)
    if (changed === 'all') {
      for (const [type, stream] of this.#eventStreams) {
        stream.changed(ordinal, { came: after?.events(type) ?? none, went: before?.events(type) ?? none }, after, now)
      }
    } else if (changed.events.size > 0) {
      for (const type of changed.events.keys()) {
        const moves = changed.events.get(type)
        if (moves !== undefined) this.#eventStreams.get(type)?.changed(ordinal, moves, after, now)
      }
    }
    this.#waiting.contactChanged(ordinal, after, changed, now)
  }

  /** Events of a type before an instant were folded away: no window reaches back to them any more. */
  eventsFolded(type: string, before: number, contacts: () => Iterable<StoredContact>, now: number): void {
    this.#eventStreams.get(type)?.forgetBefore(before)
    if (this.#foldedTypes.has(type)) return
    this.#foldedTypes.add(type)
    for (const target of [...this.#eventEdges.keys()]) {
      if (endOfAll(target.rule) !== type) continue
      this.#unwatchEdges(target)
      this.#waiting.watch(target, contacts(), now)
    }
  }

  /**
   * Visits every condition and contact for whom something falls due up to `at`, in no order, perhaps more than once; the truth
   * is to be asked for, as two crossings of one condition may cancel. `viewOf` gives the contact, to see when it is to be asked
   * again.
   */
  takeDue(at: number, viewOf: (ordinal: number) => ContactView, visit: (target: T, ordinal: number) => void): void {
    for (const cursor of this.#crossings.takeDue(at)) {
      cursor.cross(at, (ordinal) => {
        for (const target of cursor.target) visit(target, ordinal)
      })
    }
    this.#waiting.takeDue(at, viewOf, visit)
  }

  #eventStream(type: string, contacts: () => Iterable<StoredContact>, now: number): EventStream<T> {
    let stream = this.#eventStreams.get(type)
    if (stream !== undefined) return stream
    this.#eventStreams.set(type, (stream = new EventStream<T>(type, this.#crossings)))
    for (const { ordinal, view } of contacts())
      stream.changed(ordinal, { came: view.events(type), went: none }, view, now)
    return stream
  }

  #unwatchEdges(target: T): void {
    for (const edge of this.#eventEdges.get(target) ?? none) {
      const stream = this.#eventStreams.get(edge.type)
      stream?.unwatch(edge, target)
      if (stream?.isUnused === true) this.#eventStreams.delete(edge.type)
    }
    this.#eventEdges.delete(target)
  }

  #watchWindow(target: T, rule: WindowRule, contacts: () => Iterable<StoredContact>, now: number): void {
    const stream = this.#streamOf(rule, contacts, now)
    const { from, to } = windowEdges(rule, this.#timeZone)
    const zone = timeZone(rule.timeZone ?? this.#timeZone)
    const targets: EdgeTargets<T> = new Set([target])
    const cursors: EdgeCursor<EdgeTargets<T>>[] = []
    for (const [order, scale] of [[stream.instant, instantScale] as const, [stream.day, daysIn(zone)] as const]) {
      for (const edge of [from, to]) {
        const cursor = new EdgeCursor(targets, edge, order.log, scale, this.#crossings)
        cursor.find(now)
        order.cursors.add(cursor)
        cursors.push(cursor)
      }
    }
    this.#cursors.set(target, cursors)
  }

  #unwatchWindow(target: T, rule: WindowRule): void {
    const key = operandKey(rule.left)
    const stream = this.#streams.get(key)
    for (const cursor of this.#cursors.get(target) ?? []) {
      cursor.stop()
      stream?.instant.cursors.delete(cursor)
      stream?.day.cursors.delete(cursor)
    }
    this.#cursors.delete(target)
    if (stream?.isUnused !== true) return
    this.#streams.delete(key)
    this.#byField.delete(stream, operandFields(stream.operand))
  }

  #streamOf(rule: WindowRule, contacts: () => Iterable<StoredContact>, now: number): DateStream<EdgeTargets<T>> {
    const key = operandKey(rule.left)
    const known = this.#streams.get(key)
    if (known !== undefined) return known
    const stream = new DateStream<EdgeTargets<T>>(rule.left, this.#timeZone)
    for (const { ordinal, view } of contacts()) stream.move(ordinal, undefined, stream.keyOf(view), now)
    this.#streams.set(key, stream)
    this.#byField.add(stream, operandFields(rule.left))
    return stream
  }
}

const none: readonly never[] = Object.freeze([])

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
