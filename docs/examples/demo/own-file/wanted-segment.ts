import { all, attribute, type Rule, type Value } from 'coterie'
import { UsageError, type Arguments } from '../arguments.js'
import { isNumbers, type Column } from './columns.js'

/** The segment that the command line asks for: all of its conditions have to hold. */
export function wantedSegment({ where, above, below }: Arguments, columns: readonly Column[]): Rule | undefined {
  const conditions = [
    ...where.map((text) => {
      const [column, written] = condition('where', text, columns)
      return attribute(column.name).equals(valueOf(column, written))
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

/** The value of a column that is written so. */
function valueOf({ name, values }: Column, written: string): Value {
  const known = values.find(({ value }) => textOf(value) === written)
  if (known !== undefined) return known.value
  const some = values.slice(0, 10).map(({ value }) => textOf(value))
  throw new UsageError(`No contact has '${written}' as ${name}; the most frequent are ${some.join(', ')}`)
}

function textOf(value: Value): string {
  if (typeof value !== 'object') return String(value)
  return 'day' in value ? value.day : JSON.stringify(value)
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
