import { fieldWords } from '../../src/rules/field-words.js'
import { movingWindows, windowFields } from '../../src/rules/item-window-fields.js'
import { nodeFields, type NodeField } from '../../src/rules/node-fields.js'
import { operands, operators, type OperandRow, type OperatorRow, type Shape } from '../../src/rules/operator-table.js'
import { markdownTable } from './markdown-table.js'

/** The headings of the page, each with the shapes of the operators under it; every shape is under one. */
const groups: Readonly<Record<Shape, string>> = {
  constant: 'Groups',
  group: 'Groups',
  segment: 'Groups',
  sample: 'Groups',
  presence: 'Whether a value is there',
  binary: 'Comparisons',
  options: 'Comparisons',
  between: 'Comparisons',
  pattern: 'Comparisons',
  window: 'Dates and the clock',
  anniversary: 'Dates and the clock',
  tags: 'Tags',
  items: 'Events and records',
  sequence: 'Events and records',
}

/** The page of all operators, made from their table. */
export function operatorsPage(): string {
  const headings = [...new Set(Object.values(groups))]
  return `${[
    '# Operators',
    'Made from the operator table by `npm run schema`. A rule is a JSON object that says what it is in `op`, a value one that says so in `get`; a literal stands for itself, a date as `{"instant": …}` or `{"day": …}`.',
    'A condition is true or false, and false where a value is missing or of another type; a complement holds exactly where its positive one does not. Fields with `?` can be left out.',
    ...headings.flatMap((heading) => [`## ${heading}`, ruleTable(heading)]),
    '## Values',
    valueTable(),
    '## What aggregates are over',
    'Events are those of a type, `{"events": "purchase"}`; records those of a collection, `{"records": ["orders"]}`, or those inside its records, `{"records": ["orders", "lines"]}`. Each can have a window and, in `where`, a rule about the event or record: its properties, the records in it and attributes of the contact are in reach there, nothing else. Records have a time only where `by` names a date field of theirs.',
    windowTable(),
    '## Fields',
    markdownTable(
      ['kind', 'holds'],
      Object.entries(fieldWords).map(([kind, words]) => [code(kind), words]),
    ),
  ].join('\n\n')}\n`
}

function ruleTable(heading: string): string {
  const rows = Object.entries(operators).filter(([, row]) => groups[row.shape] === heading)
  return markdownTable(
    ['`op`', 'fields', 'left', 'says', 'complement of'],
    rows.map(([op, row]) => [
      code(op),
      fieldsOf(row),
      typesOf(row),
      row.words,
      row.negates === undefined ? '' : code(row.negates),
    ]),
  )
}

function valueTable(): string {
  return markdownTable(
    ['`get`', 'fields', 'of', 'gives', 'is'],
    Object.entries(operands).map(([get, row]) => [code(get), fieldsOf(row), typesOf(row), givenBy(row), row.words]),
  )
}

function windowTable(): string {
  return markdownTable(
    ['`window`', 'fields'],
    [
      ...movingWindows.map((name) => [code(name), listed(windowFields(name))]),
      [code('absolute'), ['`from?: instant`', '`to?: instant`'].join(', ')],
    ],
  )
}

function fieldsOf(row: Pick<OperandRow, 'fields'>): string {
  return listed(nodeFields(row))
}

function listed(fields: readonly NodeField[]): string {
  return fields.map(({ name, kind, optional }) => code(`${name}${optional ? '?' : ''}: ${kind}`)).join(', ')
}

function typesOf({ on }: Pick<OperatorRow, 'on'>): string {
  return on === undefined ? '' : on.length === 6 ? 'any' : on.join(', ')
}

function givenBy({ fields, gives }: OperandRow): string {
  switch (gives) {
    case 'left':
      return 'the type of its first value'
    case 'field':
    case 'property':
      return 'the type of the field'
    case 'value':
      return nodeFields({ fields }).some(({ name, optional }) => name === 'value' && optional)
        ? 'the type of its value; an instant without one'
        : 'the type of its value'
    default:
      return gives
  }
}

function code(text: string): string {
  return `\`${text}\``
}
