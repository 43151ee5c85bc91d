import type { Path } from '../base/errors.js'
import { timeZone } from '../base/time-zone.js'
import type { Value } from '../contacts/value.js'
import { isLiteral, type Items, type LeafRule, type Operand } from './ast.js'
import { operandValue } from './evaluate.js'
import { operandsOf } from './rule-walk.js'
import type { Scope } from './scope.js'
import { intervalOf, isWindowRule } from './windows.js'

/** An operand of a leaf and what it was of the contact; `value` is left out where it was missing. */
export interface SeenValue {
  readonly path: Path
  readonly operand: Operand
  readonly value?: Value
  /** Of an aggregate over a window: where the window is. */
  readonly window?: SeenWindow
}

/** The instants `from <= t < to` in ms; null where the window is open. */
export interface SeenWindow {
  readonly from: number | null
  readonly to: number | null
}

/** What a leaf looked at. */
export interface Seen {
  /** Its operands, literals too; left out where it has none. */
  readonly values?: readonly SeenValue[]
  /** Of a leaf about a window: where the window is; for anniversaries, the days among which one was looked for. */
  readonly window?: SeenWindow
}

/** What there was to see of a leaf, as far as there was something; frozen. `path` is the leaf's. */
export function seenBy(leaf: LeafRule, path: Path, scope: Scope): Seen {
  const values = operandsOf(leaf).map(({ operand, path: step }): SeenValue => {
    // Dates that were computed are nobody's yet, all other values are frozen already.
    const value = Object.freeze(operandValue(operand, scope))
    const window = isLiteral(operand) || !('of' in operand) ? undefined : itemsWindow(operand.of, scope)
    return Object.freeze({
      path: Object.freeze([...path, ...step]),
      operand,
      ...(value === undefined ? undefined : { value }),
      ...(window === undefined ? undefined : { window }),
    })
  })
  const window = windowSeen(leaf, scope)
  return {
    ...(values.length === 0 ? undefined : { values: Object.freeze(values) }),
    ...(window === undefined ? undefined : { window: Object.freeze(window) }),
  }
}

function windowSeen(leaf: LeafRule, scope: Scope): SeenWindow | undefined {
  if (isWindowRule(leaf)) {
    const { from, to } = intervalOf(leaf, scope)
    return { from: closed(from), to: closed(to) }
  }
  if (leaf.op === 'some' || leaf.op === 'none' || leaf.op === 'every') return itemsWindow(leaf.of, scope)
  if (leaf.op !== 'anniversaryIn') return undefined
  const zone = timeZone(leaf.timeZone ?? scope.timeZone)
  const first = zone.dayOf(scope.now) + (leaf.current ? 0 : 1)
  return { from: zone.startOfDay(first), to: zone.startOfDay(first + leaf.days) }
}

/** Where the window is of the items that something is over; undefined where it is over all of them, or over no items. */
function itemsWindow(of: Items | Operand, scope: Scope): SeenWindow | undefined {
  if (typeof of !== 'object' || !('events' in of || 'records' in of) || of.window === undefined) return undefined
  const { from, to } = intervalOf(of.window, scope)
  return Object.freeze({ from: closed(from), to: closed(to) })
}

function closed(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null
}
