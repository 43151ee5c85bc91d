import type { Rule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import type { AnyEngine } from './any-engine.js'
import type { ReadAsOf } from './as-of.js'
import { answer, scopeAt } from './scope-at.js'

/*
 * Whom rules hold for, as of an instant. Now is what the engine knows at hand. As of any other instant the contacts are
 * taken as they are and the clock is set beside: windows lie otherwise, events after the instant have not happened, and
 * segments are what their rules and slots say then. What attributes and tags were, nobody knows any more.
 *
 * Now costs what the engine's own questions cost; another instant one plain evaluation a rule and contact.
 */

/** Those a rule holds for. The rule must have been read. */
export type Holders = (rule: Rule, contactId: string) => boolean

/** Answers whether rules hold of contacts as of an instant. What it has found out it keeps, so it is for one moment's use. */
export function holdersAt(engine: AnyEngine, asOf: ReadAsOf): Holders {
  const found = new Map<Rule, ReadonlySet<string>>()
  const now = (rule: Rule, contactId: string): boolean => {
    let ids = found.get(rule)
    if (ids === undefined) found.set(rule, (ids = new Set(engine.contacts.find(rule))))
    return ids.has(contactId)
  }
  if (asOf.at === engine.now) return now
  let last: { readonly id: string; readonly scope: Scope | undefined } | undefined
  return (rule, contactId) => {
    if (last?.id !== contactId) last = { id: contactId, scope: scopeAt(engine, contactId, asOf.instantOf(contactId)) }
    if (last.scope === undefined) return false
    if (last.scope.now === engine.now) return now(rule, contactId)
    return answer(engine, rule, last.scope)
  }
}
