import { nodeSchema, sharedSchemas, type JsonSchema } from './json-schema-fields.js'
import { itemSchemas } from './json-schema-items.js'
import { nodeFields } from './node-fields.js'
import { operands, operators, type OperandRow } from './operator-table.js'

/**
 * The JSON Schema of a rule as JSON, draft 2020-12, made from the operator table: a definition for each kind of node.
 * What it refuses {@link readRule} refuses too. It cannot say everything that the reader checks: dates and patterns, types,
 * known names, limits, and what concerns several fields at once.
 */
export function ruleJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A rule of coterie',
    description: 'True or false of each contact at each instant. A node is a rule by its `op`, a value by its `get`.',
    $ref: '#/$defs/rule',
    $defs: {
      rule: { anyOf: Object.keys(operators).map((op) => ({ $ref: `#/$defs/${op}` })) },
      operand: {
        anyOf: [{ $ref: '#/$defs/literal' }, ...Object.keys(operands).map((get) => ({ $ref: `#/$defs/${get}` }))],
      },
      ...sharedSchemas(),
      ...itemSchemas(),
      ...nodeSchemas('op', operators),
      ...nodeSchemas('get', operands),
    },
  }
}

type Row = Pick<OperandRow, 'fields' | 'words'>

function nodeSchemas(tag: 'op' | 'get', table: Readonly<Record<string, Row>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(table).map(([name, row]) => [name, nodeSchema(tag, name, nodeFields(row), row.words)]),
  )
}
