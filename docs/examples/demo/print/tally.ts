import type { Transition } from 'coterie'
import { counted, fitted, type Terminal } from './terminal.js'

type Kind = Transition['cause']['kind']

const kinds: readonly Kind[] = ['time', 'event', 'record', 'attribute', 'tag', 'contact', 'member', 'merge']

/** Counts the transitions by segment and kind of cause. */
export class Tally {
  readonly #counts = new Map<string, number>()

  hear({ segmentId, type, cause }: Transition): void {
    const key = `${segmentId} ${type} ${cause.kind}`
    this.#counts.set(key, this.#of(key) + 1)
  }

  /** A row for each segment: how many entered (+) and left (−) by each kind of cause. */
  print({ print, paint }: Terminal, segments: readonly string[], nameOf: (id: string) => string): void {
    const rows = segments.map((id) => kinds.map((kind) => this.#cell(`${id} enter ${kind}`, `${id} exit ${kind}`)))
    const widths = kinds.map(
      (kind, column) => Math.max(kind.length, ...rows.map((row) => row[column]?.length ?? 0)) + 1,
    )
    const line = (cells: readonly string[]): string =>
      cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('')
    print(paint('grey', fitted('', 17) + line(kinds)))
    segments.forEach((id, row) => {
      print(fitted(nameOf(id), 17) + line(rows[row] ?? []))
    })
  }

  /** A line for each segment: how many entered (+) and left (−) in all. */
  printTotals({ print }: Terminal, segments: readonly string[], nameOf: (id: string) => string): void {
    for (const id of segments) {
      const total = (type: 'enter' | 'exit'): number =>
        [...this.#counts].reduce((sum, [key, count]) => sum + (key.startsWith(`${id} ${type} `) ? count : 0), 0)
      print(
        `${fitted(nameOf(id), 18)}${`+${counted(total('enter'))}`.padStart(9)}${`−${counted(total('exit'))}`.padStart(9)}`,
      )
    }
  }

  #cell(entered: string, left: string): string {
    const parts = [
      this.#of(entered) === 0 ? '' : `+${this.#of(entered)}`,
      this.#of(left) === 0 ? '' : `−${this.#of(left)}`,
    ]
    return parts.filter((part) => part !== '').join(' ') || '·'
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0
  }
}
