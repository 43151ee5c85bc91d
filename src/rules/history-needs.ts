import type { Path } from '../base/errors.js'
import {
  isLiteral,
  type EventItems,
  type Items,
  type ItemWindow,
  type Operand,
  type Rule,
  type SequenceStep,
} from './ast.js'
import { isRuleOfItemAlone, isValueOfItemAlone } from './item-alone.js'
import { operands, operators, type OperandRow } from './operator-table.js'
import { leavesOf, writtenFields } from './rule-walk.js'

/*
 * How far back a rule looks. Over the events of a type it needs, at each place that names them, one of three things: those
 * from the beginning of a window on, which never goes back; a total of all, to which new events can be added one by one; or
 * each single event there ever was. Events that no place needs any more can be folded away.
 */

/** What a rule needs of the events of a type, at one place. */
export type HistoryNeed = {
  readonly type: string
  /** The way from the rule to the items. */
  readonly path: Path
} & (
  | { readonly needs: 'window'; readonly window: ItemWindow }
  | { readonly needs: 'total'; readonly of: EventItems; readonly value: Operand | undefined }
  | { readonly needs: 'events'; readonly because: string }
)

const known = /* @__PURE__ */ new WeakMap<Rule, readonly HistoryNeed[]>()

/** What a rule, which must be frozen, needs of the events that its contact had. */
export function historyNeeds(rule: Rule): readonly HistoryNeed[] {
  let found = known.get(rule)
  if (found === undefined) {
    found = leavesOf(rule).flatMap(({ leaf, path }) => [...needsOfNode(leaf.op, operators[leaf.op], leaf, path)])
    known.set(rule, found)
  }
  return found
}

/** What totals can answer: a new event changes the answer in a way that does not depend on the events before. */
const byTotal: readonly string[] = ['some', 'none', 'count', 'sum', 'average', 'minimum', 'maximum', 'first', 'last']

function* needsOfNode(name: string, row: Pick<OperandRow, 'fields'>, node: object, path: Path): Iterable<HistoryNeed> {
  let of: { readonly items: Items; readonly path: Path } | undefined
  let value: Operand | undefined
  for (const field of writtenFields(node, row)) {
    const at = [...path, field.name]
    if (field.kind === 'items') of = { items: field.value as Items, path: at }
    else if (field.kind === 'itemOperand') value = field.value as Operand
    else if (field.kind === 'operand') yield* needsOfOperand(field.value as Operand, at)
    else if (field.kind === 'operands')
      for (const [place, operand] of (field.value as readonly Operand[]).entries())
        yield* needsOfOperand(operand, [...at, place])
    else if (field.kind === 'steps')
      for (const [place, step] of (field.value as readonly SequenceStep[]).entries())
        yield needOfItems(name, step.of, undefined, [...at, place, 'of'])
  }
  if (of !== undefined && 'events' in of.items) yield needOfItems(name, of.items, value, of.path)
}

function needsOfOperand(operand: Operand, path: Path): Iterable<HistoryNeed> {
  return isLiteral(operand) ? [] : needsOfNode(operand.get, operands[operand.get], operand, path)
}

function needOfItems(name: string, of: EventItems, value: Operand | undefined, path: Path): HistoryNeed {
  const { events: type, window, where } = of
  const single = (because: string): HistoryNeed => ({ type, path, needs: 'events', because })
  if (window !== undefined) {
    const isOpen = window.window === 'moreThanAgo' || (window.window === 'absolute' && window.from === undefined)
    return isOpen ? single('its window has no beginning') : { type, path, needs: 'window', window }
  }
  if (!byTotal.includes(name)) return single(`${name} looks at each of them`)
  if (where !== undefined && !isRuleOfItemAlone(where)) return single('its where looks at more than the event')
  if (value !== undefined && !isValueOfItemAlone(value)) return single('its value is of more than the event')
  return { type, path, needs: 'total', of, value }
}
