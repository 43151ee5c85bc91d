import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matches, type Transition } from 'coterie'
import { afterAll, describe, expect, it } from 'vitest'
import { Company, companyZone } from '../../docs/examples/demo/company/company.js'
import { ninetyDays } from '../../docs/examples/demo/company/ninety-days.js'
import { Random } from '../../docs/examples/demo/company/random.js'
import { defineSegments } from '../../docs/examples/demo/company/segments.js'
import { demonstrate } from '../../docs/examples/demo/demonstration.js'
import { brailleLine } from '../../docs/examples/demo/print/chart.js'
import { datesIn } from '../../docs/examples/demo/words/dates.js'

const names = [
  'VIP Customers',
  'Inactive 30 Days',
  'High Intent',
  'New This Week',
  'At Risk',
  'Fair Guests',
  'Welcome Calls',
]

/** What the demonstration prints on a terminal of 80 columns without colours, and its exit code. */
async function shown(...argv: string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = []
  const terminal = {
    width: 80,
    print: (line = '') => void lines.push(line.trimEnd()),
    paint: (_: string, text: string) => text,
    status: () => Promise.resolve(),
  }
  return { code: await demonstrate(argv, terminal, () => 0), lines }
}

/** The lines between a heading that begins so and the next empty line. */
function part(lines: readonly string[], heading: string): readonly string[] {
  const at = lines.findIndex((line) => line.startsWith(heading))
  if (at < 0) throw new Error(`no part '${heading}'`)
  const end = lines.indexOf('', at)
  return lines.slice(at + 1, end < 0 ? undefined : end)
}

/** The numbers of a line, thousands put together. */
const numbers = (line: string): number[] =>
  (line.match(/[+−]?\d[\d,]*/g) ?? []).map((text) => Number(text.replaceAll(',', '').replace('−', '-')))

