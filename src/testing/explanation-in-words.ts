import { formatInstant } from '../base/written-date.js'
import type { Value } from '../contacts/value.js'
import { printRule } from '../language/print/print-rule.js'
import type { AnyEngine } from '../population/any-engine.js'
import { isLiteral, type Rule } from '../rules/ast.js'
import type { Explanation } from '../rules/explain.js'

/** Why a contact is a member of a segment, or is not: a line a node, each with what it saw. */
export function explanationInWords(engine: AnyEngine, segmentId: string, contactId: string): string {
  if (!engine.contacts.has(contactId)) return `there is no contact ${contactId}`
  if (engine.segments.get(segmentId) === undefined) return `there is no segment ${segmentId}`
  const { slots, rule } = engine.segments.explain(segmentId, contactId)
  const filled = (['include', 'exclude'] as const).filter((kind) => slots[kind] !== undefined)
  const lines = filled.map((kind) => `  ${kind}d by hand`)
  return [...lines, ...(rule === undefined ? [] : linesOf(rule, '  '))].join('\n')
}

const groups: Partial<Record<Rule['op'], string>> = { all: 'all of', any: 'any of', not: 'not', someOf: 'some of' }

function linesOf({ rule, holds, rules, segment, values }: Explanation, indent: string): readonly string[] {
  const mark = holds ? '✓' : '✗'
  const said = groups[rule.op] ?? printRule(rule)
  const seen = (values ?? [])
    .filter(({ operand }) => !isLiteral(operand))
    .map(({ value }) => (value === undefined ? 'missing' : shown(value)))
  const line = `${indent}${mark} ${said}${seen.length === 0 ? '' : ` (saw ${seen.join(', ')})`}`
  const inner = [...(rules ?? []), ...(segment === undefined ? [] : [segment])]
  return [line, ...inner.flatMap((one) => linesOf(one, `${indent}  `))]
}

function shown(value: Value): string {
  if (typeof value === 'object' && 'instant' in value) return formatInstant(value.instant)
  return typeof value === 'object' && 'day' in value ? value.day : JSON.stringify(value)
}
