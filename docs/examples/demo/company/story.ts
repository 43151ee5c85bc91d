import { days, hours, minutes } from 'coterie'
import { counted } from '../print/terminal.js'
import type { Company } from './company.js'
import { raiseTicket } from './happenings.js'

/** Something that is to happen at an instant. */
export interface Plan {
  readonly at: number
  happen(company: Company): void
}

/** A day that is not like the others. */
export interface Chapter {
  /** Days after the first. */
  readonly day: number
  readonly title: string
  /** What it brings, beside the day's usual; returns what there is to say of it. */
  begin(company: Company, plan: (plan: Plan) => void): string
}

/** Chapters begin early in the morning, before anything else happens. */
export const chapterHour = 6

/** What made these ninety days: a fair, a mailing, and a release that went wrong. */
export const story: readonly Chapter[] = [
  {
    day: 22,
    title: 'fair',
    begin({ engine, size, random }, plan) {
      const until = engine.now + days(38) + hours(11)
      const guests = Math.round(size / 40)
      for (let guest = 0; guest < guests; guest++) {
        plan({
          at: engine.now + days(random.whole(0, 2)) + hours(3) + random.whole(0, hours(9)),
          happen(company) {
            const id = company.signUp('source-fair')
            company.engine.members.include('fair-guests', id, { reason: 'met at the stand', until })
          },
        })
      }
      return 'three days, each new guest is put on the list by hand, for five weeks'
    },
  },
  {
    day: 45,
    title: 'mailing',
    begin({ engine, random }, plan) {
      const silent = [...(engine.segments.get('inactive-30-days')?.members() ?? [])]
      engine.tags.add(silent, 'campaign-spring-hello', { kind: 'campaign', by: 'spring-hello' })
      for (const id of silent) {
        if (!random.chance(0.35)) continue
        plan({
          at: engine.now + minutes(2) + Math.floor(random.wait(days(2))),
          happen(company) {
            if (company.engine.contacts.has(id)) company.converse(id)
          },
        })
      }
      return `tag campaign-spring-hello on all ${counted(silent.length)} of Inactive 30 Days, in one change`
    },
  },
  {
    day: 64,
    title: 'bad release',
    begin({ engine, size, random }, plan) {
      for (let ticket = 0; ticket < size / 3; ticket++) {
        plan({ at: engine.now + hours(2) + Math.floor(random.wait(hours(60))), happen: raiseTicket })
      }
      return 'a third of the contacts open a ticket within days'
    },
  },
]
