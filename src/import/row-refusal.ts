import { show, type Issue } from '../base/errors.js'
import type { CsvCells } from './import-options.js'
import type { Refusal } from './import-report.js'
import type { CsvRow, RowFault } from './row-reader.js'

/** A row that does not fit. */
export interface RefusedRow {
  readonly line: number
  /** The contact that it is about, where it says so. */
  readonly contactId: string | undefined
  /** Whether it might be about any contact. */
  readonly isAnyones: boolean
  readonly refusals: readonly [Refusal, ...Refusal[]]
}

/** What is wrong with a row of which the cells cannot be made out. */
export function faultIssue(fault: RowFault, mostInRow: number): Issue {
  switch (fault) {
    case 'quote':
      return { code: 'IMPORT_INVALID', path: [], message: 'A quote inside a quoted cell is not doubled' }
    case 'unclosed':
      return { code: 'IMPORT_INVALID', path: [], message: 'A quoted cell is not closed' }
    case 'long': {
      const message = `The row is longer than ${String(mostInRow)} characters, or a quoted cell is not closed`
      return { code: 'LIMIT_EXCEEDED', path: [], message }
    }
    case 'rest': {
      const message = 'The quotes of too many rows are out of order: nothing from here on is read'
      return { code: 'IMPORT_INVALID', path: [], message }
    }
  }
}

/** A row that is refused for these issues; `cells` gives the values of those that are about a column. */
export function refusedRow(
  row: CsvRow,
  contactId: string | undefined,
  isAnyones: boolean,
  [first, ...rest]: readonly [Issue, ...Issue[]],
  cells?: () => CsvCells,
): RefusedRow {
  const refusal = (issue: Issue): Refusal => refusalOf(row, issue, cells)
  return { line: row.line, contactId, isAnyones, refusals: [refusal(first), ...rest.map(refusal)] }
}

function refusalOf({ line, lastLine }: CsvRow, issue: Issue, cells: (() => CsvCells) | undefined): Refusal {
  const [column] = issue.path
  const value = typeof column === 'string' ? cells?.().get(column) : undefined
  return Object.freeze({
    line,
    ...(lastLine === line ? undefined : { lastLine }),
    ...(typeof column === 'string' ? { column } : undefined),
    code: issue.code,
    reason: issue.message,
    ...(value === undefined ? undefined : { value: show(value) }),
  })
}
