import { CoterieError } from '../base/errors.js'
import type { ChangeInput } from '../changes/input.js'
import type { Engine } from '../engine/engine.js'
import { readHeader } from './csv-header.js'
import { throwIfAborted } from './csv-text.js'
import { ImportCounts } from './import-counts.js'
import type { ImportOptions } from './import-options.js'
import { planImport, readImportOptions, type ImportPlan, type ReadyImport } from './import-plan.js'
import type { ImportedRow, ImportReport } from './import-report.js'
import { PlannedContacts } from './planned-contacts.js'
import { RowReading, type ContactRow } from './read-row.js'
import type { CsvRow } from './row-reader.js'
import type { RefusedRow } from './row-refusal.js'
import { SegmentImport } from './segment-import.js'

/** A file whose header is known. */
interface KnownFile {
  readonly plan: ImportPlan
  readonly reading: RowReading
}

/** One import of contacts on its way: rows in, batches of changes out. */
export class ContactImport {
  readonly options: ReadyImport
  readonly #engine: Engine
  readonly #hears: Pick<ImportOptions, 'onProgress' | 'onRow'>
  readonly #totalBytes: number | undefined
  readonly #contacts: PlannedContacts
  readonly #counts: ImportCounts
  readonly #segment: SegmentImport | undefined
  #file: KnownFile | undefined
  #batch: (ContactRow | RefusedRow)[] = []
  #rows = 0
  #bytes = 0
  #encoding: string | undefined

  /** Throws what is wrong with the options. */
  constructor(engine: Engine, options: ImportOptions, totalBytes: number | undefined) {
    this.options = readImportOptions(options, engine)
    const { csv, segment, tags } = this.options
    this.#engine = engine
    this.#hears = options
    this.#totalBytes = totalBytes
    this.#counts = new ImportCounts(csv.limits.refusals)
    this.#contacts = new PlannedContacts(engine, { ...this.options, holder: tags.holder })
    this.#segment = segment === undefined ? undefined : new SegmentImport(engine, segment)
  }

  /** Whether a batch is together. */
  get isFull(): boolean {
    return this.#batch.length >= this.options.batchSize
  }

  /** Notes how far the file is read. */
  isAt(bytes: number, encoding: string | undefined): void {
    this.#bytes = bytes
    this.#encoding = encoding
  }

  /** Takes the next row, of which the first is the header. Throws `IMPORT_INVALID` of that, or `LIMIT_EXCEEDED`. */
  take(row: CsvRow): void {
    if (this.#file === undefined) {
      this.#file = this.#begin(row)
      return
    }
    const most = this.options.csv.limits.rows
    if (++this.#rows > most) {
      throw new CoterieError('LIMIT_EXCEEDED', `The file has more than ${String(most)} rows`, {
        path: ['limits', 'rows'],
        received: `a row in line ${String(row.line)}`,
        expected: `at most ${String(most)}`,
      })
    }
    this.#batch.push(this.#file.reading.read(row))
  }

  /** Plans the batch, applies it, and tells of it. */
  async flush(): Promise<void> {
    throwIfAborted(this.options.csv.rows.signal)
    const rows = this.#batch.map((row) => this.#plan(row))
    this.#batch = []
    await this.#apply([...(this.#segment?.takeDefinition() ?? []), ...this.#contacts.takeChanges()])
    if (!this.options.dryRun) this.#contacts.forget()
    for (const row of rows) this.#hears.onRow?.(row)
    await this.#hears.onProgress?.(this.#counts.progress(this.#bytes, this.#totalBytes, false))
  }

  /** Applies what is left; gives the report. */
  async finish(): Promise<ImportReport> {
    const { plan } = (this.#file ??= this.#begin(undefined))
    if (this.#batch.length > 0 || this.#segment !== undefined) await this.flush()
    const counts = this.#counts
    const leavers = this.#segment?.leavers(counts.named) ?? []
    const removed = counts.hasUnknown ? [] : leavers
    if (this.#segment !== undefined) await this.#apply(this.#segment.removals(removed))
    await this.#hears.onProgress?.(counts.progress(this.#bytes, this.#totalBytes, true))
    const spared = leavers.length - removed.length
    return Object.freeze({
      dryRun: this.options.dryRun,
      ...(this.#encoding === undefined ? undefined : { encoding: this.#encoding }),
      ...counts.report(plan.columns),
      ignoredColumns: Object.freeze(plan.ignored),
      ...(this.#segment === undefined
        ? undefined
        : { segment: Object.freeze({ ...this.#segment.report, ...counts.segment, removed: removed.length, spared }) }),
    })
  }

  #begin(row: CsvRow | undefined): KnownFile {
    const { format, csv } = this.options
    const header = readHeader(row, { trim: format.trim, unescapeFormulas: csv.unescapeFormulas })
    const plan = planImport(header, this.options)
    return { plan, reading: new RowReading(this.options, plan, this.#encoding) }
  }

  #plan(row: ContactRow | RefusedRow): ImportedRow {
    if ('refusals' in row) {
      const contactId = row.contactId === undefined ? undefined : this.#contacts.idOf(row.contactId)
      this.#counts.refuse(row, contactId)
      return Object.freeze({
        line: row.line,
        outcome: 'refused',
        ...(contactId === undefined ? undefined : { contactId }),
        attributes: [],
        tags: [],
        included: false,
        refusals: row.refusals,
      })
    }
    const changes = this.#contacts.plan(row)
    const outcome = this.#counts.add(changes)
    const { contactId, attributes, added, held, isIncluded } = changes
    return Object.freeze({
      line: row.line,
      outcome,
      contactId,
      attributes,
      tags: [...added, ...held],
      included: isIncluded,
      refusals: [],
    })
  }

  async #apply(changes: readonly ChangeInput[]): Promise<void> {
    if (this.options.dryRun || changes.length === 0) return
    await this.#engine.batch(changes).durable
  }
}
