import { all, attribute, hasTag, type Rule } from 'coterie'
import { entropy, isNumbers, upperQuartile, type Column } from './columns.js'

/** More values than that, and a column sorts nobody into groups. */
const mostGroups = 30

/**
 * Segments that any file of contacts gives: the most frequent value of the columns that tell most, the upper quarter of
 * numbers, both together, what is not known, and windows on dates. They show what the engine does; which segments are
 * useful, only those who know the contacts can say.
 */
export function suitingSegments(
  columns: readonly Column[],
  contacts: number,
  tags: readonly string[],
): readonly Rule[] {
  const top = groups(columns, contacts).flatMap(({ name, values: [first] }) =>
    first === undefined ? [] : [attribute(name).equals(first.value)],
  )
  const upper = amounts(columns).map((column) => attribute(column.name).atLeast(upperQuartile(column)))
  const together = [top[0], upper[0] ?? top[1]].filter((rule) => rule !== undefined)
  const unknown = columns.filter(({ known }) => known > contacts * 0.02 && known < contacts * 0.98)
  const dates = columns.filter(({ isDate, known }) => isDate && known > 0)
  return [
    ...top,
    ...upper,
    ...(together.length === 2 ? [all(...together)] : []),
    ...unknown.slice(0, 1).map(({ name }) => attribute(name).missing()),
    ...tags.slice(0, 1).map((tag) => hasTag(tag)),
    ...dates.slice(0, 1).flatMap(({ name }) => [attribute(name).inLast('30d'), attribute(name).moreThanAgo('90d')]),
  ]
}

/** The two columns with a few values, each of several contacts, that tell most: a country, a plan, yes or no. */
function groups(columns: readonly Column[], contacts: number): readonly Column[] {
  const most = Math.min(mostGroups, contacts / 3)
  return columns
    .filter(
      ({ values, known, isDate }) => !isDate && values.length >= 2 && values.length <= most && known > contacts / 2,
    )
    .sort((a, b) => entropy(b) - entropy(a))
    .slice(0, 2)
}

/** The two columns with the most different numbers. */
function amounts(columns: readonly Column[]): readonly Column[] {
  return columns
    .filter((column) => isNumbers(column) && column.values.length > 10)
    .sort((a, b) => b.values.length - a.values.length)
    .slice(0, 2)
}

/** What to add to the command line for a segment of one's own, with columns that are there. */
export function wantedExample(columns: readonly Column[], contacts: number): string {
  const [group] = groups(columns, contacts).filter((column) => !isNumbers(column))
  const [amount] = amounts(columns)
  const next = group?.values[1]?.value
  return [
    ...(typeof next === 'string' ? [`--where ${JSON.stringify(`${group?.name ?? ''}=${next}`)}`] : []),
    ...(amount === undefined ? [] : [`--above ${JSON.stringify(`${amount.name}=${upperQuartile(amount)}`)}`]),
  ].join(' ')
}
