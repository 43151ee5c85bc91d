import { days, type ContactEvent, type Engine } from 'coterie'
import type { Stopwatch } from '../demonstration.js'
import { Feed } from '../print/feed.js'
import { segmentNames, sizesInWords } from '../print/show-segments.js'
import { Sizes, type Mark } from '../print/sizes.js'
import { Tally } from '../print/tally.js'
import { counted, heading, type Terminal } from '../print/terminal.js'
import { CauseWords } from '../words/cause-words.js'
import type { DateWords } from '../words/dates.js'
import type { History } from './import-history.js'

/** How long a day lasts where somebody looks, in ms. */
const dayOnScreen = 2

/** About so many transitions are shown. */
const feedLines = 16

/** Moves the clock through a history day by day and shows who moves; says how many did, and how long it took in ms. */
export async function replay(
  engine: Engine,
  { type, first, last }: History,
  dates: DateWords,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<{ readonly moved: number; readonly took: number }> {
  const { segments, events } = engine
  const called = segmentNames(engine)
  const names = { attribute: (name: string) => name, segment: called, contact: (id: string) => id }
  const length = Math.floor((last - first) / days(1)) + 1
  const happened = (contactId: string, at: number): ContactEvent | undefined =>
    events.of(contactId, type).findLast((event) => event.at === at)
  const causes = new CauseWords({ engine, names, dates, before: () => undefined, happened })
  const feed = new Feed(terminal, { ...names, causes, dates }, Math.max(1, Math.floor(length / feedLines)))
  const [tally, sizes] = [new Tally(), new Sizes()]
  let moved = 0
  const stop = engine.on('transition', (transition) => {
    moved += 1
    tally.hear(transition)
    feed.hear(transition)
  })
  heading(terminal, `${counted(length, 'day')}: some who enter or leave, the instant it happens, and why`)
  const begun = stopwatch()
  let watched = 0
  sizes.note(engine)
  for (let day = 1; day <= length; day++) {
    const year = new Date(engine.now).getUTCFullYear()
    engine.advanceTo(first + days(day) - 1)
    const now = new Date(engine.now).getUTCFullYear()
    if (now !== year) terminal.print(terminal.paint('yellow', String(now)))
    sizes.note(engine)
    feed.dayOver()
    const since = stopwatch()
    await terminal.status(`${dates.day(engine.now)}: ${sizesInWords(engine, names)}`, dayOnScreen)
    watched += stopwatch() - since
  }
  const took = stopwatch() - begun - watched
  stop()
  heading(terminal, 'How many entered (+) and left (−)')
  tally.printTotals(terminal, segments.ids(), called)
  heading(terminal, `Sizes from ${dates.day(first)} to ${dates.day(last)}: highest, lowest, and now`)
  sizes.print(terminal, called, halfYears(first, length))
  return { moved, took }
}

/** The days on which half years begin, to stand below a chart. */
function halfYears(first: number, length: number): readonly Mark[] {
  const marks: Mark[] = []
  for (let day = 0; day < length; day++) {
    const date = new Date(first + days(day))
    if (date.getUTCDate() !== 1 || date.getUTCMonth() % 6 !== 0) continue
    marks.push({ day, title: `${date.getUTCMonth() === 0 ? 'Jan' : 'Jul'} ${date.getUTCFullYear()}` })
  }
  return marks
}
