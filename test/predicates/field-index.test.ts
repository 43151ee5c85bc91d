import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldIndex, type ChangedFields } from '../../src/predicates/field-index.js'
import { runs } from '../runs.js'

/*
 * 1. A change visits exactly those that read one of the fields it wrote, each once; who reads any tag reads each.
 * 2. Whether somebody does is told without visiting anyone.
 * 3. Who was taken out is not visited any more.
 */

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
const fields = fc.record({
  attributes: names,
  tags: names,
  anyTag: fc.boolean(),
  events: names,
  records: names,
})
const written = fc.record({ attributes: names, tags: names, events: names, records: names })

describe('readers of fields', () => {
  it('are found by what was written (1, 2, 3)', () => {
    const property = fc.property(
      fc.array(fields, { maxLength: 6 }),
      fc.array(fc.nat(5)),
      fc.array(written, { minLength: 1, maxLength: 6 }),
      (all, out, changes) => {
        const index = new FieldIndex<number>()
        const left = new Map(all.map((each, reader) => [reader, each]))
        const readOf = (each: (typeof all)[number]) => ({
          attributes: new Set(each.attributes),
          tags: new Set(each.tags),
          anyTag: each.anyTag,
          events: new Set(each.events),
          records: new Set(each.records),
        })
        for (const [reader, each] of left) index.add(reader, readOf(each) as never)
        const check = (): void => {
          for (const change of changes) {
            const changed: ChangedFields = {
              attributes: new Set(change.attributes),
              tags: new Set(change.tags),
              events: new Map(change.events.map((type) => [type, { came: [], went: [] }])),
              records: new Set(change.records),
            }
            const wanted = [...left].flatMap(([reader, each]) => {
              const reads =
                (each.anyTag && change.tags.length > 0) ||
                (['attributes', 'tags', 'events', 'records'] as const).some((kind) =>
                  each[kind].some((name) => change[kind].includes(name)),
                )
              return reads ? [reader] : []
            })
            const visited: number[] = []
            index.visitReading(changed, (reader) => visited.push(reader))
            expect(visited.sort((a, b) => a - b)).toEqual(wanted)
            expect(index.isReading(changed)).toBe(wanted.length > 0)
          }
        }
        check()
        for (const reader of new Set(out)) {
          const each = left.get(reader)
          if (each !== undefined) index.delete(reader, readOf(each) as never)
          left.delete(reader)
        }
        check()
      },
    )
    fc.assert(property, { numRuns: runs(300) })
  })
})
