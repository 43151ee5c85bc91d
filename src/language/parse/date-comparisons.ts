import type { Sentence } from '../sentence.js'
import { notOf, ruleOf, type SaidField, type SaidRule, type SaidValue } from './nodes.js'

/*
 * Dates have words of their own for what numbers have signs for. People use the signs all the same: `createdAt >= 2026-01-01`
 * is said as `on` that day, or `after` it.
 */

const signs = {
  greaterThan: ['after'],
  atLeast: ['on', 'after'],
  lessThan: ['before'],
  atMost: ['on', 'before'],
  equals: ['on'],
  notEquals: ['on'],
} as const

/** What is said of dates by a sign for numbers; undefined where it is not said of dates. */
export function dateComparison(
  sentence: Sentence,
  op: string,
  right: SaidField | undefined,
  left: SaidValue,
  isInstant: boolean,
): SaidRule | undefined {
  const wanted = right?.[1]
  if (right === undefined || !isDate(wanted) || !Object.hasOwn(signs, op)) return undefined
  // An instant is never equal to a day, and a day is.
  const isEqual = op === 'equals' || op === 'notEquals'
  if (isEqual && !(isInstant && 'day' in wanted)) return undefined
  const of = (date: 'on' | 'after' | 'before'): SaidRule =>
    ruleOf(sentence, left, date, ['left', left.operand, left], right)
  const [first, second] = signs[op as keyof typeof signs]
  if (op === 'notEquals') return notOf(sentence, left, of(first))
  if (second === undefined) return of(first)
  return ruleOf(sentence, left, 'any', ['rules', [of(first).rule, of(second).rule]])
}

function isDate(operand: unknown): operand is object {
  return typeof operand === 'object' && operand !== null && ('day' in operand || 'instant' in operand)
}
