import { reportUnknownAttribute } from '../contacts/read-attributes.js'
import { readId, readTag, readText } from '../contacts/read-text.js'
import { readingOf, throwIssues, type Reading } from '../contacts/reading.js'
import type { Limits } from '../contacts/limits.js'
import { fieldOf, type Schema } from '../contacts/schema.js'
import type { Holder } from '../contacts/tag.js'
import { defaultFormat, withFormat, type ReadyFormat } from './cell-format.js'
import { planColumns, type ColumnTarget, type PlannedColumns } from './column-plan.js'
import { placeOf, type CsvHeader } from './csv-header.js'
import { readCsvOptions, type ReadyCsv } from './csv-options.js'
import { planId, readIdOption, type PlannedId, type ReadyId } from './id-option.js'
import type { ImportOptions, ImportSegment, ImportTags } from './import-options.js'
import { checkChoice, checkNames, checkSwitch, checkWhole, optionNames } from './known-options.js'
import { optionError } from './option-error.js'

/** What an import needs to know of the engine before it begins. */
export interface Target {
  readonly schema: Schema | undefined
  readonly timeZone: string
  readonly limits: Limits
}

/** The options of an import, checked as far as they can be without the file. */
export interface ReadyImport {
  readonly csv: ReadyCsv
  readonly format: ReadyFormat
  readonly reading: Reading
  readonly id: ReadyId
  readonly columns: ImportOptions['columns']
  readonly tags: ReadyTags
  readonly segment: ImportSegment | undefined
  readonly mode: 'patch' | 'put'
  readonly keepsMissing: boolean
  readonly fillsShortRows: boolean
  readonly batchSize: number
  readonly dryRun: boolean
}

/** Which tags an import puts on, and as whom. */
export interface ReadyTags {
  readonly column: string | undefined
  readonly format: ReadyFormat
  readonly add: readonly string[]
  readonly holder: Holder
}

/** What becomes of a file whose header is known. */
export interface ImportPlan extends PlannedColumns {
  readonly header: CsvHeader
  readonly id: PlannedId
  readonly tagPlace: number | undefined
}

/**
 * Checks the options of an import.
 *
 * @throws CoterieError `OPTION_INVALID` above all, and whatever else is wrong with a tag, a name or a zone.
 */
export function readImportOptions(options: ImportOptions, target: Target): ReadyImport {
  checkNames(options, optionNames.import, [])
  const format = withFormat(defaultFormat(target.timeZone), options, [])
  const reading = readingOf({ schema: target.schema, timeZone: format.timeZone, limits: target.limits })
  const ready: ReadyImport = {
    csv: readCsvOptions({ delimiter: ',', ...options }),
    format,
    reading,
    id: readIdOption(options.id, 'id'),
    columns: options.columns,
    tags: readTags(options.tags ?? {}, format, reading),
    segment: options.segment === undefined ? undefined : readSegment(options.segment, reading),
    mode: checkChoice(options.mode, ['patch', 'put'], ['mode']),
    keepsMissing: checkChoice(options.missingCells, ['clear', 'keep'], ['missingCells']) === 'keep',
    fillsShortRows: checkChoice(options.shortRows, ['refuse', 'missing'], ['shortRows']) === 'missing',
    batchSize: checkWhole(options.batchSize, 1000, { least: 1, most: 1_000_000 }, ['batchSize']),
    dryRun: checkSwitch(options.dryRun, false, ['dryRun']),
  }
  throwIssues('The import cannot begin', reading)
  if (ready.mode === 'put' && ready.keepsMissing) {
    throw optionError(['missingCells'], 'keep', 'clear, where all attributes are replaced')
  }
  return ready
}

/** Plans what becomes of the file with this header. Throws `IMPORT_INVALID` where it lacks a column that is needed. */
export function planImport(header: CsvHeader, { id, tags, columns, format, reading }: ReadyImport): ImportPlan {
  const used = new Set<string>()
  if (typeof id !== 'function') used.add(id.column)
  if (tags.column !== undefined) used.add(tags.column)
  return {
    header,
    id: planId(header, id, 'id'),
    tagPlace: tags.column === undefined ? undefined : placeOf(header, tags.column, 'tags'),
    ...planColumns(header, columns, attributesOf(reading), format, reading, used),
  }
}

/** Columns become attributes. */
function attributesOf(reading: Reading): ColumnTarget {
  const { schema } = reading
  return {
    option: 'attribute',
    options: optionNames.column,
    fieldOf: (name) => (schema === undefined ? 'any' : fieldOf(schema.attributes, name)),
    reportUnknown: (name, path) => {
      reportUnknownAttribute(name, reading, path)
    },
  }
}

function readTags(given: ImportTags, fileFormat: ReadyFormat, reading: Reading): ReadyTags {
  checkNames(given, optionNames.tags, ['tags'])
  const { column, add = [], by } = given
  if (column !== undefined && typeof column !== 'string') throw optionError(['tags', 'column'], column, 'a column')
  if (!Array.isArray(add)) throw optionError(['tags', 'add'], add, 'a list of tags')
  const format = withFormat(fileFormat, given.split === undefined ? {} : { split: given.split }, ['tags'])
  if (column !== undefined && format.split === undefined)
    throw optionError(['tags', 'split'], undefined, 'what stands between tags')
  for (const [place, tag] of add.entries()) readTag(tag, reading, ['tags', 'add', place])
  if (by !== undefined) readId(by, 'the name of an import', reading, ['tags', 'by'])
  return {
    column,
    format,
    add: [...new Set(add)],
    holder: Object.freeze({ kind: 'import', ...(by === undefined ? undefined : { by }) }),
  }
}

function readSegment(given: string | ImportSegment, reading: Reading): ImportSegment {
  const segment = typeof given === 'string' ? { id: given } : given
  checkNames(segment, optionNames.segment, ['segment'])
  readId(segment.id, 'the id of a segment', reading, ['segment', 'id'])
  if (segment.name !== undefined) readText(segment.name, reading, ['segment', 'name'])
  if (segment.reason !== undefined) readText(segment.reason, reading, ['segment', 'reason'])
  checkSwitch(segment.replace, false, ['segment', 'replace'])
  return segment
}
