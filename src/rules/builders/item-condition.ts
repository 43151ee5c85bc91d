import type { Path } from '../../base/errors.js'
import { propertiesOf } from '../../contacts/plain-input.js'
import { report, throwIssues } from '../../contacts/reading.js'
import { refuse } from '../../contacts/refused.js'
import { isLiteral, type ComputedOperand, type Rule } from '../ast.js'
import type { RuleReading } from '../rule-reading.js'
import { everyType } from '../side-types.js'
import { readArgument } from './argument.js'
import { isFinished } from './frozen-copy.js'
import { belongingTo, checkPlaces, type Owner } from './item-place.js'
import { argumentReading, makeOperand, makeRule } from './node.js'
import { readOperandArgument } from './operand-argument.js'

/** The item that a condition or a value is about: what a function of it is given, and what belongs to it. */
export interface ItemAtHand {
  readonly owner: Owner
  readonly item: unknown
}

const conditionWords = 'values by the names of properties, or a function of the item that gives a rule'
const valueWords = 'the name of a property, or a function of the item that gives a value'

/** A property of an item. */
export function propertyOperand(name: unknown, owner: Owner): ComputedOperand {
  return belongingTo(owner, makeOperand('property', { name }))
}

/**
 * The rules that a condition on an item means, all of which are to hold. `field` is what the condition is called.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function conditionsOf(field: string, input: unknown, at: ItemAtHand): readonly Rule[] {
  const reading = argumentReading()
  const rules = isFunction(input)
    ? [readCondition(field, input(at.item), at.owner, reading)]
    : matchesOf(input, at.owner, reading, [field])
  throwIssues(field, reading)
  return rules.filter((rule) => rule !== undefined)
}

function readCondition(name: string, input: unknown, owner: Owner, reading: RuleReading): Rule | undefined {
  const field = { name, kind: 'itemRule', optional: false } as const
  const rule = readArgument(name, field, input, [], reading) as Rule | undefined
  if (rule !== undefined) checkPlaces(rule, owner, reading, [name])
  return rule
}

/** One equality for each property of an object. */
function matchesOf(input: unknown, owner: Owner, reading: RuleReading, path: Path): readonly (Rule | undefined)[] {
  // A rule is an object too, but its fields are no properties of the item.
  const isRule = typeof input === 'object' && input !== null && isFinished(input)
  const properties = isRule ? undefined : propertiesOf(input)
  if (properties === undefined) {
    refuse(input, conditionWords, reading, path, 'RULE_INVALID')
    return []
  }
  if (properties.size === 0) reportNoProperty(reading, path)
  return [...properties].map(([name, value]) => matchOf(name, value, owner, reading, [...path, name]))
}

function matchOf(name: string, value: unknown, owner: Owner, reading: RuleReading, path: Path): Rule | undefined {
  // What is undefined is often a mistake, and left out would widen the condition.
  const right = value === undefined ? undefined : readOperandArgument(value, everyType, reading, path)
  if (value === undefined) refuse(value, 'a value: whether one is there, exists() and missing() ask', reading, path)
  if (right === undefined) return undefined
  if (!isLiteral(right)) checkPlaces(right, owner, reading, path)
  const left = { operand: propertyOperand(name, owner) }
  return makeRule('equals', { left, right: isLiteral(right) ? right : { operand: right } })
}

function reportNoProperty(reading: RuleReading, path: Path): void {
  const message = 'A condition without properties would hold of all: where that is wanted, leave it out'
  report(reading, { code: 'RULE_EMPTY', path, message, expected: 'at least one property', received: 'none' })
}

/**
 * The value of each item that an aggregate is made of, by the name of a property or a function of the item; undefined where
 * none is given.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function valueOfItem(input: unknown, at: ItemAtHand): { readonly operand: ComputedOperand } | undefined {
  if (input === undefined) return undefined
  if (typeof input === 'string') return { operand: propertyOperand(input, at.owner) }
  const reading = argumentReading()
  const path = ['value']
  const value = isFunction(input) ? input(at.item) : input
  const isExpression = isFunction(input) && typeof value === 'object' && value !== null && 'operand' in value
  const operand = isExpression ? readOperandArgument(value, everyType, reading, path) : undefined
  if (!isExpression) refuse(value, valueWords, reading, path, 'RULE_INVALID')
  if (operand !== undefined) checkPlaces(operand as ComputedOperand, at.owner, reading, path)
  throwIssues('value', reading)
  return { operand: operand as ComputedOperand }
}

function isFunction(input: unknown): input is (item: unknown) => unknown {
  return typeof input === 'function'
}
