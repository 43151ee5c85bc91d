import type { Items, ItemWindow, Operand, Rule, SequenceStep } from 'coterie/rules'
import { durationInWords, operandInWords, type Names } from './rule-words.js'

/* Events and records in plain English: `no purchase in the last 60 days`, `more than 3 tickets`. */

type Comparison = 'equals' | 'greaterThan' | 'atLeast' | 'lessThan' | 'atMost'
type Count = Extract<Operand, { readonly get: 'count' }>

/** One of them: `a deal whose status is open`. */
export function oneInWords(items: Items, names: Names): string {
  const noun = nounOf(items)
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}${restInWords(items, names)}`
}

/** None of them: `no purchase in the last 60 days`. */
export function noneInWords(items: Items, names: Names): string {
  return `no ${nounOf(items)}${restInWords(items, names)}`
}

/** A comparison of how many there are: `more than 3 tickets`, `fewer purchases in the last 60 days than 60 to 120 days ago`. */
export function countInWords(op: Comparison, { of }: Count, right: Operand, names: Names): string {
  if (typeof right === 'object' && 'get' in right && right.get === 'count' && nounOf(right.of) === nounOf(of)) {
    const than = windowInWords(right.of.window).trim() || 'in all'
    return `${op === 'lessThan' ? 'fewer' : 'more'} ${manyInWords(of, names)} than ${than}`
  }
  const number = operandInWords(right, names)
  const many = right === 1 ? `${nounOf(of)}${restInWords(of, names)}` : manyInWords(of, names)
  switch (op) {
    case 'equals':
      return `exactly ${number} ${many}`
    case 'greaterThan':
      return `more than ${number} ${many}`
    case 'atLeast':
      return `at least ${number} ${many}`
    case 'lessThan':
      return `fewer than ${number} ${many}`
    case 'atMost':
      return `at most ${number} ${many}`
  }
}

/** What is computed from them: `total amount of purchases`, `last conversation`. */
export function aggregateInWords(operand: Operand, names: Names): string {
  if (typeof operand !== 'object' || !('get' in operand) || !('of' in operand)) return JSON.stringify(operand)
  const { get } = operand
  if (get === 'count') return `number of ${manyInWords(operand.of, names)}`
  if ((get === 'first' || get === 'last') && operand.value === undefined) {
    return `${get} ${nounOf(operand.of)}${restInWords(operand.of, names)}`
  }
  if (get === 'sum') return `total ${valueName(operand.value)} of ${manyInWords(operand.of, names)}`
  return JSON.stringify(operand)
}

/** `a purchase, then another within 30 days`. */
export function sequenceInWords(steps: readonly SequenceStep[], names: Names): string {
  const [first, ...rest] = steps
  if (first === undefined) return ''
  const later = rest.map(({ of, not, within, after }) => {
    const another = nounOf(of) === nounOf(first.of) ? 'another' : oneInWords(of, names)
    const limit = within === undefined ? '' : ` within ${durationInWords(within)}`
    const pause = after === undefined ? '' : ` after ${durationInWords(after)}`
    return `then ${not === true ? noneInWords(of, names) : another}${limit}${pause}`
  })
  return [oneInWords(first.of, names), ...later].join(', ')
}

/** What an event or a record is called, from its type or collection: `deal`. */
export function nounOf(items: Items): string {
  if ('events' in items) return items.events
  return (items.records.at(-1) ?? '').replace(/s$/, '')
}

function manyInWords(items: Items, names: Names): string {
  return `${nounOf(items)}s${restInWords(items, names)}`
}

function restInWords({ where, window }: Items, names: Names): string {
  return `${where === undefined ? '' : whereInWords(where, names)}${windowInWords(window)}`
}

function whereInWords(where: Rule, names: Names): string {
  if (where.op !== 'equals') return ` such that ${JSON.stringify(where)}`
  return ` whose ${valueName(where.left)} is ${operandInWords(where.right, names)}`
}

function valueName(operand: Operand): string {
  return typeof operand === 'object' && 'get' in operand && operand.get === 'property'
    ? operand.name
    : JSON.stringify(operand)
}

function windowInWords(window: ItemWindow | undefined): string {
  switch (window?.window) {
    case undefined:
      return ''
    case 'inLast':
      return ` in the last ${durationInWords(window.duration)}`
    case 'moreThanAgo':
      return ` more than ${durationInWords(window.duration)} ago`
    case 'betweenAgo':
      return ` ${durationInWords(window.from).replace(/ days?$/, '')} to ${durationInWords(window.to)} ago`
    default:
      return ` in ${JSON.stringify(window)}`
  }
}
