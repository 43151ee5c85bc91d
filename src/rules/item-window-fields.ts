import type { ItemWindow } from './ast.js'
import { nodeFields, type NodeField } from './node-fields.js'
import { operators } from './operator-table.js'

/** The name of a window of items. */
export type WindowName = ItemWindow['window']

/** A window that moves with the clock: it has the fields of the operator of that name, but for the date it asks. */
export type MovingWindow = Exclude<WindowName, 'absolute'>

/** The windows that move with the clock. */
export const movingWindows: readonly MovingWindow[] = Object.freeze([
  'inLast',
  'inNext',
  'moreThanAgo',
  'betweenAgo',
  'inCalendar',
])

/** All windows of items. */
export const windowNames: readonly WindowName[] = Object.freeze([...movingWindows, 'absolute'])

/** The JSON fields of a window that moves besides `window`, in the order in which they are written. */
export function windowFields(name: MovingWindow): readonly NodeField[] {
  return nodeFields(operators[name]).filter(({ kind }) => kind !== 'operand')
}
