import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/contacts/limits.js'
import { faultsOf, isFrozenDeep, read } from './reading.js'

function define(data: unknown): unknown {
  return { type: 'segment.define', id: 's', data }
}

function nested(levels: number): unknown {
  let value: unknown = []
  for (let level = 1; level < levels; level++) value = { a: value }
  return value
}

describe('data of the host', () => {
  it.each([null, true, false, 0, -1.5, '', 'text', [], {}, [[], {}, null], { a: { b: [1, 'a', { c: null }] } }])(
    'is any plain JSON: %j',
    (data) => {
      expect(read(define(data))).toStrictEqual(define(data))
    },
  )

  it('is copied and frozen', () => {
    const data = { list: [{ a: 1 }] }
    const change = read(define(data)) as { readonly data: typeof data }
    expect(isFrozenDeep(change)).toBe(true)
    expect(Object.isFrozen(data)).toBe(false)
    data.list.push({ a: 2 })
    expect(change.data).toStrictEqual({ list: [{ a: 1 }] })
  })

  it('keeps every name, and leaves out what is undefined', () => {
    const data = JSON.parse('{ "__proto__": { "a": 1 }, "": 2, "toString": 3 }') as object
    const read1 = read(define({ ...data, gone: undefined }))
    expect(Object.keys((read1 as { readonly data: object }).data)).toEqual(['__proto__', '', 'toString'])
    expect(JSON.stringify(read1)).toBe(JSON.stringify(define(data)))
    expect(read({ type: 'segment.describe', segment: 's', data: { a: -0 } })).toStrictEqual({
      type: 'segment.describe',
      segment: 's',
      data: { a: 0 },
    })
  })

  it('says where it is no JSON', () => {
    expect(faultsOf(define({ a: [1, undefined, NaN], b: { c: () => 1 }, d: new Date(0), ['\0']: 1 }))).toEqual([
      'CHANGE_INVALID data.a.1',
      'CHANGE_INVALID data.a.2',
      'CHANGE_INVALID data.b.c',
      'CHANGE_INVALID data.d',
      'CHANGE_INVALID data.\0',
    ])
  })

  it('is as deep as the limit at most', () => {
    const limits = { ...defaultLimits, depth: 3 }
    expect(read(define(nested(3)), { limits })).toStrictEqual(define(nested(3)))
    expect(faultsOf(define(nested(4)), { limits })).toEqual(['LIMIT_EXCEEDED data'])
    expect(faultsOf(define(nested(65)))).toEqual(['LIMIT_EXCEEDED data'])
  })

  it('has as many values as the limit at most, wherever they stand', () => {
    const limits = { ...defaultLimits, nodes: 5 }
    expect(read(define({ a: [1, 2], b: 3 }), { limits })).toMatchObject({ type: 'segment.define' })
    expect(faultsOf(define({ a: [1, 2], b: [3] }), { limits })).toEqual(['LIMIT_EXCEEDED data'])
    const shared = [1, 2]
    expect(faultsOf(define([shared, shared]), { limits })).toEqual(['LIMIT_EXCEEDED data'])
    expect(faultsOf(define([1, 2, 3]), { limits: { ...defaultLimits, list: 2 } })).toEqual(['LIMIT_EXCEEDED data'])
  })

  it('has as much text as the limit at most, names and all', () => {
    const limits = { ...defaultLimits, text: 6 }
    expect(read(define({ ab: ['cd', 'ef'] }), { limits })).toMatchObject({ type: 'segment.define' })
    expect(faultsOf(define({ ab: ['cd', 'efg'] }), { limits })).toEqual(['LIMIT_EXCEEDED data'])
  })
})
