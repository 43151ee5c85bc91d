import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noRow, Runs, type MoveRows } from '../../src/store/runs.js'
import { runs as times } from '../runs.js'

/*
 * 1. The rows of each owner are what a list of its own would hold, whatever was put in and taken out where.
 * 2. No two runs share room, each has the room of the next size, and what is free is given away again.
 * 3. Packed, the runs stand one after the other by owner, with no room between them; saved and loaded they are where they were.
 */

const sizes = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

function roomOf(count: number): number {
  return sizes.find((size) => size >= count) ?? NaN
}

/** A table of one column. */
class Table {
  runs = new Runs()
  rows: (string | undefined)[] = []

  readonly move: MoveRows = (from, to, count) => {
    const moved = this.rows.slice(from, from + count)
    for (let place = 0; place < count; place += 1) this.rows[from + place] = undefined
    for (let place = 0; place < count; place += 1) this.rows[to + place] = moved[place]
  }

  insert(owner: number, place: number, content: string): void {
    const row = this.runs.insert(owner, place, this.move)
    this.rows[row] = content
  }

  remove(owner: number, place: number, many: number): void {
    this.runs.remove(owner, place, many, this.move)
  }

  pack(): void {
    const rows = this.runs.packed()
    this.rows = Array.from(rows, (row) => (row === noRow ? undefined : this.rows[row]))
  }

  of(owner: number): readonly (string | undefined)[] {
    const start = this.runs.startOf(owner)
    return Array.from({ length: this.runs.countOf(owner) }, (_, place) => this.rows[start + place])
  }
}

const owners = 6

function check(table: Table, lists: readonly (readonly string[])[]): void {
  const taken = new Set<number>()
  for (const [owner, list] of lists.entries()) {
    expect(table.of(owner)).toEqual(list)
    const start = table.runs.startOf(owner)
    for (let row = start; row < start + roomOf(list.length); row += 1) {
      expect(taken.has(row)).toBe(false)
      expect(row).toBeLessThan(table.runs.end)
      taken.add(row)
    }
  }
  expect(table.runs.countOf(1_000)).toBe(0)
  expect(table.runs.startOf(1_000)).toBe(0)
}

const step = fc.record({
  do: fc.constantFrom(
    'insert' as const,
    'insert' as const,
    'insert' as const,
    'remove' as const,
    'pack' as const,
    'reopen' as const,
  ),
  owner: fc.nat(owners - 1),
  place: fc.nat(),
  many: fc.integer({ min: 1, max: 5 }),
})

describe('runs', () => {
  it('hold what lists would hold', () => {
    const property = fc.property(fc.array(step, { maxLength: 80 }), (all) => {
      const table = new Table()
      const lists = Array.from({ length: owners }, (): string[] => [])
      for (const [n, { do: what, owner, place, many }] of all.entries()) {
        const list = lists[owner] as string[]
        if (what === 'insert') {
          const at = place % (list.length + 1)
          table.insert(owner, at, `r${n}`)
          list.splice(at, 0, `r${n}`)
        } else if (what === 'remove') {
          if (list.length === 0) continue
          const at = place % list.length
          const gone = Math.min(many, list.length - at)
          table.remove(owner, at, gone)
          list.splice(at, gone)
        } else if (what === 'pack') {
          table.pack()
          expect(table.runs.end).toBe(lists.reduce((sum, { length }) => sum + roomOf(length), 0))
          expect(table.rows).toHaveLength(table.runs.end)
          const starts = lists.flatMap(({ length }, each) => (length > 0 ? [table.runs.startOf(each)] : []))
          expect(starts).toEqual([...starts].sort((a, b) => a - b))
        } else {
          const later = new Runs()
          const saved = table.runs.save()
          // What happens to what was saved from is nothing to it.
          table.runs.insert(owner, 0, () => undefined)
          later.load(saved)
          table.runs = later
        }
        check(table, lists)
      }
    })
    fc.assert(property, { numRuns: times(200) })
  })

  it('give room away again before they take new', () => {
    const table = new Table()
    for (let n = 0; n < 5; n += 1) table.insert(0, n, `a${n}`)
    // It had room for 1, 2, 3 and 4 before, which are free now, and has room for 6.
    expect(table.runs.end).toBe(1 + 2 + 3 + 4 + 6)
    table.insert(1, 0, 'b')
    table.insert(2, 0, 'c')
    expect(table.runs.end).toBe(16 + 1)
    table.insert(1, 1, 'bb')
    table.insert(2, 1, 'cc')
    expect(table.runs.end).toBe(17 + 2)
    table.remove(0, 0, 5)
    for (let n = 0; n < 6; n += 1) table.insert(3, n, `d${n}`)
    expect(table.of(3)).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5'])
    // On its way there was no room for two.
    expect(table.runs.end).toBe(19 + 2)
  })

  it('keep all rooms of a size that wait', () => {
    const table = new Table()
    for (let owner = 0; owner < 5; owner += 1) table.insert(owner, 0, 'x')
    for (let owner = 0; owner < 5; owner += 1) table.remove(owner, 0, 1)
    for (let owner = 5; owner < 10; owner += 1) table.insert(owner, 0, 'y')
    expect(table.runs.end).toBe(5)
  })

  it('are loose when more than a quarter of the room waits, unless there is little', () => {
    const table = new Table()
    const { runs } = table
    for (let owner = 0; owner < 400; owner += 1) table.insert(owner, 0, 'x')
    for (let owner = 0; owner < 400; owner += 1) runs.remove(owner, 0, 1, table.move)
    expect([runs.end, runs.isLoose]).toEqual([400, false])
    for (let owner = 0; owner < 400; owner += 1) for (let n = 0; n < 4; n += 1) table.insert(owner, n, 'x')
    expect(runs.end).toBeGreaterThan(1_024)
    expect([4 * (runs.end - 1_600) > runs.end, runs.isLoose]).toEqual([false, false])
    for (let owner = 0; owner < 40; owner += 1) runs.remove(owner, 0, 4, table.move)
    expect([4 * (runs.end - 1_440) > runs.end, runs.isLoose]).toEqual([true, true])
    const later = new Runs()
    later.load(runs.save())
    expect(later.isLoose).toBe(true)
    table.pack()
    expect([runs.end, runs.isLoose]).toEqual([1_440, false])
  })
})
