import { CoterieError, errorOfIssues, show, type Issue, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { timeZone } from '../base/time-zone.js'
import { defaultLimits, type Limits } from './limits.js'
import type { Schema } from './schema.js'

/*
 * What is read from outside is read to its end, so that all that is wrong is said at once. A reader never throws for what
 * it reads: it reports an issue and goes on. Whoever began the reading looks at the issues when it is over.
 */

/** How something from outside is read, and what was wrong with it so far. */
export interface Reading {
  readonly schema: Schema | undefined
  /** The zone of written dates without an offset. */
  readonly timeZone: string
  readonly limits: Limits
  /** Filled by {@link report}. */
  readonly issues: Issue[]
}

/** How something from outside is to be read. */
export interface ReadingOptions {
  /** What the fields are. Without one a text is a text and a number a number. */
  readonly schema?: Schema | undefined
  /** The zone of written dates without an offset: an IANA name. Default `UTC`. */
  readonly timeZone?: string | undefined
  /** How large it may be, where that is not the default. */
  readonly limits?: Partial<Limits> | undefined
}

/** No more issues are kept than this: a large input is not answered with a larger list of what is wrong with it. */
const mostIssues = 100

/** Near names are looked for while there are fewer issues than this: each search may cost a look at 10,000 names. */
const mostSuggestions = 20

/** Readers call themselves for what is inside, so a limit of depth cannot be without limit. */
export const deepest = 1000

/**
 * Begins a reading.
 *
 * @throws CoterieError `TIME_ZONE_UNKNOWN`, or `OPTION_INVALID` where a limit is none.
 */
export function readingOf(options: ReadingOptions = {}): Reading {
  const zone = options.timeZone ?? 'UTC'
  timeZone(zone)
  return { schema: options.schema, timeZone: zone, limits: limitsOf(options.limits), issues: [] }
}

/** All limits, from those that are not the default. Throws `OPTION_INVALID`, also for one that is misspelled: it would be none. */
export function limitsOf(given?: Partial<Limits>): Limits {
  if (given === undefined) return defaultLimits
  checkLimitNames(given)
  const limits: Record<keyof Limits, number> = { ...defaultLimits }
  for (const name of Object.keys(defaultLimits) as (keyof Limits)[]) {
    const limit: unknown = given[name]
    if (limit === undefined) continue
    const most = name === 'depth' ? deepest : Infinity
    if (typeof limit !== 'number' || !(limit >= 1 && limit <= most)) {
      const expected = `a number from 1 to ${String(most)}`
      throw limitsInvalid(`The limit of ${name} cannot be ${show(limit)}`, [name], limit, expected)
    }
    limits[name] = limit
  }
  return Object.freeze(limits)
}

function checkLimitNames(given: unknown): void {
  if (typeof given !== 'object' || given === null)
    throw limitsInvalid(`The limits cannot be ${show(given)}`, [], given, 'an object')
  const known = Object.keys(defaultLimits)
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue
    throw limitsInvalid(`There is no limit of ${name}`, [name], name, nearestName(name, known) ?? known.join(', '))
  }
}

function limitsInvalid(message: string, path: Path, received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', message, { path: ['limits', ...path], received: show(received), expected })
}

/** Notes that something is wrong; the first hundred are kept. */
export function report(reading: Reading, issue: Issue): void {
  if (!isFull(reading)) reading.issues.push(issue)
}

/** Whether there are as many issues as are kept, so that there is no use in reading on. */
export function isFull(reading: Reading): boolean {
  return reading.issues.length >= mostIssues
}

/** Throws all that is wrong with what was read as one error, where something is. */
export function throwIssues(what: string, reading: Reading): void {
  const [first, ...rest] = reading.issues
  if (first !== undefined) throw errorOfIssues(what, [first, ...rest])
}

/** Notes that a name is not known, and which of the known ones was probably meant. */
export function reportName(reading: Reading, issue: Issue, name: unknown, known: () => Iterable<string>): void {
  const isLooked = typeof name === 'string' && reading.issues.length < mostSuggestions
  const nearest = isLooked ? nearestName(name, known()) : undefined
  if (nearest === undefined) report(reading, issue)
  else report(reading, { ...issue, message: `${issue.message}; did you mean ${show(nearest)}?`, nearest })
}
