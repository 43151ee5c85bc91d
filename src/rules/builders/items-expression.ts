import { show } from '../../base/errors.js'
import { throwIssues } from '../../contacts/reading.js'
import { refuse } from '../../contacts/refused.js'
import type { Items, ItemWindow, OperandGet, Rule } from '../ast.js'
import type { MovingWindow } from '../item-window-fields.js'
import { readPlainField } from '../read-field.js'
import { readCollectionPath } from './collection-path.js'
import type { AnyExpression } from './expressions.js'
import { finish } from './frozen-copy.js'
import { conditionsOf, propertyOperand, valueOfItem, type ItemAtHand } from './item-condition.js'
import type { EventExpression, RecordExpression, TimedRecords } from './item-expressions.js'
import { belongingTo, contact, type Owner } from './item-place.js'
import { absoluteWindow, checkTime, movingWindow } from './item-window.js'
import { argumentReading, makeOperand, makeRule } from './node.js'
import { expression } from './operand-expression.js'

/** What is said of items so far. */
interface Said {
  readonly source: { readonly events: string } | { readonly records: readonly string[] }
  readonly by?: string
  readonly window?: ItemWindow
  /** All of them are to hold of an item. */
  readonly conditions: readonly Rule[]
}

/** The events of a type. */
export function eventsExpression(type: unknown): ItemsExpression {
  const reading = argumentReading()
  const events = readPlainField('name', type, reading, ['events']) as string
  throwIssues('events', reading)
  return new ItemsExpression({ source: { events }, conditions: [] }, contact)
}

/** The records to which a path leads from what they belong to. */
export function recordsExpression(path: unknown, owner: Owner): ItemsExpression {
  return new ItemsExpression({ source: { records: readCollectionPath(path) }, conditions: [] }, owner)
}

/** The methods of all expressions of items. */
type Method = Extract<keyof EventExpression | keyof RecordExpression | keyof TimedRecords, string>

/*
 * One object for events and for records. What only records have, or only what has a time, is the affair of types first; who
 * has none is told when a method is called. Every method gives a new expression: one can be the beginning of several.
 */
class ItemsExpression implements Readonly<Record<Exclude<Method, 'items'>, unknown>> {
  readonly items: Items
  readonly #said: Said
  readonly #owner: Owner

  constructor(said: Said, owner: Owner) {
    const { source, by, window, conditions } = said
    this.#said = said
    this.#owner = owner
    const items = {
      ...source,
      ...(by === undefined ? {} : { by }),
      ...(window === undefined ? {} : { window }),
      ...(conditions.length === 0 ? {} : { where: together(conditions) }),
    }
    this.items = belongingTo(owner, finish(items))
    Object.freeze(this)
  }

  where(condition: unknown): ItemsExpression {
    const { conditions } = this.#said
    return this.#saying({ conditions: [...conditions, ...conditionsOf('where', condition, this.#item())] })
  }

  by(name: unknown): ItemsExpression {
    return this.#saying({ by: dateFieldOf(this.items, name) })
  }

  // ── windows ───────────────────────────────────────────────────────────────────────────────────────────────────

  inLast(duration: unknown, options?: unknown): ItemsExpression {
    return this.#within('inLast', { duration }, options)
  }

  inNext(duration: unknown, options?: unknown): ItemsExpression {
    return this.#within('inNext', { duration }, options)
  }

  moreThanAgo(duration: unknown, options?: unknown): ItemsExpression {
    return this.#within('moreThanAgo', { duration }, options)
  }

  betweenAgo(from: unknown, to: unknown, options?: unknown): ItemsExpression {
    return this.#within('betweenAgo', { from, to }, options)
  }

  inCalendar(period: unknown, options?: unknown): ItemsExpression {
    return this.#within('inCalendar', { period }, options)
  }

  from(date: unknown): ItemsExpression {
    return this.#saying({ window: absoluteWindow(this.items, 'from', date) })
  }

  to(date: unknown): ItemsExpression {
    return this.#saying({ window: absoluteWindow(this.items, 'to', date) })
  }

  // ── rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

