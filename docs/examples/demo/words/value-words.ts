import type { Value } from 'coterie'
import type { DateWords } from './dates.js'

/** A value as people write it. */
export function valueInWords(value: Value, dates: DateWords): string {
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  if (typeof value !== 'object') return String(value)
  if ('instant' in value) return dates.full(value.instant)
  return 'day' in value ? value.day : value.join(', ')
}
