import { propertiesOf } from '../../contacts/plain-input.js'
import { throwIssues } from '../../contacts/reading.js'
import { refuse, refuseUnknown } from '../../contacts/refused.js'
import type { ValueType } from '../../contacts/value.js'
import type { ComputedOperand, OperandGet, Rule, RuleOp } from '../ast.js'
import { checkNode } from '../check-node.js'
import { writeDefaults } from '../node-defaults.js'
import { nodeFields } from '../node-fields.js'
import { checkProperties, nodeObject, type NodeTag } from '../node-object.js'
import { operands, operators, type OperandRow, type OperatorRow } from '../operator-table.js'
import { ruleReadingOf, type RuleReading } from '../rule-reading.js'
import { everyType } from '../side-types.js'
import { readArgument } from './argument.js'
import { finish } from './frozen-copy.js'

/*
 * Every builder comes down to one of two functions here. The row of the table says which fields the node has, and what
 * each holds; a field that may be left out is written only when given. What is wrong is found as in a rule that is read,
 * save what only a schema can tell: of which type an attribute is, and so whether a text beside it is a written date.
 */

/** What a builder gives for the fields of a node, by name; not yet checked. */
type Given = Readonly<Record<string, unknown>>

/** Only against what never ends: how large a rule may be is for those to say who read it. */
const limits = Object.freeze({ depth: 1000, nodes: 1e6, text: 1e9, list: 1e6, name: 1e9 })

/**
 * A rule. `options` is an object of the user's for the fields that are not in `given`.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function makeRule(op: RuleOp, given: Given = {}, options?: unknown): Rule {
  return make('op', op, operators[op], given, options) as Rule
}

/** An operand that is looked up or computed; as {@link makeRule}. */
export function makeOperand(get: OperandGet, given: Given = {}, options?: unknown): ComputedOperand {
  return make('get', get, operands[get], given, options) as ComputedOperand
}

/** Begins the reading of what a builder was given. */
export function argumentReading(): RuleReading {
  return ruleReadingOf({ limits })
}

function make(tag: NodeTag, name: string, row: OperatorRow | OperandRow, given: Given, options: unknown): object {
  const fields = nodeFields(row)
  const reading = argumentReading()
  const open = fields.flatMap((field) => (field.name in given ? [] : [field.name]))
  const inputs = new Map([...readOptions(name, open, options, reading), ...Object.entries(given)])
  checkProperties(tag, name, fields, inputs, reading, [])
  const values = new Map<string, unknown>()
  for (const field of fields) {
    const input = inputs.get(field.name)
    if (input === undefined) continue
    const value = readArgument(name, field, input, literalTypes(row, field.name), reading)
    if (value !== undefined) values.set(field.name, value)
  }
  if (tag === 'op') {
    checkNode(name as RuleOp, values, reading, [])
    writeDefaults(name as RuleOp, fields, values, everyType, reading)
  }
  throwIssues(name, reading)
  return finish(nodeObject(tag, name, fields, values))
}

/** What the user's options give for the fields that are still open; others are refused. */
export function readOptions(
  node: string,
  open: readonly string[],
  options: unknown,
  reading: RuleReading,
): readonly (readonly [string, unknown])[] {
  if (options === undefined) return []
  const properties = propertiesOf(options)
  if (properties === undefined) refuse(options, 'an object of options', reading, [], 'RULE_INVALID')
  else refuseUnknown(properties.keys(), open, `the options of "${node}"`, 'RULE_INVALID', reading, [])
  return [...(properties ?? [])].filter(([name]) => open.includes(name))
}

/** The types that a literal may have in a field. */
function literalTypes(row: OperatorRow | OperandRow, field: string): readonly ValueType[] {
  if ('gives' in row) return field === 'right' ? ['number'] : (row.on ?? [])
  return row.against === 'same' || row.against === undefined ? (row.on ?? []) : row.against
}
