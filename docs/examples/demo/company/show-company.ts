import type { Stopwatch } from '../demonstration.js'
import { Feed } from '../print/feed.js'
import { showMember, tellingMember } from '../print/show-member.js'
import { segmentNames, showSegments, sizesInWords } from '../print/show-segments.js'
import { Sizes } from '../print/sizes.js'
import { Tally } from '../print/tally.js'
import { counted, heading, milliseconds, type Terminal } from '../print/terminal.js'
import { CauseWords } from '../words/cause-words.js'
import { datesIn } from '../words/dates.js'
import { Fold } from './check.js'
import { Company, companyStart, companyZone } from './company.js'
import { ninetyDays } from './ninety-days.js'
import { Random } from './random.js'
import { attributeWords } from './schema.js'
import { defineSegments } from './segments.js'
import { showWhatIf, showWork } from './show-work.js'
import { story } from './story.js'

/** How long a day lasts where somebody looks, in ms. */
const dayOnScreen = 15

/**
 * The company of a seed: what is there, ninety days of it, how the sizes went, and one member explained. Returns
 * whether all that was shown stood the check at the end.
 */
export async function showCompany(
  seed: number,
  size: number,
  terminal: Terminal,
  stopwatch: Stopwatch,
): Promise<boolean> {
  const { print, paint } = terminal
  const begun = stopwatch()
  const company = new Company(new Random(seed), size)
  const { engine } = company
  const dates = datesIn(companyZone)
  const names = {
    attribute: (name: string) => attributeWords[name] ?? name,
    segment: segmentNames(engine),
    contact: (id: string) => company.nameOf(id),
  }
  const causes = new CauseWords({ engine, names, dates, before: (attribute) => company.before[attribute] })
  const feed = new Feed(terminal, { ...names, causes, dates })
  const [fold, tally, sizes] = [new Fold(), new Tally(), new Sizes()]
  engine.on('transition', (transition) => {
    for (const heard of [fold, tally, feed]) heard.hear(transition)
  })
  const put = stopwatch()
  defineSegments(engine, invited(company))
  const defined = stopwatch()

  print(paint('bold', `${counted(size)} contacts and ${engine.segments.count} segments, ${dates.day(companyStart)}`))
  print(
    paint(
      'grey',
      `Contacts put in ${milliseconds(put - begun)}, segments filled in ${milliseconds(defined - put)}; seed ${seed}.`,
    ),
  )
  print()
  showSegments(terminal, engine, names)

  heading(terminal, 'Ninety days: some who enter or leave, the instant it happens, and why')
  sizes.note(engine)
  const before = engine.statistics()
  let watched = 0
  await ninetyDays(company, {
    chapter: ({ title }, news) => feed.tell(engine.now, `${title}: ${news}`),
    async dayOver(day) {
      sizes.note(engine)
      feed.dayOver()
      const since = stopwatch()
      await terminal.status(`day ${day}: ${sizesInWords(engine, names)}`, dayOnScreen)
      watched += stopwatch() - since
    },
  })
  const lived = stopwatch() - defined - watched

  heading(terminal, 'All who entered (+) and left (−), by what caused it')
  tally.print(terminal, engine.segments.ids(), names.segment)

  heading(terminal, `Sizes from ${dates.day(companyStart)} to ${dates.day(engine.now)}: highest, lowest, and now`)
  sizes.print(terminal, names.segment, story)

  const member = tellingMember(engine, 'welcome-calls')
  if (member !== undefined) {
    heading(terminal, `Why ${names.contact(member)} is in ${names.segment('welcome-calls')}`)
    showMember(terminal, engine, 'welcome-calls', member, { names, dates })
  }

  heading(terminal, 'What if, and what it took')
  showWhatIf(terminal, engine, names)
  return showWork(terminal, engine, { before, lived, fold })
}

/** Some contacts, picked by hand as it were. */
function invited({ engine, random }: Company): readonly string[] {
  return engine.contacts.ids().filter(() => random.chance(0.01))
}
