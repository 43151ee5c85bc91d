import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { ruleOf, type SaidRule } from './nodes.js'

/**
 * What was said as a condition. A boolean is one by itself, and so are events and records: that there are some. Fails for
 * any other value.
 */
export function requireRule(sentence: Sentence, said: Said): SaidRule {
  switch (said.kind) {
    case 'rule':
      return said
    case 'items':
      return ruleOf(sentence, said, 'some', ['of', said.items, said])
    case 'broken':
      // A rule that stands for what is wrong, so that the rest can be read.
      return ruleOf(sentence, said, 'everyone')
    case 'value':
      return isBoolean(sentence, said)
        ? ruleOf(sentence, said, 'equals', ['left', said.operand, said], ['right', true])
        : sentence.fail()
  }
}

function isBoolean({ names, scope }: Sentence, { operand }: Said & { readonly kind: 'value' }): boolean {
  if (typeof operand !== 'object' || !('get' in operand)) return false
  if (operand.get === 'attribute') return names.attribute(operand.name)?.type === 'boolean'
  if (operand.get !== 'property') return false
  const field = names.property(operand.name, scope)
  return field !== undefined && field !== 'any' && field.type === 'boolean'
}