describe('the company', () => {
  const size = 500
  const seed = 11
  const whole = shown('--size', String(size), '--seed', String(seed))

  /** The same company, lived through without being shown. */
  const lived = (async () => {
    const company = new Company(new Random(seed), size)
    const { engine, random } = company
    const transitions: Transition[] = []
    engine.on('transition', (transition) => void transitions.push(transition))
    defineSegments(
      engine,
      engine.contacts.ids().filter(() => random.chance(0.01)),
    )
    const sizesAtFirst = engine.segments.ids().map((id) => engine.segments.get(id)?.count)
    await ninetyDays(company, { chapter: () => {}, dayOver: () => Promise.resolve() })
    return { company, engine, transitions, sizesAtFirst }
  })()

  it('lists all segments with their sizes', async () => {
    const { lines } = await whole
    const { sizesAtFirst } = await lived
    const listed = names.map((name) => numbers((lines.find((line) => line.startsWith(name)) ?? '').slice(17))[0])
    expect(listed).toEqual(sizesAtFirst)
  })

  it('ends with the sizes that the plain evaluator finds', async () => {
    const { lines, code } = await whole
    const { engine } = await lived
    expect(code).toBe(0)
    const chart = part(lines, 'Sizes from')
    const now = names.map((name) => numbers(chart[chart.findIndex((line) => line.startsWith(name)) + 1] ?? '').at(-1))
    const rules = Object.fromEntries(
      engine.segments.ids().flatMap((id) => {
        const rule = engine.segments.get(id)?.rule
        return rule === undefined ? [] : [[id, rule] as const]
      }),
    )
    const belongs = (segment: string, id: string): boolean => {
      const rule = rules[segment]
      const isDynamic = engine.segments.get(segment)?.kind === 'dynamic'
      const { include, exclude } = isDynamic ? {} : engine.segments.explain(segment, id).slots
      if (include !== undefined || exclude !== undefined || rule === undefined)
        return exclude === undefined && include !== undefined
      const options = { now: engine.now, timeZone: companyZone, segments: rules }
      return matches(rule, engine.contacts.get(id) ?? { id }, options)
    }
    const recount = engine.segments.ids().map((segment) => engine.contacts.ids().filter((id) => belongs(segment, id)))
    expect(now).toEqual(recount.map(({ length }) => length))
    expect(recount.map((ids) => [...ids].sort())).toEqual(
      engine.segments.ids().map((id) => [...(engine.segments.get(id)?.members() ?? [])].sort()),
    )
  })

  it('has transitions that lead from nothing to the members at the end', async () => {
    const { engine, transitions } = await lived
    const members = new Map(engine.segments.ids().map((id) => [id, new Set<string>()]))
    for (const { type, segmentId, contactId } of transitions) {
      const of = members.get(segmentId)
      expect(of?.has(contactId)).toBe(type === 'exit')
      if (type === 'enter') of?.add(contactId)
      else of?.delete(contactId)
    }
    for (const [id, of] of members)
      expect([...of].sort()).toEqual([...(engine.segments.get(id)?.members() ?? [])].sort())
  })

  it('counts all of them by their causes', async () => {
    const { lines } = await whole
    const { engine, transitions, sizesAtFirst } = await lived
    const [head = '', ...rows] = part(lines, 'All who entered')
    expect(head.trim().split(/ +/)).toEqual([
      'time',
      'event',
      'record',
      'attribute',
      'tag',
      'contact',
      'member',
      'merge',
    ])
    const moved = transitions.filter(({ cause }) => cause.kind !== 'definition')
    for (const [place, id] of engine.segments.ids().entries()) {
      const cells = numbers((rows[place] ?? '').slice(18))
      const own = moved.filter(({ segmentId }) => segmentId === id)
      expect(cells.filter((cell) => cell > 0).reduce((sum, cell) => sum + cell, 0)).toBe(
        own.filter(({ type }) => type === 'enter').length,
      )
      expect(cells.reduce((sum, cell) => sum + cell, sizesAtFirst[place] ?? 0)).toBe(engine.segments.get(id)?.count)
    }
  })

  it('shows transitions that there were, at their instants', async () => {
    const { lines } = await whole
    const { company, engine, transitions } = await lived
    const dates = datesIn(companyZone)
    const known = new Set(
      transitions.map(({ at, type, contactId, segmentId }) => {
        const segment = engine.segments.get(segmentId)?.description.name ?? ''
        return `${dates.instant(at)}  ${company.nameOf(contactId)} ${type === 'enter' ? 'enters' : 'leaves'} ${segment}`
      }),
    )
    const feed = part(lines, 'Ninety days').filter((line) => / (enters|leaves) /.test(line))
    expect(feed.length).toBeGreaterThan(10)
    expect(feed.filter((line) => !known.has(line))).toEqual([])
  })

  it('says of time alone what time alone did', async () => {
    const { transitions } = await lived
    const byTime = transitions.filter(({ cause, segmentId }) => cause.kind === 'time' && segmentId === 'new-this-week')
    expect(byTime.length).toBeGreaterThan(50)
    for (const { duration } of byTime) expect(duration).toBeLessThanOrEqual(7 * 86_400_000)
    expect((await whole).lines.join('\n')).toContain('time alone: created exactly 7 days ago')
  })

  it('explains one member, with ticks, the window and what time will do', async () => {
    const why = part((await whole).lines, 'Why ')
    expect(why[0]).toBe('✓ all of')
    expect(why).toContain('├ ✓ in New This Week')
    expect(why.some((line) => line.includes('✗'))).toBe(true)
    expect(why.join('\n')).toMatch(/the window: \d+ Apr 2026 01:00 – 12 Apr 2026 01:00/)
    expect(why.join('\n')).toMatch(/By time alone: leaves/)
  })

  it('checks itself', async () => {
    const text = (await whole).lines.join(' ')
    expect(text).toMatch(/give today's members; of [\d,]+ answers of the plain evaluator none differs\./)
  })

  it('fits 80 columns and a screen or four', async () => {
    const { lines } = await whole
    expect(lines.filter((line) => Array.from(line).length > 80)).toEqual([])
    expect(lines.length).toBeGreaterThan(60)
    expect(lines.length).toBeLessThan(120)
  })

  it('is the same for a seed, and another for another', async () => {
    const again = await shown('--size', String(size), '--seed', String(seed))
    expect(again).toEqual(await whole)
    const other = await shown('--size', '100', '--seed', '2')
    expect(other.lines).not.toEqual((await shown('--size', '100', '--seed', '3')).lines)
  })
})

describe('a file of contacts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-demo-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, ...lines: string[]): string => {
    const path = join(folder, name)
    writeFileSync(path, lines.join('\n'))
    return path
  }

  it('without dates: segments, overlaps, a member and changes', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, n) => `k${n},${n % 4 === 0 ? 'Oslo' : 'Rome'},${n * 10},${n === 7 ? 'NULL' : 'x'}`,
    )
    const { code, lines } = await shown(
      '--contacts',
      file('plain.csv', 'key,city,spent,note', ...rows),
      '--where',
      'city=Oslo',
      '--above',
      'spent=200',
    )
    expect(code).toBe(0)
    expect(lines[0]).toBe('plain.csv: 40 rows; the contact is named by key')
    expect(lines).toContain('Numbers: spent.')
    expect(lines).toContain('Dates: none.')
    expect(lines).toContain('Taken as not known: "NULL" in note (1).')
    expect(lines).toContain('Imported 40 contacts in 0 ms; 0 rows refused.')
    const segments = part(lines, 'Segments of')
    expect(segments[0]).toBe('   1       4   10%  “city is Oslo and spent over 200”')
    expect(segments[1]).toBe('   2      30   75%  “city is Rome”')
    expect(segments[2]).toBe('   3      10   25%  “spent at least 300”')
    expect(part(lines, 'How many')[2]).toBe('   2     0    30')
    expect(part(lines, 'Why ')).toEqual([
      '✓ all of',
      '├ ✓ city is Oslo',
      '└ ✓ spent over 200  it is 320',
      'Time alone will change nothing.',
    ])
    expect(part(lines, 'Some changes')).toEqual([
      '  city Oslo → Rome: enters 2, 4, leaves 1',
      '  and back: enters 1, leaves 2, 4',
      '  spent 320 → 0: leaves 1, 3',
      '  and back: enters 1, 3',
      '  contact removed: leaves 1, 3',
      'The file has no dates, so time alone moves nobody.',
    ])
  })

  it('with dates, another delimiter, tags and rows that do not fit', async () => {
    const path = file(
      'kunden.csv',
      'Nr;Umsatz;Seit;Marken',
      '1;1.200,50;03.04.2026;VIP|source-web',
      '2;3,10;21.04.2026;source-web',
      '3;viel;30.03.2026;',
      '4;99,00',
    )
    const options = [
      '--id',
      'Nr',
      '--tag-column',
      'Marken',
      '--split',
      '|',
      '--number',
      'Umsatz',
      '--decimal',
      ',',
      '--thousands',
      '.',
    ]
    const { lines } = await shown('--contacts', path, ...options)
    expect(lines).toContain('Dates: Seit.')
    expect(lines).toContain('Imported 2 contacts and 3 tags in 0 ms; 2 rows refused.')
    expect(lines.some((line) => line.startsWith('  line 4, Umsatz: "viel" is not a number'))).toBe(true)
    expect(lines).toContain('The clock stands at 22 Apr 2026 00:00, after the latest Seit; --now sets another')
    expect(part(lines, 'Ninety days')).toContain('03 May 00:00:00.000  1 leaves segment 2')
    expect(lines).toContain('4 entered or left, each at its own instant. The sizes of those that changed:')
  })

  it('leaves dates alone that could be in two orders, until told', async () => {
    const path = file('dates.csv', 'id,seen', 'a,03/04/2026', 'b,05/06/2026')
    expect((await shown('--contacts', path)).lines.join(' ')).toContain(
      'seen could be in several: say with --date-order.',
    )
    expect((await shown('--contacts', path, '--date-order', 'dmy')).lines).toContain('Dates: seen.')
  })

  it('with events: the history replayed, sizes over time, and a check', async () => {
    const start = Date.parse('2025-01-01T00:00:00Z')
    const people = Array.from({ length: 30 }, (_, n) => `k${n},x`)
    const bought = Array.from({ length: 300 }, (_, n) => {
      const at = new Date(start + ((n * 97) % 360) * 86_400_000).toISOString().slice(0, 10)
      return `o${n},k${(n * n) % 29},${at},${(n % 7) + 1}.50`
    })
    const { code, lines } = await shown(
      '--contacts',
      file('people.csv', 'key,note', ...people),
      '--events',
      file('bought.csv', 'order,key,when,total', ...bought, 'o300,nobody,2025-02-01,5'),
      '--event-type',
      'purchase',
    )
    expect(code).toBe(0)
    const text = lines.join(' ').replace(/ +/g, ' ')
    expect(text).toContain(
      'bought.csv: 301 rows; each is an event "purchase" of the contact in key, at when, its id in order',
    )
    expect(text).toContain('Recorded 300 events from Wed 1 Jan 2025 to Fri 26 Dec 2025')
    expect(text).toContain('1 row refused. line 302, key: There is no contact "nobody"')
    const before = part(lines, '30 contacts before the first event')
    expect(before[0]).toMatch(/^Quiet 30 Days +30 {2}no purchase in the last 30 days$/)
    const after = part(lines, '30 contacts on Fri 26 Dec 2025')
    const moves = part(lines, 'How many entered')
    for (const [place, line] of moves.entries()) {
      const [entered = NaN, left = NaN] = numbers(line.slice(18))
      const [first, last] = [before, after].map(
        (all) => numbers((all.filter((row) => /^\S/.test(row))[place] ?? '').slice(15))[0],
      )
      expect((first ?? NaN) + entered + left, line).toBe(last)
    }
    expect(part(lines, 'Sizes from').at(-1)).toContain('▲ Jul 2025')
    expect(text).toMatch(/give the members; of 210 answers of the plain evaluator none differs\./)
    expect(lines.filter((line) => Array.from(line).length > 80)).toEqual([])
  })

  it('says which column of events it lacks', async () => {
    const events = file('bare.csv', 'a,b', '1,2')
    await expect(shown('--events', events)).rejects.toThrow(
      'say with --event-contact which it is; the columns are a, b',
    )
    await expect(shown('--events', events, '--event-contact', 'a')).rejects.toThrow('say with --event-at')
    await expect(shown('--events', events, '--event-contact', 'c')).rejects.toThrow("There is no column 'c'")
  })

  it('says what is wrong with the command line', async () => {
    const path = file('small.csv', 'id,city,age', 'a,Oslo,30', 'b,Rome,40')
    await expect(shown('--contacts', path, '--above', 'city=4')).rejects.toThrow('city is not a column of numbers')
    await expect(shown('--contacts', path, '--where', 'town=Oslo')).rejects.toThrow('the columns are city, age')
    await expect(shown('--contacts', path, '--where', 'city=Paris')).rejects.toThrow(
      "No contact has 'Paris' as city; the most frequent are Oslo, Rome",
    )
    await expect(shown('--contacts', path, '--number', 'town')).rejects.toThrow("There is no column 'town'")
    await expect(shown('--contacts', path, '--id', 'town')).rejects.toThrow('The file has no column "town"')
    await expect(shown('--contacts', join(folder, 'none.csv'))).rejects.toThrow('no such file')
    await expect(shown('--size', 'many')).rejects.toThrow("--size is a whole number from 100, not 'many'")
  })
})

describe('as a command', () => {
  const run = (...argv: string[]) =>
    spawnSync('npx', ['tsx', '--tsconfig', 'tsconfig.test.json', 'docs/examples/demo/main.ts', ...argv], {
      encoding: 'utf8',
    })

  it('says what it takes', () => {
    const { stdout, status } = run('--help')
    expect(status).toBe(0)
    for (const option of ['--seed', '--contacts', '--id', '--delimiter', '--date-order', '--tag-column', '--where'])
      expect(stdout).toContain(option)
  })

  it('ends with 2 and a sentence where an option is unknown', () => {
    const { stderr, status } = run('--sead', '4')
    expect(status).toBe(2)
    expect(stderr.trim().split('\n').at(-1)).toBe("Unknown option '--sead'")
  })
})

describe('a line of braille', () => {
  it('has a column of dots for each value', () => {
    expect(brailleLine([0, 1, 2, 3], 1)).toEqual(['⡠⠊'])
    expect(brailleLine([5, 5], 1)).toEqual(['⣀'])
    expect(brailleLine([0, 7], 2)).toEqual(['⢸', '⡸'])
  })
})
