import type { Scope } from '../rules/scope.js'
import type { ContactStore } from '../store/contact-store.js'

/** Whether something holds of the contact at an ordinal, now. */
export type ContactTest = (ordinal: number) => boolean

/** What tests look at. */
export interface Ground {
  readonly store: ContactStore
  readonly now: number
  readonly timeZone: string
  /** The contact as the plain evaluator sees it. */
  scopeOf(ordinal: number): Scope
}
