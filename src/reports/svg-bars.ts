import type { BarChart } from './chart.js'
import type { Drawing } from './drawing.js'
import { numberWords } from './number-words.js'
import { escaped, painted } from './svg-frame.js'
import { label, legend, pixel, pixelsOf } from './svg-text.js'

const thickness = 16

/** Bars that lie, so that names have room; beginning at zero, to the left of it what is less. */
export function svgBars({ labels, series, unit }: BarChart, width: number): Drawing {
  const parts: string[] = []
  let y = 44
  if (series.length > 1) {
    const { content, bottom } = legend(
      series.map(({ name }) => name),
      y + 8,
      width,
    )
    parts.push(content)
    y = bottom + 4
  }
  const all = series.flatMap(({ values }) => labels.map((_, place) => values[place] ?? null))
  const nameRoom = Math.min(Math.max(...labels.map(pixelsOf)), width * 0.38)
  const numberRoom = Math.max(...all.map((value) => pixelsOf(numberWords(value, unit)))) + 8
  const most = Math.max(0, ...all.map((value) => value ?? 0))
  const least = Math.min(0, ...all.map((value) => value ?? 0))
  const left = 16 + nameRoom + 12
  const room = Math.max(10, width - left - numberRoom - 16)
  const xOf = (value: number): number => left + (most === least ? 0 : ((value - least) / (most - least)) * room)
  const zero = xOf(0)
  const top = y
  for (const [place, name] of labels.entries()) {
    parts.push(
      label(name, { x: left - 12, y: y + (thickness * series.length) / 2 + 5, room: nameRoom }, { anchor: 'end' }),
    )
    for (const [row, { name: of, values }] of series.entries()) {
      const value = values[place] ?? null
      const words = numberWords(value, unit)
      const end = xOf(value ?? 0)
      const at = y + row * thickness
      const title = `<title>${escaped(`${name}${series.length > 1 ? `, ${of}` : ''}: ${words}`)}</title>`
      const box = `x="${pixel(Math.min(zero, end))}" y="${pixel(at + 1)}" width="${pixel(Math.abs(end - zero))}" height="${pixel(thickness - 2)}"`
      parts.push(`<rect ${box} rx="2" ${painted('fill', row)}>${title}</rect>`)
      parts.push(label(words, { x: Math.max(zero, end) + 6, y: at + 12, room: numberRoom }, { colour: 'faint' }))
    }
    y += thickness * series.length + 10
  }
  const axis = `x1="${pixel(zero)}" x2="${pixel(zero)}" y1="${pixel(top - 4)}" y2="${pixel(y - 6)}"`
  parts.push(`<line ${axis} ${painted('stroke', 'line')}/>`)
  return { content: parts.join('\n'), height: y + 8 }
}
