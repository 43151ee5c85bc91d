import { show, type ErrorCode, type Path } from '../base/errors.js'
import { isWellFormed } from '../base/text.js'
import { described, reportTooLarge } from './plain-input.js'
import { reportName, type Reading } from './reading.js'
import { refuse, refused, type Refused } from './refused.js'

const textWords = 'a text without U+0000 and without lone surrogates'

/** So many names are listed in what was expected. */
const mostListed = 12

/** Reads a text that can be a value. */
export function readText(input: unknown, reading: Reading, path: Path): string | Refused {
  if (typeof input !== 'string') return refuse(input, 'a text', reading, path)
  if (!isShort(input, reading, path)) return refused
  return isWellFormed(input) ? input : refuse(input, textWords, reading, path)
}

/** Whether a text is within the limit; reports where it is not. */
export function isShort(text: string, reading: Reading, path: Path): boolean {
  if (text.length <= reading.limits.text) return true
  reportTooLarge(reading, path, 'characters', reading.limits.text, String(text.length))
  return false
}

/** Reads a text that is one of a few, where it must be. */
export function readChoice(
  input: unknown,
  oneOf: readonly string[] | undefined,
  reading: Reading,
  path: Path,
): string | Refused {
  const text = readText(input, reading, path)
  if (text === refused || oneOf === undefined) return text
  return readNamed(text, oneOf, 'VALUE_INVALID', reading, path) ?? refused
}

/** Reads one of a few names. Undefined where it is none. */
export function readNamed<N extends string>(
  input: unknown,
  names: readonly N[],
  code: ErrorCode,
  reading: Reading,
  path: Path,
): N | undefined {
  const found = names.find((name) => name === input)
  if (found !== undefined) return found
  const isLong = names.length > mostListed
  const expected = isLong ? `one of ${String(names.length)} known names` : `one of ${names.map(show).join(', ')}`
  const received = described(input)
  reportName(reading, { code, path, message: `${received} is not ${expected}`, expected, received }, input, () => names)
  return undefined
}

/** Reads an id, a tag or another name: any text that is not empty and not too long. Undefined where it is none. */
export function readId(
  input: unknown,
  what: string,
  reading: Reading,
  path: Path,
  code: ErrorCode = 'VALUE_INVALID',
): string | undefined {
  if (typeof input !== 'string' || input === '') {
    refuse(input, `${what}, a text that is not empty`, reading, path, code)
  } else if (input.length > reading.limits.name) {
    reportTooLarge(reading, path, `characters in ${what}`, reading.limits.name, String(input.length))
  } else if (!isWellFormed(input)) {
    refuse(input, textWords, reading, path, code)
  } else {
    return input
  }
  return undefined
}

/** Reads a tag. Undefined where it is none. */
export function readTag(input: unknown, reading: Reading, path: Path, code?: ErrorCode): string | undefined {
  return readId(input, 'a tag', reading, path, code)
}
