import type { EventItems, Items, ItemWindow, Operand, Rule, SequenceRule, SequenceStep } from '../../rules/ast.js'
import { isLiteral } from '../../rules/ast.js'
import { operators } from '../../rules/operator-table.js'
import { itemsStarts } from '../words/leading-words.js'
import { writtenName } from '../words/reserved-words.js'
import { printAbsolute, printDateSuffixes, printDuration, printWindow } from './print-times.js'
import { tightness, type Printing } from './printing.js'

/** Events or records with their window and condition. In a value the condition is in parentheses, for more comes after it. */
export function printItems(items: Items, isInValue: boolean, printing: Printing): string {
  return `${printNames(items, printing)}${printRest(items, isInValue, printing)}`
}

function printRest(items: Items, isInValue: boolean, printing: Printing): string {
  const by = 'by' in items ? ` by ${writtenName(items.by)}` : ''
  const window = items.window === undefined ? '' : ` ${printItemWindow(items.window, printing)}`
  const where = items.where === undefined ? '' : ` where ${printCondition(items.where, isInValue, printing)}`
  return `${by}${window}${where}`
}

function printNames(items: Items, printing: Printing): string {
  if ('records' in items) return `${itemsStarts.records[0]} ${items.records.map(writtenName).join('.')}`
  const name = writtenName(items.events)
  return isOnlyEvent(items.events, printing) ? name : `${itemsStarts.events[0]} ${name}`
}

/** Whether the schema has an event of that name and nothing else. */
function isOnlyEvent(type: string, { schema }: Printing): boolean {
  const has = (names: object = {}): boolean => Object.hasOwn(names, type)
  return has(schema?.events) && !has(schema?.records) && !has(schema?.attributes)
}

function printItemWindow(window: ItemWindow, printing: Printing): string {
  if (window.window === 'absolute') return printAbsolute(window.from, window.to)
  return printWindow({ ...window, op: window.window } as never) + printDateSuffixes(window, printing)
}

/** The one condition after `where`: in parentheses unless it is sure to end where it does. */
function printCondition(rule: Rule, isInValue: boolean, printing: Printing): string {
  const inside = { ...printing, isItem: true }
  if (!isInValue && isClosed(rule)) return inside.rule(rule, tightness.single, inside)
  return `(${inside.rule(rule, tightness.whole, inside)})`
}

/** Whether a condition is one comparison that no words after it could go on with. */
function isClosed(rule: Rule): boolean {
  const { shape } = operators[rule.op]
  if (shape === 'items' || shape === 'group' || shape === 'constant') return false
  const last: unknown = 'high' in rule ? rule.high : 'right' in rule ? rule.right : undefined
  return last === undefined || Array.isArray(last) || isPlain(last as Operand)
}

function isPlain(operand: Operand): boolean {
  return isLiteral(operand) || operand.get === 'attribute' || operand.get === 'property'
}

/** Whether a condition holds for every such record. */
export function printEvery(items: Items, rule: Rule, printing: Printing): string {
  return `every ${printItems(items, false, printing)} has ${printCondition(rule, false, printing)}`
}

/** Steps with their limits. The first says that it is an event, for without a schema its name could be an attribute's. */
export function printSequence({ steps, same }: SequenceRule, printing: Printing): string {
  const [first, ...rest] = steps
  const start = first === undefined ? '' : printItems(first.of, false, withoutSchema(printing))
  const then = rest.map((step) => ` then ${printStep(step, printing)}`).join('')
  return `${start}${then}${same === undefined ? '' : ` with the same ${writtenName(same)}`}`
}

function withoutSchema(printing: Printing): Printing {
  return { ...printing, schema: undefined }
}

function printStep({ of, not, within, after, from }: SequenceStep, printing: Printing): string {
  const items: EventItems = of
  return [
    not === true ? 'no' : '',
    printItems(items, false, printing),
    after === undefined ? '' : `after ${printDuration(after)}`,
    within === undefined ? '' : `within ${printDuration(within)}`,
    from === 'start' ? 'from the start' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}
