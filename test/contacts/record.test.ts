import { describe, expect, it } from 'vitest'
import { sameFields, type RecordFields } from '../../src/contacts/record.js'

describe('two records are the same', () => {
  it.each<[boolean, RecordFields, RecordFields]>([
    [true, {}, {}],
    [true, { a: 1, b: 'x' }, { b: 'x', a: 1 }],
    [false, { a: 1 }, { a: 2 }],
    [false, { a: 1 }, { b: 1 }],
    [false, { a: 1 }, {}],
    [true, { lines: [{ n: 1 }, { n: 2 }] }, { lines: [{ n: 1 }, { n: 2 }] }],
    [false, { lines: [{ n: 1 }, { n: 2 }] }, { lines: [{ n: 2 }, { n: 1 }] }],
    [false, { lines: [{ n: 1 }] }, { lines: [{ n: 1 }, { n: 2 }] }],
    [false, { lines: [{ n: 1 }] }, { lines: 1 }],
    [false, { lines: 1 }, { lines: [{ n: 1 }] }],
  ])('%s: %j and %j', (same, one, other) => {
    expect(sameFields(one, other)).toBe(same)
    expect(sameFields(other, one)).toBe(same)
  })
})
