import { CoterieError, show, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { optionError } from './option-error.js'

const format = ['missing', 'trim', 'decimal', 'thousands', 'dateOrder', 'timeZone', 'booleans', 'split'] as const
const csv = ['delimiter', 'encoding', 'limits', 'signal', 'unescapeFormulas'] as const

/** The names that options can have, by what they are options of. */
export const optionNames = {
  import: [
    ...format,
    ...csv,
    'id',
    'columns',
    'tags',
    'segment',
    'mode',
    'missingCells',
    'shortRows',
    'batchSize',
    'dryRun',
    'onProgress',
    'onRow',
  ],
  events: [
    ...format,
    ...csv,
    'contact',
    'type',
    'at',
    'id',
    'columns',
    'unknownContacts',
    'shortRows',
    'batchSize',
    'dryRun',
    'onProgress',
    'onRow',
  ],
  profile: csv,
  column: [...format, 'attribute', 'type', 'of', 'read'],
  eventColumn: [...format, 'property', 'type', 'of', 'read'],
  at: [...format, 'column'],
  id: ['column', 'prefix'],
  tags: ['column', 'split', 'add', 'by'],
  segment: ['id', 'name', 'reason', 'replace'],
  limits: ['bytes', 'rows', 'row', 'refusals'],
} as const

/** Throws `OPTION_INVALID` where options are no plain object, or one has a name that says nothing. */
export function checkNames(given: unknown, known: readonly string[], path: Path): void {
  const properties = propertiesOf(given)
  if (properties === undefined) throw optionError(path.length === 0 ? ['options'] : path, given, 'an object of options')
  for (const name of properties.keys()) {
    if (known.includes(name)) continue
    const nearest = nearestName(name, known)
    throw new CoterieError('OPTION_INVALID', `There is no option ${[...path, name].join('.')}`, {
      path: [...path, name],
      received: show(name),
      expected: nearest ?? known.join(', '),
    })
  }
}

/** One of a few words; `OPTION_INVALID` for all else. */
export function checkChoice<T extends string>(given: T | undefined, choices: readonly [T, ...T[]], path: Path): T {
  if (given === undefined) return choices[0]
  if (choices.includes(given)) return given
  throw optionError(path, given, choices.join(' or '))
}

/** A switch; `OPTION_INVALID` for all else. */
export function checkSwitch(given: boolean | undefined, unlessGiven: boolean, path: Path): boolean {
  if (given === undefined) return unlessGiven
  if (typeof given === 'boolean') return given
  throw optionError(path, given, 'true or false')
}

/** A whole number; `OPTION_INVALID` for all else. */
export function checkWhole(
  given: number | undefined,
  unlessGiven: number,
  { least, most }: { readonly least: number; readonly most: number },
  path: Path,
): number {
  if (given === undefined) return unlessGiven
  const isWhole = Number.isSafeInteger(given) || given === Infinity
  if (isWhole && given >= least && given <= most) return given
  throw optionError(path, given, `a whole number from ${String(least)} to ${String(most)}`)
}
