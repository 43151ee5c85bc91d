import { CoterieError, errorOfIssues, show, type Issue } from '../base/errors.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { readNamed } from '../contacts/read-text.js'
import { refuse, refuseUnknown } from '../contacts/refused.js'
import type { Change } from './change.js'
import type { ChangeReading, ReadChangeOptions } from './change-reading.js'
import { changeTypes, fieldsOfType, type ShapeField } from './change-shapes.js'

/**
 * Reads a change as people write it. The result is plain JSON, frozen and resolved: reading it again gives an equal one,
 * in any zone. Whether it fits what is there (whether a contact is known, an end lies ahead) is not asked here.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`, each with the path into
 *   the change: `CHANGE_INVALID` for its shape, `LIMIT_EXCEEDED` for its size, and the codes of values, dates and rules
 *   for what is inside.
 */
export function readChange(input: unknown, options: ReadChangeOptions): Change {
  const { schema, timeZone, weekStartsOn, limits, definitions } = options
  const reading: ChangeReading = { schema, timeZone, weekStartsOn, limits, definitions, issues: [] }
  const change = changeIn(input, reading)
  if (reading.issues.length > 0) {
    const [issue, ...more] = reading.issues as [Issue, ...Issue[]]
    throw errorOfIssues(`The change is wrong${placeOf(issue)}`, [issue, ...more])
  }
  if (change === undefined) throw new CoterieError('CHANGE_INVALID', 'The change cannot be read')
  return change
}

function placeOf({ path }: Issue): string {
  return path.length === 0 ? '' : ` at ${show(path.join('.'))}`
}

function changeIn(input: unknown, reading: ChangeReading): Change | undefined {
  const given = propertiesOf(input)
  if (given === undefined) {
    refuse(input, 'a change: an object with a type', reading, [], 'CHANGE_INVALID')
    return undefined
  }
  const type = given.get('type')
  const fields = fieldsOfType(type)
  if (fields === undefined) {
    readNamed(type, changeTypes, 'CHANGE_INVALID', reading, ['type'])
    return undefined
  }
  const change: Record<string, unknown> = { type }
  let known = 1
  for (let place = 0; place < fields.length; place += 1) {
    const { name, path, read, isNeeded, otherwise } = fields[place] as ShapeField
    const written = given.get(name)
    if (written !== undefined) known += 1
    if (written === undefined && otherwise !== undefined) {
      change[name] = otherwise
    } else if (written !== undefined || isNeeded) {
      const value = read(written, reading, path, given)
      if (value !== undefined) change[name] = value
    }
  }
  if (known < given.size) {
    const names = ['type', ...fields.map(({ name }) => name)]
    refuseUnknown(given.keys(), names, `the change ${String(type)}`, 'CHANGE_INVALID', reading, [])
  }
  // The rows of `change-shapes.ts` are held to the types of changes.
  return Object.freeze(change) as unknown as Change
}
