import type { Path } from '../base/errors.js'
import { durationOf, type DurationText } from '../base/duration.js'
import { readNamed } from '../contacts/read-text.js'
import type { Field } from '../contacts/schema.js'
import { typeOf, type Value, type ValueType } from '../contacts/value.js'
import type { Operand, OperandGet } from './ast.js'
import { writeDefaults } from './node-defaults.js'
import { nodeFields, type NodeField } from './node-fields.js'
import { checkProperties, nodeObject, nodeReading, readPlainFields } from './node-object.js'
import { checkOperandPlace } from './node-place.js'
import { fieldOfAttribute, fieldOfProperty, type FieldOfName } from './operand-fields.js'
import { operands, type OperandRow } from './operator-table.js'
import { readItemFields } from './read-item-fields.js'
import { readLiteral } from './read-literal.js'
import { nodeProperties, type RuleReading } from './rule-reading.js'
import { checkTypes, commonTypes, comparableTypes, everyType } from './side-types.js'
import { fieldValues, sidesOf, type SidesRow } from './sides.js'

/*
 * All operands of a node that are looked up or computed are read first, for they say what the literals beside them are:
 * `'2026-01-01'` is an instant, a day or a text by what it is compared with. Then each operand, in order, must be of a type
 * that the node is about and, where it compares like with like, of a type that those before it can have.
 */

/** What the operands of a node were read into. */
export interface ReadSides {
  /** What its fields hold, by their names; nothing where the reading has an issue. */
  readonly values: Map<string, unknown>
  /** The types that its first operand can have. */
  readonly types: readonly ValueType[]
  /** The same, but as far as the rule itself says, whatever a schema knows. */
  readonly ownTypes: readonly ValueType[]
}

interface ReadOperand {
  /** Undefined where it was refused. */
  readonly operand: Operand | undefined
  readonly types: readonly ValueType[]
  /** What it can be as far as the rule itself says: of a field, everything. */
  readonly ownTypes: readonly ValueType[]
  readonly field?: Field | undefined
}

const refusedOperand: ReadOperand = Object.freeze({ operand: undefined, types: everyType, ownTypes: everyType })

const operandNames = Object.keys(operands) as readonly OperandGet[]

