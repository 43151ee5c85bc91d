import { isDay, isInstant, isList } from '../../contacts/value.js'
import { isLiteral, type ComputedOperand, type Items, type Operand } from '../../rules/ast.js'
import { englishItems } from './english-items.js'
import { englishDay, englishDuration, englishInstant, inZone } from './english-times.js'
import type { Telling } from './wording.js'

/** A text in its quotes. */
export function englishText(text: string): string {
  return `“${text}”`
}

/** A number with its thousands apart, as it is otherwise. */
export function plainValue(value: number): string {
  const text = String(value)
  return text.includes('e') ? text : text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','))
}

/** `a, b or c`. */
export function englishList(parts: readonly string[], joint: string): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${joint} ${last}`
}

export function englishValue(operand: Operand, telling: Telling): string {
  if (!isLiteral(operand)) return computedWords(operand, telling)
  if (typeof operand === 'string') return englishText(operand)
  if (typeof operand === 'number') return plainValue(operand)
  if (typeof operand === 'boolean') return operand ? 'true' : 'false'
  if (isInstant(operand)) return englishInstant(operand.instant, telling)
  if (isDay(operand)) return englishDay(operand.day)
  if (!isList(operand) || operand.length === 0) return 'nothing'
  return englishList(
    operand.map((element: string | number) => englishValue(element, telling)),
    'and',
  )
}

const signs = { plus: 'plus', minus: 'minus', times: 'times', dividedBy: 'divided by' } as const

const summaries = {
  sum: 'the sum of',
  average: 'the average of',
  minimum: 'the least of',
  maximum: 'the greatest of',
  distinct: 'the number of different values of',
  mostFrequent: 'the most frequent of',
} as const

function computedWords(operand: ComputedOperand, telling: Telling): string {
  switch (operand.get) {
    case 'attribute':
      return telling.isItem ? `the contact’s ${telling.attribute(operand.name)}` : telling.attribute(operand.name)
    case 'property':
      return telling.property(operand.name)
    case 'contactId':
      return 'the contact’s id'
    case 'tagCount':
      return 'the number of tags'
    case 'tagAdded':
      return `the time since which it has the tag ${englishText(telling.tag(operand.tag))}`
    case 'length':
      return `the number of ${telling.value(operand.of)}`
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return `${part(operand.left, telling)} ${signs[operand.get]} ${part(operand.right, telling)}`
    case 'later':
    case 'earlier': {
      const duration = englishDuration(operand.duration, operand.timeZone, telling)
      return `${duration} ${operand.get === 'later' ? 'after' : 'before'} ${part(operand.of, telling)}`
    }
    case 'count':
      return `the number of ${englishItems(operand.of, 'events', true, telling)}`
    case 'distinctPeriods': {
      const zone = inZone(operand.timeZone, telling)
      return `the number of different ${operand.unit}s with ${englishItems(operand.of, 'events', true, telling)}${zone}`
    }
    case 'first':
    case 'last':
      return endWords(`the ${operand.get}`, operand.of, operand.value, telling)
    case 'nth':
      return endWords(`number ${plainValue(operand.n)}`, operand.of, operand.value, telling)
    default: {
      const value = part(operand.value, telling.ofItem())
      return `${summaries[operand.get]} ${value} over ${englishItems(operand.of, 'events', true, telling)}`
    }
  }
}

function endWords(which: string, of: Items, value: Operand | undefined, telling: Telling): string {
  const isOne = which.startsWith('the ') && 'events' in of
  const items = `${which}${isOne ? '' : ' of'} ${englishItems(of, isOne ? 'event' : 'events', true, telling)}`
  return value === undefined ? items : `${part(value, telling.ofItem())} of ${items}`
}

/** A value inside another: arithmetic in parentheses. */
function part(operand: Operand, telling: Telling): string {
  const words = telling.value(operand)
  const isSimple =
    isLiteral(operand) || !['plus', 'minus', 'times', 'dividedBy', 'later', 'earlier'].includes(operand.get)
  return isSimple ? words : `(${words})`
}
