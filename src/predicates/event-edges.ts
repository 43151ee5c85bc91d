import { durationOf, type DurationText } from '../base/duration.js'
import { shiftedEdge, type Edge } from '../base/window-edge.js'
import {
  isLiteral,
  type EventItems,
  type Items,
  type ItemWindow,
  type LeafRule,
  type Operand,
  type Rule,
  type WindowRule,
} from '../rules/ast.js'
import { isMovedByTime, leavesOf, operandFields, operandsOf } from '../rules/rule-walk.js'
import { isWindowRule, windowEdges } from '../rules/windows.js'

/*
 * When time moves a condition over events. Mostly it does so only as one of the events passes an edge that is the same for
 * all of them: it happens, it comes into a window, it goes out of one. Then nothing need be kept per contact: the edges are
 * enough. What moves in other ways has none here, and waits per contact: sequences, conditions on events that time moves,
 * dates shifted from those of events, records.
 */

/** An edge that events of a type pass, one after the other. Equal keys are equal edges. */
export interface EventEdge {
  readonly type: string
  readonly key: string
  readonly edge: Edge
}

const arrival: Omit<EventEdge, 'type'> = Object.freeze({ key: 'arrival', edge: shiftedEdge(1) })

/** The edges at which alone time moves a leaf; `undefined` where there is more to it. */
export function eventEdgesOf(leaf: LeafRule, timeZone: string): readonly EventEdge[] | undefined {
  const found = new Map<string, EventEdge>()
  return addLeaf(leaf, timeZone, found) ? [...found.values()] : undefined
}

/**
 * The type of events of which a leaf asks when the first or last of all was. Once events of it are folded away that can be
 * one which is in no history any more, and then the edges do not tell.
 */
export function endOfAll(leaf: LeafRule): string | undefined {
  if (!isWindowRule(leaf) || isLiteral(leaf.left)) return undefined
  const { left } = leaf
  if ((left.get !== 'first' && left.get !== 'last') || !('events' in left.of)) return undefined
  return left.of.window === undefined ? left.of.events : undefined
}

function addLeaf(leaf: LeafRule, timeZone: string, found: Map<string, EventEdge>): boolean {
  if (isWindowRule(leaf)) return addWindowOfEnd(leaf, timeZone, found)
  if (wanting.has(leaf.op)) return false
  return operandsOf(leaf).every(({ operand }) => addOperand(operand, timeZone, found))
}

/** What has no edges of its own. Whether there are some events is asked as how many there are, and not here. */
const wanting: ReadonlySet<string> = /* @__PURE__ */ new Set(['some', 'none', 'every', 'sequence', 'anniversaryIn'])

function addOperand(operand: Operand, timeZone: string, found: Map<string, EventEdge>): boolean {
  if (isLiteral(operand) || !operandFields(operand).itemsMove) return true
  switch (operand.get) {
    case 'length':
      return addOperand(operand.of, timeZone, found)
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return addOperand(operand.left, timeZone, found) && addOperand(operand.right, timeZone, found)
    case 'later':
    case 'earlier':
      return addOperand(operand.of, timeZone, found)
    case 'count':
    case 'distinctPeriods':
      return addItems(operand.of, timeZone, found)
    case 'sum':
    case 'average':
    case 'minimum':
    case 'maximum':
    case 'distinct':
    case 'mostFrequent':
    case 'first':
    case 'last':
    case 'nth':
      return isStill(operand.value) && addItems(operand.of, timeZone, found)
    default:
      return true
  }
}

/** The first, last or nth event in a window of its own: it goes in and out as the event itself passes the window's edges. */
function addWindowOfEnd(rule: WindowRule, timeZone: string, found: Map<string, EventEdge>): boolean {
  const { left } = rule
  if (isLiteral(left) || (left.get !== 'first' && left.get !== 'last' && left.get !== 'nth')) return false
  if (left.value !== undefined || !('events' in left.of)) return false
  const { events: type } = left.of
  const { from, to } = windowEdges(rule, timeZone)
  add({ type, ...sharedEdge('from', rule, timeZone, from) }, found)
  add({ type, ...sharedEdge('to', rule, timeZone, to) }, found)
  return addItems(left.of, timeZone, found)
}

function addItems(items: Items, timeZone: string, found: Map<string, EventEdge>): boolean {
  if (!('events' in items)) return items.window === undefined && isStillRule(items.where)
  if (!isStillRule(items.where)) return false
  addEvents(items, timeZone, found)
  return true
}

function addEvents({ events: type, window }: EventItems, timeZone: string, found: Map<string, EventEdge>): void {
  add({ type, ...arrival }, found)
  // The ends of an absolute window stand still: nothing passes them but by being recorded.
  if (window === undefined || window.window === 'absolute') return
  const { from, to } = windowEdges(window, timeZone)
  add({ type, ...sharedEdge('from', window, timeZone, from) }, found)
  add({ type, ...sharedEdge('to', window, timeZone, to) }, found)
}

function isStill(value: Operand | undefined): boolean {
  return value === undefined || !operandFields(value).itemsMove
}

function isStillRule(where: Rule | undefined): boolean {
  return where === undefined || leavesOf(where).every(({ leaf }) => !isMovedByTime(leaf))
}

function add(edge: EventEdge, found: Map<string, EventEdge>): void {
  found.set(`${edge.key} ${edge.type}`, edge)
}

/** Windows of one exact length share their edge, whichever way they are written; of others those that are written alike. */
function sharedEdge(
  end: 'from' | 'to',
  window: WindowRule | ItemWindow,
  timeZone: string,
  edge: Edge,
): Omit<EventEdge, 'type'> {
  const name = 'op' in window ? window.op : window.window
  if (end === 'to' && (name === 'inLast' || name === 'notInLast')) return arrival
  const ago = agoOf(end, window)
  const length = ago === undefined ? undefined : durationOf(ago)
  if (length?.kind === 'exact') return { key: `${String(length.ms)} ago`, edge }
  // What it is asked of is no part of the window.
  return { key: `${end} ${timeZone} ${JSON.stringify({ ...window, left: undefined })}`, edge }
}

/** How long ago an edge is, where that is how it is written; what lasts up to now ends with what arrives. */
function agoOf(end: 'from' | 'to', window: WindowRule | ItemWindow): DurationText | undefined {
  switch ('op' in window ? window.op : window.window) {
    case 'betweenAgo': {
      const { from, to } = window as { readonly from: DurationText; readonly to: DurationText }
      return end === 'from' ? to : from
    }
    case 'inLast':
    case 'notInLast':
      return (window as { readonly duration: DurationText }).duration
    case 'moreThanAgo':
      return end === 'to' ? (window as { readonly duration: DurationText }).duration : undefined
    default:
      return undefined
  }
}
