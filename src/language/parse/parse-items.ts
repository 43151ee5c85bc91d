import type { Items } from '../../rules/ast.js'
import { unknownScope, type Scope } from '../known-names.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { spanOf, type Span } from '../token.js'
import { itemsStartTree, type ItemsStart } from '../words/leading-words.js'
import { parseAbsoluteWindow } from './parse-absolute-windows.js'
import { nodeOf, type SaidField } from './nodes.js'
import { parseName, type Named } from './parse-names.js'
import { parseDateSuffixes } from './parse-suffixes.js'
import { parseWindow } from './parse-windows.js'
import { requireRule } from './require-rule.js'
import { failUnknown } from './unknown-name.js'

export type SaidItemsPart = Said & { readonly kind: 'items' }

/** Events or records: by name, or in parentheses. With `canBeWindowed` a window after them is theirs. */
export function parseItems(sentence: Sentence, canBeWindowed = true): SaidItemsPart {
  const from = sentence.token
  if (sentence.say('(')) {
    const inner = sentence.inside(() => parseItems(sentence))
    sentence.need(')')
    return { ...inner, ...spanOf(from, sentence.last) }
  }
  sentence.passOver('the')
  const isContact = sentence.scope.about === 'contact'
  const start = sentence.phrase(itemsStartTree, (means) => means === 'records' || isContact)
  const { scope, names } = start === undefined ? parseEither(sentence) : parseNamed(start, sentence)
  return withConditions(sentence, from, scope, names, canBeWindowed)
}

/** What was said of events or records so far. */
interface NamedItems {
  readonly scope: Scope
  readonly names: readonly Named[]
}

/** Events or records whose name was read already, as it can also be that of a value. */
export function itemsNamed(sentence: Sentence, from: Span, name: Named, isEvent: boolean): SaidItemsPart {
  const { scope, names } = isEvent ? eventsOf(name, sentence) : recordsOf(name, sentence)
  return withConditions(sentence, from, scope, names, true)
}

function parseNamed(start: ItemsStart, sentence: Sentence): NamedItems {
  const { names, scope } = sentence
  if (start === 'events')
    return eventsOf(
      parseName(sentence, 'an event', 'event', () => names.events()),
      sentence,
    )
  return recordsOf(
    parseName(sentence, 'records', 'records', () => names.collections(scope)),
    sentence,
  )
}

/** A name alone: an event, or records where the schema says so, or where it stands in a condition on a record. */
function parseEither(sentence: Sentence): NamedItems {
  const { names, scope } = sentence
  const isInside = scope.about !== 'contact'
  if (!isInside) sentence.expect('an event', 'event', () => names.events())
  const name = parseName(sentence, 'records', 'records', () => names.collections(scope))
  if (isInside) return recordsOf(name, sentence)
  // Only records have records inside them.
  if (sentence.token.lower === '.') return recordsOf(name, sentence)
  if (names.schema === undefined) return eventsOf(name, sentence)
  const isEvent = names.event(name.name) !== undefined
  const isRecords = names.records(name.name, scope) !== undefined
  if (isEvent && isRecords) failAmbiguous(sentence, name)
  if (!isEvent && !isRecords) {
    const known = [...names.events(), ...names.collections(scope)]
    failUnknown(sentence, name, 'EVENT_TYPE_UNKNOWN', 'event or collection', known)
  }
  return isRecords ? recordsOf(name, sentence) : eventsOf(name, sentence)
}

function failAmbiguous(sentence: Sentence, name: Named): never {
  const message = `There are events and records called ${name.name}`
  const expected = `\`event ${name.name}\` or \`records ${name.name}\``
  sentence.fail({ code: 'NAME_AMBIGUOUS', message, expected, received: name.name }, name)
}

function eventsOf(name: Named, { names }: Sentence): NamedItems {
  const shape = names.event(name.name) ?? 'any'
  return { scope: { about: 'event', shape, name: name.name, level: 0 }, names: [name] }
}

/** Records, and those inside them: `orders.lines`. */
function recordsOf(first: Named, sentence: Sentence): NamedItems {
  const path = [first]
  let scope = inner(first, sentence.scope, sentence)
  while (sentence.passOver('.')) {
    const at = scope
    const name = parseName(sentence, 'records', 'records', () => sentence.names.collections(at))
    path.push(name)
    scope = inner(name, scope, sentence)
  }
  return { scope, names: path }
}

function inner({ name }: Named, scope: Scope, { names }: Sentence): Scope {
  const shape = names.records(name, scope)
  if (shape === undefined) return unknownScope
  return { about: 'record', shape, name, level: scope.about === 'event' ? 0 : scope.level + 1 }
}

/** `by` a date, a window and `where`: each once, the last two in any order. */
function withConditions(
  sentence: Sentence,
  from: Span,
  scope: Scope,
  names: readonly Named[],
  canBeWindowed: boolean,
): SaidItemsPart {
  const fields: SaidField[] = [namesField(sentence, scope, names)]
  if (scope.about === 'record' && sentence.say('by')) {
    const by = parseName(sentence, 'a date field', 'property', () => sentence.names.properties(scope))
    fields.push(['by', by.name, by])
  }
  const has = (field: string): boolean => fields.some(([name]) => name === field)
  for (;;) {
    const window = canBeWindowed && !has('window') ? parseItemWindow(sentence) : undefined
    if (window !== undefined) fields.push(window)
    else if (!has('where') && sentence.say('where')) fields.push(parseWhere(sentence, scope))
    else break
  }
  const span = spanOf(from, sentence.last)
  const items = nodeOf(sentence, span, fields) as Items
  return { kind: 'items', items, scope, ...span }
}

function namesField(sentence: Sentence, scope: Scope, names: readonly Named[]): SaidField {
  const [first] = names
  const span = spanOf(first as Named, sentence.last)
  if (scope.about === 'event') return ['events', first?.name, span]
  const path = names.map(({ name }) => name)
  for (const [place, name] of names.entries()) sentence.spans.field(path, place, name)
  return ['records', sentence.spans.node(path, span)]
}

/** The window of events or records that begins here; undefined where none does. */
export function parseItemWindow(sentence: Sentence): SaidField | undefined {
  const window = parseWindow(sentence)
  if (window === undefined) return parseAbsoluteWindow(sentence)
  const suffixes = parseDateSuffixes(sentence)
  const fields = Object.entries(window.fields).map(([name, value]): SaidField => [name, value, window.places[name]])
  return ['window', nodeOf(sentence, window, [['window', window.name], ...fields, ...suffixes])]
}

/** The one condition after `where`; several stand in parentheses. */
function parseWhere(sentence: Sentence, scope: Scope): SaidField {
  const { token } = sentence
  const said = sentence.inside(() =>
    sentence.about(scope, () => requireRule(sentence, sentence.parsers.condition(sentence))),
  )
  if (token.lower !== '(') sentence.noteCondition(scope)
  return ['where', said.rule, said]
}

/** Adds to events or records the window that was said of them later: `at least 3 times in the last 90 days`. */
export function addWindow(sentence: Sentence, { items }: SaidItemsPart): void {
  const window = 'window' in items ? undefined : parseItemWindow(sentence)
  if (window !== undefined) Object.assign(items, { window: window[1] })
}
