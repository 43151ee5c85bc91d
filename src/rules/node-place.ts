import { show, type Path } from '../base/errors.js'
import { report } from '../contacts/reading.js'
import type { OperandGet, RuleOp } from './ast.js'
import { operators, type Shape } from './operator-table.js'
import type { RuleReading } from './rule-reading.js'

/*
 * Which nodes may stand where. A condition on an event or record sees the item's own fields, the records in it and the
 * contact's attributes, and nothing else of the contact; a property is of such an item and stands nowhere else.
 */

const shapesBeside: ReadonlySet<Shape> = /* @__PURE__ */ new Set<Shape>(['segment', 'sample', 'tags', 'sequence'])
const operandsBeside: ReadonlySet<OperandGet> = /* @__PURE__ */ new Set<OperandGet>([
  'contactId',
  'tagCount',
  'tagAdded',
])

const inItem = 'a property of the event or record, an aggregate over the records in it, or an attribute of the contact'

/** Whether a rule may stand where it is read; reports where not. */
export function checkRulePlace(op: RuleOp, reading: RuleReading, path: Path): boolean {
  if (reading.item === undefined || !shapesBeside.has(operators[op].shape)) return true
  reportBeside(show(op), show(op), reading, [...path, 'op'])
  return false
}

/** Whether an operand may stand where it is read; reports where not. */
export function checkOperandPlace(get: OperandGet, reading: RuleReading, path: Path): boolean {
  if (reading.item === undefined && get === 'property') {
    const message = 'A property is one of an event or record: it stands in a `where` or in a value of an aggregate'
    const expected = 'a value of the contact'
    report(reading, { code: 'RULE_INVALID', path: [...path, 'get'], message, expected, received: show(get) })
    return false
  }
  if (reading.item === undefined || !operandsBeside.has(get)) return true
  reportBeside(show(get), show(get), reading, [...path, 'get'])
  return false
}

/** Whether an aggregate over events may stand where it is read; reports where not. */
export function checkEventsPlace(reading: RuleReading, path: Path): boolean {
  if (reading.item === undefined) return true
  reportBeside('Another event of the contact', '"events"', reading, path)
  return false
}

/** Whether an aggregate over records may stand where it is read; reports where not. */
export function checkRecordsPlace(reading: RuleReading, path: Path): boolean {
  if (reading.item?.kind !== 'event') return true
  reportBeside('A record of the contact', '"records"', reading, path)
  return false
}

function reportBeside(what: string, received: string, reading: RuleReading, path: Path): void {
  const message = `${what} stands beside an aggregate, not in it: a condition on an event or record is about that alone`
  report(reading, { code: 'RULE_INVALID', path, message, expected: inItem, received })
}
