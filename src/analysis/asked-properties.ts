import type { Field, RecordsField, Shape } from '../contacts/schema.js'
import { typeOf, type Value } from '../contacts/value.js'
import { isLiteral, type Items, type LeafRule, type Operand } from '../rules/ast.js'
import { operandValue } from '../rules/evaluate.js'
import { leavesOf, operandsOf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { boundaryValues } from './boundary-values.js'

/** So many values of each property are tried. */
const mostValues = 12

/** Some items that a leaf is over, and what it takes of them. */
export interface Asked {
  readonly of: Items
  /** The properties that are summed, averaged and so on. */
  readonly values: readonly string[]
}

/** The items that a leaf is over, with the properties that it takes of them. */
export function itemsIn(leaf: LeafRule): readonly Asked[] {
  if (leaf.op === 'some' || leaf.op === 'none') return [{ of: leaf.of, values: [] }]
  if (leaf.op === 'every') {
    const { of, rule } = leaf
    return [of, { ...of, where: rule }, { ...of, where: { op: 'not', rule } as const }].map((one) => ({
      of: one,
      values: [],
    }))
  }
  if (leaf.op === 'sequence')
    return leaf.steps.map(({ of }) => ({ of, values: leaf.same === undefined ? [] : [leaf.same] }))
  return operandsOf(leaf).flatMap(({ operand }) => aggregatesIn(operand))
}

function aggregatesIn(operand: Operand): readonly Asked[] {
  if (isLiteral(operand)) return []
  switch (operand.get) {
    case 'length':
    case 'later':
    case 'earlier':
      return aggregatesIn(operand.of)
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return [...aggregatesIn(operand.left), ...aggregatesIn(operand.right)]
    case 'attribute':
    case 'contactId':
    case 'tagCount':
    case 'tagAdded':
    case 'property':
      return []
    default: {
      const value = 'value' in operand ? operand.value : undefined
      const isProperty = value !== undefined && !isLiteral(value) && value.get === 'property'
      return [{ of: operand.of, values: isProperty ? [value.name] : [] }]
    }
  }
}

/** By property, the values to try: those that the condition asks for, and for a sum what is missing to where it turns. */
export function valuesAsked(
  leaf: LeafRule,
  { where }: Items,
  values: readonly string[],
  scope: Scope,
): ReadonlyMap<string, readonly Value[]> {
  const asked = new Map<string, Value[]>()
  const add = (name: string, some: readonly Value[]): void => {
    asked.set(name, [...(asked.get(name) ?? []), ...some].slice(0, mostValues))
  }
  for (const name of values) {
    for (const { operand } of operandsOf(leaf)) {
      if (isLiteral(operand)) continue
      const targets = boundaryValues(leaf, operand, scope)
      const now = operandValue(operand, scope)
      const gaps =
        typeof now === 'number'
          ? targets.filter((target) => typeof target === 'number').map((target) => target - now)
          : []
      add(name, [...gaps, ...targets])
    }
  }
  for (const part of where === undefined ? [] : leavesOf(where)) {
    for (const { operand } of operandsOf(part.leaf)) {
      if (isLiteral(operand) || operand.get !== 'property') continue
      add(operand.name, boundaryValues(part.leaf, operand, scope))
    }
  }
  return asked
}

/** Choices of a value for each property: each value of each with the first of the others, in which it mostly is what is asked. */
export function propertiesTried(
  asked: ReadonlyMap<string, readonly Value[]>,
  shape: Shape | undefined,
): readonly Readonly<Record<string, Value>>[] {
  const fitting = [...asked].map(
    ([name, values]) => [name, values.filter((value) => fits(value, shape?.[name]))] as const,
  )
  let choices: Readonly<Record<string, Value>>[] = [{}]
  for (const [name, values] of fitting) {
    if (values.length === 0) continue
    choices = choices
      .flatMap((choice) => values.map((value) => ({ ...choice, ...Object.fromEntries([[name, value]]) })))
      .slice(0, 200)
  }
  return choices
}

function fits(value: Value, field: Field | RecordsField | undefined): boolean {
  if (field === undefined) return true
  if (field.type === 'records' || typeOf(value) !== field.type) return false
  return field.oneOf === undefined || typeof value !== 'string' || field.oneOf.includes(value)
}
