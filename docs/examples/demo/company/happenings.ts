import { days } from 'coterie'
import type { Company } from './company.js'
import { amountOf, dealValue, scoreOf } from './people.js'

/** Something that happens to a contact of the company, on an ordinary day so often for every thousand contacts. */
export interface Happening {
  readonly aDayPerThousand: number
  happen(company: Company): void
}

const agents = ['Mara', 'Jonas', 'Aylin', 'Femi'] as const
const agent = (company: Company): { readonly kind: 'person'; readonly by: string } => ({
  kind: 'person',
  by: company.random.pick(agents),
})

/** A support ticket is opened; people write when they open one. */
export function raiseTicket(company: Company): void {
  const id = company.anybody()
  company.raiseTicketOf(id, company.random.pick(['Late again', 'Wrong size', 'Cannot log in', 'Invoice']))
  company.converse(id)
}

/** What goes on every day, by name. */
export const happenings: { readonly [name: string]: Happening } = {
  conversation: {
    aDayPerThousand: 24,
    happen(company) {
      company.converse(company.anybody())
    },
  },
  purchase: {
    aDayPerThousand: 7,
    happen(company) {
      company.buy(company.anybody(), amountOf(company.random))
    },
  },
  dealOpened: {
    aDayPerThousand: 5.5,
    happen(company) {
      company.openDealOf(company.anybody(), dealValue(company.random))
    },
  },
  dealClosed: {
    aDayPerThousand: 5,
    happen(company) {
      const id = company.anybodyWith((id) => company.openDeal(id) !== undefined)
      const deal = id === undefined ? undefined : company.openDeal(id)
      if (id === undefined || deal === undefined) return
      const isWon = company.random.chance(0.4)
      company.engine.records.put(id, 'deals', { ...deal, status: isWon ? 'won' : 'lost' })
      if (isWon) company.buy(id, Number(deal['value']))
    },
  },
  ticket: { aDayPerThousand: 7, happen: raiseTicket },
  ticketSolved: {
    aDayPerThousand: 8,
    happen(company) {
      const id = company.anybodyWith((id) => company.ticket(id) !== undefined)
      const ticket = id === undefined ? undefined : company.ticket(id)
      if (id !== undefined && ticket !== undefined) company.engine.records.remove(id, 'tickets', ticket.id)
    },
  },
  score: {
    aDayPerThousand: 25,
    happen(company) {
      const id = company.anybody()
      // Scores drift back towards the middle, or in the end everybody would stand at one of the ends.
      const score = company.number(id, 'leadScore')
      company.patch(id, { leadScore: scoreOf(score + (50 - score) * 0.06 + company.random.normal(0, 7)) })
    },
  },
  becomesVip: {
    aDayPerThousand: 0.12,
    happen: (company) => void company.engine.tags.add(company.anybody(), 'VIP', agent(company)),
  },
  wasVip: {
    aDayPerThousand: 0.08,
    happen(company) {
      const { engine, random } = company
      const vips = engine.contacts.ids().filter((id) => engine.tags.has(id, 'VIP'))
      const id = vips[random.whole(0, vips.length - 1)]
      if (id !== undefined) engine.tags.remove(id, 'VIP')
    },
  },
  referral: {
    aDayPerThousand: 0.2,
    happen: (company) => void company.engine.tags.add(company.anybodyNew(), 'source-referral-friend', 'behaviour'),
  },
  wantsNoCalls: {
    aDayPerThousand: 0.12,
    happen: (company) => void company.engine.tags.add(company.anybodyNew(), 'do-not-call', agent(company)),
  },
  asksForCall: {
    aDayPerThousand: 0.12,
    happen(company) {
      const until = company.engine.now + days(company.random.whole(2, 6))
      company.engine.members.include('welcome-calls', company.anybody(), { reason: 'asked to be called', until })
    },
  },
  wasCalled: {
    aDayPerThousand: 0.25,
    happen(company) {
      const until = company.engine.now + days(14)
      company.engine.members.exclude('welcome-calls', company.anybodyNew(), { reason: 'was called', until })
    },
  },
  forgotten: {
    aDayPerThousand: 0.3,
    happen: (company) => company.forget(company.anybody()),
  },
  sameAsAnother: {
    aDayPerThousand: 0.05,
    happen(company) {
      const [from, into] = [company.anybodyNew(), company.anybody()]
      if (from !== into) company.merge(from, into)
    },
  },
}
