import { all, attribute, type Rule } from 'coterie'
import { UsageError, type Arguments } from './arguments.js'
import { isNumbers, type Column } from './columns.js'

/** The segment that the command line asks for: all of its conditions have to hold. */
export function wantedSegment({ where, above, below }: Arguments, columns: readonly Column[]): Rule | undefined {
  const conditions = [
    ...where.map((text) => {
      const [column, value] = condition('where', text, columns)
      return attribute(column.name).equals(isNumbers(column) ? numberOf('where', value) : value)
    }),
    ...above.map((text) => {
      const [name, number] = comparison('above', text, columns)
      return attribute(name).greaterThan(number)
    }),
    ...below.map((text) => {
      const [name, number] = comparison('below', text, columns)
      return attribute(name).lessThan(number)
    }),
  ]
  const [first, ...others] = conditions
  return first === undefined || others.length === 0 ? first : all(first, ...others)
}

/** `COLUMN=VALUE`; the last `=` counts, since a header may hold one. */
function condition(option: string, text: string, columns: readonly Column[]): readonly [Column, value: string] {
  const at = text.lastIndexOf('=')
  const column = columns.find(({ name }) => name === text.slice(0, at))
  if (at > 0 && column !== undefined) return [column, text.slice(at + 1)]
  const known = columns.map(({ name }) => name).join(', ')
  throw new UsageError(`--${option} is COLUMN=VALUE, not '${text}'; the columns are ${known}`)
}

function comparison(option: string, text: string, columns: readonly Column[]): readonly [name: string, number: number] {
  const [column, value] = condition(option, text, columns)
  if (!isNumbers(column))
    throw new UsageError(`--${option} compares numbers, and ${column.name} is not a column of numbers`)
  return [column.name, numberOf(option, value)]
}

function numberOf(option: string, text: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (Number.isFinite(number)) return number
  throw new UsageError(`--${option} compares with a number such as 80 or 12.5, not '${text}'`)
}
