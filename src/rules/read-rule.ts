import { errorOfIssues, type Issue, type Path } from '../base/errors.js'
import { readElements } from '../contacts/plain-input.js'
import { readNamed } from '../contacts/read-text.js'
import { reportUnexpected } from '../contacts/refused.js'
import type { Rule, RuleOp } from './ast.js'
import { checkNode } from './check-node.js'
import { writeDefaults } from './node-defaults.js'
import { nodeFields, type NodeField } from './node-fields.js'
import { checkProperties, nodeObject, nodeReading, readPlainFields } from './node-object.js'
import { checkRulePlace } from './node-place.js'
import { operators } from './operator-table.js'
import { readItemFields } from './read-item-fields.js'
import { readSides } from './read-operand.js'
import { nodeProperties, ruleReadingOf, type RuleOptions, type RuleReading } from './rule-reading.js'
import type { SidesRow } from './sides.js'

export type { RuleOptions } from './rule-reading.js'

/** A rule that was read, or all that is wrong with it. */
export type RuleResult =
  { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly issues: readonly [Issue, ...Issue[]] }

/**
 * Reads a rule from outside: JSON, or what a builder made. What comes out is frozen plain JSON in the one form that a
 * rule has: literals are what they are compared with, durations are written one way, no option or tag stands twice, and
 * with a zone every node carries what it needs of it. Reading that again gives an equal rule.
 *
 * It never throws for the rule, whatever it is, and costs no more than the limits allow.
 *
 * @throws CoterieError for wrong options: `TIME_ZONE_UNKNOWN`, `OPTION_INVALID`.
 */
export function readRule(input: unknown, options: RuleOptions = {}): RuleResult {
  const reading = ruleReadingOf(options, readNode)
  const rule = readNode(input, reading, [], 1)
  const [first, ...rest] = reading.issues
  // Whatever gives no rule reports why.
  return first === undefined ? { ok: true, rule: rule as Rule } : { ok: false, issues: [first, ...rest] }
}

/**
 * Reads a rule as {@link readRule} does.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function ruleOf(input: unknown, options: RuleOptions = {}): Rule {
  const result = readRule(input, options)
  if (result.ok) return result.rule
  throw errorOfIssues('The rule cannot be read', result.issues)
}

const ruleNames = Object.keys(operators) as readonly RuleOp[]

/** Undefined where it was refused. Where something inside was, the reading has an issue and the rule goes nowhere. */
function readNode(input: unknown, reading: RuleReading, path: Path, depth: number): Rule | undefined {
  if (!reading.size.admitsNode(depth, reading, path)) return undefined
  const properties = nodeProperties(input, reading, path)
  if (properties?.has('op') !== true) {
    reportUnexpected(input, 'a rule: an object with an `op`', reading, path, 'RULE_INVALID')
    return undefined
  }
  const op = readNamed(properties.get('op'), ruleNames, 'RULE_INVALID', reading, [...path, 'op'])
  if (op === undefined || !checkRulePlace(op, reading, path)) return undefined
  const row = sidesRow(op)
  const { fields } = row
  checkProperties('op', op, fields, properties, reading, path)
  const sides = readSides(row, properties, nodeReading(properties, reading), path, depth + 1)
  const { values } = sides
  readInnerRules(fields, properties, reading, path, depth + 1, values)
  readItemFields(op, fields, properties, reading, path, depth + 1, values)
  readPlainFields(fields, properties, reading, path, values)
  checkNode(op, values, reading, path)
  writeDefaults(op, fields, values, sides.ownTypes, reading)
  return nodeObject('op', op, fields, values) as Rule
}

const sidesRows = /* @__PURE__ */ new Map<RuleOp, SidesRow>()

/** What the operands of a kind of rule must be, made from its row of the table once. */
function sidesRow(op: RuleOp): SidesRow {
  const known = sidesRows.get(op)
  if (known !== undefined) return known
  const { on = [], against = [] } = operators[op]
  const fields = nodeFields(operators[op])
  const row = {
    name: op,
    fields,
    on,
    others: against === 'same' ? on : against,
    isSame: against === 'same',
    mixesDates: fields.some(({ kind }) => kind === 'timeZone'),
    readsByOther: true,
    isWholeValue: on.length > 1 || on[0] !== 'text',
    bareDateIsDay: op === 'on',
  }
  sidesRows.set(op, row)
  return row
}

function readInnerRules(
  fields: readonly NodeField[],
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  depth: number,
  values: Map<string, unknown>,
): void {
  for (const { name, kind } of fields) {
    const input = properties.get(name)
    if (input === undefined || (kind !== 'rule' && kind !== 'rules')) continue
    const at = [...path, name]
    if (kind === 'rule') {
      values.set(name, readNode(input, reading, at, depth))
      continue
    }
    const elements = readElements(input, 'a list of rules', 'RULE_INVALID', reading, at)
    if (elements === undefined) continue
    values.set(name, Object.freeze(elements.map((element, place) => readNode(element, reading, [...at, place], depth))))
  }
}
