import { describe, expect, it } from 'vitest'
import type { Issue } from '../../src/base/errors.js'
import { isFull, limitsOf, readingOf, report, reportName, throwIssues } from '../../src/contacts/reading.js'

const issue: Issue = { code: 'VALUE_INVALID', path: ['a'], message: 'It is wrong' }

describe('a reading', () => {
  it('begins without issues, in UTC, with the default limits', () => {
    expect(readingOf()).toEqual({
      schema: undefined,
      timeZone: 'UTC',
      limits: { depth: 64, nodes: 10_000, text: 1_000_000, list: 10_000, name: 512 },
      issues: [],
    })
  })

  it('refuses a zone that there is not', () => {
    expect(() => readingOf({ timeZone: 'Europe/Berln' })).toThrow(
      expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }),
    )
  })

  it('keeps a hundred issues', () => {
    const reading = readingOf()
    for (let i = 0; i < 100; i++) {
      expect(isFull(reading)).toBe(false)
      report(reading, issue)
    }
    expect(isFull(reading)).toBe(true)
    report(reading, issue)
    expect(reading.issues).toHaveLength(100)
  })

  it('suggests the nearest name, in the message too, where there is one', () => {
    const reading = readingOf()
    reportName(reading, issue, 'pln', () => ['plan', 'score'])
    reportName(reading, issue, 'zzzzz', () => ['plan', 'score'])
    reportName(reading, issue, 7, () => ['7'])
    expect(reading.issues).toEqual([
      { ...issue, message: 'It is wrong; did you mean "plan"?', nearest: 'plan' },
      issue,
      issue,
    ])
  })

  it('looks for near names only so often', () => {
    const reading = readingOf()
    let looks = 0
    const known = (): string[] => {
      looks++
      return ['plan']
    }
    for (let i = 0; i < 200; i++) reportName(reading, issue, 'pln', known)
    expect(looks).toBe(20)
  })

  it('throws all its issues as one error, with the code and place of the first', () => {
    const reading = readingOf()
    throwIssues('It cannot be read', reading)
    report(reading, { ...issue, position: 3 })
    report(reading, { ...issue, code: 'LIMIT_EXCEEDED' })
    expect(() => throwIssues('It cannot be read', reading)).toThrow(
      expect.objectContaining({
        code: 'VALUE_INVALID',
        message: 'It cannot be read: It is wrong (and 1 more)',
        path: ['a'],
        position: 3,
        issues: reading.issues,
      }),
    )
  })
})

describe('limits', () => {
  it('are the default ones where others are not given', () => {
    expect(limitsOf({ text: 5, list: Infinity })).toEqual({
      depth: 64,
      nodes: 10_000,
      text: 5,
      list: Infinity,
      name: 512,
    })
  })

  it.each([{ text: 0 }, { list: -1 }, { nodes: Number.NaN }, { name: '5' as never }, { depth: 1001 }])(
    'cannot be %j',
    (limits) => {
      expect(() => limitsOf(limits)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    },
  )

  it.each([
    ['a name that is misspelled', { dpth: 5 }, ['limits', 'dpth'], '"dpth"', 'depth'],
    ['a name like none', { size: 5 }, ['limits', 'size'], '"size"', 'depth, nodes, text, list, name'],
    ['nothing', null, ['limits'], 'null', 'an object'],
    ['a number', 5, ['limits'], '5', 'an object'],
  ])('cannot be %s', (_, given, path, received, expected) => {
    expect(() => limitsOf(given as never)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', path, received, expected }),
    )
  })
})
