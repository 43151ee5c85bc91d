import { durationOf, type DurationText } from '../base/duration.js'
import type { Path } from '../base/errors.js'
import { readInstantInput } from '../contacts/read-date.js'
import { readNamed } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import { accepted, refuseUnknown, reportUnexpected } from '../contacts/refused.js'
import type { ItemWindow } from './ast.js'
import { checkNode } from './check-node.js'
import { windowFields, windowNames, type MovingWindow } from './item-window-fields.js'
import { writeDefaults } from './node-defaults.js'
import { checkProperties, nodeObject, readPlainFields } from './node-object.js'
import { nodeProperties, type RuleReading } from './rule-reading.js'
import { dateTypes } from './side-types.js'

const windowWords = 'a window, such as {"window": "inLast", "duration": "60d"}'

/** Reads the window of events or records. Undefined where it was refused; where something in it was, there is an issue. */
export function readItemWindow(
  input: unknown,
  of: 'events' | 'records',
  reading: RuleReading,
  path: Path,
): ItemWindow | undefined {
  const properties = nodeProperties(input, reading, path)
  if (properties === undefined) {
    reportUnexpected(input, windowWords, reading, path, 'RULE_INVALID')
    return undefined
  }
  const at = [...path, 'window']
  const name = readNamed(properties.get('window'), windowNames, 'RULE_INVALID', reading, at)
  if (name === 'absolute') return readAbsolute(properties, reading, path)
  if (name === 'inNext' && of === 'events') {
    const message = 'An event of the future has not happened yet: no event lies in a next window'
    const expected = 'a window over the past'
    report(reading, { code: 'RULE_INVALID', path: at, message, expected, received: '"inNext"' })
    return undefined
  }
  return name === undefined ? undefined : readMoving(name, of, properties, reading, path)
}

function readMoving(
  name: MovingWindow,
  of: 'events' | 'records',
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): ItemWindow {
  const fields = windowFields(name)
  const values = new Map<string, unknown>()
  checkProperties('window', name, fields, properties, reading, path)
  readPlainFields(fields, properties, reading, path, values)
  checkNode(name, values, reading, path)
  writeDefaults(name, fields, values, dateTypes, reading)
  // An event happens at an instant, so only days and months of a calendar need a zone; a record's date may be a day.
  if (of === 'events' && isExact(values.get('duration') ?? values.get('from'))) values.delete('timeZone')
  return nodeObject('window', name, fields, values) as ItemWindow
}

function isExact(duration: unknown): boolean {
  return duration !== undefined && durationOf(duration as DurationText).kind === 'exact'
}

function readAbsolute(
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): ItemWindow | undefined {
  refuseUnknown(properties.keys(), ['window', 'from', 'to'], '"absolute"', 'RULE_INVALID', reading, path)
  const [from, to] = ['from', 'to'].map((end) => {
    const input = properties.get(end)
    return input === undefined ? undefined : accepted(readInstantInput(input, reading, [...path, end]))?.instant
  })
  if (properties.get('from') === undefined && properties.get('to') === undefined) {
    const message = '"absolute" lacks both its ends: it would be no window'
    const expected = 'an instant in `from`, in `to` or in both'
    report(reading, { code: 'RULE_INVALID', path, message, expected, received: 'neither' })
  }
  if (from !== undefined && to !== undefined && from >= to) {
    const message = 'The window ends before it begins: there is nothing in it'
    const expected = `an instant after ${String(from)}`
    report(reading, { code: 'RULE_INVALID', path: [...path, 'to'], message, expected, received: String(to) })
  }
  return Object.freeze({
    window: 'absolute',
    ...(from === undefined ? undefined : { from }),
    ...(to === undefined ? undefined : { to }),
  })
}
