import { contact } from './item-place.js'
import type { EventExpression, RecordExpression } from './item-expressions.js'
import { eventsExpression, recordsExpression } from './items-expression.js'

/**
 * The events of a type that have happened: `events('purchase').where({ product: 'boots' }).inLast('30d').count()`. With the
 * types of a schema: `rulesFor(schema).events`.
 */
export function events(type: string): EventExpression
export function events(type: string): unknown {
  return eventsExpression(type)
}

/**
 * The records of a collection. A path leads to the records inside its records: `'orders.lines'` are all lines of all orders;
 * where a name has a dot in it, `['orders', 'lines']`. With the types of a schema: `rulesFor(schema).records`.
 */
export function records(path: string | readonly string[]): RecordExpression
export function records(path: string | readonly string[]): unknown {
  return recordsExpression(path, contact)
}
