import type { Contact } from '../contacts/contact.js'
import { fieldOf, type Field, type Schema } from '../contacts/schema.js'
import { isList, sameValue, typeOf, type Value } from '../contacts/value.js'
import { isLiteral, type LeafRule } from '../rules/ast.js'
import { operandValue } from '../rules/evaluate.js'
import { operandFields, operandsOf, fieldsOf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { boundaryValues, movedAlong } from './boundary-values.js'
import { attributeSet, type ContactChange } from './contact-change.js'

/** Changes of one attribute by which a leaf may turn over: to the values around what it asks for, or to nothing. */
export function attributeChanges(
  leaf: LeafRule,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  const changes: ContactChange[] = []
  for (const name of fieldsOf(leaf).attributes) {
    const field = fieldOf(schema?.attributes, name)
    if (schema !== undefined && field === undefined) continue
    const now = Object.hasOwn(contact.attributes, name) ? contact.attributes[name] : undefined
    const tries = [...valuesFor(leaf, name, now, scope), ...(field?.oneOf ?? [])]
    for (const value of tries) {
      const fitted = fittedTo(value, field)
      if (fitted === undefined || (now !== undefined && sameValue(now, fitted))) continue
      changes.push(attributeSet(contact, name, fitted))
    }
    if (now !== undefined) changes.push(attributeSet(contact, name, undefined))
  }
  return changes
}

function valuesFor(leaf: LeafRule, name: string, now: Value | undefined, scope: Scope): readonly Value[] {
  return operandsOf(leaf).flatMap(({ operand }): readonly Value[] => {
    if (isLiteral(operand) || !operandFields(operand).attributes.has(name)) return []
    const targets = boundaryValues(leaf, operand, scope)
    if (operand.get === 'attribute') return targets
    const whole = operandValue(operand, scope)
    if (now === undefined || whole === undefined) return []
    const moved = targets.map((target) => movedAlong(now, whole, target))
    return moved.filter((value) => value !== undefined)
  })
}

/** A value as the field can hold it; undefined where it cannot. */
function fittedTo(value: Value, field: Field | undefined): Value | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined
  if (field === undefined) return value
  if (typeOf(value) !== field.type) return undefined
  const { oneOf, of } = field
  if (typeof value === 'string') return oneOf === undefined || oneOf.includes(value) ? value : undefined
  if (!isList(value)) return value
  const fits = [...value].every(
    (element) =>
      typeof element === (of === 'number' ? 'number' : 'string') && (oneOf?.includes(String(element)) ?? true),
  )
  return fits ? value : undefined
}
