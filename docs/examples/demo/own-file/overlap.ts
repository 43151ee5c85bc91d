import type { Engine } from 'coterie'
import { counted, type Terminal } from '../print/terminal.js'

/** How many contacts any two of the segments have in common; the segments stand as their numbers, from 1. */
export function showOverlap({ print, paint }: Terminal, { segments }: Pick<Engine, 'segments'>): void {
  const members = segments.ids().map((id) => new Set(segments.get(id)?.members()))
  const width = Math.max(4, ...members.map(({ size }) => counted(size).length)) + 2
  const cell = (text: string): string => text.padStart(width)
  print(paint('grey', `    ${members.map((_, column) => cell(String(column + 1))).join('')}`))
  members.forEach((own, row) => {
    const cells = members.slice(0, row + 1).map((other) => counted([...own].filter((id) => other.has(id)).length))
    print(`${String(row + 1).padStart(4)}${cells.map(cell).join('')}`)
  })
}
