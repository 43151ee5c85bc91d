import type { PlannedColumn } from './column-plan.js'
import type { ImportedColumn, ImportProgress, ImportReport, Refusal, RowOutcome } from './import-report.js'
import type { RowChanges } from './planned-contacts.js'
import type { RefusedRow } from './row-refusal.js'

/** Counts what becomes of rows, for the report and for progress. */
export class ImportCounts {
  readonly #mostRefusals: number
  readonly #outcomes: Record<RowOutcome, number> = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  readonly #tags = { added: 0, held: 0, present: 0 }
  readonly #segment = { included: 0, present: 0 }
  readonly #refusals: Refusal[] = []
  readonly #changedBy = new Map<string, number>()
  readonly #named = new Set<string>()
  #repeated = 0
  #unknown = 0

  constructor(mostRefusals: number) {
    this.#mostRefusals = mostRefusals
  }

  get rows(): number {
    const { created, changed, unchanged, refused } = this.#outcomes
    return created + changed + unchanged + refused
  }

  /** The contacts that rows named, refused ones too. */
  get named(): ReadonlySet<string> {
    return this.#named
  }

  /** Whether a row was refused that may be about anybody. */
  get hasUnknown(): boolean {
    return this.#unknown > 0
  }

  /** Counts a row that was planned; gives what became of it. */
  add(row: RowChanges): RowOutcome {
    const outcome = outcomeOf(row)
    this.#outcomes[outcome] += 1
    if (this.#named.has(row.contactId)) this.#repeated += 1
    this.#named.add(row.contactId)
    this.#tags.added += row.added.length
    this.#tags.held += row.held.length
    this.#tags.present += row.present
    this.#segment[row.isIncluded ? 'included' : 'present'] += 1
    for (const name of row.attributes) this.#changedBy.set(name, (this.#changedBy.get(name) ?? 0) + 1)
    return outcome
  }

  /** Counts a row that was refused; `contactId` is whom it is about. */
  refuse({ refusals, isAnyones }: RefusedRow, contactId: string | undefined): void {
    this.#outcomes.refused += 1
    if (isAnyones) this.#unknown += 1
    if (contactId !== undefined) this.#named.add(contactId)
    this.#refusals.push(...refusals.slice(0, Math.max(0, this.#mostRefusals - this.#refusals.length)))
  }

  progress(bytes: number, totalBytes: number | undefined, isDone: boolean): ImportProgress {
    return Object.freeze({
      bytes,
      ...(totalBytes === undefined ? undefined : { totalBytes }),
      rows: this.rows,
      ...this.#outcomes,
      isDone,
    })
  }

  /** The report, but for what only the end knows. */
  report(columns: readonly PlannedColumn[]): Omit<ImportReport, 'dryRun' | 'encoding' | 'ignoredColumns' | 'segment'> {
    return {
      rows: this.rows,
      ...this.#outcomes,
      repeated: this.#repeated,
      refusals: Object.freeze([...this.#refusals]),
      columns: Object.freeze(columns.map((column) => this.#columnOf(column))),
      tags: Object.freeze({ ...this.#tags }),
    }
  }

  /** How many contacts were put into the segment, and how many rows found theirs in it. */
  get segment(): { readonly included: number; readonly present: number } {
    return { ...this.#segment }
  }

  #columnOf({ column, name }: PlannedColumn): ImportedColumn {
    return Object.freeze({ column, attribute: name, changed: this.#changedBy.get(name) ?? 0 })
  }
}

function outcomeOf({ isNew, attributes, added, held, isIncluded }: RowChanges): RowOutcome {
  if (isNew) return 'created'
  return attributes.length > 0 || added.length > 0 || held.length > 0 || isIncluded ? 'changed' : 'unchanged'
}
