import { quote } from '../quoted.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { valueOf, type SaidValue } from './nodes.js'
import { timesLength } from './parse-item-rules.js'
import { itemsNamed } from './parse-items.js'
import { parseName, type Named } from './parse-names.js'
import { failUnknown } from './unknown-name.js'

/**
 * A name where a value can stand. About the contact it is an attribute, where the schema has none of that name events or
 * records; about an event or record one of its own properties, or else an attribute, or records inside it. Without a
 * schema it is an attribute, or about an event or record a property; events where what follows can be said of nothing else.
 */
export function parseNamedValue(sentence: Sentence): Said {
  const { names, scope } = sentence
  const mark = sentence.mark()
  const isContact = scope.about === 'contact'
  if (!isContact) sentence.expect('a name', 'property', () => names.properties(scope))
  if (!sentence.isCompared) {
    sentence.expect('a name', 'event', () => (isContact ? names.events() : []))
    sentence.expect('a name', 'records', () => names.collections(scope))
  }
  const name = parseName(sentence, 'a name', 'attribute', () => names.attributes())
  return isContact ? ofContact(name, mark, sentence) : ofItem(name, sentence)
}

function ofContact(name: Named, mark: number, sentence: Sentence): Said {
  const { names, scope } = sentence
  if (sentence.token.lower === '.') return itemsNamed(sentence, name, name, false)
  const isItems = saysItems(sentence)
  const isEvent = names.event(name.name) !== undefined
  const isRecords = names.schema !== undefined && names.records(name.name, scope) !== undefined
  if (names.attribute(name.name) !== undefined && !isItems) return named('attribute', name, sentence)
  if (isEvent && isRecords) {
    const message = `There are events and records called ${name.name}`
    const expected = `\`event ${name.name}\` or \`records ${name.name}\``
    sentence.fail({ code: 'NAME_AMBIGUOUS', message, expected, received: name.name }, name)
  }
  if (isEvent || isRecords) return itemsNamed(sentence, name, name, isEvent)
  if (names.schema !== undefined) failUnknownValue(name, mark, sentence)
  return isItems ? itemsNamed(sentence, name, name, true) : named('attribute', name, sentence)
}

function ofItem(name: Named, sentence: Sentence): Said {
  const { names, scope } = sentence
  if (names.property(name.name, scope) !== undefined) return named('property', name, sentence)
  if (names.records(name.name, scope) !== undefined) return itemsNamed(sentence, name, name, false)
  const isAttribute = names.attribute(name.name) !== undefined
  return named(isAttribute ? 'attribute' : 'property', name, sentence)
}

function named(get: 'attribute' | 'property', name: Named, sentence: Sentence): SaidValue {
  return valueOf(sentence, name, get, ['name', name.name, name])
}

/** Whether what follows a name can be said of events and records only. */
function saysItems(sentence: Sentence): boolean {
  const { lower } = sentence.token
  return lower === 'where' || lower === 'then' || timesLength(sentence) > 0
}

function failUnknownValue(name: Named, mark: number, sentence: Sentence): never {
  const { names } = sentence
  const { choices = [] } = sentence
  if (choices.includes(name.name)) {
    const message = 'A text stands in quotes'
    sentence.fail({ message, expected: quote(name.name), received: name.name, nearest: quote(name.name) }, name)
  }
  const before = sentence.conditionBefore(mark)
  if (before !== undefined && names.property(name.name, before) !== undefined) {
    const message = `\`where\` takes one condition, and ${quote(name.name)} is not of the contact: put what is about the same ${before.about} in parentheses`
    sentence.fail(
      { code: 'ATTRIBUTE_UNKNOWN', message, expected: '`where (… and …)`', received: quote(name.name) },
      name,
    )
  }
  const known = [...names.attributes(), ...names.events(), ...names.collections(sentence.scope)]
  failUnknown(sentence, name, 'ATTRIBUTE_UNKNOWN', 'attribute, event or collection', known)
}
