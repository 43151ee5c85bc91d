import { show, type Path } from '../base/errors.js'
import { propertiesOf } from './plain-input.js'
import { readId } from './read-text.js'
import { readSimpleValue, readValue, type ValueInput } from './read-value.js'
import { reportName, type Reading } from './reading.js'
import { refuse, refused } from './refused.js'
import { fieldOf, type Field } from './schema.js'
import type { Value } from './value.js'

/** Attributes as people write them; `null` and `undefined` mean missing. */
export type AttributesInput = Readonly<Record<string, ValueInput>>

/**
 * Reads attributes by their names, in order; `null` stands for one that is missing, or is to be taken away. Left out as a
 * whole they are none. Undefined where something in them was refused.
 */
export function readAttributes(input: unknown, reading: Reading, path: Path): Map<string, Value | null> | undefined {
  const attributes = new Map<string, Value | null>()
  const isWhole = visitAttributes(input, reading, path, (name, value) => attributes.set(name, value))
  return isWhole ? attributes : undefined
}

/** The same one by one, for those who keep them in another way. Returns whether nothing was refused. */
export function visitAttributes(
  input: unknown,
  reading: Reading,
  path: Path,
  visit: (name: string, value: Value | null) => void,
): boolean {
  if (input === undefined) return true
  const properties = propertiesOf(input)
  if (properties === undefined) {
    refuse(input, 'an object of attributes', reading, path)
    return false
  }
  let isWhole = true
  for (let place = 0; place < properties.size; place += 1) {
    const name = properties.nameAt(place)
    const simple = readSimply(name, properties.valueAt(place), reading)
    if (simple !== undefined) {
      visit(name, simple)
      continue
    }
    const at = [...path, name]
    const field = readName(name, reading, at)
    const value =
      field === undefined
        ? refused
        : readValue(properties.valueAt(place), field === 'any' ? undefined : field, reading, at)
    if (value === refused) isWhole = false
    else visit(name, value ?? null)
  }
  return isWhole
}

/** The value of an attribute that the schema knows, where nothing can be wrong with it: most are read so, without a path to them. */
function readSimply(name: string, input: unknown, { schema, limits }: Reading): Value | undefined {
  if (schema === undefined || name.length > limits.name) return undefined
  const field = fieldOf(schema.attributes, name)
  return field && readSimpleValue(input, field, limits)
}

/** The field of an attribute's name, `any` without a schema; undefined, and reported, where there is none. */
function readName(name: string, reading: Reading, path: Path): Field | 'any' | undefined {
  if (readId(name, 'the name of an attribute', reading, path) === undefined) return undefined
  if (reading.schema === undefined) return 'any'
  const field = fieldOf(reading.schema.attributes, name)
  if (field === undefined) reportUnknownAttribute(name, reading, path)
  return field
}

/** Reports that the schema has no such attribute. */
export function reportUnknownAttribute(name: string, reading: Reading, path: Path): void {
  const received = show(name)
  const message = `The schema has no attribute ${received}`
  const issue = { code: 'ATTRIBUTE_UNKNOWN', path, message, expected: 'an attribute of the schema', received } as const
  reportName(reading, issue, name, () => Object.keys(reading.schema?.attributes ?? {}))
}
