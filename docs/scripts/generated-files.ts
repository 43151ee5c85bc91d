import { ruleJsonSchema } from '../../src/rules/json-schema.js'
import { operatorsPage } from './operators-page.js'

/** The files that are made from the operator table, by their paths from the root. A test holds the committed ones to it. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/rule.schema.json', `${JSON.stringify(ruleJsonSchema(), null, 2)}\n`],
    ['docs/operators.md', operatorsPage()],
  ])
}
