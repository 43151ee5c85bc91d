import type { AnyExpression, NumberExpression, TextExpression } from './expressions.js'
import { makeOperand } from './node.js'
import { expression } from './operand-expression.js'

/** An attribute of the contact. With the types of a schema: `rulesFor(schema).attribute`. */
export function attribute(name: string): AnyExpression {
  return expression(makeOperand('attribute', { name }))
}

/** The id of the contact, a text. */
export function contactId(): TextExpression {
  return expression(makeOperand('contactId'))
}

/** How many tags the contact has. */
export function tagCount(): NumberExpression {
  return expression(makeOperand('tagCount'))
}
