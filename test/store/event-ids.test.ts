import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventIds } from '../../src/store/event-ids.js'
import { Runs, type MoveRows } from '../../src/store/runs.js'
import { runs as times } from '../runs.js'

/*
 * 1. The id of each row, and the row of each id, are what a list for each contact says, of few events and of many.
 * 2. So it is wherever rows go: as runs outgrow their room, are packed, and are saved and loaded.
 * 3. Once no event has an id, nothing is kept.
 */

const contacts = 3

/** The ids of some contacts' events, as a table keeps them and as lists. */
class Scene {
  readonly runs = new Runs()
  ids = new EventIds(this.runs)
  readonly lists: (string | undefined)[][] = Array.from({ length: contacts }, () => [])
  #next = 0

  readonly move: MoveRows = (from, to, count) => {
    this.ids.moveRows(from, to, count)
  }

  insert(contact: number, place: number, hasId: boolean): void {
    const list = this.lists[contact] as (string | undefined)[]
    const at = place % (list.length + 1)
    const id = hasId ? `e${String(this.#next++)}` : undefined
    const row = this.runs.insert(contact, at, this.move)
    if (id !== undefined) this.ids.add(contact, row, id)
    list.splice(at, 0, id)
  }

  remove(contact: number, place: number, many: number): void {
    const list = this.lists[contact] as (string | undefined)[]
    if (list.length === 0) return
    const at = place % list.length
    const count = Math.min(many, list.length - at)
    const start = this.runs.startOf(contact)
    for (let row = start + at; row < start + at + count; row += 1) this.ids.delete(contact, row)
    this.runs.remove(contact, at, count, this.move)
    list.splice(at, count)
  }

  pack(): void {
    this.ids.arrange(this.runs.packed())
  }

  reopen(): void {
    const saved = this.ids.save()
    this.ids = new EventIds(this.runs)
    this.ids.load(saved)
  }

  check(): void {
    for (const [contact, list] of this.lists.entries()) {
      const start = this.runs.startOf(contact)
      expect(list.map((_, place) => this.ids.at(start + place))).toEqual(list)
      const all = this.lists.flat().filter((id) => id !== undefined)
      const rows = all.map((id) => (list.includes(id) ? start + list.indexOf(id) : undefined))
      expect(all.map((id) => this.ids.rowOf(contact, id))).toEqual(rows)
      expect(this.ids.rowOf(contact, 'none')).toBeUndefined()
    }
    expect(this.ids.save() === null).toBe(this.lists.flat().every((id) => id === undefined))
  }
}

const contact = fc.nat(contacts - 1)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      contact,
      place: fc.nat(),
      many: fc.nat(3),
      hasId: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      contact,
      place: fc.nat(),
      many: fc.constant(30),
      hasId: fc.constant(true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('remove' as const),
      contact,
      place: fc.nat(),
      many: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pack' as const, 'reopen' as const) }) },
)

describe('the ids of events', () => {
  it('are those that lists would hold', () => {
    const property = fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const scene = new Scene()
      for (const one of steps) {
        if (one.do === 'insert')
          for (let n = 0; n < one.many; n += 1) scene.insert(one.contact, one.place + n, one.hasId)
        else if (one.do === 'remove') scene.remove(one.contact, one.place, one.many)
        else scene[one.do]()
        scene.check()
      }
      for (let each = 0; each < contacts; each += 1) scene.remove(each, 0, Infinity)
      scene.check()
      expect(scene.ids.save()).toBeNull()
    })
    fc.assert(property, { numRuns: times(200) })
  })
})
