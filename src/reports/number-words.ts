import type { Chart, Unit } from './chart.js'

/** A number of a chart as people read it; `–` for one that is not known. */
export function numberWords(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  switch (unit) {
    case 'count':
      return grouped(String(Math.round(value)))
    case 'share':
      return `${rounded(value * 100, 1)} %`
    case 'duration':
      return durationWords(value)
    case 'number':
      return rounded(value, Math.abs(value) < 100 ? 2 : 0)
  }
}

/** The same in less and less room: exactly, then rounded; `12,345`, `12.3k`, `12k`. */
export function shorterWords(value: number | null, unit: Unit): readonly string[] {
  const whole = numberWords(value, unit)
  if (value === null || unit === 'duration') return [whole]
  if (unit === 'share') return [whole, `${rounded(value * 100, 0)} %`]
  const [size, letter] = thousands.find(([least]) => Math.abs(value) >= least) ?? [1, '']
  return [whole, ...[1, 0].map((places) => `${rounded(value / size, places)}${letter}`)]
}

const thousands: readonly (readonly [size: number, letter: string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** The numbers of a chart in a sentence or two, for those who do not see it: as many as are reasonable to hear. */
export function chartWords(chart: Chart): string {
  const most = 24
  const said = [...saidOf(chart)]
  if (said.length === 0) return 'No data.'
  const more = said.length > most ? ` And ${String(said.length - most)} more.` : ''
  return `${said.slice(0, most).join('; ')}.${more}`
}

function* saidOf(chart: Chart): Iterable<string> {
  if (chart.kind === 'matrix') {
    for (const [row, values] of chart.values.entries())
      for (const [column, value] of values.entries())
        if (value !== null)
          yield `${chart.rows[row] ?? ''}, ${chart.columns[column] ?? ''}: ${numberWords(value, chart.unit)}`
    return
  }
  for (const { name, values } of chart.series)
    for (const [place, value] of values.entries()) {
      const label = chart.labels[place] ?? ''
      yield `${chart.series.length > 1 ? `${name}, ${label}` : label}: ${numberWords(value, chart.unit)}`
    }
}

function rounded(value: number, places: number): string {
  const fixed = value.toFixed(places)
  const [whole = '', fraction = ''] = fixed.split('.')
  const shown = fraction.replace(/0+$/, '')
  const number = `${grouped(whole)}${shown === '' ? '' : `.${shown}`}`
  return number === '-0' ? '0' : number
}

function grouped(digits: string): string {
  // Beyond 21 digits numbers are printed with an exponent, which nothing is to be put into.
  return digits.includes('e') ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

const units: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

function durationWords(ms: number): string {
  const [size, word] = units.find(([least]) => Math.abs(ms) >= least) ?? [1, 'ms']
  return `${rounded(ms / size, 1)} ${word}`
}
