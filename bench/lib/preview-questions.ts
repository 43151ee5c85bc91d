import { day, domains } from './population.js'
import type { Question } from './question.js'

/*
 * The rules of workload A. Each comes in variants that cost the same and have never been asked before: constants are moved by
 * little, so that no subject can answer from what it remembers of a rule.
 */

/** One of the rules, by its short name. */
export interface PreviewQuestion {
  readonly name: string
  readonly says: string
  readonly variant: (n: number) => Question
}

export const previewQuestions: readonly PreviewQuestion[] = [
  {
    name: 'A1',
    says: 'tag VIP or lifetimeValue > 5000',
    variant: (n) => ({ any: [{ tag: 'VIP' }, { field: 'lifetimeValue', above: 5000 + n }] }),
  },
  {
    name: 'A2',
    says: 'leadScore > 80, country in (3), not tag churned',
    variant: (n) => ({
      all: [
        { field: 'leadScore', above: 80 + n / 100 },
        { field: 'country', in: ['C01', 'C03', 'C05'] },
        { not: { tag: 'churned' } },
      ],
    }),
  },
  { name: 'A3', says: 'created in the last 7 days', variant: (n) => ({ field: 'createdAt', inLast: 7 * day + n }) },
  {
    name: 'A4',
    says: 'email ends with @company.com',
    variant: (n) => ({ field: 'email', endsWith: `@${domains[n % 32] as string}` }),
  },
  {
    name: 'A4b',
    says: 'email ends with pany.com',
    variant: (n) => ({ field: 'email', endsWith: (domains[n % 32] as string).slice(3) }),
  },
  {
    name: 'A5',
    says: 'eight predicates, three levels',
    variant: (n) => ({
      all: [
        { field: 'optedIn', is: true },
        {
          any: [
            { field: 'plan', in: ['pro', 'enterprise'] },
            { field: 'lifetimeValue', above: 1000 + n },
          ],
        },
        {
          any: [
            { all: [{ field: 'leadScore', above: 60 }, { not: { tag: 'churned' } }] },
            { all: [{ tag: 'VIP' }, { field: 'lastSeenAt', inLast: 30 * day + n }] },
            { field: 'country', in: ['C02'] },
          ],
        },
      ],
    }),
  },
  {
    name: 'A6',
    says: 'at least 3 purchases in 90 days, their sum > 500',
    variant: (n) => ({ purchases: 3, inLast: 90 * day + n, spent: 500 }),
  },
  {
    name: 'A7',
    says: 'no purchase in the last 60 days',
    variant: (n) => ({ not: { purchases: 1, inLast: 60 * day + n } }),
  },
]
