import { durationOf } from '../base/duration.js'
import { show, type Issue, type Path } from '../base/errors.js'
import { isLiteral, type Operand, type Rule } from '../rules/ast.js'
import { isLeaf, operandsOf, walkRule } from '../rules/rule-walk.js'
import type { Finding } from './finding.js'
import { valueAt, withValueAt } from './rule-edit.js'

/** What cannot be read, as findings: an unknown name with the rule that has the nearest one in its place. */
export function issueFindings(input: unknown, issues: readonly Issue[]): readonly Finding[] {
  return issues.map(({ code, path, message, nearest }): Finding => {
    const canFix = nearest !== undefined && typeof valueAt(input, path) === 'string'
    return {
      code,
      severity: 'error',
      path,
      message,
      ...(canFix
        ? {
            fix: {
              title: `Use ${show(nearest)}`,
              rule: withValueAt(input as Rule, path, nearest),
              keepsMeaning: false,
            },
          }
        : undefined),
    }
  })
}

/**
 * Finds dates and windows that mean something else in another zone, where nobody said which one: in what was written, as
 * against what it was read into.
 */
export function zoneFindings(input: unknown, read: Rule): readonly Finding[] {
  const findings: Finding[] = []
  const tell = (path: Path, message: string): void => {
    const fix = { title: 'Write the zone', rule: read, keepsMeaning: true }
    findings.push({ code: 'DATE_WITHOUT_ZONE', severity: 'hint', path, message, fix })
  }
  walkRule(read, (node, path) => {
    if (!isLeaf(node)) return
    const written = valueAt(input, path)
    const zone = (node as { readonly timeZone?: string }).timeZone
    if (zone !== undefined && valueAt(written, ['timeZone']) === undefined && isOfDays(node))
      tell(path, `Days begin at another moment in each zone: read here in ${zone}`)
    for (const { operand, path: step } of operandsOf(node)) {
      const text = writtenDate(valueAt(written, step))
      if (text === undefined || !isInstantLiteral(operand) || hasOffset(text)) continue
      tell([...path, ...step], `${show(text)} says no offset, and is another moment in each zone`)
    }
  })
  return findings
}

/** Whether a leaf counts in local days. */
function isOfDays(node: Rule): boolean {
  if (node.op === 'inCalendar' || node.op === 'anniversaryIn') return true
  const { duration, from } = node as { readonly duration?: string; readonly from?: string }
  const length = duration ?? from
  return typeof length === 'string' && durationOf(length as '1d').kind === 'calendar'
}

function isInstantLiteral(operand: Operand): boolean {
  return isLiteral(operand) && typeof operand === 'object' && 'instant' in operand
}

/** A date as it was written, by itself or in its tag. */
function writtenDate(value: unknown): string | undefined {
  const inside = typeof value === 'object' ? valueAt(value, ['instant']) : value
  return typeof inside === 'string' ? inside : undefined
}

function hasOffset(text: string): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) && text.length > 10
}
