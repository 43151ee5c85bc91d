import type { Contact } from '../contacts/contact.js'
import type { ContactEvent } from '../contacts/event.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Field, RecordsField, Schema, Shape } from '../contacts/schema.js'
import { typeOf, type Value } from '../contacts/value.js'
import { isLiteral, type Items, type LeafRule, type Operand } from '../rules/ast.js'
import { operandValue } from '../rules/evaluate.js'
import { leavesOf, operandsOf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { intervalOf } from '../rules/windows.js'
import { boundaryValues } from './boundary-values.js'
import {
  eventRecorded,
  eventRemoved,
  recordPut,
  recordRemoved,
  recordsOf,
  type ContactChange,
} from './contact-change.js'

/** So many events or records of one kind are tried without. */
const mostTaken = 30

/** So many values of each property are tried. */
const mostValues = 12

/** Changes of one event or record by which a leaf may turn over: one more, one less, or one record that is otherwise. */
export function itemChanges(
  leaf: LeafRule,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  return itemsIn(leaf).flatMap(({ of, values }) =>
    'events' in of
      ? eventChanges(of, valuesAsked(leaf, of, values, scope), contact, scope, schema)
      : recordChanges(of, valuesAsked(leaf, of, values, scope), contact, scope, schema),
  )
}

interface Asked {
  readonly of: Items
  /** The properties that are summed, averaged and so on. */
  readonly values: readonly string[]
}

/** The items that a leaf is over, with the properties that it takes of them. */
function itemsIn(leaf: LeafRule): readonly Asked[] {
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
function valuesAsked(
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
function propertiesTried(
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

function eventChanges(
  of: Extract<Items, { readonly events: string }>,
  asked: ReadonlyMap<string, readonly Value[]>,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  const { events: type, window } = of
  const shape = schema?.events !== undefined && Object.hasOwn(schema.events, type) ? schema.events[type] : undefined
  const before =
    contact.folded !== undefined && Object.hasOwn(contact.folded, type) ? contact.folded[type]?.before : undefined
  const { from, to } = window === undefined ? { from: -Infinity, to: Infinity } : intervalOf(window, scope)
  const times = [Math.min(scope.now, to - 1), from, scope.now].filter(
    (at) => Number.isFinite(at) && at <= scope.now && at >= (before ?? -Infinity),
  )
  const added = [...new Set(times)].flatMap((at) =>
    propertiesTried(asked, shape).map((properties) => eventRecorded(contact, { type, at, properties })),
  )
  const named = contact.events.filter(
    (event): event is ContactEvent & { readonly id: string } => event.type === type && event.id !== undefined,
  )
  return [...added, ...named.slice(-mostTaken).map((event) => eventRemoved(contact, event))]
}

function recordChanges(
  of: Extract<Items, { readonly records: readonly string[] }>,
  asked: ReadonlyMap<string, readonly Value[]>,
  contact: Contact,
  scope: Scope,
  schema: Schema | undefined,
): readonly ContactChange[] {
  const [collection = '', ...inner] = of.records
  const held = recordsOf(contact, collection)
  const taken = held.slice(0, mostTaken).map(({ id }) => recordRemoved(contact, collection, id))
  // What is inside of records is not made up.
  if (inner.length > 0) return taken
  const shape =
    schema?.records !== undefined && Object.hasOwn(schema.records, collection) ? schema.records[collection] : undefined
  const dates = of.by === undefined ? new Map<string, readonly Value[]>() : new Map([[of.by, datesIn(of, scope)]])
  const tries = propertiesTried(new Map([...asked, ...dates]), shape)
  const made: ContactRecord[] = tries.map((fields) => ({ ...fields, id: newId(held) }))
  const changed = held
    .slice(0, mostTaken)
    .flatMap((record) =>
      tries.slice(0, mostTaken).map((fields): ContactRecord => ({ ...record, ...fields, id: record.id })),
    )
  return [...taken, ...[...made, ...changed].map((record) => recordPut(contact, collection, record))]
}

function datesIn({ window }: Items, scope: Scope): readonly Value[] {
  const { from, to } = window === undefined ? { from: scope.now, to: scope.now + 1 } : intervalOf(window, scope)
  return [from, to - 1].filter(Number.isFinite).map((instant) => ({ instant }))
}

/** An id that no record has. */
function newId(held: readonly ContactRecord[]): string {
  let number = held.length + 1
  while (held.some(({ id }) => id === `new-${String(number)}`)) number += 1
  return `new-${String(number)}`
}
