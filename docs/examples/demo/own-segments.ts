import { all, attribute, hasTag, type Rule } from 'coterie'
import { entropy, upperQuartile, type Column } from './columns.js'

/** A segment that suits a file. */
export interface OwnSegment {
  readonly id: string
  readonly rule: Rule
}

/** More values than that, and a column sorts nobody into groups. */
const mostGroups = 30

/**
 * Segments that any file of contacts gives: the most frequent value of the columns that tell most, the upper quarter of
 * numbers, both together, what is not known, and windows on dates. They show what the engine does; which segments are
 * useful, only whoever knows the contacts can say.
 */
export function ownSegments(columns: readonly Column[], contacts: number, tags: readonly string[]): readonly OwnSegment[] {
  const groups = columns.filter((column) => isGroups(column, contacts)).sort((a, b) => entropy(b) - entropy(a))
  const numbers = columns.filter((column) => isAmount(column)).sort((a, b) => b.values.length - a.values.length)
  const topOf = groups.slice(0, 2).flatMap(({ name, values: [top] }) => (top === undefined ? [] : [attribute(name).equals(top.value)]))
  const upper = numbers.slice(0, 2).map((column) => attribute(column.name).atLeast(upperQuartile(column)))
  const together = [topOf[0], upper[0] ?? topOf[1]].filter((rule) => rule !== undefined)
  const unknown = columns.find(({ known }) => known > contacts * 0.05 && known < contacts * 0.95)
  const dates = columns.filter(({ isDate, known }) => isDate && known > 0).slice(0, 2)
  const rules: readonly Rule[] = [
    ...topOf,
    ...upper,
    ...(together.length === 2 ? [all(...together)] : []),
    ...(unknown === undefined ? [] : [attribute(unknown.name).missing()]),
    ...tags.slice(0, 1).map((tag) => hasTag(tag)),
    ...dates.flatMap(({ name }) => [attribute(name).inLast('30d'), attribute(name).moreThanAgo('90d')]),
  ]
  return rules.map((rule, at) => ({ id: `segment-${at + 1}`, rule }))
}

/** A column with a few values, each of several contacts: a country, a plan, yes or no. */
function isGroups({ values, known, isDate }: Column, contacts: number): boolean {
  return !isDate && values.length >= 2 && values.length <= Math.min(mostGroups, contacts / 3) && known > contacts / 2
}

/** A column of many different numbers. */
function isAmount({ values, order, isDate }: Column): boolean {
  return !isDate && order.length > 0 && values.length > 10
}
