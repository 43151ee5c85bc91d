/*
 * A rule as plain data of the benchmark's own, which is told to each subject in its language. It can say no more than the
 * workloads need.
 */

/** `purchases` is how many there were; peers keep it with the object, coterie counts events. */
export type NumberField = 'leadScore' | 'lifetimeValue' | 'purchases'
/** `lastPurchaseAt` likewise: peers keep it, coterie looks at the events. */
export type DateField = 'createdAt' | 'lastSeenAt' | 'lastPurchaseAt'
export type ChoiceField = 'country' | 'plan'

/** What is asked of a contact. */
export type Question =
  | { readonly all: readonly Question[] }
  | { readonly any: readonly Question[] }
  | { readonly not: Question }
  | { readonly field: NumberField; readonly above: number }
  | { readonly field: NumberField; readonly atMost: number }
  | { readonly field: ChoiceField; readonly in: readonly string[] }
  | { readonly field: 'optedIn'; readonly is: boolean }
  | { readonly field: 'email'; readonly endsWith: string }
  | { readonly field: DateField; readonly inLast: number }
  | { readonly tag: string }
  | PurchaseQuestion

/** Whether enough purchases were made in the last so many ms, and more than an amount was spent on them: found in the events by everybody. */
export interface PurchaseQuestion {
  readonly purchases: number
  readonly inLast: number
  readonly spent?: number
}
