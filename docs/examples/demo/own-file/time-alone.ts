import { days, type Engine } from 'coterie'
import { Feed } from '../print/feed.js'
import type { MemberWords } from '../print/show-member.js'
import { Sizes } from '../print/sizes.js'
import { counted, heading, printWrapped, type Terminal } from '../print/terminal.js'
import { CauseWords } from '../words/cause-words.js'
import { numberOf } from './some-changes.js'

/** Where a file has dates, time alone moves contacts: ninety days in which nothing else happens. */
export function passTime(terminal: Terminal, engine: Engine, { names, dates }: MemberWords): void {
  const start = engine.now
  heading(terminal, `Ninety days from ${dates.day(start)} on, in which only time goes by`)
  const causes = new CauseWords({ engine, names, dates, before: () => undefined })
  const called = (id: string): string => `segment ${numberOf(engine, id)}`
  const feed = new Feed(terminal, { ...names, segment: called, causes, dates })
  const sizes = new Sizes()
  let moved = 0
  const stop = engine.on('transition', (transition) => {
    moved += 1
    feed.hear(transition)
  })
  sizes.note(engine)
  for (let day = 1; day <= 90; day++) {
    engine.advanceTo(start + days(day))
    sizes.note(engine)
    feed.dayOver()
  }
  stop()
  const summary = `${counted(moved)} entered or left, each at its own instant.`
  if (moved === 0) terminal.print('Nobody entered or left.')
  else printWrapped(terminal, `${summary} The sizes of those that changed: highest, lowest, and now`)
  sizes.print(terminal, called, [])
}
