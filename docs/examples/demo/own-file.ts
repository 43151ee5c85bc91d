import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createEngine, type Contact, type Engine } from 'coterie'
import { importContacts, profileCsv, type CsvProfile, type ImportReport } from 'coterie/import'
import type { Arguments } from './arguments.js'
import { columnsOf, type Column } from './columns.js'
import { datesIn } from './dates.js'
import type { Stopwatch } from './demonstration.js'
import { ownColumns, type OwnColumns } from './own-columns.js'
import { ownSegments, wantedSegment } from './own-segments.js'
import { showOverlap } from './overlap.js'
import { ruleInWords } from './rule-words.js'
import { showMember, tellingMember } from './show-member.js'
import { tryChanges } from './own-changes.js'
import { passTime } from './own-time.js'
import { counted, heading, milliseconds, printWrapped, type Terminal } from './terminal.js'

/** The contacts of a file: what was imported, segments that suit them, one member explained, and what moves whom. */
export async function showOwnFile(file: string, given: Arguments, terminal: Terminal, stopwatch: Stopwatch): Promise<void> {
  const timeZone = given['time-zone'] ?? 'UTC'
  const engine = createEngine({ now: 0, timeZone })
}
