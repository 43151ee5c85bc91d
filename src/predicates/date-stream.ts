import { SortedLog } from '../base/sorted-log.js'
import type { ContactView } from '../contacts/contact.js'
import { epochDay, isDay, isInstant, type Value } from '../contacts/value.js'
import type { Operand } from '../rules/ast.js'
import { operandValue } from '../rules/evaluate.js'
import type { EdgeCursor } from './edge-cursor.js'

/** The two kinds of dates, each in an order of its own. */
export type DateKind = 'instant' | 'day'

/** What a stream keeps of one kind of dates. */
export interface DateOrder<T> {
  readonly log: SortedLog
  readonly cursors: Set<EdgeCursor<T>>
}

/** A date as a number: milliseconds of an instant, days since 1970 of a day. */
export interface DateKey {
  readonly kind: DateKind
  readonly key: number
}

/**
 * What one date operand is of every contact, in the order of the dates. All windows over that operand, of whatever length,
 * share it: each has a cursor for either edge, since dates cross an edge in the order in which they stand.
 */
export class DateStream<T> {
  readonly operand: Operand
  readonly instant: DateOrder<T> = { log: new SortedLog(), cursors: new Set<EdgeCursor<T>>() }
  readonly day: DateOrder<T> = { log: new SortedLog(), cursors: new Set<EdgeCursor<T>>() }
  readonly #timeZone: string

  constructor(operand: Operand, timeZone: string) {
    this.operand = operand
    this.#timeZone = timeZone
  }

  /** What the operand is of a contact; `undefined` where that is no date. */
  keyOf(contact: ContactView): DateKey | undefined {
    const value = operandValue(this.operand, { contact, now: 0, timeZone: this.#timeZone, inSegment: () => false })
    return value === undefined ? undefined : dateKey(value)
  }

  /** Moves a contact from one date to another; `now` tells the cursors what has crossed already. */
  move(ordinal: number, before: DateKey | undefined, after: DateKey | undefined, now: number): void {
    if (before?.kind === after?.kind && before?.key === after?.key) return
    if (before !== undefined) {
      const { log, cursors } = this[before.kind]
      log.remove(before.key, ordinal)
      for (const cursor of cursors) cursor.removed(before.key, now)
    }
    if (after !== undefined) {
      const { log, cursors } = this[after.kind]
      log.add(after.key, ordinal)
      for (const cursor of cursors) cursor.added(after.key, now)
    }
  }

  get isUnused(): boolean {
    return this.instant.cursors.size === 0 && this.day.cursors.size === 0
  }
}

function dateKey(value: Value): DateKey | undefined {
  if (isInstant(value)) return { kind: 'instant', key: value.instant }
  return isDay(value) ? { kind: 'day', key: epochDay(value) } : undefined
}
