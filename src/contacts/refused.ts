import { show, type ErrorCode, type Path } from '../base/errors.js'
import { described } from './plain-input.js'
import { report, reportName, type Reading } from './reading.js'

/** What a reader of values gives for what it refuses: it has reported why. */
export const refused: unique symbol = /* @__PURE__ */ Symbol('refused')

export type Refused = typeof refused

/** Reports that an input is not what was expected. */
export function reportUnexpected(
  input: unknown,
  expected: string,
  reading: Reading,
  path: Path,
  code: ErrorCode,
): void {
  const received = described(input)
  report(reading, { code, path, message: `${received} is not ${expected}`, expected, received })
}

/** Reports that an input is no value, or not the one that was expected. */
export function refuse(
  input: unknown,
  expected: string,
  reading: Reading,
  path: Path,
  code: ErrorCode = 'VALUE_INVALID',
): Refused {
  reportUnexpected(input, expected, reading, path, code)
  return refused
}

/** What was read, and undefined for what was refused. */
export function accepted<T>(read: T): Exclude<T, Refused> | undefined {
  return read === refused ? undefined : (read as Exclude<T, Refused>)
}

/** Reports the properties of an object that it should not have. */
export function refuseUnknown(
  names: Iterable<string>,
  known: readonly string[],
  what: string,
  code: ErrorCode,
  reading: Reading,
  path: Path,
): void {
  for (const name of names) {
    if (known.includes(name)) continue
    const received = show(name)
    const message = `${received} is no property of ${what}`
    const issue = { code, path: [...path, name], message, expected: known.join(', '), received }
    reportName(reading, issue, name, () => known)
  }
}
