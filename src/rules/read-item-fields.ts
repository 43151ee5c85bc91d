import type { Path } from '../base/errors.js'
import { unknownItem, type ItemScope } from './item-scope.js'
import type { NodeField } from './node-fields.js'
import { readItems, readRecordItems, reportTimeless } from './read-items.js'
import { readSteps } from './read-steps.js'
import type { RuleReading } from './rule-reading.js'

/** The operands that are about the time of items. */
const aboutTime: ReadonlySet<string> = /* @__PURE__ */ new Set(['first', 'last', 'nth', 'distinctPeriods'])

/**
 * Reads the fields of a node that are about events and records into `values`, but for values of these; `depth` is theirs. Gives
 * what is known of the items that the node is about.
 */
export function readItemFields(
  node: string,
  fields: readonly NodeField[],
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
  depth: number,
  values: Map<string, unknown>,
): ItemScope {
  let scope = unknownItem
  for (const { name, kind } of fields) {
    const input = properties.get(name)
    if (input === undefined) continue
    const at = [...path, name]
    if (kind === 'items' || kind === 'recordItems') {
      const read = (kind === 'items' ? readItems : readRecordItems)(input, reading, at, depth)
      scope = read.scope
      values.set(name, read.items)
      if (!read.isTimed && aboutTime.has(node)) reportTimeless(`"${node}"`, reading, at)
    }
    if (kind === 'itemRule') values.set(name, reading.readNode(input, { ...reading, item: scope }, at, depth))
    if (kind === 'steps') values.set(name, readSteps(input, properties.get('same'), reading, path, depth))
  }
  return scope
}
