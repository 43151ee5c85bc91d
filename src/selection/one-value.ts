import type { ContactView } from '../contacts/contact.js'
import type { Value } from '../contacts/value.js'
import type { LeafRule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import type { AskedAt } from './value-test.js'

/** What a leaf about one attribute says of a value: the plain evaluator's answer for a contact that has nothing else. */
export function testOfValue(leaf: LeafRule, at: AskedAt): (value: Value) => boolean {
  let attribute: Value | undefined
  const contact: ContactView = {
    id: '',
    tagCount: 0,
    attribute: () => attribute,
    tag: () => undefined,
    tags: () => [],
    events: () => [],
    folded: () => undefined,
    records: () => [],
  }
  const scope = { ...at, contact, inSegment: () => false }
  return (value) => {
    attribute = value
    return holds(leaf, scope)
  }
}
