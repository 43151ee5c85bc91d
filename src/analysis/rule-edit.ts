import type { Path } from '../base/errors.js'
import type { Rule } from '../rules/ast.js'

/** What stands at a place of plain JSON; `undefined` where there is no such place. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Readonly<Record<string | number, unknown>>)[step]
  }
  return found
}

/** The rule with something else at a place; what is beside it is the same. The place must be there. */
export function withValueAt(rule: Rule, path: Path, value: unknown): Rule {
  return replaced(rule, path, value) as Rule
}

function replaced(node: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  const inner = replaced((node as Readonly<Record<string | number, unknown>>)[step], rest, value)
  if (Array.isArray(node)) return (node as readonly unknown[]).map((one, place) => (place === step ? inner : one))
  const entries = Object.entries(node as object).map(([name, one]): [string, unknown] => [
    name,
    name === step ? inner : one,
  ])
  return Object.fromEntries(entries)
}
