import type { Path } from '../base/errors.js'
import type { Reading } from '../contacts/reading.js'
import { reportUnexpected } from '../contacts/refused.js'

/** Reads a whole number between two, these included. Undefined where it is none. */
export function readWhole(
  input: unknown,
  least: number,
  most: number,
  reading: Reading,
  path: Path,
): number | undefined {
  if (typeof input === 'number' && Number.isInteger(input) && input >= least && input <= most) return input + 0 // −0 is 0
  const expected = `a whole number from ${String(least)} to ${String(most)}`
  reportUnexpected(input, expected, reading, path, 'RULE_INVALID')
  return undefined
}

/** Reads true or false. Undefined where it is neither. */
export function readFlag(input: unknown, reading: Reading, path: Path): boolean | undefined {
  if (typeof input === 'boolean') return input
  reportUnexpected(input, 'true or false', reading, path, 'RULE_INVALID')
  return undefined
}
