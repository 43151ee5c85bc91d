import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/base/errors.js'
import { readSourceTree } from '../architecture/source-tree.js'

const page = readFileSync('docs/errors.md', 'utf8')
const sections = page.split(/^## /m).slice(1)

describe('docs/errors.md', () => {
  it('has a heading for every code and no other, in order', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual([...errorCodes].sort())
  })

  it('says something about each', () => {
    for (const section of sections) {
      const [code, ...lines] = section.split('\n')
      expect(lines.join(' ').trim().length, code).toBeGreaterThan(60)
    }
  })

  it('is about codes that the library uses', () => {
    const source = [...readSourceTree('src')].filter(([path]) => path !== 'base/errors.ts').map(([, text]) => text)
    expect(errorCodes.filter((code) => !source.some((text) => text.includes(`'${code}'`)))).toEqual([])
  })
})
