import type { Items, Operand, Rule } from '../rules/ast.js'
import type { Scope } from './known-names.js'
import type { Span } from './token.js'

/**
 * What a part of a text says, as it is before the reader of rules has seen it.
 *
 * - `rule`: a condition; `value`: what is compared; `items`: events or records that nothing is asked of yet
 * - `broken`: there was a slip in it, which is reported
 */
export type Said =
  | (Span & { readonly kind: 'rule'; readonly rule: Rule })
  | (Span & { readonly kind: 'value'; readonly operand: Operand; readonly isEnclosed?: boolean })
  | (Span & SaidItems)
  | (Span & { readonly kind: 'broken' })

/** Events or records, and what conditions on them are about. */
export interface SaidItems {
  readonly kind: 'items'
  readonly items: Items
  readonly scope: Scope
}
