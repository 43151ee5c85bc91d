import { durationOf, formatDuration, type DurationInput } from '../../base/duration.js'
import type { Path } from '../../base/errors.js'
import { readElements } from '../../contacts/plain-input.js'
import { refuse } from '../../contacts/refused.js'
import type { ValueType } from '../../contacts/value.js'
import { reportEmpty } from '../empty-list.js'
import { fieldWords } from '../field-words.js'
import type { NodeField } from '../node-fields.js'
import { operators } from '../operator-table.js'
import { readPlainField } from '../read-field.js'
import type { RuleReading } from '../rule-reading.js'
import { finish, frozenCopy } from './frozen-copy.js'
import { readItemsArgument, readStepArguments } from './items-argument.js'
import { readOperandArgument } from './operand-argument.js'

/**
 * What a field of a node holds, of what a builder was given for it: frozen, and in its canonical form. Undefined where it
 * was refused. `types` are those that a literal may have where the field is an operand.
 */
export function readArgument(
  node: string,
  { name, kind }: NodeField,
  input: unknown,
  types: readonly ValueType[],
  reading: RuleReading,
): unknown {
  const path = [name]
  switch (kind) {
    case 'rule':
      return readRuleArgument(input, reading, path)
    case 'operand':
      return readOperandArgument(input, types, reading, path)
    case 'rules':
    case 'operands': {
      const elements = readElements(input, fieldWords[kind], 'RULE_INVALID', reading, path)
      if (elements?.length === 0) reportEmpty(node, reading, path)
      const read = elements?.map((element, place) =>
        kind === 'rules'
          ? readRuleArgument(element, reading, [name, place])
          : readOperandArgument(element, types, reading, [name, place]),
      )
      return read === undefined || read.length === 0 || read.includes(undefined) ? undefined : finish(read)
    }
    case 'itemRule':
      return readRuleArgument(input, reading, path)
    case 'itemOperand':
      return readOperandArgument(input, types, reading, path)
    case 'items':
    case 'recordItems':
      return readItemsArgument(input, kind, reading, path)
    case 'steps':
      return readStepArguments(input, reading, path)
    case 'duration':
      return readPlainField(kind, durationArgument(input), reading, path)
    case 'segment':
      return readPlainField(kind, isHandle(input) ? input.id : input, reading, path)
    default:
      return readPlainField(kind, input, reading, path)
  }
}

/** A duration as a text. What `days(7)` makes is a number here, which nothing tells from a bare one but its type. */
export function durationArgument(input: unknown): unknown {
  return typeof input === 'number' ? formatDuration(durationOf(input as DurationInput)) : input
}

function isHandle(input: unknown): input is { readonly id: unknown } {
  return typeof input === 'object' && input !== null && 'id' in input
}

/** A rule is taken as it is: what is in it was checked when it was built, or will be when the whole is read. */
function readRuleArgument(input: unknown, reading: RuleReading, path: Path): unknown {
  const op: unknown = typeof input === 'object' && input !== null && 'op' in input ? input.op : undefined
  if (typeof op === 'string' && Object.hasOwn(operators, op)) return frozenCopy(input, reading, path)
  refuse(input, fieldWords.rule, reading, path, 'RULE_INVALID')
  return undefined
}
