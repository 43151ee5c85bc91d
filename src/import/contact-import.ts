import type { ChangeInput } from '../changes/input.js'
import type { Engine } from '../engine/engine.js'
import { readHeader } from './csv-header.js'
import type { ReadyCsv } from './csv-options.js'
import { throwIfAborted } from './csv-text.js'
import { ImportCounts } from './import-counts.js'
import type { ImportOptions } from './import-options.js'
import { planImport, readImportOptions, type ImportPlan, type ReadyImport } from './import-plan.js'
import type { ImportedRow, ImportReport } from './import-report.js'
import type { ImportRun } from './import-run.js'
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

/** One import of contacts. */
export class ContactImport implements ImportRun<ImportReport> {
  readonly #options: ReadyImport
  readonly #engine: Engine
  readonly #hears: Pick<ImportOptions, 'onProgress' | 'onRow'>
  readonly #totalBytes: number | undefined
  readonly #contacts: PlannedContacts
  readonly #counts: ImportCounts
  readonly #segment: SegmentImport | undefined
  #file: KnownFile | undefined
  #batch: (ContactRow | RefusedRow)[] = []
  #bytes = 0
  #encoding: string | undefined

  /** Throws what is wrong with the options. */
  constructor(engine: Engine, options: ImportOptions, totalBytes: number | undefined) {
    this.#options = readImportOptions(options, engine)
    const { csv, segment, tags } = this.#options
    this.#engine = engine
    this.#hears = options
    this.#totalBytes = totalBytes
    this.#counts = new ImportCounts(csv.limits.refusals)
    this.#contacts = new PlannedContacts(engine, { ...this.#options, holder: tags.holder })
    this.#segment = segment === undefined ? undefined : new SegmentImport(engine, segment)
  }

  get csv(): ReadyCsv {
    return this.#options.csv
  }

  get isFull(): boolean {
    return this.#batch.length >= this.#options.batchSize
  }

  isAt(bytes: number, encoding: string | undefined): void {
    this.#bytes = bytes
    this.#encoding = encoding
  }

  begin(header: CsvRow | undefined): KnownFile {
    const { format, csv } = this.#options
    const names = readHeader(header, { trim: format.trim, unescapeFormulas: csv.unescapeFormulas })
    const plan = planImport(names, this.#options)
    return (this.#file = { plan, reading: new RowReading(this.#options, plan, this.#encoding) })
  }

  take(row: CsvRow): void {
    if (this.#file !== undefined) this.#batch.push(this.#file.reading.read(row))
  }

  async flush(): Promise<void> {
    throwIfAborted(this.#options.csv.rows.signal)
    const rows = this.#batch.map((row) => this.#plan(row))
    this.#batch = []
    await this.#apply([...(this.#segment?.takeDefinition() ?? []), ...this.#contacts.takeChanges()])
    if (!this.#options.dryRun) this.#contacts.forget()
    for (const row of rows) this.#hears.onRow?.(row)
    await this.#hears.onProgress?.(this.#counts.progress(this.#bytes, this.#totalBytes, false))
  }

  async finish(): Promise<ImportReport> {
    const { plan } = this.#file ?? this.begin(undefined)
    if (this.#batch.length > 0 || this.#segment !== undefined) await this.flush()
    const counts = this.#counts
    const leavers = this.#segment?.leavers(counts.named) ?? []
    const removed = counts.hasUnknown ? [] : leavers
    if (this.#segment !== undefined) await this.#apply(this.#segment.removals(removed))
    await this.#hears.onProgress?.(counts.progress(this.#bytes, this.#totalBytes, true))
    const spared = leavers.length - removed.length
    return Object.freeze({
      dryRun: this.#options.dryRun,
      ...(this.#encoding === undefined ? undefined : { encoding: this.#encoding }),
      ...counts.report(plan.columns),
      ignoredColumns: Object.freeze(plan.ignored),
      ...(this.#segment === undefined
        ? undefined
        : { segment: Object.freeze({ ...this.#segment.report, ...counts.segment, removed: removed.length, spared }) }),
    })
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
    if (this.#options.dryRun || changes.length === 0) return
    await this.#engine.batch(changes).durable
  }
}
