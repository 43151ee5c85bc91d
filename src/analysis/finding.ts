import type { ErrorCode, Path } from '../base/errors.js'
import type { Rule } from '../rules/ast.js'

/** The codes of findings that no error has. They are stable, as those of errors are; `docs/analysis.md` has a row for each. */
export type LintCode =
  | 'ABSENCE_OF_NEWCOMERS'
  | 'ALWAYS_HOLDS'
  | 'BOUNDS_REVERSED'
  | 'DATE_WITHOUT_ZONE'
  | 'MISSING_INCLUDED'
  | 'NEGATIONS_JOINED_BY_ANY'
  | 'NEVER_HOLDS'
  | 'PATTERN_LARGE'
  | 'REDUNDANT'
  | 'RULE_EXPENSIVE'
  | 'SEGMENTS_EQUAL'
  | 'SEGMENT_FIXED'
  | 'SEGMENT_UNUSED'
  | 'TAG_UNKNOWN'
  | 'TAG_UNUSED'

/**
 * How bad it is: an `error` cannot be meant, or is refused when defined; a `warning` is probably not meant; a `hint` is
 * worth knowing.
 */
export type Severity = 'error' | 'warning' | 'hint'

/** A rule that would be better. */
export interface Fix {
  /** What it does, as a button would say it. */
  readonly title: string
  /** The whole rule, with the fix in it. */
  readonly rule: Rule
  /** Whether it holds of the same contacts as before; otherwise it is what was probably meant. */
  readonly keepsMeaning: boolean
}

/** Something found in a rule, or in a set of segments. Plain JSON. */
export interface Finding {
  readonly code: LintCode | ErrorCode
  readonly severity: Severity
  /** The segment whose rule it is in, where several are looked at. */
  readonly segment?: string
  /** The way to it from the outermost rule; empty for the rule as a whole. */
  readonly path: Path
  /** What was found, in a sentence or two for a person. */
  readonly message: string
  /** The ways to other places that it has to do with. */
  readonly related?: readonly Path[]
  readonly fix?: Fix
}

/** Findings in the order of their places, worse ones first where they are in one place; frozen. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort(
    (a, b) => comparePaths(a.path, b.path) || severities.indexOf(a.severity) - severities.indexOf(b.severity),
  )
  return Object.freeze(sorted.map((finding) => Object.freeze(finding)))
}

const severities: readonly Severity[] = ['error', 'warning', 'hint']

function comparePaths(a: Path, b: Path): number {
  for (const [place, step] of a.entries()) {
    const other = b[place]
    if (other === undefined) return 1
    if (step === other) continue
    return typeof step === 'number' && typeof other === 'number' ? step - other : String(step) < String(other) ? -1 : 1
  }
  return a.length - b.length
}

/** Whether two ways are one. */
export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, place) => step === b[place])
}
