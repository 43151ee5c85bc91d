import type { Path } from '../base/errors.js'
import { isTimeZone } from '../base/time-zone.js'
import { report } from '../contacts/reading.js'
import { refuseUnknown } from '../contacts/refused.js'
import { fieldWords } from './field-words.js'
import type { NodeField } from './node-fields.js'
import { isPlainKind, readPlainField } from './read-field.js'
import type { RuleReading } from './rule-reading.js'

/** What a node is called by: a rule by its `op`, an operand by its `get`, the window of items by its `window`. */
export type NodeTag = 'op' | 'get' | 'window'

/** Reports the properties that a node should not have, and those that it lacks. What is undefined counts as left out. */
export function checkProperties(
  tag: NodeTag,
  name: string,
  fields: readonly NodeField[],
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): void {
  const known = [tag, ...fields.map((field) => field.name)]
  refuseUnknown(properties.keys(), known, `"${name}"`, 'RULE_INVALID', reading, path)
  for (const field of fields) {
    if (field.optional || properties.get(field.name) !== undefined) continue
    const message = `"${name}" lacks its ${field.name}`
    report(reading, {
      code: 'RULE_INVALID',
      path: [...path, field.name],
      message,
      expected: fieldWords[field.kind],
      received: 'undefined',
    })
  }
}

/** The reading of what stands in a node: a node's own zone is that of the dates written in it. */
export function nodeReading(properties: ReadonlyMap<string, unknown>, reading: RuleReading): RuleReading {
  const zone = properties.get('timeZone')
  if (typeof zone !== 'string' || zone.length > reading.limits.name || zone === reading.timeZone) return reading
  return isTimeZone(zone) ? { ...reading, timeZone: zone } : reading
}

/** Reads the fields of a node that hold no nodes, as far as they are there, into `values`. */
export function readPlainFields(
  fields: readonly NodeField[],
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  values: Map<string, unknown>,
): void {
  for (const { name, kind } of fields) {
    const input = properties.get(name)
    if (input === undefined || !isPlainKind(kind)) continue
    const value = readPlainField(kind, input, reading, [...path, name])
    if (value !== undefined) values.set(name, value)
  }
}

/** A frozen node: its name, and its fields in the table's order, without those that are left out. */
export function nodeObject(
  tag: NodeTag,
  name: string,
  fields: readonly NodeField[],
  values: ReadonlyMap<string, unknown>,
): object {
  const node: Record<string, unknown> = { [tag]: name }
  for (const field of fields) {
    const value = values.get(field.name)
    if (value !== undefined) node[field.name] = value
  }
  return Object.freeze(node)
}
