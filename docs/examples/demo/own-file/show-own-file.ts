import type { Contact, Engine } from 'coterie'
import type { Arguments } from '../arguments.js'
import type { Stopwatch } from '../demonstration.js'
import { showMember, tellingMember } from '../print/show-member.js'
import { segmentNames } from '../print/show-segments.js'
import { heading, printWrapped, type Terminal } from '../print/terminal.js'
import { datesIn } from '../words/dates.js'
import { columnsOf, type Column } from './columns.js'
import { importFile, setClock } from './import-file.js'
import { showOverlap } from './overlap.js'
import { defineOwnSegments, showOwnSegments } from './own-segments.js'
import { tryChanges } from './some-changes.js'
import { wantedExample } from './suiting-segments.js'
import { passTime } from './time-alone.js'

/** The contacts of a file: what was imported, segments that suit them, one member explained, and what moves whom. */
export async function showOwnFile(
  file: string,
  given: Arguments,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<void> {
  const dates = datesIn(given['time-zone'])
  const { engine, attributes } = await importFile(file, given, terminal, stopwatch)
  const contacts = engine.contacts.ids().flatMap((id) => engine.contacts.get(id) ?? [])
  const columns = columnsOf(attributes, contacts)
  setClock(engine, columns, given, terminal)
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
