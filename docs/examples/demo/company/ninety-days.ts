import { days, hours } from 'coterie'
import { companyStart, type Company } from './company.js'
import { happenings } from './happenings.js'
import { chapterHour, story, type Chapter, type Plan } from './story.js'

/** How long the demonstration runs. */
export const length = 90

/** What the one who watches is told, beside the transitions. */
export interface Watch {
  /** A day that is not like the others has begun; `news` says what it brings. */
  chapter(chapter: Chapter, news: string): void
  /** A day is over; the first is 1. */
  dayOver(day: number): Promise<void>
}

/** Ninety days of the company: every change at its own instant, and the clock moved from one to the next. */
export async function ninetyDays(company: Company, watch: Watch): Promise<void> {
  const { engine } = company
  let plans: Plan[] = []
  for (let day = 0; day < length; day++) {
    const begin = companyStart + days(day)
    const end = companyStart + days(day + 1)
    plans.push(...ordinaryDay(company, begin))
    for (const chapter of story.filter((chapter) => chapter.day === day)) {
      engine.advanceTo(begin + hours(chapterHour))
      watch.chapter(
        chapter,
        chapter.begin(company, (plan) => plans.push(plan)),
      )
    }
    for (const { at, happen } of plans.filter((plan) => plan.at < end).sort((a, b) => a.at - b.at)) {
      engine.advanceTo(at)
      happen(company)
    }
    plans = plans.filter(({ at }) => at >= end)
    engine.advanceTo(end)
    await watch.dayOver(day + 1)
  }
}

/** What a day without news brings, at hours between seven and ten in the evening; on Saturdays and Sundays less. */
function ordinaryDay({ random, size }: Company, begin: number): Plan[] {
  const weekday = new Date(begin + hours(12)).getUTCDay()
  const business = (weekday === 0 || weekday === 6 ? 0.4 : 1.2) * (size / 1000)
  const instant = (): number => begin + hours(7) + Math.floor(((random.next() + random.next()) / 2) * hours(15))
  const plans: Plan[] = []
  for (let signUps = random.times(2.2 * business); signUps > 0; signUps--) {
    plans.push({ at: instant(), happen: (company) => void company.signUp() })
  }
  for (const { aDayPerThousand, happen } of Object.values(happenings)) {
    for (let times = random.times(aDayPerThousand * business); times > 0; times--) plans.push({ at: instant(), happen })
  }
  return plans
}