/** Reads the operands of a node; `depth` is theirs. */
export function readSides(
  row: SidesRow,
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadSides {
  const sides = sidesOf(row, properties, reading, path)
  const computed = sides.map((side) => readComputed(side.input, reading, side.path, depth))
  const known = row.readsByOther ? computed.find((side) => side?.types.length === 1) : undefined
  const other = {
    type: known?.types[0],
    field: row.isWholeValue ? known?.field : undefined,
    bareDateIsDay: row.bareDateIsDay,
  }
  let [types, ownTypes] = [row.on, row.on]
  const read = sides.map((side, place) => {
    const allowed = row.isSame ? commonTypes(side.allowed, types) : side.allowed
    const one = computed[place] ?? literalOperand(readLiteral(side.input, { ...other, allowed }, reading, side.path))
    const isRight = checkTypes(one.types, allowed, reading, side.path)
    if (isRight && (place === 0 || (row.isSame && !side.isOption))) {
      types = comparableTypes(commonTypes(one.types, allowed), row.mixesDates)
      const ownAllowed = row.isSame ? commonTypes(side.allowed, ownTypes) : side.allowed
      ownTypes = comparableTypes(commonTypes(one.ownTypes, ownAllowed), row.mixesDates)
    }
    return one.operand
  })
  // Where something was refused the rule goes nowhere, and what was read of it can lack parts.
  return { values: fieldValues(sides, reading.issues.length === 0 ? read : []), types, ownTypes }
}

function literalOperand(value: Value | undefined): ReadOperand {
  return value === undefined ? refusedOperand : typedOperand(value, [typeOf(value)])
}

/** An operand whose types the rule itself says. */
function typedOperand(operand: Operand, types: readonly ValueType[]): ReadOperand {
  return { operand, types, ownTypes: types }
}

/** Reads an operand that is looked up or computed; undefined for all else, which is a literal. */
function readComputed(input: unknown, reading: RuleReading, path: Path, depth: number): ReadOperand | undefined {
  const properties = nodeProperties(input, reading, path)
  if (properties?.has('get') !== true) return undefined
  if (!reading.size.admitsNode(depth, reading, path)) return refusedOperand
  const get = readNamed(properties.get('get'), operandNames, 'RULE_INVALID', reading, [...path, 'get'])
  if (get === undefined || !checkOperandPlace(get, reading, path)) return refusedOperand
  const row = operands[get]
  const fields = nodeFields(row)
  checkProperties('get', get, fields, properties, reading, path)
  const inside = nodeReading(properties, reading)
  const { values, types, ownTypes } = readSides(sidesRowOf(get, row, fields), properties, inside, path, depth + 1)
  const item = readItemFields(get, fields, properties, inside, path, depth + 1, values)
  const value = readItemValue(row, properties.get('value'), { ...inside, item }, [...path, 'value'], depth + 1)
  if (value?.operand !== undefined) values.set('value', value.operand)
  readPlainFields(fields, properties, reading, path, values)
  writeZone(get, fields, values, reading)
  const operand = nodeObject('get', get, fields, values) as Operand
  switch (row.gives) {
    case 'left':
      return {
        operand,
        types: commonTypes(types, row.on ?? everyType),
        ownTypes: commonTypes(ownTypes, row.on ?? everyType),
      }
    case 'field':
      return namedOperand(operand, fieldOfAttribute, values.get('name'), reading, path)
    case 'property':
      return namedOperand(operand, fieldOfProperty, values.get('name'), reading, path)
    case 'value':
      if (value === undefined) return typedOperand(operand, ['instant'])
      return {
        operand,
        types: commonTypes(value.types, row.on ?? everyType),
        ownTypes: commonTypes(value.ownTypes, row.on ?? everyType),
        field: value.field,
      }
    default:
      return typedOperand(operand, [row.gives])
  }
}

/** Reads the value that an aggregate takes of each item, if it takes one. */
function readItemValue(
  { fields, on = everyType }: OperandRow,
  input: unknown,
  reading: RuleReading,
  path: Path,
  depth: number,
): ReadOperand | undefined {
  if (input === undefined || !('value' in fields)) return undefined
  const literal = (): ReadOperand =>
    literalOperand(readLiteral(input, { allowed: on, bareDateIsDay: false }, reading, path))
  const value = readComputed(input, reading, path, depth) ?? literal()
  return checkTypes(value.types, on, reading, path) ? value : refusedOperand
}

/** The operands of an operand: what is added to or taken from a date is a number. */
function sidesRowOf(name: OperandGet, { on = everyType }: OperandRow, fields: readonly NodeField[]): SidesRow {
  const others: readonly ValueType[] = ['number']
  return {
    name,
    fields,
    on,
    others,
    isSame: false,
    mixesDates: false,
    readsByOther: false,
    isWholeValue: true,
    bareDateIsDay: false,
  }
}

/** Only months and years need a zone to move a date. */
function writeZone(
  get: OperandGet,
  fields: readonly NodeField[],
  values: Map<string, unknown>,
  reading: RuleReading,
): void {
  const duration = values.get('duration') as DurationText | undefined
  if (duration !== undefined && durationOf(duration).kind === 'exact') values.delete('timeZone')
  else writeDefaults(get, fields, values, everyType, reading)
}

/** What an operand is of which the field of its name is known. */
function namedOperand(
  operand: Operand,
  fieldOfName: FieldOfName,
  name: unknown,
  reading: RuleReading,
  path: Path,
): ReadOperand {
  if (typeof name !== 'string') return refusedOperand
  const field = fieldOfName(name, reading, [...path, 'name'])
  if (field === undefined) return refusedOperand
  return field === 'any'
    ? typedOperand(operand, everyType)
    : { operand, types: [field.type], ownTypes: everyType, field }
}
