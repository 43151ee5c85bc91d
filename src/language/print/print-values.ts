import { isDay, isInstant, isList, type Value } from '../../contacts/value.js'
import { isLiteral, type ArithmeticOperand, type ComputedOperand, type Items, type Operand } from '../../rules/ast.js'
import { quote } from '../quoted.js'
import { valueStarts, type ValueStart } from '../words/leading-words.js'
import { writtenName } from '../words/reserved-words.js'
import { printItems } from './print-items.js'
import { printDateSuffixes, printDuration, printInstant } from './print-times.js'
import { grip, type Printing } from './printing.js'

/** A value, in parentheses where it does not hold together as tightly as it must. */
export function printValue(operand: Operand, atLeast: number, printing: Printing): string {
  if (isLiteral(operand)) return printLiteral(operand)
  const text = printComputed(operand, printing)
  return gripOf(operand) < atLeast ? `(${text})` : text
}

/** A literal as it is written. */
export function printLiteral(value: Value): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object') return String(value)
  if (isInstant(value)) return printInstant(value.instant)
  if (isDay(value)) return value.day
  return isList(value) ? `[${value.map((element: string | number) => printLiteral(element)).join(', ')}]` : ''
}

/** How tightly a value holds together: arithmetic by its signs, and loosely what ends with events or records. */
function gripOf(operand: ComputedOperand): number {
  switch (operand.get) {
    case 'attribute':
    case 'property':
    case 'contactId':
    case 'tagCount':
    case 'tagAdded':
    case 'length':
      return grip.single
    case 'times':
    case 'dividedBy':
      return grip.product
    case 'plus':
    case 'minus':
    case 'later':
    case 'earlier':
      return grip.sum
    case 'first':
    case 'last':
    case 'nth':
      // After its time no window is taken for one of its events.
      return operand.value === undefined ? grip.single : grip.whole
    default:
      return grip.whole
  }
}

const signs: { readonly [Get in ArithmeticOperand['get']]: string } = {
  plus: '+',
  minus: '-',
  times: '*',
  dividedBy: '/',
}

const periodStarts = { day: 'distinctDays', week: 'distinctWeeks', month: 'distinctMonths' } as const

function printComputed(operand: ComputedOperand, printing: Printing): string {
  switch (operand.get) {
    case 'attribute':
      return printing.isItem ? `${words('attribute')} ${writtenName(operand.name)}` : writtenName(operand.name)
    case 'property':
      return printing.isItem ? writtenName(operand.name) : `${words('property')} ${writtenName(operand.name)}`
    case 'contactId':
    case 'tagCount':
      return words(operand.get)
    case 'tagAdded':
      return `${words('tagAdded')} ${quote(operand.tag)}`
    case 'length':
      return `${words('length')} ${printValue(operand.of, grip.single, printing)}`
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy': {
      const own = gripOf(operand)
      const left = printValue(operand.left, own, printing)
      return `${left} ${signs[operand.get]} ${printValue(operand.right, own + 1, printing)}`
    }
    case 'later':
    case 'earlier': {
      const of = printValue(operand.of, grip.sum, printing)
      const duration = printDuration(operand.duration)
      return `${of} ${operand.get === 'later' ? '+' : '-'} ${duration}${printDateSuffixes(operand, printing)}`
    }
    case 'count':
      return `${words('count')} ${printItems(operand.of, true, printing)}`
    case 'distinctPeriods': {
      const start = `${words(periodStarts[operand.unit])}${printDateSuffixes(operand, printing)}`
      return `${start} of ${printItems(operand.of, true, printing)}`
    }
    case 'first':
    case 'last':
      return printEnd(words(operand.get), operand.of, operand.value, printing)
    case 'nth':
      return printEnd(ordinal(operand.n), operand.of, operand.value, printing)
    default:
      return `${words(operand.get)} ${printOf(operand.of, operand.value, printing)}`
  }
}

function words(start: ValueStart): string {
  return valueStarts[start][0]
}

/** A value of each event or record, and what these are. */
function printOf(items: Items, value: Operand, printing: Printing): string {
  const of = printValue(value, grip.sum, { ...printing, isItem: true })
  return `${of} of ${printItems(items, true, printing)}`
}

function printEnd(start: string, items: Items, value: Operand | undefined, printing: Printing): string {
  if (value !== undefined) return `${start} of ${printOf(items, value, printing)}`
  const of = printItems(items, true, printing)
  return `${start} ${items.window === undefined ? of : `(${of})`}`
}

/** `1st`, `2nd`, `11th`. */
function ordinal(n: number): string {
  const isTeen = Math.floor(n / 10) % 10 === 1
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${String(n)}${ending}`
}
