import { show } from '../../base/errors.js'
import { propertiesOf } from '../../contacts/plain-input.js'
import { readInstantInput } from '../../contacts/read-date.js'
import { report, throwIssues } from '../../contacts/reading.js'
import { accepted } from '../../contacts/refused.js'
import type { Items, ItemWindow } from '../ast.js'
import { windowFields, type MovingWindow } from '../item-window-fields.js'
import { reportTimeless } from '../read-items.js'
import { readItemWindow } from '../read-item-window.js'
import type { RuleReading } from '../rule-reading.js'
import { durationArgument } from './argument.js'
import { finish } from './frozen-copy.js'
import { argumentReading, readOptions } from './node.js'

/**
 * A window that moves with the clock, for items that have none: it has the fields of the rule of that name. `options` is an
 * object of the user's for those that are not in `given`.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`.
 */
export function movingWindow(
  items: Items,
  window: MovingWindow,
  given: Readonly<Record<string, unknown>>,
  options: unknown,
): ItemWindow {
  const reading = argumentReading()
  checkTime(items, window)
  if (items.window !== undefined) reportSecond(items.window, window, reading)
  const open = windowFields(window).flatMap(({ name }) => (name in given ? [] : [name]))
  const written = Object.entries(given).map(([name, input]) => [name, durationArgument(input)] as const)
  const inputs = [['window', window] as const, ...readOptions(window, open, options, reading), ...written]
  const read = readItemWindow(Object.fromEntries(inputs), 'events' in items ? 'events' : 'records', reading, [])
  throwIssues(window, reading)
  return finish(read as ItemWindow)
}

type Absolute = Extract<ItemWindow, { readonly window: 'absolute' }>
type End = 'from' | 'to'

/**
 * An absolute window, for items that have none or only its other end. A written date is left as it is: what it means depends
 * on the zone in which the rule is read.
 *
 * @throws CoterieError where the end is no instant, or not after the beginning.
 */
export function absoluteWindow(items: Items, end: End, input: unknown): Absolute {
  const reading = argumentReading()
  checkTime(items, end)
  const { window } = items
  const other = window?.window === 'absolute' && window[end] === undefined ? window : undefined
  if (window !== undefined && other === undefined) reportSecond(window, end, reading)
  const ends: Partial<Record<End, unknown>> = { ...other, [end]: readEnd(end, input, reading) }
  checkEnds(ends, end, reading)
  throwIssues(end, reading)
  const { from, to } = ends
  return finish({
    window: 'absolute',
    ...(from === undefined ? undefined : { from }),
    ...(to === undefined ? undefined : { to }),
  }) as Absolute
}

/** Milliseconds, or the text of a written date. */
function readEnd(end: End, input: unknown, reading: RuleReading): unknown {
  const instant = accepted(readInstantInput(input, reading, [end]))?.instant
  const written = propertiesOf(input)?.get('instant') ?? input
  return typeof written === 'string' ? written : instant
}

function checkEnds({ from, to }: Readonly<Partial<Record<End, unknown>>>, end: End, reading: RuleReading): void {
  if (typeof from !== 'number' || typeof to !== 'number' || from < to) return
  const message = 'The window ends before it begins: there is nothing in it'
  const expected = end === 'to' ? `an instant after ${String(from)}` : `an instant before ${String(to)}`
  report(reading, { code: 'RULE_INVALID', path: [end], message, expected, received: String(end === 'to' ? to : from) })
}

function reportSecond({ window }: ItemWindow, name: string, reading: RuleReading): void {
  const message = `"${name}" would be a second window beside ${show(window)}: there is one at most`
  report(reading, { code: 'RULE_INVALID', path: ['window'], message, expected: 'one window', received: 'a second one' })
}

/**
 * Checks that items have a time: what `name` asks is about it.
 *
 * @throws CoterieError `RULE_INVALID` for records without a date field that gives it.
 */
export function checkTime(items: Items, name: string): void {
  if ('events' in items || items.by !== undefined) return
  const reading = argumentReading()
  reportTimeless(`"${name}"`, reading, [])
  throwIssues(name, reading)
}
