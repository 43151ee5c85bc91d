import type { EventInput } from '../contacts/read-event.js'
import type { InstantValue } from '../contacts/value.js'
import type { PlannedColumn } from './column-plan.js'
import type { EventImportProgress, EventImportReport, EventOutcome } from './event-report.js'
import type { Refusal } from './import-report.js'
import type { RefusedRow } from './row-refusal.js'

/** Counts what becomes of the rows of a file of events, for the report and for progress. */
export class EventCounts {
  readonly #mostRefusals: number
  readonly #outcomes: Record<EventOutcome, number> = { recorded: 0, duplicate: 0, refused: 0 }
  readonly #refusals: Refusal[] = []
  readonly #types = new Map<string, number>()
  readonly #properties = new Map<string, number>()
  #first = Infinity
  #last = -Infinity
  #contactsCreated = 0

  constructor(mostRefusals: number) {
    this.#mostRefusals = mostRefusals
  }

  /** Counts an event that is recorded. */
  record({ type, properties, at }: EventInput & { readonly at: InstantValue }): void {
    this.#outcomes.recorded += 1
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1)
    for (const name of Object.keys(properties ?? {})) {
      this.#properties.set(name, (this.#properties.get(name) ?? 0) + 1)
    }
    this.#first = Math.min(this.#first, at.instant)
    this.#last = Math.max(this.#last, at.instant)
  }

  /** Counts a row whose event is there already. */
  duplicate(): void {
    this.#outcomes.duplicate += 1
  }

  /** Counts a contact that is put because a row names it. */
  create(): void {
    this.#contactsCreated += 1
  }

  /** Counts a row that was refused. */
  refuse({ refusals }: RefusedRow): void {
    this.#outcomes.refused += 1
    this.#refusals.push(...refusals.slice(0, Math.max(0, this.#mostRefusals - this.#refusals.length)))
  }

  progress(bytes: number, totalBytes: number | undefined, isDone: boolean): EventImportProgress {
    return Object.freeze({
      bytes,
      ...(totalBytes === undefined ? undefined : { totalBytes }),
      rows: this.#rows,
      ...this.#outcomes,
      isDone,
    })
  }

  /** The report, but for what only the import knows. */
  report(columns: readonly PlannedColumn[]): Omit<EventImportReport, 'dryRun' | 'encoding' | 'ignoredColumns'> {
    const { recorded } = this.#outcomes
    return {
      rows: this.#rows,
      ...this.#outcomes,
      contactsCreated: this.#contactsCreated,
      types: Object.freeze([...this.#types].map(([type, recorded]) => Object.freeze({ type, recorded }))),
      ...(recorded === 0 ? undefined : { first: this.#first, last: this.#last }),
      refusals: Object.freeze([...this.#refusals]),
      columns: Object.freeze(
        columns.map(({ column, name }) =>
          Object.freeze({ column, property: name, recorded: this.#properties.get(name) ?? 0 }),
        ),
      ),
    }
  }

  get #rows(): number {
    const { recorded, duplicate, refused } = this.#outcomes
    return recorded + duplicate + refused
  }
}
