import type { FoldedTotal } from '../contacts/folded.js'
import type { EventItems, Items, Operand } from './ast.js'
import { itemsKey, operandKey } from './rule-key.js'
import type { Scope } from './scope.js'

/** By items and value: read rules are frozen, so the key of each is found once. */
const keys = /* @__PURE__ */ new WeakMap<EventItems, Map<Operand | undefined, string>>()

/** What totals over the same events, and the same value of them, are kept under. */
export function totalKey(of: EventItems, value: Operand | undefined): string {
  let byValue = keys.get(of)
  if (byValue === undefined) keys.set(of, (byValue = new Map<Operand | undefined, string>()))
  let key = byValue.get(value)
  if (key === undefined) {
    key = value === undefined ? itemsKey(of) : `${itemsKey(of)},${operandKey(value)}`
    byValue.set(value, key)
  }
  return key
}

/** What is left of the items of an aggregate that were folded away; undefined where none were, or none that it is over. */
export function keptTotal(of: Items, value: Operand | undefined, { contact }: Scope): FoldedTotal | undefined {
  // A window begins at or after all that is folded.
  if (!('events' in of) || of.window !== undefined) return undefined
  return contact.folded(of.events)?.total(totalKey(of, value))
}
