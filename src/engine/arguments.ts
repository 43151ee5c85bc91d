import { CoterieError, isCoterieError, show, type ErrorCode } from '../base/errors.js'

/*
 * Arguments from JavaScript can be anything: nothing at all where an object is asked for, or one whose properties throw.
 * Whatever they are, what comes out is the library's own error.
 */

/** What `read` makes of arguments; what it throws over them becomes an error with the code given. */
export function readable<T>(code: ErrorCode, message: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (isCoterieError(cause)) throw cause
    throw new CoterieError(code, message, {
      received: cause instanceof Error ? cause.message : show(cause),
      expected: 'arguments as the types say',
      cause,
    })
  }
}

/** Checks a function that is to be called later. */
export function checkFunction(given: unknown, what: string): void {
  if (typeof given === 'function') return
  throw new CoterieError('OPTION_INVALID', `${what} is no function`, { received: show(given), expected: 'a function' })
}

/** The object itself, checked to be one. */
export function checkedObject<T extends object>(name: string, given: T): T {
  const received: unknown = given
  if (typeof received === 'object' && received !== null) return given
  throw optionInvalid(name, received, 'an object')
}

/** A copy of an object of options: none of them throws when it is looked at. */
export function plainOptions<T extends object>(name: string, given: T): T {
  return readable('OPTION_INVALID', `The ${name} cannot be read`, () => ({ ...checkedObject(name, given) }))
}

/** Checks that a word is one of a few. */
export function checkOneOf(name: string, given: unknown, known: readonly unknown[]): void {
  if (!known.includes(given)) throw optionInvalid(name, given, known.join(', '))
}

/** Checks a whole number. */
export function checkWhole(name: string, given: unknown, least: number): void {
  if (!Number.isSafeInteger(given) || (given as number) < least) {
    throw optionInvalid(name, given, `a whole number from ${String(least)}`)
  }
}

/** The error for an option that is wrong. */
export function optionInvalid(name: string, received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The option ${name} is wrong`, {
    path: [name],
    received: show(received),
    expected,
  })
}
