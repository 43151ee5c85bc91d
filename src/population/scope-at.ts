import { viewOf } from '../contacts/contact-view.js'
import type { Contact } from '../contacts/contact.js'
import type { Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { checkFolded, type FoldedType } from '../rules/folded-issues.js'
import type { Scope } from '../rules/scope.js'
import { dampingOf, isDampedMember } from '../segments/damping.js'
import type { Slot } from '../segments/segment.js'
import type { AnyEngine } from './any-engine.js'

/*
 * A contact of an engine as the plain evaluator sees it: its segments are what their rules and slots say, asked again and
 * not looked up, so nothing that the engine has worked out along the way is believed. Of a damped segment, which is what came
 * before, it is believed who is a member and since when, and asked whether that may be so at the instant.
 */

/** A contact at an instant, as rules see it; undefined where there is no such contact. */
export function scopeAt(engine: AnyEngine, contactId: string, now: number): Scope | undefined {
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
    case 'damped': {
      const { damping = {} } = segment
      const { stay } = damping
      const standing = {
        inside: segment.has(contact.id),
        movedAt: segment.movedAt(contact.id),
        rule: byRule,
        stay: () => (stay === undefined ? byRule() : answer(engine, stay, scope)),
      }
      return isDampedMember(dampingOf(damping), standing, scope.now)
    }
  }
}

function isFilled(slot: Slot | undefined, now: number): boolean {
  return slot !== undefined && slot.at <= now && (slot.until === undefined || now < slot.until)
}

/** Whether a rule that was read holds. Throws `RULE_NEEDS_FOLDED` where the rule needs events of the contact that were folded away. */
export function answer(engine: AnyEngine, rule: Rule, scope: Scope): boolean {
  const { contact, now } = scope
  checkFolded(rule, { now, timeZone: engine.timeZone }, (type): FoldedType | undefined => {
    const folded = contact.folded(type)
    return folded && { before: folded.before, keeps: (key) => folded.total(key) !== undefined }
  })
  return holds(rule, scope)
}
