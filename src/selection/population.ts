import type { OrdinalSet } from '../base/ordinal-set.js'
import type { LeafRule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import type { ContactStore } from '../store/contact-store.js'
import type { AskedAt } from './value-test.js'

/** What a rule is asked of. */
export interface Population extends AskedAt {
  readonly store: ContactStore
  /** Rises whenever something changed. */
  readonly revision: number
  /** The contact at an ordinal as rules see it. */
  scopeOf(ordinal: number): Scope
  /** A leaf as a question about single contacts. */
  testOf(leaf: LeafRule): (ordinal: number) => boolean
  /** The members of a segment; undefined where there is none. */
  membersOf(segment: string): OrdinalSet | undefined
  /** Called for each contact that is asked by itself. */
  onAsked(): void
}
