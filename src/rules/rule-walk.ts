import type { Path } from '../base/errors.js'
import { isLiteral, type Items, type LeafRule, type Operand, type Rule, type SequenceStep } from './ast.js'
import { nodeFields } from './node-fields.js'
import { operands, operators, type FieldKind, type OperandRow } from './operator-table.js'

/*
 * Ways through a rule. What a node's fields hold is asked of the operator table, so that a new operator is walked, and
 * what it reads found, without a line here.
 */

/** A rule inside another, and the way to it from there. */
export interface InnerRule {
  readonly rule: Rule
  readonly path: Path
}

/** The rules directly inside a rule, in order. */
export function innerRules(rule: Rule): readonly InnerRule[] {
  switch (rule.op) {
    case 'not':
      return [{ rule: rule.rule, path: ['rule'] }]
    case 'all':
    case 'any':
    case 'someOf':
      return rule.rules.map((inner, place) => ({ rule: inner, path: ['rules', place] }))
    default:
      return []
  }
}

/** Visits a rule and all rules inside it, each before those inside it, with its path from the outermost. */
export function walkRule(rule: Rule, visit: (node: Rule, path: Path) => void, path: Path = []): void {
  visit(rule, path)
  for (const inner of innerRules(rule)) walkRule(inner.rule, visit, [...path, ...inner.path])
}

/** Whether a rule is a leaf: a condition about the contact itself, without rules or segments in it. */
export function isLeaf(rule: Rule): rule is LeafRule {
  const { shape } = operators[rule.op]
  return shape !== 'constant' && shape !== 'group' && shape !== 'segment'
}

/** A leaf of a rule, and the way to it. */
export interface LeafPlace {
  readonly leaf: LeafRule
  readonly path: Path
}

/** The leaves of a rule, in order; equal ones as often as they stand there. */
export function leavesOf(rule: Rule): readonly LeafPlace[] {
  const found: LeafPlace[] = []
  walkRule(rule, (node, path) => {
    if (isLeaf(node)) found.push({ leaf: node, path })
  })
  return found
}

/** The segments that a rule refers to, in the order of their first places. */
export function referencesOf(rule: Rule): ReadonlySet<string> {
  const found = new Set<string>()
  walkRule(rule, (node) => {
    if (node.op === 'inSegment') found.add(node.segment)
  })
  return found
}

/** An operand of a leaf, and the way to it. */
export interface OperandPlace {
  readonly operand: Operand
  readonly path: Path
}

/** The direct operands of a leaf, in the order of its fields, literals too; not the operands inside them. */
export function operandsOf(leaf: LeafRule): readonly OperandPlace[] {
  const found: OperandPlace[] = []
  for (const { name, kind, value } of writtenFields(leaf, operators[leaf.op])) {
    if (kind === 'operand') found.push({ operand: value as Operand, path: [name] })
    if (kind !== 'operands') continue
    for (const [place, operand] of (value as readonly Operand[]).entries()) found.push({ operand, path: [name, place] })
  }
  return found
}

/** What of a contact a leaf reads: it cannot flip for a contact of which none of this has changed, but by time. */
export interface LeafFields {
  readonly attributes: ReadonlySet<string>
  /** The tags that it names. */
  readonly tags: ReadonlySet<string>
  /** Whether it reads tags by a pattern, or counts them. */
  readonly anyTag: boolean
  /** The types of events that it is over. */
  readonly events: ReadonlySet<string>
  /** The collections of records that it is over. */
  readonly records: ReadonlySet<string>
  /** Whether time moves what it is over: events of the future, windows of aggregates, dates of items. */
  readonly itemsMove: boolean
}

/** What of a contact a leaf reads. */
export function fieldsOf(leaf: LeafRule): LeafFields {
  const fields = noFields()
  readFields(leaf, operators[leaf.op], fields)
  return fields
}

/** What of a contact an operand reads. */
export function operandFields(operand: Operand): LeafFields {
  const fields = noFields()
  addOperand(operand, fields)
  return fields
}

interface FieldsRead {
  readonly attributes: Set<string>
  readonly tags: Set<string>
  anyTag: boolean
  readonly events: Set<string>
  readonly records: Set<string>
  itemsMove: boolean
}

function noFields(): FieldsRead {
  return {
    attributes: new Set<string>(),
    tags: new Set<string>(),
    anyTag: false,
    events: new Set<string>(),
    records: new Set<string>(),
    itemsMove: false,
  }
}

function addOperand(operand: Operand, fields: FieldsRead): void {
  if (isLiteral(operand)) return
  if (operand.get === 'attribute') fields.attributes.add(operand.name)
  else if (operand.get === 'tagCount') fields.anyTag = true
  else readFields(operand, operands[operand.get], fields)
}

function readFields(node: object, row: Pick<OperandRow, 'fields'>, fields: FieldsRead): void {
  for (const { kind, value } of writtenFields(node, row)) {
    if (kind === 'operand' || kind === 'itemOperand') addOperand(value as Operand, fields)
    else if (kind === 'operands') for (const operand of value as readonly Operand[]) addOperand(operand, fields)
    else if (kind === 'tag') fields.tags.add(value as string)
    else if (kind === 'tags') for (const tag of value as readonly string[]) fields.tags.add(tag)
    else if (kind === 'glob') fields.anyTag = true
    else if (kind === 'items' || kind === 'recordItems') addItems(value as Items, fields)
    else if (kind === 'itemRule') addItemRule(value as Rule, fields)
    else if (kind === 'steps') for (const { of } of value as readonly SequenceStep[]) addItems(of, fields)
  }
}

function addItems(items: Items, fields: FieldsRead): void {
  if ('events' in items) fields.events.add(items.events)
  else fields.records.add(items.records[0] ?? '')
  // What lies in the future counts from its instant on, so an event always waits for time.
  if ('events' in items || items.window !== undefined) fields.itemsMove = true
  if (items.where !== undefined) addItemRule(items.where, fields)
}

/** A condition on an item reads the contact's attributes, and of its records only those inside the item. */
function addItemRule(rule: Rule, fields: FieldsRead): void {
  for (const { leaf } of leavesOf(rule)) {
    const inner = noFields()
    readFields(leaf, operators[leaf.op], inner)
    for (const name of inner.attributes) fields.attributes.add(name)
    if (inner.itemsMove || moves(leaf)) fields.itemsMove = true
  }
}

/** Whether time alone may ever flip a leaf. */
export function isMovedByTime(leaf: LeafRule): boolean {
  return moves(leaf) || fieldsOf(leaf).itemsMove
}

/** Whether time moves a leaf by itself. */
function moves(leaf: LeafRule): boolean {
  const { shape } = operators[leaf.op]
  return shape === 'window' || shape === 'anniversary'
}

/** A field of a node that is there. */
export interface WrittenField {
  readonly name: string
  readonly kind: FieldKind
  readonly value: unknown
}

/** The fields of a node that are there, with what the table says that they hold. */
export function* writtenFields(node: object, row: Pick<OperandRow, 'fields'>): Iterable<WrittenField> {
  for (const { name, kind } of nodeFields(row)) {
    const value = (node as Readonly<Record<string, unknown>>)[name]
    if (value !== undefined) yield { name, kind, value }
  }
}
