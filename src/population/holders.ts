import { viewOf } from '../contacts/contact-view.js'
import type { Contact } from '../contacts/contact.js'
import type { Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { checkFolded, type FoldedType } from '../rules/folded-issues.js'
import type { Scope } from '../rules/scope.js'
import type { Slot } from '../segments/segment.js'
import type { AnyEngine } from './any-engine.js'
import type { ReadAsOf } from './as-of.js'

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

/** A contact at an instant, as rules see it; undefined where there is no such contact. */
function scopeAt(engine: AnyEngine, contactId: string, now: number): Scope | undefined {
  const contact = engine.contacts.get(contactId)
  if (contact === undefined) return undefined
  const known = new Map<string, boolean>()
  const scope: Scope = {
    contact: viewOf(contact),
    now,
    timeZone: engine.timeZone,
    inSegment: (id) => {
      const member = known.get(id) ?? isMember(engine, id, contact, scope)
      known.set(id, member)
      return member
    },
  }
  return scope
}

function isMember(engine: AnyEngine, id: string, contact: Contact, scope: Scope): boolean {
  const segment = engine.segments.get(id)
  if (segment === undefined) return false
  const { include, exclude } = engine.members.slotsOf(id, contact.id)
  const byRule = (): boolean => segment.rule !== undefined && answer(engine, segment.rule, scope)
  switch (segment.kind) {
    case 'static':
      return isFilled(include, scope.now)
    case 'hybrid':
      return !isFilled(exclude, scope.now) && (isFilled(include, scope.now) || byRule())
    case 'dynamic':
      return byRule()
  }
}

function isFilled(slot: Slot | undefined, now: number): boolean {
  return slot !== undefined && slot.at <= now && (slot.until === undefined || now < slot.until)
}

/** Throws `RULE_NEEDS_FOLDED` where the rule needs events of the contact that were folded away. */
function answer(engine: AnyEngine, rule: Rule, scope: Scope): boolean {
  const { contact, now } = scope
  checkFolded(rule, { now, timeZone: engine.timeZone }, (type): FoldedType | undefined => {
    const folded = contact.folded(type)
    return folded && { before: folded.before, keeps: (key) => folded.total(key) !== undefined }
  })
  return holds(rule, scope)
}
