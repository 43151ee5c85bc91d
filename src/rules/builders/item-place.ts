/*
 * Inside a condition on an item a property is one of that item, and records are those in it: nothing in the JSON says of
 * which item they were meant. So what belongs to an item, or to the contact, is remembered with it when it is made, and where
 * a condition on one item holds what belongs to another it is refused: it would mean something else than it says.
 *
 * Costs a look at every node of a condition once, without those of conditions inside it, which were looked at before.
 */

import { show, type Path } from '../../base/errors.js'
import { report } from '../../contacts/reading.js'
import type { OperandGet, RecordItems, RuleOp } from '../ast.js'
import { unknownItem, type ItemScope } from '../item-scope.js'
import { nodeFields } from '../node-fields.js'
import { checkEventsPlace, checkOperandPlace, checkRecordsPlace, checkRulePlace } from '../node-place.js'
import { operands, operators, type OperandRow } from '../operator-table.js'
import type { RuleReading } from '../rule-reading.js'

/** What properties and records belong to: the contact, or the item of one call of a function. */
export interface Owner {
  /** Undefined for the contact. */
  readonly kind: ItemScope['kind'] | undefined
}

/** The owner of what is made outside conditions on items. */
export const contact: Owner = /* @__PURE__ */ Object.freeze({ kind: undefined })

const owners = new WeakMap<object, Owner>()

/** Remembers to what a node belongs. */
export function belongingTo<T extends object>(owner: Owner, node: T): T {
  owners.set(node, owner)
  return node
}

interface Place {
  readonly node: object
  readonly path: Path
}

/** Reports what stands in a condition on an item, or in a value of it, and does not belong there; `root` is frozen. */
export function checkPlaces(root: object, owner: Owner, reading: RuleReading, path: Path): void {
  const { kind = 'record' } = owner
  const inside: RuleReading = { ...reading, item: { ...unknownItem, kind } }
  const seen = new Set<object>()
  const places: Place[] = [{ node: root, path }]
  for (const place of places) {
    if (seen.has(place.node)) continue
    seen.add(place.node)
    const row = rowOf(place, owner, inside)
    for (const inner of row === undefined ? [] : placesIn(place, row, owner, inside)) places.push(inner)
  }
}

/** The row of a node in its table. Undefined where it is no node that may stand there. */
function rowOf({ node, path }: Place, owner: Owner, reading: RuleReading): Pick<OperandRow, 'fields'> | undefined {
  const { op, get, name } = node as { readonly op?: unknown; readonly get?: unknown; readonly name?: unknown }
  if (typeof op === 'string' && Object.hasOwn(operators, op)) {
    return checkRulePlace(op as RuleOp, reading, path) ? operators[op as RuleOp] : undefined
  }
  if (typeof get !== 'string' || !Object.hasOwn(operands, get)) return undefined
  if (get === 'property' && !isOwn(node, owner)) reportForeign(`The property ${show(name)}`, name, reading, path)
  return checkOperandPlace(get as OperandGet, reading, path) ? operands[get as OperandGet] : undefined
}

/** The rules and operands directly in a node; the items in it are looked at here. */
function placesIn(
  { node, path }: Place,
  row: Pick<OperandRow, 'fields'>,
  owner: Owner,
  reading: RuleReading,
): readonly Place[] {
  const found: Place[] = []
  const add = (value: unknown, at: Path): void => {
    if (typeof value === 'object' && value !== null) found.push({ node: value, path: at })
  }
  for (const { name, kind } of nodeFields(row)) {
    const value = (node as Readonly<Record<string, unknown>>)[name]
    const at = [...path, name]
    if (kind === 'rule' || kind === 'operand') add(value, at)
    if ((kind === 'rules' || kind === 'operands') && Array.isArray(value)) {
      for (const [place, element] of value.entries()) add(element, [...at, place])
    }
    if (kind === 'items' || kind === 'recordItems') checkItems(value, owner, reading, at)
  }
  return found
}

function checkItems(items: unknown, owner: Owner, reading: RuleReading, path: Path): void {
  if (typeof items !== 'object' || items === null) return
  if ('events' in items) checkEventsPlace(reading, [...path, 'events'])
  else if (checkRecordsPlace(reading, [...path, 'records']) && !isOwn(items, owner)) {
    // Only what a function made belongs to anything else.
    const name = (items as RecordItems).records.join('.')
    reportForeign(`The collection ${show(name)}`, name, reading, [...path, 'records'])
  }
}

/** Plain JSON belongs to whatever it stands in. */
function isOwn(node: object, owner: Owner): boolean {
  return (owners.get(node) ?? owner) === owner
}

function reportForeign(what: string, received: unknown, reading: RuleReading, path: Path): void {
  const message = `${what} is not of the item at hand: a condition is about one event or record`
  const expected = 'a property of that item or the records in it, which its function is given'
  report(reading, { code: 'RULE_INVALID', path, message, expected, received: show(received) })
}
