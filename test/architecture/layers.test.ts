import { describe, expect, it } from 'vitest'
import { layerFaults } from './layers.js'
import { readSourceTree, type SourceTree } from './source-tree.js'

function tree(files: Record<string, string>): SourceTree {
  return new Map(Object.entries(files))
}

describe('the source', () => {
  const source = readSourceTree('src')

  it('is there', () => {
    expect(source.has('index.ts')).toBe(true)
    expect(source.has('rules/index.ts')).toBe(true)
  })

  it('imports downward only, in no circle, and from no package', () => {
    expect(layerFaults(source)).toEqual([])
  })
})

describe('the check', () => {
  it('lets a sound tree pass', () => {
    const sound = tree({
      'index.ts': "export { put } from './store/put.js'\nexport { all } from './rules/index.js'",
      'rules/index.ts': "export { all } from './all.js'\nexport type { Day } from '../base/day.js'",
      'rules/all.ts': "import { day } from '../base/day.js'\nexport const all = day",
      'store/put.ts':
        "import type { All } from '../rules/all.js'\nimport { one } from './one.js'\nexport const put = one",
      'store/one.ts': 'export const one = 1',
      'base/day.ts': "// import { x } from '../engine/x.js'\nexport const day = 'import \"./nowhere.js\"'",
      'import/index.ts': "export { csv } from './csv.js'",
      'import/csv.ts': "import { put } from '../index.js'\nexport const csv = [put, () => import('papaparse')]",
    })
    expect(layerFaults(sound)).toEqual([])
  })

  it.each([
    ['upward, a value', "import { x } from '../engine/x.js'"],
    ['upward, a type', "import type { X } from '../engine/x.js'"],
    ['upward, a re-export', "export { x } from '../engine/x.js'"],
    ['upward, everything', "export * from '../engine/x.js'"],
    ['upward, loaded late', "export const x = () => import('../engine/x.js')"],
    ['upward, a type in passing', "export type X = import('../engine/x.js').X"],
  ])('says which line looks up: %s', (_, line) => {
    const faults = layerFaults(tree({ 'base/day.ts': `// one\n${line}`, 'engine/x.ts': 'export const x = 1' }))
    expect(faults).toEqual([
      "src/base/day.ts:2 imports '../engine/x.js': src/base comes before src/engine " +
        '(base < contacts < rules < changes < store < selection < tags < predicates < segments < delivery < engine < population < durable)',
    ])
  })

  it.each(['node:fs', 'fs', 'papaparse', '@scope/name'])('keeps the package %s out of the core', (name) => {
    expect(layerFaults(tree({ 'base/day.ts': `import x from '${name}'` }))).toEqual([
      `src/base/day.ts:1 imports '${name}': the core depends on no package and no built-in`,
    ])
  })

  it('lets src/import use papaparse and nothing else', () => {
    const faults = layerFaults(tree({ 'import/csv.ts': "import a from 'papaparse'\nimport b from 'node:fs'" }))
    expect(faults).toEqual(["src/import/csv.ts:2 imports 'node:fs': src/import may not use this package"])
  })

  it('keeps a specifier that is computed out', () => {
    expect(layerFaults(tree({ 'base/day.ts': 'export const x = (name: string) => import(name)' }))).toHaveLength(1)
  })

  it('finds a circle inside a room, and names its lines', () => {
    const circle = tree({
      'base/a.ts': "import './b.js'",
      'base/b.ts': "// two\nimport type { C } from './c.js'",
      'base/c.ts': "export { a } from './a.js'",
    })
    expect(layerFaults(circle)).toEqual([
      'a circle of imports: src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts ' +
        '(src/base/a.ts:1, src/base/b.ts:2, src/base/c.ts:1)',
    ])
  })

  it('finds a file that imports itself', () => {
    expect(layerFaults(tree({ 'base/a.ts': "import './a.js'" }))).toHaveLength(1)
  })

  it('keeps entry points for those outside', () => {
    const faults = layerFaults(
      tree({
        'index.ts': "export { csv } from './import/csv.js'",
        'rules/index.ts': "export { engine } from '../engine/engine.js'",
        'rules/all.ts': "import { x } from './index.js'",
        'engine/engine.ts': "import { all } from '../rules/index.js'\nimport { csv } from '../import/csv.js'",
        'import/csv.ts': "import { self } from './index.js'",
        'import/index.ts': 'export const self = 1',
      }),
    )
    expect(faults.map((fault) => fault.split(' imports ')[0])).toEqual(
      expect.arrayContaining([
        'src/index.ts:1',
        'src/rules/index.ts:1',
        'src/rules/all.ts:1',
        'src/engine/engine.ts:1',
        'src/engine/engine.ts:2',
        'src/import/csv.ts:1',
      ]),
    )
  })

  it('knows every room, and no barrel but the entry points', () => {
    expect(layerFaults(tree({ 'attic/a.ts': '', 'loose.ts': '', 'base/index.ts': '' }))).toEqual([
      'src/attic/a.ts: it stands in no room that the order of the rooms knows',
      'src/loose.ts: it stands in no room that the order of the rooms knows',
      'src/base/index.ts: a barrel that is no entry point',
    ])
  })

  it('says where an import leads to nothing, or out of src', () => {
    expect(layerFaults(tree({ 'base/a.ts': "import './b.js'\nimport '../../test/runs.js'" }))).toEqual([
      "src/base/a.ts:1 imports './b.js': there is no such file",
      "src/base/a.ts:2 imports '../../test/runs.js': it leads out of src",
    ])
  })
})
