import type { ContactView } from '../contacts/contact.js'
import type { Value } from '../contacts/value.js'
import type { LeafRule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import type { Item } from '../rules/scope.js'
import type { AskedAt } from './value-test.js'

/** What a leaf about one field says of a value: the plain evaluator's answer for a contact or an event that has nothing else. */
export function testOfValue(leaf: LeafRule, at: AskedAt): (value: Value) => boolean {
  let field: Value | undefined
  const contact: ContactView = {
    id: '',
    tagCount: 0,
    attribute: () => field,
    tag: () => undefined,
    tags: () => [],
    events: () => [],
    countEvents: () => 0,
    folded: () => undefined,
    records: () => [],
  }
  const item: Item = { at: undefined, value: () => field, records: () => [] }
  const scope = { ...at, contact, item, inSegment: () => false }
  return (value) => {
    field = value
    return holds(leaf, scope)
  }
}
