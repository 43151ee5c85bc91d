import { createEngine, type Engine } from 'coterie'
import type { Arguments } from '../arguments.js'
import { Fold, check } from '../company/check.js'
import type { Stopwatch } from '../demonstration.js'
import { importFile } from '../own-file/import-file.js'
import { showMember, tellingMember } from '../print/show-member.js'
import { segmentNames, showSegments } from '../print/show-segments.js'
import { counted, heading, milliseconds, printWrapped, type Terminal } from '../print/terminal.js'
import { datesIn } from '../words/dates.js'
import { historySegments } from './history-segments.js'
import { importHistory } from './import-history.js'
import { replay } from './replay.js'

/**
 * A real history, lived through again: its events are recorded ahead of the clock, segments are defined over them, and the
 * clock is moved through all of it. Returns whether what was shown stood the check at the end.
 */
export async function showHistory(
  file: string,
  given: Arguments,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<boolean> {
  const timeZone = given['time-zone']
  const dates = datesIn(timeZone)
  const people = given.contacts === undefined ? undefined : await importFile(given.contacts, given, terminal, stopwatch)
  // It begins before all dates; the clock is moved to the first event once that is known.
  const engine: Engine = people?.engine ?? createEngine({ now: '1800-01-01', timeZone })
  const history = await importHistory(engine, file, given, people?.id, terminal, stopwatch)
  engine.advanceTo(history.first - 1)
  const fold = new Fold()
  engine.on('transition', (transition) => {
    fold.hear(transition)
  })
  historySegments(engine, history)
  const names = { attribute: (name: string) => name, segment: segmentNames(engine), contact: (id: string) => id }
  heading(terminal, `${counted(engine.contacts.count, 'contact')} before the first event`)
  showSegments(terminal, engine, names)

  const { moved, took } = await replay(engine, history, dates, terminal, stopwatch)

  const [segment, member] = someoneToExplain(engine)
  heading(terminal, `${counted(engine.contacts.count, 'contact')} on ${dates.day(engine.now)}`)
  showSegments(terminal, engine, names)
  if (segment !== undefined && member !== undefined) {
    heading(terminal, `Why ${member} is in ${names.segment(segment)}`)
    showMember(terminal, engine, segment, member, { names, dates })
  }

  heading(terminal, 'What it took')
  const { folded, asked, different } = check(engine, timeZone, fold)
  printWrapped(
    terminal,
    `${counted(engine.events.count)} events came, and ${counted(moved)} times somebody entered or left, each at its own ` +
      `instant, in ${milliseconds(took)}. Check: all transitions, one after the other, ` +
      `${folded ? 'give' : 'DO NOT GIVE'} the members; of ${counted(asked)} answers of the plain evaluator ` +
      `${different === 0 ? 'none differs' : `${counted(different)} DIFFER`}.`,
  )
  return folded && different === 0
}

/** A member whom time alone will take out: of the segment with the most windows that has one. */
function someoneToExplain({ segments }: Engine): readonly [segment: string | undefined, member: string | undefined] {
  const timed = segments
    .ids()
    .map((id) => [id, tellingMember({ segments }, id) ?? ''] as const)
    .filter(([id, member]) => member !== '' && 'at' in segments.nextChangeAt(id, member))
  return timed.find(([id]) => segments.get(id)?.rule?.op === 'all') ?? timed[0] ?? [undefined, undefined]
}
