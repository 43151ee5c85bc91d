import type { Path } from '../base/errors.js'
import { durationOf, type DurationText } from '../base/duration.js'
import { reportUnknownAttribute } from '../contacts/read-attributes.js'
import { readNamed } from '../contacts/read-text.js'
import { fieldOf, type Field } from '../contacts/schema.js'
import { typeOf, type Value, type ValueType } from '../contacts/value.js'
import type { Operand, OperandGet } from './ast.js'
import { nodeFields, type NodeField } from './node-fields.js'
import { checkProperties, nodeObject, nodeReading, readPlainFields } from './node-object.js'
import { operands, type OperandRow } from './operator-table.js'
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
  /** What its fields hold, by their names; without those that were refused. */
  readonly values: Map<string, unknown>
  /** The types that its first operand can have. */
  readonly types: readonly ValueType[]
}

interface ReadOperand {
  /** Undefined where it was refused. */
  readonly operand: Operand | undefined
  readonly types: readonly ValueType[]
  readonly field?: Field | undefined
}

const refusedOperand: ReadOperand = Object.freeze({ operand: undefined, types: everyType })

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
  let types = row.on
  const read = sides.map((side, place) => {
    const allowed = row.isSame ? commonTypes(side.allowed, types) : side.allowed
    const one = computed[place] ?? literalOperand(readLiteral(side.input, { ...other, allowed }, reading, side.path))
    const isRight = checkTypes(one.types, allowed, reading, side.path)
    if (isRight && (place === 0 || (row.isSame && !side.isOption))) {
      types = comparableTypes(commonTypes(one.types, allowed), row.mixesDates)
    }
    return one.operand
  })
  return { values: fieldValues(sides, read), types }
}

function literalOperand(value: Value | undefined): ReadOperand {
  return value === undefined ? refusedOperand : { operand: value, types: [typeOf(value)] }
}

/** Reads an operand that is looked up or computed; undefined for all else, which is a literal. */
function readComputed(input: unknown, reading: RuleReading, path: Path, depth: number): ReadOperand | undefined {
  const properties = nodeProperties(input, reading, path)
  if (properties?.has('get') !== true) return undefined
  if (!reading.size.admitsNode(depth, reading, path)) return refusedOperand
  const get = readNamed(properties.get('get'), operandNames, 'RULE_INVALID', reading, [...path, 'get'])
  if (get === undefined) return refusedOperand
  const row = operands[get]
  const fields = nodeFields(row)
  checkProperties('get', get, fields, properties, reading, path)
  const inside = nodeReading(properties, reading)
  const { values, types } = readSides(sidesRowOf(get, row, fields), properties, inside, path, depth + 1)
  readPlainFields(fields, properties, reading, path, values)
  writeZone(get, values, reading)
  const operand = nodeObject('get', get, fields, values) as Operand
  if (row.gives === 'field') return attributeOperand(operand, values.get('name'), reading, path)
  return { operand, types: row.gives === 'left' ? commonTypes(types, row.on ?? everyType) : [row.gives] }
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
function writeZone(get: OperandGet, values: Map<string, unknown>, reading: RuleReading): void {
  if (get !== 'later' && get !== 'earlier') return
  const duration = values.get('duration') as DurationText | undefined
  if (duration !== undefined && durationOf(duration).kind === 'exact') values.delete('timeZone')
  else if (reading.nodeZone !== undefined && !values.has('timeZone')) values.set('timeZone', reading.nodeZone)
}

function attributeOperand(operand: Operand, name: unknown, reading: RuleReading, path: Path): ReadOperand {
  if (reading.schema === undefined || typeof name !== 'string') return { operand, types: everyType }
  const field = fieldOf(reading.schema.attributes, name)
  if (field !== undefined) return { operand, types: [field.type], field }
  reportUnknownAttribute(name, reading, [...path, 'name'])
  return refusedOperand
}
