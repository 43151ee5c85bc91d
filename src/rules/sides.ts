import type { Path } from '../base/errors.js'
import { readElements } from '../contacts/plain-input.js'
import { valueKey, type ValueType } from '../contacts/value.js'
import { isLiteral, type Operand } from './ast.js'
import { reportEmpty } from './empty-list.js'
import type { NodeField } from './node-fields.js'
import { operandKey } from './rule-key.js'
import type { RuleReading } from './rule-reading.js'

/** What the operands of a node, its sides, must be. */
export interface SidesRow {
  /** What the node is called. */
  readonly name: string
  readonly fields: readonly NodeField[]
  /** The types of the first side. */
  readonly on: readonly ValueType[]
  /** The types of the others. */
  readonly others: readonly ValueType[]
  /** Whether all sides are of one type. */
  readonly isSame: boolean
  /** Whether an instant can be compared with a day. */
  readonly mixesDates: boolean
  /** Whether a literal is read by the other side; not so where they are of different kinds, as in arithmetic. */
  readonly readsByOther: boolean
  /** Whether a literal stands for a whole value, which must be one of those that the field can hold. */
  readonly isWholeValue: boolean
  /** Whether a written date without a time is a day. */
  readonly bareDateIsDay: boolean
}

/** An operand of a node before it is read. */
export interface Side {
  /** The field it stands in. */
  readonly name: string
  readonly path: Path
  readonly input: unknown
  /** The types that it can have by itself. */
  readonly allowed: readonly ValueType[]
  /** Whether it is one of several options, which need not be of one type. */
  readonly isOption: boolean
}

/** The operands of a node in order; those of a list count to the size of the rule. */
export function sidesOf(
  row: SidesRow,
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): readonly Side[] {
  const sides: Side[] = []
  for (const { name, kind } of row.fields) {
    const input = properties.get(name)
    if (input === undefined) continue
    if (kind !== 'operand' && kind !== 'operands') continue
    const at = [...path, name]
    const allowed = sides.length === 0 ? row.on : row.others
    if (kind === 'operand') {
      sides.push({ name, path: at, input, allowed, isOption: false })
      continue
    }
    const elements = readElements(input, 'a list of values', 'RULE_INVALID', reading, at)
    if (elements === undefined) continue
    if (elements.length === 0) reportEmpty(row.name, reading, at)
    if (!reading.size.admitsElements(elements.length, reading, at)) continue
    for (const [place, option] of elements.entries()) {
      sides.push({ name, path: [...at, place], input: option, allowed, isOption: true })
    }
  }
  return sides
}

/** What the fields hold, by their names: an operand, or a frozen list of options, equal ones once. */
export function fieldValues(sides: readonly Side[], operands: readonly (Operand | undefined)[]): Map<string, unknown> {
  const values = new Map<string, unknown>()
  const options = new Map<string, Map<string, Operand>>()
  for (const [place, side] of sides.entries()) {
    const operand = operands[place]
    if (operand === undefined) continue
    if (side.isOption) withOption(options, side.name, operand)
    else values.set(side.name, operand)
  }
  for (const [name, distinct] of options) values.set(name, Object.freeze([...distinct.values()]))
  return values
}

function withOption(options: Map<string, Map<string, Operand>>, name: string, operand: Operand): void {
  const distinct = options.get(name) ?? new Map<string, Operand>()
  options.set(name, distinct)
  const key = isLiteral(operand) ? `=${valueKey(operand)}` : operandKey(operand)
  if (!distinct.has(key)) distinct.set(key, operand)
}
