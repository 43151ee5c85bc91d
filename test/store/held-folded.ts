import fc from 'fast-check'
import type { HeldEnd, HeldTotal } from '../../src/contacts/folded.js'
import type { Value } from '../../src/contacts/value.js'
import type { HeldFolded } from '../../src/store/folded-totals.js'

/* What can be left of a contact's folded events, under a few keys. */

const plain = { noNullPrototype: true } as const

export const keys: readonly string[] = ['a', 'b', 'c']
const value = fc.constantFrom<Value[]>(-1.5, 'text', true, { instant: 7 }, { day: '2026-01-02' }, ['x'])
const end: fc.Arbitrary<HeldEnd> = fc.record(
  { at: fc.integer(), arrival: fc.nat(), id: fc.string(), value },
  { requiredKeys: ['at', 'arrival'], ...plain },
)
/** As `ExactSum` writes them; those of many digits are no text of a double. */
const sum = fc.constantFrom(
  '0',
  '-1.5',
  '0.1',
  '0.0000001',
  '9007199254740993',
  `1${'0'.repeat(30)}`,
  '0.10000000000000003',
)
const total: fc.Arbitrary<HeldTotal> = fc
  .tuple(
    fc.record({ count: fc.integer({ min: 1, max: 1e9 }), first: end, last: end }, plain),
    fc.option(fc.record({ numbers: fc.nat(), sum }), { nil: {} }),
    fc.record({ minimum: value, maximum: value }, { requiredKeys: [] }),
  )
  .map((parts) => Object.assign({}, ...parts) as HeldTotal)
export const heldFolded: fc.Arbitrary<HeldFolded> = fc.record(
  {
    events: fc.integer({ min: 1, max: 1e9 }),
    totals: fc
      .uniqueArray(fc.constantFrom(...keys), { maxLength: 3 })
      .chain((of) => fc.tuple(...of.map((key) => fc.tuple(fc.constant(key), total))))
      .map((entries) => new Map(entries)),
  },
  plain,
)
