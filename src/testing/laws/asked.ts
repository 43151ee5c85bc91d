import { viewOf } from '../../contacts/contact-view.js'
import { readContact } from '../../contacts/read-contact.js'
import type { Rule } from '../../rules/ast.js'
import { holds } from '../../rules/evaluate.js'
import type { Scope } from '../../rules/scope.js'
import type { TestContact, TestMoment } from '../worlds/moment.js'
import type { ReadWorld } from '../worlds/test-world.js'

/** Asks rules that were read of a contact that was made up. A segment is its rule; nobody is in one that is not known. */
export function askedOf(world: ReadWorld, { contact, now }: TestMoment): (rule: Rule) => boolean {
  const { schema, timeZone, segments } = world
  const view = viewOf(readContact(contact satisfies TestContact, { schema, timeZone }))
  const scope: Scope = {
    contact: view,
    now,
    timeZone,
    inSegment: (id) => {
      const rule = segments.get(id)
      return rule !== undefined && holds(rule, scope)
    },
  }
  return (rule) => holds(rule, scope)
}
