import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FoldedTotals, type HeldFolded } from '../../src/store/folded-totals.js'
import { runs } from '../runs.js'
import { heldFolded, keys } from './held-folded.js'

/*
 * 1. What is left of a contact's events is what was written last for it, whoever else came and went.
 * 2. What was read stays as it was, whatever is written later.
 * 3. A key that is not kept has no totals any more.
 * 4. There are no more rows than contacts ever had something at once.
 */

const ordinals = [0, 1, 2, 70, 71]
const ordinal = fc.constantFrom(0, 1, 2, 70)
const step = fc.oneof(
  { weight: 9, arbitrary: fc.record({ ordinal, folded: fc.option(heldFolded, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.subarray([...keys]) },
)

it('what is left of folded events is what was written last', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const totals = new FoldedTotals()
      const model = new Map<number, HeldFolded>()
      const seen: (readonly [HeldFolded | undefined, HeldFolded | undefined])[] = []
      let most = 0
      for (const one of steps) {
        if (Array.isArray(one)) {
          totals.keepOnly(new Set(one))
          for (const [contact, { events, totals: all }] of model)
            model.set(contact, { events, totals: new Map([...all].filter(([key]) => one.includes(key))) })
        } else {
          totals.set(one.ordinal, one.folded)
          if (one.folded === undefined) model.delete(one.ordinal)
          else model.set(one.ordinal, one.folded)
        }
        for (const contact of ordinals) {
          const held = model.get(contact)
          expect(totals.get(contact)).toStrictEqual(held)
          expect(totals.eventsOf(contact)).toBe(held?.events ?? 0)
          for (const key of keys) expect(totals.total(contact, key)).toStrictEqual(held?.totals.get(key))
          seen.push([totals.get(contact), held])
        }
        most = Math.max(most, model.size)
        expect(totals.rows).toBe(most)
      }
      for (const [read, held] of seen) expect(read).toStrictEqual(held)
    }),
    { numRuns: runs(300) },
  )
})