  exists(): Rule {
    return makeRule('some', { of: this })
  }

  none(): Rule {
    return makeRule('none', { of: this })
  }

  every(condition: unknown): Rule {
    return makeRule('every', { of: this, rule: together(conditionsOf('rule', condition, this.#item())) })
  }

  // ── values ────────────────────────────────────────────────────────────────────────────────────────────────────

  count(): AnyExpression {
    return this.#computed('count')
  }

  sum(value: unknown): AnyExpression {
    return this.#computed('sum', { value: this.#valueOf(value) })
  }

  average(value: unknown): AnyExpression {
    return this.#computed('average', { value: this.#valueOf(value) })
  }

  minimum(value: unknown): AnyExpression {
    return this.#computed('minimum', { value: this.#valueOf(value) })
  }

  maximum(value: unknown): AnyExpression {
    return this.#computed('maximum', { value: this.#valueOf(value) })
  }

  distinct(value: unknown): AnyExpression {
    return this.#computed('distinct', { value: this.#valueOf(value) })
  }

  mostFrequent(value: unknown): AnyExpression {
    return this.#computed('mostFrequent', { value: this.#valueOf(value) })
  }

  distinctDays(options?: unknown): AnyExpression {
    return this.#timed('distinctPeriods', { unit: 'day', weekStartsOn: undefined }, options)
  }

  distinctWeeks(options?: unknown): AnyExpression {
    return this.#timed('distinctPeriods', { unit: 'week' }, options)
  }

  distinctMonths(options?: unknown): AnyExpression {
    return this.#timed('distinctPeriods', { unit: 'month', weekStartsOn: undefined }, options)
  }

  first(value?: unknown): AnyExpression {
    return this.#timed('first', { value: this.#valueOf(value) })
  }

  last(value?: unknown): AnyExpression {
    return this.#timed('last', { value: this.#valueOf(value) })
  }

  nth(n: unknown, value?: unknown): AnyExpression {
    return this.#timed('nth', { n, value: this.#valueOf(value) })
  }

  // ── what they are made by ─────────────────────────────────────────────────────────────────────────────────────

  #saying(more: Partial<Said>): ItemsExpression {
    return new ItemsExpression({ ...this.#said, ...more }, this.#owner)
  }

  #within(name: MovingWindow, given: Readonly<Record<string, unknown>>, options: unknown): ItemsExpression {
    return this.#saying({ window: movingWindow(this.items, name, given, options) })
  }

  #computed(get: OperandGet, given: Readonly<Record<string, unknown>> = {}, options?: unknown): AnyExpression {
    return expression(makeOperand(get, { of: this, ...given }, options))
  }

  #timed(get: OperandGet, given: Readonly<Record<string, unknown>>, options?: unknown): AnyExpression {
    checkTime(this.items, get)
    return this.#computed(get, given, options)
  }

  #valueOf(value: unknown): unknown {
    return valueOfItem(value, this.#item())
  }

  /** The item that a function is given: what it makes belongs to that one call. */
  #item(): ItemAtHand {
    const owner: Owner = Object.freeze({ kind: 'events' in this.items ? 'event' : 'record' })
    const property = (name: unknown): AnyExpression => expression(propertyOperand(name, owner))
    const records = (path: unknown): ItemsExpression => recordsExpression(path, owner)
    return { owner, item: Object.freeze(owner.kind === 'event' ? { property } : { property, records }) }
  }
}

/** The name of the date field of records that have none. */
function dateFieldOf(items: Items, name: unknown): string {
  const reading = argumentReading()
  const by = readPlainField('name', name, reading, ['by']) as string
  if ('events' in items) refuse('events', 'records: events have a time of their own', reading, ['by'], 'RULE_INVALID')
  else if (items.by !== undefined)
    refuse(name, `needed: ${show(items.by)} is the date field`, reading, ['by'], 'RULE_INVALID')
  throwIssues('by', reading)
  return by
}

/** A rule that holds when each of several does. */
function together(rules: readonly Rule[]): Rule {
  const [first] = rules
  return first !== undefined && rules.length === 1 ? first : makeRule('all', { rules })
}
