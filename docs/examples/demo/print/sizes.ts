import type { Engine } from 'coterie'
import { brailleLine } from './chart.js'
import { counted, fitted, type Paint, type Terminal } from './terminal.js'

/** A day to be named below a chart, from 0. */
export interface Mark {
  readonly day: number
  readonly title: string
}

/** So many columns of dots a chart has at most. */
const mostColumns = 92

const colours: readonly Paint[] = ['yellow', 'blue', 'magenta', 'green', 'red', 'cyan', 'grey']

/** The sizes of segments over time, noted once a day. */
export class Sizes {
  readonly #noted = new Map<string, number[]>()

  note({ segments }: Pick<Engine, 'segments'>): void {
    for (const id of segments.ids()) {
      const sizes = this.#noted.get(id)
      const { count = 0 } = segments.get(id) ?? {}
      if (sizes === undefined) this.#noted.set(id, [count])
      else sizes.push(count)
    }
  }

  /** A line for each segment whose size changed, from its lowest size to its highest, with the days named below. */
  print({ print, paint }: Terminal, nameOf: (id: string) => string, marks: readonly Mark[]): void {
    let colour = 0
    for (const [id, sizes] of this.#noted) {
      if (sizes.every((size) => size === sizes[0])) continue
      const paintOf = colours[colour++ % colours.length] ?? 'bold'
      const ends = [Math.max(...sizes), Math.min(...sizes)].map((end) => counted(end).padStart(7))
      brailleLine(spread(sizes), 2).forEach((line, row) => {
        const name = row === 0 ? nameOf(id) : ''
        const last = row === 0 ? '' : counted(sizes.at(-1) ?? 0)
        print(`${fitted(name, 18)}${paint('grey', ends[row] ?? '')} ${paint(paintOf, line)} ${last.padStart(7)}`)
      })
    }
    if (marks.length === 0) return
    const columns = Math.max(0, ...[...this.#noted.values()].map(({ length }) => length))
    const place = (day: number): number => Math.floor(day * Math.min(1, mostColumns / columns)) >> 1
    const axis = marks.reduce((line, { day, title }) => `${line.padEnd(place(day))}▲ ${title}`, '')
    print(' '.repeat(26) + paint('yellow', axis))
  }
}

/** Values that are too many for a chart, thinned out evenly; the last one stays. */
function spread(values: readonly number[]): readonly number[] {
  if (values.length <= mostColumns) return values
  const last = values.length - 1
  return Array.from(
    { length: mostColumns },
    (_, column) => values[Math.round((column * last) / (mostColumns - 1))] ?? 0,
  )
}
