import { isCoterieError } from '../base/errors.js'
import type { ChangeInput } from '../changes/input.js'
import type { Engine } from '../engine/engine.js'
import { readHeader } from './csv-header.js'
import type { ReadyCsv } from './csv-options.js'
import { throwIfAborted } from './csv-text.js'
import { EventCounts } from './event-counts.js'
import type { EventImportOptions } from './event-options.js'
import { planEvents, readEventImportOptions, type EventPlan, type ReadyEventImport } from './event-plan.js'
import type { EventImportReport, ImportedEvent } from './event-report.js'
import type { ImportRun } from './import-run.js'
import { EventRowReading, type EventRow } from './read-event-row.js'
import type { CsvRow } from './row-reader.js'
import type { RefusedRow } from './row-refusal.js'

/** A file whose header is known. */
interface KnownFile {
  readonly plan: EventPlan
  readonly reading: EventRowReading
}

/**
 * One import of events. What recording an event would come to the engine says beforehand, so one that does not fit refuses
 * its own row and not the batch. Beside that stand the contacts and ids that rows before it bring: of the batch, and in a
 * dry run, which applies nothing, of the whole file.
 */
export class EventImport implements ImportRun<EventImportReport> {
  readonly #options: ReadyEventImport
  readonly #engine: Engine
  readonly #hears: Pick<EventImportOptions, 'onProgress' | 'onRow'>
  readonly #totalBytes: number | undefined
  readonly #counts: EventCounts
  #file: KnownFile | undefined
  #batch: (EventRow | RefusedRow)[] = []
  #changes: ChangeInput[] = []
  /** The ids of events that are to be recorded, by contact; whoever is to be put has an entry. */
  readonly #planned = new Map<string, Set<string>>()
  readonly #created = new Set<string>()
  #bytes = 0
  #encoding: string | undefined

  /** Throws what is wrong with the options. */
  constructor(engine: Engine, options: EventImportOptions, totalBytes: number | undefined) {
    this.#options = readEventImportOptions(options, engine)
    this.#engine = engine
    this.#hears = options
    this.#totalBytes = totalBytes
    this.#counts = new EventCounts(this.#options.csv.limits.refusals)
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
    const plan = planEvents(names, this.#options)
    return (this.#file = { plan, reading: new EventRowReading(this.#options, plan, this.#encoding) })
  }

  take(row: CsvRow): void {
    if (this.#file !== undefined) this.#batch.push(this.#file.reading.read(row))
  }

  async flush(): Promise<void> {
    const { csv, dryRun } = this.#options
    throwIfAborted(csv.rows.signal)
    const rows = this.#batch.map((row) => this.#plan(row))
    const changes = this.#changes
    this.#batch = []
    this.#changes = []
    if (!dryRun) {
      if (changes.length > 0) await this.#engine.batch(changes).durable
      this.#planned.clear()
      this.#created.clear()
    }
    for (const row of rows) this.#hears.onRow?.(row)
    await this.#hears.onProgress?.(this.#counts.progress(this.#bytes, this.#totalBytes, false))
  }

  async finish(): Promise<EventImportReport> {
    const { plan } = this.#file ?? this.begin(undefined)
    if (this.#batch.length > 0) await this.flush()
    await this.#hears.onProgress?.(this.#counts.progress(this.#bytes, this.#totalBytes, true))
    return Object.freeze({
      dryRun: this.#options.dryRun,
      ...(this.#encoding === undefined ? undefined : { encoding: this.#encoding }),
      ...this.#counts.report(plan.columns),
      ignoredColumns: Object.freeze(plan.ignored),
    })
  }

  #plan(row: EventRow | RefusedRow): ImportedEvent {
    if ('refusals' in row) return this.#refused(row)
    const foreseen = this.#foresee(row)
    if ('refusals' in foreseen) return this.#refused(foreseen)
    const { contactId, isNew } = foreseen
    const { event, line } = row
    const ids = this.#planned.get(contactId) ?? new Set<string>()
    const isDuplicate = foreseen.isDuplicate || (event.id !== undefined && ids.has(event.id))
    if (isNew && !this.#created.has(contactId)) this.#create(contactId)
    if (!isDuplicate) {
      this.#planned.set(contactId, event.id === undefined ? ids : ids.add(event.id))
      this.#changes.push({ type: 'event.record', contact: contactId, event })
      this.#counts.record(event)
    } else this.#counts.duplicate()
    return Object.freeze({
      line,
      outcome: isDuplicate ? 'duplicate' : 'recorded',
      contactId,
      ...(event.id === undefined ? undefined : { eventId: event.id }),
      refusals: [],
    })
  }

  /** What recording the event will come to. */
  #foresee(row: EventRow): { contactId: string; isNew: boolean; isDuplicate: boolean } | RefusedRow {
    try {
      const { contactId, created, duplicate } = this.#engine.events.check(row.contact, row.event)
      return { contactId, isNew: created, isDuplicate: duplicate }
    } catch (error) {
      if (!isCoterieError(error)) throw error
      const isPut = error.code === 'CONTACT_UNKNOWN' && this.#options.putsUnknown
      return isPut ? { contactId: row.contact, isNew: true, isDuplicate: false } : row.refuse(error)
    }
  }

  #create(contactId: string): void {
    this.#created.add(contactId)
    this.#counts.create()
    if (this.#options.putsUnknown) this.#changes.push({ type: 'contact.put', contact: contactId })
  }

  #refused(row: RefusedRow): ImportedEvent {
    this.#counts.refuse(row)
    const { line, contactId, refusals } = row
    return Object.freeze({
      line,
      outcome: 'refused',
      ...(contactId === undefined ? undefined : { contactId }),
      refusals,
    })
  }
}
