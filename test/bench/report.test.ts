import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { topics } from '../../bench/cases/topics.js'
import { timesOf } from '../../bench/lib/measure.js'
import { told, toldLimit, toldTarget } from '../../bench/lib/numbers.js'
import { writeTables } from '../../bench/lib/report.js'
import { readSettings } from '../../bench/lib/settings.js'

const folder = mkdtempSync(join(tmpdir(), 'coterie-bench-'))
const page = join(folder, 'page.md')

afterEach(() => {
  rmSync(page, { force: true })
})

describe('the page of the benchmark', () => {
  it('has a place for the tables of every topic', () => {
    const text = readFileSync('docs/performance.md', 'utf8')
    for (const { name } of topics) {
      expect(text.split(`<!-- bench ${name}: written by npm run bench -->`), name).toHaveLength(2)
      expect(text.split(`<!-- end of ${name} -->`), name).toHaveLength(2)
    }
  })

  it('keeps what stands around the tables, however often they are written', () => {
    writeFileSync(page, 'before\n\n<!-- bench a: written by npm run bench -->\n\nold\n\n<!-- end of a -->\n\nafter\n')
    writeTables(page, new Map([['a', 'first']]))
    writeTables(page, new Map([['a', 'second']]))
    const text = readFileSync(page, 'utf8')
    expect(text).toMatch(
      /^before\n\n<!-- bench a: [^>]*-->\n\nMeasured on .*\n\nsecond\n\n<!-- end of a -->\n\nafter\n$/,
    )
  })

  it('is refused tables that it has no place for', () => {
    writeFileSync(page, 'nothing\n')
    expect(() => writeTables(page, new Map([['a', 'table']]))).toThrow('has no place for the tables of a')
    expect(readFileSync(page, 'utf8')).toBe('nothing\n')
  })
})

describe('figures', () => {
  it('are told as median, least and spread', () => {
    expect(timesOf([4, 1, 2, 3, 5])).toEqual({ minimum: 1, median: 3, spread: 1 / 3, runs: 5 })
    expect(timesOf([2, 2, 4, 4])).toEqual({ minimum: 2, median: 3, spread: 1 / 3, runs: 4 })
  })

  it('have three digits that count', () => {
    expect([0.039123, 1.2345, 12.345, 1_234.5, 6_543_210].map(told)).toEqual([
      '0.0391',
      '1.23',
      '12.3',
      '1,230',
      '6,540,000',
    ])
  })

  it('are bold where they miss a target', () => {
    expect([toldTarget(30, 20), toldTarget(12, 20), toldLimit(3, 3), toldLimit(3.5, 3)]).toEqual([
      '30 × (20 ×)',
      '**12 × (20 ×)**',
      '3 (3)',
      '**3.5 (3)**',
    ])
  })
})

describe('the command line', () => {
  it('names topics, sizes and options', () => {
    const settings = readSettings(['live', '--contacts', '10_000', '--segments', '100', '--no-peers'])
    expect(settings).toMatchObject({ topics: ['live'], contacts: 10_000, segments: 100, peers: false, write: false })
  })

  it('refuses what is no number, and options that there are not', () => {
    expect(() => readSettings(['--contacts', 'many'])).toThrow('--contacts takes a whole number, not many')
    expect(() => readSettings(['--quick'])).toThrow()
  })

  it.each([['--contacts', '10'], ['--no-peers'], ['--subject', 'coterie'], ['--cpu']])(
    'writes no tables of a part: %s',
    (...part) => {
      expect(readSettings(['--write']).write).toBe(true)
      expect(() => readSettings(['--write', ...part])).toThrow('--write takes whole topics')
    },
  )
})
