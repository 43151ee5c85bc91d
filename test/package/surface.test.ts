// The public names. A name that comes or goes shows up in surface.txt, where a reviewer sees it:
// `npx vitest run test/package/surface.test.ts -u` writes the page anew.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { entryPoints, surfaces, surfaceText } from './surface.js'

const all = surfaces()

describe('the public surface', () => {
  it('is the one that is written down', async () => {
    await expect(surfaceText(all)).toMatchFileSnapshot('./surface.txt')
  })

  it.each(Object.keys(entryPoints))('of %s is what there is at run time', async (name) => {
    const module = (await import(/* @vite-ignore */ name)) as object
    expect(Object.keys(module).sort()).toEqual(all.get(name)?.values)
  })

  it('is listed by hand: no entry point hands on a whole file', () => {
    const wholesale = Object.values(entryPoints).filter((path) => /export\s*\*/.test(readFileSync(path, 'utf8')))
    expect(wholesale).toEqual([])
  })

  it('has no default exports', () => {
    const names = [...all.values()].flatMap(({ values, types }) => [...values, ...types])
    expect(names).not.toContain('default')
  })
})
