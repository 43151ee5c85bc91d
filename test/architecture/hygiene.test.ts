import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { codeGenerationFaults, drawerFaults, importTimeFaults } from './hygiene.js'
import { readSourceTree } from './source-tree.js'

describe('the source', () => {
  const source = readSourceTree('src')

  it('has no drawer called utils, helpers, common or misc', () => {
    expect(drawerFaults(source)).toEqual([])
  })

  it('makes no code at run time', () => {
    expect(codeGenerationFaults(source)).toEqual([])
  })

  it('does nothing when it is loaded', () => {
    expect(importTimeFaults(source)).toEqual([])
  })

  it('sees the types of neither Node nor a browser', () => {
    // A package's own types can bring in Node's (papaparse's do): tsconfig.json then needs a path to a declaration of ours.
    const read = ts.getParsedCommandLineOfConfigFile(
      'tsconfig.json',
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: () => {},
      },
    )
    const program = ts.createProgram(read?.fileNames ?? [], read?.options ?? {})
    const strangers = program
      .getSourceFiles()
      .map((file) => file.fileName)
      .filter((name) => name.includes('/@types/') || /\/lib\.dom\b/.test(name))
    expect(program.getRootFileNames()).not.toEqual([])
    expect(strangers).toEqual([])
  })
})

describe('the checks', () => {
  it('find a drawer by file and by folder', () => {
    const planted = new Map([
      ['base/utils.ts', ''],
      ['helpers/day.ts', ''],
      ['store/misc/day.ts', ''],
      ['base/common-prefix.ts', ''],
    ])
    expect(drawerFaults(planted).map((fault) => fault.split(':')[0])).toEqual([
      'src/base/utils.ts',
      'src/helpers/day.ts',
      'src/store/misc/day.ts',
    ])
  })

  it.each([
    "eval('1')",
    "new Function('return 1')",
    "Function('return 1')",
    "(0, eval)('1')",
    'const run = globalThis.eval',
  ])('find code made at run time: %s', (code) => {
    expect(codeGenerationFaults(new Map([['base/a.ts', `export const one = 1\n${code}`]]))).toEqual([
      expect.stringMatching(/^src\/base\/a\.ts:2: `(eval|Function)` makes code at run time$/),
    ])
  })

  it('leave comments, texts and types alone', () => {
    const harmless = "// eval('1')\nexport const text = 'new Function()'\nexport type Any = Function"
    expect(codeGenerationFaults(new Map([['base/a.ts', harmless]]))).toEqual([])
  })

  it.each(["console.log('here')", 'for (const x of [1]) x.toString()', 'if (true) {}'])(
    'find what runs at import: %s',
    (code) => {
      expect(importTimeFaults(new Map([['base/a.ts', `${code}\nexport function f() { g() }`]]))).toHaveLength(1)
    },
  )
})
