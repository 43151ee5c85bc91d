import { durationIn, formatDuration, type DurationText } from '../base/duration.js'
import { isCoterieError, type Path } from '../base/errors.js'
import type { ChangeReading } from '../changes/change-reading.js'
import { readChange } from '../changes/read-change.js'
import type { Change } from '../changes/change.js'
import type { OwnProperties } from '../contacts/own-properties.js'
import { propertiesOf, readElements } from '../contacts/plain-input.js'
import { report } from '../contacts/reading.js'
import { refuseUnknown, reportUnexpected } from '../contacts/refused.js'
import type { Value } from '../contacts/value.js'
import type { Items, Operand, PresenceRule, Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'

/*
 * What definitions are made of, read by those who read it anywhere else: a condition on an event as the condition of a rule over
 * events, an operand as a side of a rule, a value as that of a change. So it means the same, and is refused for the same reasons.
 */

/** The code of what is wrong with a definition itself; rules, values and changes in it have their own. */
const code = 'AUTOMATION_INVALID'

/** Reports that something in a definition is not what was expected. */
export function refusePart(input: unknown, expected: string, reading: ChangeReading, path: Path): void {
  reportUnexpected(input, expected, reading, path, code)
}

/** Reads a list that is not too long. */
export function readList(
  input: unknown,
  expected: string,
  reading: ChangeReading,
  path: Path,
): readonly unknown[] | undefined {
  return readElements(input, expected, code, reading, path)
}

/** Reads each element of a list; undefined where one was refused. */
export function readEach<T>(
  input: unknown,
  expected: string,
  reading: ChangeReading,
  path: Path,
  read: (element: unknown, path: Path) => T | undefined,
): readonly T[] | undefined {
  const elements = readList(input, expected, reading, path)
  const all = elements?.map((element, place) => read(element, [...path, place])) ?? []
  return elements === undefined || all.includes(undefined) ? undefined : Object.freeze(all as T[])
}

/** Reads what an object says that it is, and that it has no properties but those that go with that. */
export function readKind<K extends string>(
  input: unknown,
  by: string,
  properties: Readonly<Record<K, readonly string[]>>,
  what: string,
  reading: ChangeReading,
  path: Path,
): { readonly kind: K; readonly given: OwnProperties } | undefined {
  const given = propertiesOf(input)
  const kind = given?.get(by)
  if (given === undefined || typeof kind !== 'string' || !Object.hasOwn(properties, kind)) {
    const known = `${what}: { ${by}: ${Object.keys(properties).join(' | ')} }`
    refusePart(given === undefined ? input : kind, known, reading, path)
    return undefined
  }
  refuseUnknown(given.keys(), [by, ...properties[kind as K]], `such ${what}`, code, reading, path)
  return { kind: kind as K, given }
}

/** Reads a duration, exact or of the calendar. */
export function readSpan(input: unknown, reading: ChangeReading, path: Path): DurationText | undefined {
  const duration = durationIn(input)
  if (duration !== undefined) return formatDuration(duration)
  refusePart(input, "a duration such as '3d' or 'P1M'", reading, path)
  return undefined
}

/** Reads a duration of a fixed number of milliseconds. */
export function readExact(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  expected = "an exact duration such as '3d'",
): DurationText | undefined {
  const duration = durationIn(input)
  if (duration?.kind === 'exact') return formatDuration(duration)
  refusePart(input, expected, reading, path)
  return undefined
}

/** Reads a rule that stands by itself. */
export function readRuleAt(input: unknown, reading: ChangeReading, path: Path): Rule | undefined {
  return readWrapped(
    input,
    (rule) => rule,
    [],
    (rule) => rule,
    reading,
    path,
  )
}

/** Reads a value that is worked out from a contact. */
export function readOperandAt(input: unknown, reading: ChangeReading, path: Path): Operand | undefined {
  const operand = typeof input === 'object' && input !== null && 'operand' in input ? input.operand : input
  const wrapped = (left: unknown): unknown => ({ op: 'exists', left })
  return readWrapped(operand, wrapped, ['left'], (rule) => (rule as PresenceRule).left, reading, path)
}

/** Reads a condition on an event of a type or on a record of a collection; what is left out holds of all. */
export function readWhere(
  where: unknown,
  of: { readonly events: unknown } | { readonly records: readonly unknown[] },
  reading: ChangeReading,
  path: Path,
): Rule | undefined {
  const wrapped = (inner: unknown): unknown => ({
    op: 'some',
    of: { ...of, ...(inner === undefined ? undefined : { where: inner }) },
  })
  return readWrapped(
    where,
    wrapped,
    ['of', 'where'],
    (rule) => (rule as { readonly of: Items }).of.where,
    reading,
    path,
  )
}

function readWrapped<T>(
  input: unknown,
  wrap: (input: unknown) => unknown,
  prefix: Path,
  unwrap: (rule: Rule) => T,
  reading: ChangeReading,
  path: Path,
): T | undefined {
  const { schema, timeZone, weekStartsOn, limits } = reading
  const read = readRule(wrap(input), { schema, timeZone, weekStartsOn, limits })
  if (read.ok) return unwrap(read.rule)
  for (const issue of read.issues) {
    const isInside = prefix.every((part, place) => issue.path[place] === part)
    report(reading, { ...issue, path: [...path, ...(isInside ? issue.path.slice(prefix.length) : [])] })
  }
  return undefined
}

/** Reads a change as it would be of a contact. */
export function readChangeAt(input: object, reading: ChangeReading, path: Path): Change | undefined {
  try {
    return readChange(input, reading)
  } catch (error) {
    if (!isCoterieError(error)) throw error
    const issues = error.issues.length > 0 ? error.issues : [{ code: error.code, path: [], message: error.message }]
    for (const issue of issues) report(reading, { ...issue, path: [...path, ...issue.path] })
    return undefined
  }
}

/** Reads the name of an attribute, and a value that it could have. */
export function readAttributeName(
  input: unknown,
  reading: ChangeReading,
  path: Path,
  value: Value | null = null,
): string | undefined {
  if (typeof input !== 'string' || input === '') {
    refusePart(input, 'the name of an attribute', reading, path)
    return undefined
  }
  const attributes = Object.fromEntries([[input, value]])
  const change = readChangeAt({ type: 'contact.patch', contact: '-', attributes }, reading, path)
  return change === undefined ? undefined : input
}
