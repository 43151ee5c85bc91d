// Pictures and tables were looked at, light and dark, with long names, with one period, and with nothing in them. What can
// be held of that without eyes is held here.

import { drawSvg, drawTable, type Chart } from 'coterie/reports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../engine/scene.js'
import { runs } from '../runs.js'
import { textWidth } from '../../src/reports/text-width.js'
import { ticksOf } from '../../src/reports/ticks.js'

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('<script>', '"&\'', '常連のお客様', '\n\t\0', ''),
)
const number = fc.option(fc.oneof(fc.integer({ min: -5, max: 500 }), fc.double({ min: -1e6, max: 1e21, noNaN: true })))
const units = fc.constantFrom('count' as const, 'share' as const, 'duration' as const, 'number' as const)
const charts: fc.Arbitrary<Chart> = fc.nat({ max: 12 }).chain((length) =>
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('bars' as const, 'lines' as const),
      title: texts,
      unit: units,
      labels: fc.array(texts, { minLength: length, maxLength: length }),
      series: fc.array(fc.record({ name: texts, values: fc.array(number, { minLength: length, maxLength: length }) }), {
        maxLength: 9,
      }),
    }),
    fc.nat({ max: 12 }).chain((columns) =>
      fc.record({
        kind: fc.constant('matrix' as const),
        title: texts,
        unit: units,
        rows: fc.array(texts, { minLength: length, maxLength: length }),
        columns: fc.array(texts, { minLength: columns, maxLength: columns }),
        values: fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
          minLength: length,
          maxLength: length,
        }),
      }),
    ),
  ),
)

/** Reads XML strictly enough for what is drawn: every tag is closed in order, nothing is left unescaped. Gives the texts. */
function readXml(xml: string): readonly string[] {
  const open: string[] = []
  const found: string[] = []
  const parts = xml.split(/(<[^<>]*>)/)
  for (const part of parts) {
    if (!part.startsWith('<')) {
      expect(part).toMatch(/^(?:[^&<>]|&(?:amp|lt|gt|quot);)*$/)
      expect(part).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f]/)
      if (part.trim() !== '') found.push(part)
    } else if (part.startsWith('</')) {
      expect(open.pop()).toBe(part.slice(2, -1))
    } else {
      const tag = /^<([a-z]+)((?: [a-z][a-z0-9-]*="[^"<>]*")*)(\/?)>$/i.exec(part)
      expect(tag, part).not.toBeNull()
      if (tag?.[3] === '') open.push(tag[1] ?? '')
    }
  }
  expect(open).toEqual([])
  return found
}

