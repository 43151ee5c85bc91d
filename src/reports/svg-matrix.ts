import type { MatrixChart } from './chart.js'
import type { Drawing } from './drawing.js'
import { numberWords, shorterWords } from './number-words.js'
import { escaped, painted } from './svg-frame.js'
import { label, pixel, pixelsOf } from './svg-text.js'

const rowHeight = 28

/** How far lines of text are apart. */
const lineHeight = 14

/** How far column names are turned that do not fit. */
const turn = (40 * Math.PI) / 180

/** Cells whose colour is the stronger the larger their number; the number stands in them where it has room. */
export function svgMatrix({ rows, columns, values, unit }: MatrixChart, width: number): Drawing {
  const nameRoom = Math.min(Math.max(...rows.map(pixelsOf)), width * 0.34)
  const left = 16 + nameRoom + 12
  const cell = Math.min(96, (width - left - 16) / columns.length)
  const isTurned = columns.some((name) => pixelsOf(name) > cell - 4)
  // Turned, they come from the left above, where the names of rows leave room.
  const headRoom = Math.min(Math.max(...columns.map(pixelsOf)), 150, (left + cell / 2 - 8) / Math.cos(turn))
  const top = 44 + (isTurned ? headRoom * Math.sin(turn) + 14 : 20)
  const most = Math.max(0, ...values.flatMap((row) => row.map((value) => value ?? 0)))
  // Names that would lie on each other are left out; the pointer on a cell tells them.
  const step = isTurned ? Math.ceil(lineHeight / (cell * Math.sin(turn))) : 1
  const parts = columns.flatMap((name, place) =>
    place % step > 0
      ? []
      : label(
          name,
          { x: left + cell * (place + 0.5) + (isTurned ? 4 : 0), y: top - 8, room: isTurned ? headRoom : cell },
          { anchor: isTurned ? 'end' : 'middle', colour: 'faint', turned: isTurned },
        ),
  )
  for (const [row, name] of rows.entries()) {
    const y = top + row * rowHeight
    parts.push(label(name, { x: left - 12, y: y + 18, room: nameRoom }, { anchor: 'end' }))
    for (const column of columns.keys()) {
      const value = values[row]?.[column] ?? null
      const words = numberWords(value, unit)
      const strength = value === null || most === 0 ? 0 : Math.max(0, value / most)
      const x = left + column * cell
      const box = `x="${pixel(x + 1)}" y="${pixel(y + 1)}" width="${pixel(Math.max(1, cell - 2))}" height="${String(rowHeight - 2)}"`
      const title = `<title>${escaped(`${name}, ${columns[column] ?? ''}: ${words}`)}</title>`
      // At most half, so that the ink of the number stays readable on it, on light and on dark.
      const opacity = `fill-opacity="${String(Math.round(strength * 50) / 100)}"`
      parts.push(`<rect ${box} rx="2" ${painted('stroke', 'line')} fill="none"/>`)
      parts.push(`<rect ${box} rx="2" ${opacity} ${painted('fill', 0)}>${title}</rect>`)
      const inside = shorterWords(value, unit).find((one) => pixelsOf(one) <= cell - 8)
      if (value !== null && inside !== undefined)
        parts.push(label(inside, { x: x + cell / 2, y: y + 18, room: cell }, { anchor: 'middle' }))
    }
  }
  return { content: parts.join('\n'), height: top + rows.length * rowHeight + 16 }
}
