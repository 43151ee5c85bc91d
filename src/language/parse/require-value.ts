import type { Said } from '../said.js'
import { Slip, type Sentence } from '../sentence.js'
import type { SaidValue } from './nodes.js'

/** What was said as a value; fails for a condition, and for events and records, which have none of their own. */
export function requireValue(sentence: Sentence, said: Said): SaidValue {
  switch (said.kind) {
    case 'value':
      return said
    case 'broken':
      throw new Slip()
    case 'rule':
      return sentence.fail({ message: 'Here stands a condition, where a value is expected', expected: 'a value' }, said)
    case 'items': {
      const what = said.scope.about === 'event' ? 'An event' : 'A record'
      const message = `${what} has no value of its own to compare: ask for the count of them, the first or the last`
      return sentence.fail({ message, expected: 'a value', received: said.scope.about }, said)
    }
  }
}
