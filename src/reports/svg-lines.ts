import type { LineChart } from './chart.js'
import type { Drawing } from './drawing.js'
import { numberWords } from './number-words.js'
import { escaped, painted } from './svg-frame.js'
import { label, legend, pixel, pixelsOf } from './svg-text.js'
import { ticksOf } from './ticks.js'

const plotHeight = 220

/** Lines over periods; what is not known is a gap. */
export function svgLines({ labels, series, unit }: LineChart, width: number): Drawing {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null))
  const ticks = ticksOf(Math.min(0, ...known), Math.max(0, ...known))
  const low = ticks[0] ?? 0
  const high = ticks.at(-1) ?? 1
  const left = 16 + Math.max(...ticks.map((tick) => pixelsOf(numberWords(tick, unit)))) + 8
  const right = width - 24
  const top = 48
  const bottom = top + plotHeight
  const xOf = (place: number): number =>
    labels.length === 1 ? (left + right) / 2 : left + (place * (right - left)) / (labels.length - 1)
  const yOf = (value: number): number => bottom - ((value - low) / (high - low)) * plotHeight
  const parts = ticks.flatMap((tick) => [
    `<line x1="${pixel(left)}" x2="${pixel(right)}" y1="${pixel(yOf(tick))}" y2="${pixel(yOf(tick))}" ${painted('stroke', 'line')}/>`,
    label(numberWords(tick, unit), { x: left - 8, y: yOf(tick) + 4, room: left }, { anchor: 'end', colour: 'faint' }),
  ])
  // One and a half of a label and a gap, since the first begins where its point is.
  const step = Math.max(1, Math.ceil((1.5 * Math.max(...labels.map(pixelsOf)) + 16) / ((right - left) / labels.length)))
  for (let place = 0; place < labels.length; place += step) {
    const anchor = labels.length === 1 ? 'middle' : place === 0 ? 'start' : xOf(place) + 40 > right ? 'end' : 'middle'
    parts.push(label(labels[place] ?? '', { x: xOf(place), y: bottom + 20, room: width }, { anchor, colour: 'faint' }))
  }
  for (const [place, { name, values }] of series.entries()) {
    for (const run of runsOf(values)) {
      const points = run.map(([at, value]) => `${pixel(xOf(at))},${pixel(yOf(value))}`).join(' ')
      parts.push(
        `<polyline points="${points}" fill="none" stroke-width="2" stroke-linejoin="round" ${painted('stroke', place)}/>`,
      )
      for (const [at, value] of run) {
        const title = `<title>${escaped(`${name}, ${labels[at] ?? ''}: ${numberWords(value, unit)}`)}</title>`
        const radius = run.length === 1 || labels.length <= 31 ? 3 : 1.5
        parts.push(
          `<circle cx="${pixel(xOf(at))}" cy="${pixel(yOf(value))}" r="${String(radius)}" ${painted('fill', place)}>${title}</circle>`,
        )
      }
    }
  }
  const names = legend(
    series.map(({ name }) => name),
    bottom + 50,
    width,
  )
  return { content: [...parts, names.content].join('\n'), height: names.bottom + 8 }
}

/** The stretches without a gap, as places and values. */
function runsOf(values: readonly (number | null)[]): readonly (readonly (readonly [number, number])[])[] {
  const runs: [number, number][][] = [[]]
  for (const [place, value] of values.entries()) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push([place, value])
  }
  return runs.filter(({ length }) => length > 0)
}
