import { DueQueue, type DueToken } from '../base/due-queue.js'
import { timeZone, type TimeZone } from '../base/time-zone.js'
import type { ContactView } from '../contacts/contact.js'
import type { WindowRule } from '../rules/ast.js'
import { operandKey } from '../rules/rule-key.js'
import { timedRule } from '../rules/timed.js'
import { isWindowRule, windowEdges } from '../rules/windows.js'
import { operandFields } from '../rules/rule-walk.js'
import { DateStream } from './date-stream.js'
import { EdgeCursor, type KeyScale } from './edge-cursor.js'
import { deleteAt, setAt, type ChangedFields } from './leaf-index.js'
import type { Leaf } from './leaf.js'

/*
 * Which leaves time alone will flip, for whom, and when. A window has a cursor for each of its edges over the dates that
 * it asks about, so that its memory does not grow with the contacts; all cursors stand in one queue. An anniversary comes
 * back every year and in no order of the dates: it waits per contact.
 *
 * Costs: an advance with nothing due is a look at the head of the queue; a date that changes is moved in its stream and
 * compared with the place of each cursor over it; a crossing is a search in the stream.
 */

/** A contact of the store, for leaves that begin to be watched. */
export interface StoredContact {
  readonly ordinal: number
  readonly view: ContactView
}

interface Waiting<Owner> {
  readonly leaf: Leaf<Owner>
  readonly ordinal: number
}

/** The crossings of window edges and the anniversaries to come. */
export class WindowClock<Owner> {
  readonly #timeZone: string
  readonly #streams = new Map<string, DateStream<Owner>>()
  readonly #byAttribute = new Map<string, Set<DateStream<Owner>>>()
  readonly #byTag = new Map<string, Set<DateStream<Owner>>>()
  /** The streams of dates that are made of a number of tags. */
  readonly #byAnyTag = new Set<DateStream<Owner>>()
  readonly #cursors = new Map<Leaf<Owner>, readonly EdgeCursor<Owner>[]>()
  readonly #crossings = new DueQueue<EdgeCursor<Owner>>()
  readonly #anniversaries = new Map<Leaf<Owner>, Map<number, DueToken>>()
  readonly #returns = new DueQueue<Waiting<Owner>>()

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  /** The next instant at which a leaf may flip for somebody, or `undefined`. */
  get nextAt(): number | undefined {
    const crossing = this.#crossings.nextAt
    const back = this.#returns.nextAt
    return crossing === undefined ? back : back === undefined ? crossing : Math.min(crossing, back)
  }

  /** Begins to watch a leaf, for the contacts that are there. */
  watch(leaf: Leaf<Owner>, contacts: () => Iterable<StoredContact>, now: number): void {
    const { rule } = leaf
    if (isWindowRule(rule)) this.#watchWindow(leaf, rule, contacts, now)
    else if (rule.op === 'anniversaryIn') this.#watchAnniversary(leaf, contacts, now)
  }

  /** Watches a leaf no longer. */
  unwatch(leaf: Leaf<Owner>): void {
    const { rule } = leaf
    if (isWindowRule(rule)) this.#unwatchWindow(leaf, rule)
    for (const token of this.#anniversaries.get(leaf)?.values() ?? []) this.#returns.remove(token)
    this.#anniversaries.delete(leaf)
  }

  /** A contact's fields changed, or it came (`before` undefined), or it went (`after` undefined). */
  contactChanged(
    ordinal: number,
    before: ContactView | undefined,
    after: ContactView | undefined,
    changed: ChangedFields | 'all',
    now: number,
  ): void {
    for (const stream of this.#streamsReading(changed)) {
      stream.move(ordinal, before && stream.keyOf(before), after && stream.keyOf(after), now)
    }
    for (const leaf of this.#anniversaries.keys()) {
      if (changed === 'all' || reads(leaf, changed)) this.#await(leaf, ordinal, after, now)
    }
  }

  /**
   * Visits every leaf and contact for whom something falls due up to `at`, in no order; the truth is to be asked for, as
   * two crossings of one leaf may cancel. `viewOf` gives the contact, to see when its anniversary comes back.
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
    for (const { leaf, ordinal } of this.#returns.takeDue(at)) {
      this.#anniversaries.get(leaf)?.delete(ordinal)
      this.#await(leaf, ordinal, viewOf(ordinal), at)
      visit(leaf, ordinal)
    }
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
    const { attributes, tags } = operandFields(stream.operand)
    for (const name of attributes) deleteAt(this.#byAttribute, name, stream)
    for (const tag of tags) deleteAt(this.#byTag, tag, stream)
    this.#byAnyTag.delete(stream)
  }

  #streamOf(rule: WindowRule, contacts: () => Iterable<StoredContact>, now: number): DateStream<Owner> {
    const key = operandKey(rule.left)
    const known = this.#streams.get(key)
    if (known !== undefined) return known
    const stream = new DateStream<Owner>(rule.left, this.#timeZone)
    for (const { ordinal, view } of contacts()) stream.move(ordinal, undefined, stream.keyOf(view), now)
    this.#streams.set(key, stream)
    const { attributes, tags, anyTag } = operandFields(rule.left)
    for (const name of attributes) setAt(this.#byAttribute, name).add(stream)
    for (const tag of tags) setAt(this.#byTag, tag).add(stream)
    if (anyTag) this.#byAnyTag.add(stream)
    return stream
  }

  #streamsReading(changed: ChangedFields | 'all'): Iterable<DateStream<Owner>> {
    if (changed === 'all') return this.#streams.values()
    const found = new Set<DateStream<Owner>>()
    for (const name of changed.attributes.keys())
      for (const stream of this.#byAttribute.get(name) ?? []) found.add(stream)
    for (const tag of changed.tags.keys()) for (const stream of this.#byTag.get(tag) ?? []) found.add(stream)
    if (changed.tags.size > 0) for (const stream of this.#byAnyTag) found.add(stream)
    return found
  }

  #watchAnniversary(leaf: Leaf<Owner>, contacts: () => Iterable<StoredContact>, now: number): void {
    this.#anniversaries.set(leaf, new Map<number, DueToken>())
    for (const { ordinal, view } of contacts()) this.#await(leaf, ordinal, view, now)
  }

  /** Waits for the next flip of an anniversary for a contact, in place of the one waited for before. */
  #await(leaf: Leaf<Owner>, ordinal: number, contact: ContactView | undefined, now: number): void {
    const waiting = this.#anniversaries.get(leaf)
    if (waiting === undefined) return
    const token = waiting.get(ordinal)
    if (token !== undefined) this.#returns.remove(token)
    waiting.delete(ordinal)
    if (contact === undefined) return
    const at = timedRule(leaf.rule, contact, this.#timeZone, neverAsked).mayFlipAfter(now)
    if (at !== Infinity) waiting.set(ordinal, this.#returns.add(at, { leaf, ordinal }))
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

function reads<Owner>(leaf: Leaf<Owner>, changed: ChangedFields): boolean {
  if (leaf.fields.anyTag && changed.tags.size > 0) return true
  for (const name of changed.attributes.keys()) if (leaf.fields.attributes.has(name)) return true
  for (const tag of changed.tags.keys()) if (leaf.fields.tags.has(tag)) return true
  return false
}

/** A leaf refers to no segment. */
function neverAsked(): never {
  throw new Error('A leaf asked for a segment')
}
