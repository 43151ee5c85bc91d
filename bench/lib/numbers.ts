import type { Times } from './measure.js'

/** A number with three digits that count, and commas between thousands. */
export function told(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  const rounded = Number(value.toPrecision(3))
  return rounded.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 6) })
}

/** Times in ms: the median, and after it the least, and half of the distance between the quartiles in percent of the median. */
export function toldTimes({ median, minimum, spread }: Times): string {
  return `${told(median)} (${told(minimum)}, ±${Math.round(100 * spread)} %)`
}

/** A ratio beside the least that it is to be; in bold where it is not. */
export function toldTarget(ratio: number | undefined, least: number, unit = ' ×'): string {
  if (ratio === undefined || !Number.isFinite(ratio)) return '–'
  const text = `${told(ratio)}${unit} (${told(least)}${unit})`
  return ratio >= least ? text : `**${text}**`
}

/** A value beside the most that it is to be; in bold where it is more. */
export function toldLimit(value: number | undefined, most: number): string {
  if (value === undefined || !Number.isFinite(value)) return '–'
  const text = `${told(value)} (${told(most)})`
  return value <= most ? text : `**${text}**`
}

/** The median of a figure; of a plain number, itself. */
export function medianOf(figure: number | Times | undefined): number | undefined {
  return typeof figure === 'object' ? figure.median : figure
}
