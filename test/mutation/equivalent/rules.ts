import { of, type Equivalent } from './equivalent.js'

/** Of the room of rules. */
export const inRules: readonly Equivalent[] = [
  ...of(
    'It costs more time or room, or less, and the outcome is the same: what a shortcut would have found is found the long way, a contact is decided once more, a list is copied or sorted that need not be, rows are packed more or less often.',
    ['rules/sequence.ts', 'if (!steps.some(({ from }) =>', 'false', 'true', "from !== 'start'"],
    ['rules/items.ts', "if (!('events' in items) || items.where !== undefined)", 'true', '""'],
    ['rules/read-rule.ts', 'if (known !== undefined) return known', 'false'],
    [
      'rules/node-object.ts',
      "if (typeof zone !== 'string' || zone.length > reading.limits.name",
      'false',
      'zone.length >= reading.limits.name',
      "(typeof zone !== 'string' || zone.length > reading.limits.name) && zone === reading.timeZone",
    ],
  ),
  ...of(
    'What is there never is `undefined`, comes to nothing if it is, or is not asked for then: it is written for the sake of TypeScript.',
    ['rules/json-schema-fields.ts', 'default: {', 'default:', '{}'],
    ['rules/sequence.ts', 'const [first = []] = serves', '["Stryker was here"]'],
    ['rules/evaluate.ts', 'if (day === undefined) return false', 'false'],
    ['rules/evaluate.ts', 'return right !== undefined && isTrueOf(', 'true'],
    ['rules/read-rule.ts', 'const { on = [], against = [] } = operators[op]', '["Stryker was here"]'],
    ['rules/read-field.ts', "(supportedValuesOf?.('timeZone') ?? [])", '["Stryker was here"]'],
    ['rules/rule-walk.ts', "else fields.records.add(items.records[0] ?? '')", '"Stryker was here!"'],
  ),
  ...of(
    'Values that are compared are different ones, an order is as good the other way round, a weight is 1, and what has types of its own on the other side has the same ones there.',
    ['rules/aggregate.ts', 'return byType < 0 || (byType === 0 &&', 'compareSame(a, b) <= 0'],
    ['rules/rule-key.ts', 'Object.entries(value as object).sort(', 'a <= b', 'a >= b'],
    ['rules/rule-cost.ts', 'return Array.isArray(operand) ?', 'operand.length / weights.look'],
    ['rules/read-rule.ts', "others: against === 'same' ? on : against", 'true'],
  ),
]
