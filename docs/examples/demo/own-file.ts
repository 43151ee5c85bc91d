import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createEngine, type Contact, type Engine } from 'coterie'
import { importContacts, profileCsv } from 'coterie/import'
import type { Arguments } from './arguments.js'
import { columnsOf, type Column } from './columns.js'
import { datesIn, type DateWords } from './dates.js'
import type { Stopwatch } from './demonstration.js'
import { showOverlap } from './overlap.js'
import { tryChanges } from './own-changes.js'
import { ownColumns } from './own-columns.js'
import { showColumns, showReport } from './own-report.js'
import { ownSegments, wantedExample } from './own-segments.js'
import { passTime } from './own-time.js'
import { ruleInWords } from './rule-words.js'
import { showMember, tellingMember } from './show-member.js'
import { segmentNames } from './show-segments.js'
import { counted, heading, printWrapped, wrapped, type Terminal } from './terminal.js'
import { wantedSegment } from './wanted-segment.js'

/** The contacts of a file: what was imported, segments that suit them, one member explained, and what moves whom. */
export async function showOwnFile(
  file: string,
  given: Arguments,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<void> {
  const timeZone = given['time-zone'] ?? 'UTC'
  const dates = datesIn(timeZone)
  // Before all dates of the file; the clock is moved behind them once they are known.
  const engine = createEngine({ now: '1800-01-01', timeZone })
  await importFile(engine, file, given, terminal, stopwatch)
  const contacts = engine.contacts.ids().flatMap((id) => engine.contacts.get(id) ?? [])
  const columns = columnsOf(contacts)
  setClock(engine, columns, given.now, (text) => printWrapped(terminal, text), dates)
  const wanted = defineOwnSegments(engine, columns, given)
  if (engine.segments.count === 0) {
    terminal.print('No column sorts these contacts into groups.')
    return
  }

  const names = {
    attribute: (name: string) => name,
    segment: segmentNames(engine),
    contact: nameFrom(contacts, columns),
  }
  heading(terminal, 'Segments of these contacts')
  showOwnSegments(terminal, engine)
  heading(terminal, 'How many are in both')
  showOverlap(terminal, engine)

  const [segment, member] = mostTelling(engine)
  if (segment !== undefined && member !== undefined) {
    heading(terminal, `Why ${names.contact(member)} is in ${names.segment(segment)}`)
    showMember(terminal, engine, segment, member, { names, dates })
    if (columns.some(({ isDate }) => isDate)) passTime(terminal, engine, { names, dates })
    else tryChanges(terminal, engine, { segment, member, columns }, { names, dates })
  }
  const example = wantedExample(columns, contacts.length)
  if (!wanted && example !== '') {
    terminal.print()
    printWrapped(terminal, `For a segment of your own: ${example}`)
  }
}

async function importFile(
  engine: Engine,
  file: string,
  given: Arguments,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<void> {
  const { delimiter, split = ';', 'tag-column': column } = given
  const profile = await profileCsv(createReadStream(file), delimiter === undefined ? {} : { delimiter })
  const columns = ownColumns(profile, given)
  const called = `${basename(file)}: ${counted(profile.rows, 'row')}; the contact is named by ${columns.id}`
  terminal.print(terminal.paint('bold', called))
  showColumns(terminal, profile, columns)
  const begun = stopwatch()
  const report = await importContacts(engine, createReadStream(file), {
    id: columns.id,
    columns: columns.columns,
    delimiter: profile.delimiter,
    ...(column === undefined ? undefined : { tags: { column, split, by: basename(file) } }),
  })
  showReport(terminal, report, stopwatch() - begun)
}

/** To the day after the latest date in the first column of dates, unless the command line says otherwise. */
function setClock(
  engine: Engine,
  columns: readonly Column[],
  now: string | undefined,
  say: (text: string) => void,
  dates: DateWords,
): void {
  const column = columns.find(({ isDate }) => isDate)
  const latest = column?.order.at(-1)
  if (now !== undefined) {
    engine.advanceTo(now)
    say(`The clock stands at ${dates.full(engine.now)}.`)
  } else if (latest !== undefined) {
    engine.advanceTo((Math.floor(latest / 86_400_000) + 1) * 86_400_000)
    say(
      `The clock stands at ${dates.full(engine.now)}, after the latest ${column?.name ?? ''}; --now sets another time.`,
    )
  }
}

/** The one that was asked for first, if there is one, then those that suit the columns. Each is called by its rule. */
function defineOwnSegments(engine: Engine, columns: readonly Column[], given: Arguments): boolean {
  const tags = engine.tags.counts().toSorted((a, b) => b.count - a.count)
  const wanted = wantedSegment(given, columns)
  const suiting = ownSegments(
    columns,
    engine.contacts.count,
    tags.map(({ tag }) => tag),
  )
  const names = { attribute: (name: string) => name, segment: (id: string) => id }
  const rules = wanted === undefined ? suiting : [wanted, ...suiting]
  rules.forEach((rule, at) =>
    engine.segments.define({ id: `segment-${at + 1}`, name: `“${ruleInWords(rule, names)}”`, rule }),
  )
  return wanted !== undefined
}

/** A line for each segment: its number, its size, its share of all contacts, and its rule in words. */
function showOwnSegments({ print, paint, width }: Terminal, { segments, contacts }: Engine): void {
  segments.ids().forEach((id, at) => {
    const { count = 0, description } = segments.get(id) ?? {}
    const share = `${Math.round((count / contacts.count) * 100)}%`.padStart(6)
    const [first = '', ...rest] = wrapped(description?.name ?? id, width - 20)
    print(`${String(at + 1).padStart(4)}${counted(count).padStart(8)}${share}  ${paint('bold', first)}`)
    for (const line of rest) print(' '.repeat(20) + paint('bold', line))
  })
}

/** A segment and a member of it to explain: one whom time will take out, or else one of a rule with several parts. */
function mostTelling(engine: Engine): readonly [segment: string | undefined, member: string | undefined] {
  const { segments } = engine
  const ids = segments.ids().filter((id) => (segments.get(id)?.count ?? 0) > 0)
  const byTime = ids
    .map((id) => [id, tellingMember(engine, id) ?? ''] as const)
    .find(([id, member]) => 'at' in segments.nextChangeAt(id, member))
  if (byTime !== undefined) return byTime
  const id = ids.find((id) => segments.get(id)?.rule?.op === 'all') ?? ids[0]
  return [id, id === undefined ? undefined : tellingMember(engine, id)]
}

/** Contacts are called by the first column of texts that ends in "name"; without one, by their ids. */
function nameFrom(contacts: readonly Contact[], columns: readonly Column[]): (id: string) => string {
  const column = columns.find(({ name, known }) => /name$/i.test(name) && known > contacts.length / 2)?.name
  const names = new Map(
    contacts.map(({ id, attributes }) => [id, column === undefined ? undefined : attributes[column]]),
  )
  return (id) => {
    const name = names.get(id)
    return typeof name === 'string' ? name : id
  }
}
