// The package as it is published: built and packed once into a folder of its own, then used from child processes.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scenario, userFile } from './everywhere-scenario.js'
import { compile, pack, run, type Packed } from './packed.js'
import { entryPoints, surfaces } from './surface.js'

const names = Object.keys(entryPoints)
const surface = surfaces()

/** The file, without its ending, that an entry point is built into. */
function fileOf(name: string): string {
  return name === 'coterie' ? 'index' : name.slice('coterie/'.length)
}

let packed: Packed

beforeAll(async () => {
  packed = await pack()
}, 300_000)

afterAll(() => {
  rmSync(packed.root, { recursive: true, force: true })
})

describe('the packed files', () => {
  const built = names
    .map(fileOf)
    .flatMap((name) => ['js', 'js.map', 'cjs', 'cjs.map', 'd.ts', 'd.cts'].map((ending) => `dist/${name}.${ending}`))
  // What entry points share goes into files whose names carry a hash.
  const shared = /^dist\/(chunk-[A-Z0-9]{8}\.c?js(\.map)?|[\w-]+-[\w-]{8}\.d\.c?ts)$/

  it('are what is built, and what tells about it', () => {
    expect(packed.files.filter((path) => !shared.test(path))).toEqual(
      [...built, 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'docs/rule.schema.json'].sort(),
    )
  })

  it('declare nothing of the inside, nor what older compilers do not know', () => {
    const declarations = packed.files.filter((path) => /\.d\.c?ts$/.test(path))
    for (const path of declarations) {
      expect(text(path), path).not.toMatch(/\bEngineState\b/)
      // Arrays of numbers are generic from TypeScript 5.7 on.
      expect(text(path), path).not.toMatch(/\b(BigInt|BigUint|Int|Uint|Float)\d+(Clamped)?Array</)
    }
    expect(declarations).not.toEqual([])
  })

  it('name no file outside the package in their source maps', () => {
    const maps = packed.files.filter((path) => path.endsWith('.map'))
    for (const path of maps) {
      const { sources } = JSON.parse(text(path)) as { sources: string[] }
      expect(sources.filter((source) => source.startsWith('/') || source.includes('node_modules'))).toEqual([])
    }
    expect(maps).not.toEqual([])
  })

  it('need nothing at run time but what is inside', () => {
    const manifest = JSON.parse(text('package.json')) as Record<string, unknown>
    expect(Object.keys(manifest)).not.toContain('dependencies')
    expect(Object.keys(manifest)).not.toContain('optionalDependencies')
    expect(manifest['peerDependenciesMeta']).toEqual(
      Object.fromEntries(Object.keys(manifest['peerDependencies'] as object).map((name) => [name, { optional: true }])),
    )
    const outside = packed.files
      .filter((path) => /^dist\/.*js$/.test(path))
      .flatMap((path) =>
        [...text(path).matchAll(/(?<!['"])(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)(['"])([^'"\n]+)\1/g)].map(
          (match) => ({ path, specifier: match[2] ?? '' }),
        ),
      )
      .filter(({ specifier }) => /^[@\w][\w@./:-]*$/.test(specifier))
      // Files are kept with what Node has; all else is for any runtime.
      .filter(({ path, specifier }) => !(path.startsWith('dist/storage/file.') && specifier.startsWith('node:')))
      .map(({ specifier }) => specifier)
    const peers = Object.keys(manifest['peerDependencies'] as object)
    expect([...new Set(outside)].filter((specifier) => !peers.includes(specifier))).toEqual([])
  })
})

describe('an import', () => {
  it.each(names)('of %s works from a module', async (name) => {
    const script = `import * as all from '${name}'\nconsole.log(JSON.stringify(Object.keys(all).sort()))`
    expect(await run(packed, 'module', script)).toEqual(surface.get(name)?.values)
  })

  it.each(names)('of %s works from CommonJS', async (name) => {
    const script = `console.log(JSON.stringify(Object.keys(require('${name}')).sort()))`
    expect(await run(packed, 'commonjs', script)).toEqual(surface.get(name)?.values)
  })

  it('has types for both', async () => {
    const files = names.flatMap((name, index) => [
      [`user-${index}.mts`, `import * as all from '${name}'\nexport const names: string[] = Object.keys(all)\n`],
      [`user-${index}.cts`, `import all = require('${name}')\nexport const names: string[] = Object.keys(all)\n`],
    ])
    expect(await compile(packed, Object.fromEntries(files) as Record<string, string>)).toBe('')
  })

  it('has types that hold: a name that does not exist is refused', async () => {
    const wrong = "import { nothingOfTheKind } from 'coterie'\nconsole.log(nothingOfTheKind)\n"
    expect(await compile(packed, { 'wrong.mts': wrong })).toContain("has no exported member 'nothingOfTheKind'")
  })

  it('of the same thing by two entry points gives the same thing', async () => {
    const script = `
      import * as core from 'coterie'
      import * as rules from 'coterie/rules'
      const both = Object.keys(rules).filter((name) => name in core)
      console.log(JSON.stringify(both.filter((name) => core[name] !== rules[name])))`
    expect(await run(packed, 'module', script)).toEqual([])
  })

  it('of the JSON Schema and of package.json works', async () => {
    const script = `
      const schema = require('coterie/rule.schema.json')
      console.log(JSON.stringify([typeof schema.$schema, require('coterie/package.json').name]))`
    expect(await run(packed, 'commonjs', script)).toEqual(['string', 'coterie'])
  })

  it.each([
    'coterie/dist/index.js',
    'coterie/dist/rules.js',
    'coterie/src/index.ts',
    'coterie/index',
    'coterie/engine',
    'coterie/docs/rule.schema.json',
  ])('of %s is refused: there is no way past the entry points', async (name) => {
    const attempt = `import('${name}').then(() => 'loaded', (error) => error.code)`
    const script = `${attempt}.then((outcome) => console.log(JSON.stringify(outcome)))`
    expect(await run(packed, 'module', script)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
    expect(await run(packed, 'commonjs', script)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})

describe('the scenario that runs everywhere', () => {
  it('says the same as a module and as CommonJS', async () => {
    const said = await run(packed, 'module', scenario('module'))
    expect(said).toMatchObject({
      verified: { sound: true },
      again: [90 * 86_400_000, ['vip', 'at-risk']],
      matches: true,
    })
    expect((said as { readonly cases: readonly string[] }).cases.length).toBeGreaterThan(20)
    expect(await run(packed, 'commonjs', scenario('commonjs'))).toEqual(said)
  })

  it('is typed as its users expect', async () => {
    expect(await compile(packed, { 'use.mts': userFile })).toBe('')
  })
})

function text(path: string): string {
  return readFileSync(join(packed.project, 'node_modules', 'coterie', path), 'utf8')
}
