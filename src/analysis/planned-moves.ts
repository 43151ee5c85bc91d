import { viewOf } from '../contacts/contact-view.js'
import type { Contact } from '../contacts/contact.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import { holds } from '../rules/evaluate.js'
import { checkFolded, type FoldedType } from '../rules/folded-issues.js'
import type { Rule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import { dampingOf, isDampedMember } from '../segments/damping.js'
import type { Planned } from './planned-segment.js'

/** Ids of those who would enter a segment, and of those who would leave it, in the order in which they were put. */
export interface Moves {
  readonly enter: string[]
  readonly exit: string[]
}

/** Asks each contact for each segment that may move, those first that others refer to. */
export function movesOf<S extends Schema>(
  engine: Engine<S>,
  order: readonly string[],
  planned: ReadonlyMap<string, Planned>,
): ReadonlyMap<string, Moves> {
  const moves = new Map(order.map((id): [string, Moves] => [id, { enter: [], exit: [] }]))
  for (const id of order.length === 0 ? [] : engine.contacts.ids()) {
    const contact = engine.contacts.get(id)
    if (contact === undefined) continue
    const members = new Map<string, boolean>()
    const scope = scopeWith(engine, contact, members)
    for (const segment of order) {
      const asked = planned.get(segment) as Planned
      checkAnswerable(asked.id, 'rule', asked.rule, scope)
      checkAnswerable(asked.id, 'stay', asked.damping?.stay, scope)
      const will = wouldBeMember(engine, asked, scope)
      members.set(segment, will)
      if (will !== engine.segments.has(segment, id)) moves.get(segment)?.[will ? 'enter' : 'exit'].push(id)
    }
  }
  return moves
}

/** Checks that a new rule needs no events of the contact that were folded away. Throws `RULE_NEEDS_FOLDED`. */
function checkAnswerable(id: string, part: 'rule' | 'stay', rule: Rule | undefined, scope: Scope): void {
  if (rule === undefined) return
  const foldedOf = (type: string): FoldedType | undefined => {
    const folded = scope.contact.folded(type)
    return folded && { before: folded.before, keeps: (key) => folded.total(key) !== undefined }
  }
  checkFolded(rule, scope, foldedOf, [id, part])
}

function scopeWith<S extends Schema>(
  engine: Engine<S>,
  contact: Contact,
  members: ReadonlyMap<string, boolean>,
): Scope {
  return {
    contact: viewOf(contact),
    now: engine.now,
    timeZone: engine.timeZone,
    inSegment: (segment) => members.get(segment) ?? engine.segments.has(segment, contact.id),
  }
}

function wouldBeMember<S extends Schema>(
  engine: Engine<S>,
  { id, kind, rule, damping, contacts, action }: Planned,
  scope: Scope,
): boolean {
  if (action === 'remove') return false
  const contact = scope.contact.id
  const { include, exclude } = action === 'add' ? {} : engine.members.slotsOf(id, contact)
  if (kind === 'static') {
    // The rule of a static segment is asked once, now, and those who were put in before go.
    if (contacts?.has(contact) === true) return true
    return rule === undefined ? contacts === undefined && include !== undefined : holds(rule, scope)
  }
  if (damping !== undefined) {
    const { stay } = damping
    const live = engine.segments.get(id)
    const byRule = (): boolean => rule !== undefined && holds(rule, scope)
    const standing = {
      inside: live?.has(contact) === true,
      movedAt: live?.movedAt(contact),
      rule: byRule,
      stay: () => (stay === undefined ? byRule() : holds(stay, scope)),
    }
    return isDampedMember(dampingOf(damping), standing, scope.now)
  }
  if (exclude !== undefined) return false
  const isIncluded = contacts === undefined ? include !== undefined : contacts.has(contact)
  return (kind === 'hybrid' && isIncluded) || (rule !== undefined && holds(rule, scope))
}
