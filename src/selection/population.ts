import type { OrdinalSet } from '../base/ordinal-set.js'
import type { Scope } from '../rules/scope.js'
import type { ContactStore } from '../store/contact-store.js'
import type { AskedAt } from './value-test.js'

/** What a rule is asked of. */
export interface Population extends AskedAt {
  readonly store: ContactStore
  /** The contact at an ordinal as rules see it. */
  scopeOf(ordinal: number): Scope
  /** The members of a segment; undefined where there is none. */
  membersOf(segment: string): OrdinalSet | undefined
  /** Called for each contact that the plain evaluator is asked about. */
  onAsked(): void
}