describe('a picture', () => {
  it('of anything is well formed, has a title, a description and no number that is none', () => {
    fc.assert(
      fc.property(charts, fc.integer({ min: 240, max: 1200 }), (chart, width) => {
        const svg = drawSvg(chart, { width })
        readXml(svg)
        expect(svg).toMatch(/^<svg [^>]*role="img"/)
        expect(svg).toContain('<title>')
        expect(svg).toContain('<desc>')
        expect(svg).not.toMatch(/NaN|Infinity|undefined|="-?\d+(\.\d+)?e/)
        for (const [, size] of svg.matchAll(/(?:width|height|r)="(-?[\d.]+)"/g))
          expect(Number(size)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: runs(200) },
    )
  })

  it('follows the theme, and a page that sets its own colours', () => {
    const svg = drawSvg({
      kind: 'bars',
      title: 'T',
      unit: 'count',
      labels: ['a'],
      series: [{ name: 's', values: [1] }],
    })
    expect(svg).toContain('@media (prefers-color-scheme:dark)')
    expect(svg).toContain('fill:var(--coterie-1,#2f6fb7)')
    expect(svg).toContain('fill:var(--coterie-paper,#16191d)')
  })

  it('says its numbers to those who do not see it, and whole names where they are cut', () => {
    const long = 'A segment with a name that is far too long for any label in any chart whatever'
    const svg = drawSvg({
      kind: 'bars',
      title: 'Sizes',
      unit: 'count',
      labels: ['vip', long],
      series: [{ name: 's', values: [1234, null] }],
    })
    const said = readXml(svg)
    expect(said).toContain(`vip: 1,234; ${long}: –.`)
    expect(said).toContain(long)
    expect(said.some((text) => text.endsWith('…'))).toBe(true)
  })

  it('of a matrix rounds numbers that have no room in their cells, and leaves out names that would lie on each other', () => {
    const names = Array.from({ length: 12 }, (_, n) => `segment ${n}`)
    const chart: Chart = {
      kind: 'matrix',
      title: 'In both',
      unit: 'count',
      rows: names,
      columns: names,
      values: names.map((_, a) => names.map((__, b) => (a === b ? 12_345 : 999))),
    }
    const shown = (width: number): readonly string[] =>
      [...drawSvg(chart, { width }).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text)
    const count = (width: number, text: string): number => shown(width).filter((one) => one === text).length
    expect([count(1200, '12,345'), count(720, '12.3k'), count(720, '999')]).toEqual([12, 12, 132])
    expect([count(720, 'segment 0'), count(720, 'segment 1')]).toEqual([2, 2])
    expect([count(320, 'segment 0'), count(320, 'segment 1'), count(320, '12k')]).toEqual([2, 1, 0])
    expect(drawSvg(chart, { width: 320 })).toContain('<title>segment 1, segment 1: 12,345</title>')
  })

  it('of nothing says so', () => {
    const empty: readonly Chart[] = [
      { kind: 'bars', title: 'T', unit: 'count', labels: [], series: [] },
      { kind: 'lines', title: 'T', unit: 'count', labels: ['a'], series: [] },
      { kind: 'matrix', title: 'T', unit: 'count', rows: [], columns: ['a'], values: [] },
    ]
    for (const chart of empty) {
      expect(readXml(drawSvg(chart))).toContain('No data')
      expect(drawTable(chart)).toBe('T\nNo data')
    }
  })

  it('has inks that can be read on its papers: at least 4.5 to 1, and 3 to 1 for shapes', () => {
    const svg = drawSvg({ kind: 'bars', title: 'T', unit: 'count', labels: [], series: [] })
    const [light = '', dark = ''] = (/<style>(.*)<\/style>/.exec(svg)?.[1] ?? '').split('@media')
    for (const rules of [light, dark]) {
      const colour = (name: string): string => new RegExp(`--coterie-${name},(#[0-9a-f]{6})`).exec(rules)?.[1] ?? ''
      for (const name of ['ink', 'faint']) expect(contrast(colour(name), colour('paper'))).toBeGreaterThan(4.5)
      for (let n = 1; n <= 8; n++) expect(contrast(colour(String(n)), colour('paper')), String(n)).toBeGreaterThan(3)
      // A number stands on the first colour at half its strength, at most.
      expect(contrast(colour('ink'), mixed(colour('1'), colour('paper'), 0.5))).toBeGreaterThan(4.5)
    }
  })
})

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
}

function mixed(over: string, under: string, opacity: number): string {
  const below = channels(under)
  const both = channels(over).map((one, at) => Math.round(one * opacity + (below[at] ?? 0) * (1 - opacity)))
  return `#${both.map((one) => one.toString(16).padStart(2, '0')).join('')}`
}

/** The contrast of WCAG 2. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const part = value / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

describe('a table', () => {
  it('of anything is no wider than asked for', () => {
    fc.assert(
      fc.property(charts, fc.integer({ min: 20, max: 120 }), (chart, width) => {
        for (const line of drawTable(chart, { width }).split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width)
      }),
      { numRuns: runs(200) },
    )
  })

  it('draws bars, columns, and what does not fit', () => {
    expect(
      drawTable(
        {
          kind: 'bars',
          title: 'Sizes',
          unit: 'count',
          labels: ['vip', 'at-risk'],
          series: [{ name: 's', values: [4, 1] }],
        },
        { width: 24 },
      ),
    ).toBe('Sizes\nvip      4  ████████████\nat-risk  1  ███')
    expect(
      drawTable(
        { kind: 'matrix', title: 'M', unit: 'share', rows: ['a'], columns: ['x', 'y'], values: [[0.125, null]] },
        { width: 20 },
      ),
    ).toBe('M\n        x  y\na  12.5 %  –')
    expect(
      drawTable(
        {
          kind: 'lines',
          title: 'L',
          unit: 'duration',
          labels: ['w'],
          series: ['one', 'two', 'three'].map((name) => ({ name, values: [90_000] })),
        },
        { width: 20 },
      ),
    ).toBe('L\n       one      two\nw  1.5 min  1.5 min\n(1 more columns do …')
  })

  it('takes no width that is none', () => {
    const chart: Chart = { kind: 'bars', title: 'T', unit: 'count', labels: [], series: [] }
    expect(refusal(() => drawTable(chart, { width: 5 })).code).toBe('OPTION_INVALID')
    expect(refusal(() => drawSvg(chart, { width: 0.5 })).code).toBe('OPTION_INVALID')
  })
})

describe('ticks', () => {
  it('reach around what they are for, and are round', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (low, high) => {
          fc.pre(high - low === 0 || high - low > 1e-9)
          const ticks = ticksOf(low, high)
          expect(ticks.length).toBeGreaterThanOrEqual(2)
          expect(ticks.length).toBeLessThanOrEqual(8)
          const slack = 1e-9 * Math.max(1, high - low)
          expect((ticks[0] ?? 0) - slack).toBeLessThanOrEqual(low)
          expect((ticks.at(-1) ?? 0) + slack).toBeGreaterThanOrEqual(high)
        },
      ),
    )
    expect(ticksOf(0, 7)).toEqual([0, 2, 4, 6, 8])
    expect(ticksOf(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3])
  })
})
