import type { Change } from '../../src/changes/change.js'
import type { ReadChangeOptions } from '../../src/changes/change-reading.js'
import { readChange } from '../../src/changes/read-change.js'
import { isCoterieError, type Issue } from '../../src/base/errors.js'
import { defaultLimits } from '../../src/contacts/limits.js'

/** How tests read changes where they say nothing else: no schema, UTC, the default limits. */
export const plainOptions: ReadChangeOptions = {
  schema: undefined,
  timeZone: 'UTC',
  weekStartsOn: 'monday',
  limits: defaultLimits,
}

export function read(input: unknown, options: Partial<ReadChangeOptions> = {}): Change {
  return readChange(input, { ...plainOptions, ...options })
}

/** All that is wrong with an input, which must be something, and told by nothing but the library's own error. */
export function issuesOf(input: unknown, options: Partial<ReadChangeOptions> = {}): readonly Issue[] {
  let change: Change
  try {
    change = read(input, options)
  } catch (error) {
    if (!isCoterieError(error)) throw error
    if (error.issues.length === 0) throw new Error('The error has no issues', { cause: error })
    return error.issues
  }
  throw new Error(`It was read: ${JSON.stringify(change)}`)
}

/** What is wrong in short: `CHANGE_INVALID contacts.0`. */
export function faultsOf(input: unknown, options: Partial<ReadChangeOptions> = {}): string[] {
  return issuesOf(input, options).map(({ code, path }) => [code, path.join('.')].join(' ').trim())
}

/** Whether all of a value is frozen. */
export function isFrozenDeep(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(isFrozenDeep)
}
