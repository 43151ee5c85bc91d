import type { Field } from '../../contacts/schema.js'
import type { ValueType } from '../../contacts/value.js'
import { operands, operators } from '../../rules/operator-table.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { comparisons, type ComparisonOp } from '../words/comparison-words.js'
import { dateComparison } from './date-comparisons.js'
import { parseOptions, parseWantedList } from './parse-options.js'
import { notOf, ruleOf, type SaidField, type SaidRule, type SaidValue } from './nodes.js'
import { parseAfterItems } from './parse-item-rules.js'
import { parseQuoted } from './parse-names.js'
import { parseDateSuffixes, parseIgnoringCase } from './parse-suffixes.js'
import { parseWindow } from './parse-windows.js'
import { requireValue } from './require-value.js'

/** A value and what it is compared with; or a value alone, where no comparison follows it. */
export function parseComparison(sentence: Sentence): Said {
  const left = sentence.parsers.value(sentence)
  if (left.kind === 'items') return parseAfterItems(sentence, left)
  if (left.kind !== 'value') return left
  return parseWindowOf(left, sentence) ?? parseCompared(left, sentence) ?? left
}

/** A date in a window of time. */
function parseWindowOf(left: SaidValue, sentence: Sentence): SaidRule | undefined {
  const mark = sentence.mark()
  const isVerb = sentence.passOver('is') || sentence.passOver('was') || sentence.passOver('are')
  const isOpposite = sentence.passOver('not')
  const window = parseWindow(sentence, mayBeDate(left, sentence))
  if (window === undefined) {
    if (isVerb || isOpposite) sentence.back(mark)
    return undefined
  }
  const name = isOpposite && window.name === 'inLast' ? 'notInLast' : window.name
  const fields = Object.entries(window.fields).map(([field, value]): SaidField => [field, value, window.places[field]])
  const rule = ruleOf(sentence, left, name, operandField('left', left), ...fields, ...parseDateSuffixes(sentence))
  return isOpposite && name !== 'notInLast' ? notOf(sentence, left, rule) : rule
}

/** A value and a comparison; undefined where none follows. */
function parseCompared(left: SaidValue, sentence: Sentence): SaidRule | undefined {
  const type = typeOfValue(left, sentence)
  const comparison = sentence.phrase(comparisons, ({ op }) => type === undefined || isAbout(op, type))
  if (comparison === undefined) return undefined
  const { op, fields } = sentence.comparing(fieldOf(left, sentence), () => parseSides(comparison.op, left, sentence))
  const dates = dateComparison(sentence, op, fields[0], left, type === 'instant')
  const rule = dates ?? ruleOf(sentence, left, op, operandField('left', left), ...fields)
  return comparison.isOpposite ? notOf(sentence, left, rule) : rule
}

interface Sides {
  readonly op: ComparisonOp
  readonly fields: readonly SaidField[]
}

function parseSides(op: ComparisonOp, left: SaidValue, sentence: Sentence): Sides {
  switch (op) {
    case 'exists':
    case 'missing':
    case 'isEmpty':
      return { op, fields: [] }
    case 'in':
    case 'notIn':
      return { op, fields: [['right', parseOptions(sentence)]] }
    case 'between': {
      const low = parseRight(sentence)
      sentence.need('and')
      const high = parseRight(sentence)
      return { op, fields: [operandField('low', low), operandField('high', high), ...parseDateSuffixes(sentence)] }
    }
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return parseTextSides(op, left, sentence)
    case 'matches': {
      const pattern = parseQuoted(sentence, 'a pattern in quotes')
      return { op, fields: [['pattern', pattern.name, pattern], parseIgnoringCase(sentence)] }
    }
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return { op, fields: [operandField('right', parseWantedList(sentence))] }
    case 'before':
    case 'after':
    case 'on':
      return { op, fields: [operandField('right', parseRight(sentence)), ...parseDateSuffixes(sentence)] }
    default:
      return { op, fields: [operandField('right', parseRight(sentence))] }
  }
}

/** A list contains what a text would: `topics contains "boots"` is about one element, where the schema knows a list. */
function parseTextSides(
  op: 'contains' | 'notContains' | 'startsWith' | 'endsWith',
  left: SaidValue,
  sentence: Sentence,
): Sides {
  const right = parseRight(sentence)
  const isElement = typeof right.operand === 'string' || typeof right.operand === 'number'
  if (isElement && op.endsWith('ontains') && fieldOf(left, sentence)?.type === 'list') {
    const list = sentence.spans.node([right.operand], right)
    return { op: op === 'contains' ? 'containsAny' : 'containsNone', fields: [['right', list]] }
  }
  return { op, fields: [operandField('right', right), parseIgnoringCase(sentence)] }
}

/** Whether a comparison can hold of a value of a type. */
function isAbout(op: ComparisonOp, type: ValueType): boolean {
  return (operators[op].on ?? []).includes(type)
}

function mayBeDate(left: SaidValue, sentence: Sentence): boolean {
  const type = typeOfValue(left, sentence)
  return type === undefined || type === 'instant' || type === 'day'
}

/** The type of a value, where it is known. */
function typeOfValue(left: SaidValue, sentence: Sentence): ValueType | undefined {
  const { operand } = left
  if (typeof operand !== 'object' || !('get' in operand)) return undefined
  const { gives } = operands[operand.get]
  if (gives === 'value') return 'value' in operand ? undefined : 'instant'
  return gives === 'field' || gives === 'property'
    ? fieldOf(left, sentence)?.type
    : gives === 'left'
      ? undefined
      : gives
}

function parseRight(sentence: Sentence): SaidValue {
  return requireValue(sentence, sentence.parsers.value(sentence))
}

function operandField(name: string, value: SaidValue): SaidField {
  return [name, value.operand, value]
}

/** The field that a value is, where the schema knows it. */
function fieldOf({ operand }: SaidValue, { names, scope }: Sentence): Field | undefined {
  if (typeof operand !== 'object' || !('get' in operand)) return undefined
  if (operand.get === 'attribute') return names.attribute(operand.name)
  const field = operand.get === 'property' ? names.property(operand.name, scope) : undefined
  return field === 'any' ? undefined : field
}
