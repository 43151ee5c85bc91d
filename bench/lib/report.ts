import { readFileSync, writeFileSync } from 'node:fs'
import { machine } from './machine.js'

/**
 * Puts tables into a page, each between the markers of its name; what stands around them stays as it is.
 *
 * @throws Error where the page has no such markers.
 */
export function writeTables(page: string, tables: ReadonlyMap<string, string>): void {
  let text = readFileSync(page, 'utf8')
  for (const [name, table] of tables) {
    const [begin, end] = [`<!-- bench ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${page} has no place for the tables of ${name}`)
    text = `${text.slice(0, from + begin.length)}\n\n${machine()}\n\n${table.trim()}\n\n${text.slice(to)}`
  }
  writeFileSync(page, text)
}
