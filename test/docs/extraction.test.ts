import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.js'
import { modulesOf, type Module } from './modules.js'
import { typeFaults } from './type-check.js'

function page(...lines: string[]): Module[] {
  return modulesOf('page.md', blocksOf('page.md', lines.join('\n')))
}

/** The module of a page with one block. */
function only(...code: string[]): Module {
  const [module, ...more] = page('```ts', ...code, '```')
  if (module === undefined || more.length > 0) throw new Error('one module expected')
  return module
}

/** Runs a module that imports nothing, and gives what it promised: actual and expected values, and places. */
function promisesOf(...code: string[]): unknown[] {
  const held: unknown[] = []
  const holds = (...promise: unknown[]): unknown => held.push(promise)
  const body = runInThisContext(`(__holds, console) => {${only(...code).run ?? ''}\n}`) as (...given: unknown[]) => void
  body(holds, { log: () => {} })
  return held
}

describe('blocks', () => {
  it('are those in ts, with their lines', () => {
    const blocks = blocksOf(
      'page.md',
      ['# One', '```ts', 'a', '', 'b', '```', '```bash', 'ls', '```', '```ts', '```'].join('\n'),
    )
    expect(blocks).toEqual([
      { code: 'a\n\nb', line: 3, words: [] },
      { code: '', line: 11, words: [] },
    ])
  })

  it('lose the indentation of the list they stand in', () => {
    expect(blocksOf('page.md', '- one\n  ```ts no-run\n  if (a) {\n    b\n  }\n  ```')).toEqual([
      { code: 'if (a) {\n  b\n}', line: 3, words: ['no-run'] },
    ])
  })

  it('end with a fence as long as the one that began them', () => {
    expect(blocksOf('page.md', '````ts\n```\n````\n~~~ts\n```\n~~~').map((block) => block.code)).toEqual(['```', '```'])
    expect(() => blocksOf('page.md', 'text\n```ts\na')).toThrow(
      'page.md:2: the code block that begins here does not end',
    )
  })

  it('know their words', () => {
    expect(() => blocksOf('page.md', '```ts norun\n```')).toThrow("page.md:1: 'norun' is no word of a ts block")
  })
})

describe('modules', () => {
  it('begin at a block that imports, and go on through those that do not', () => {
    const modules = page('```ts', "import 'a'", '```', '```ts', 'one', '```', 'text', '```ts', "import 'b'", '```')
    expect(modules.map(({ name, checked }) => [name, checked])).toEqual([
      ['page.md:2', "import 'a'\none"],
      ['page.md:9', "import 'b'"],
    ])
    expect(modules[0]?.lines).toEqual([2, 5])
  })

  it('go on where they are told to, and import a name once', () => {
    const [module, ...more] = page(
      '```ts',
      "import { a, b } from 'm'",
      '```',
      '```ts continue',
      "import { a, c } from 'm'",
      "import { a as d } from 'm'",
      '```',
    )
    expect(more).toEqual([])
    expect(module?.checked).toBe("import { a, b } from 'm'\nimport { c } from 'm'\nimport { a as d } from 'm'")
  })

  it('leave out what is not to run, and keep their lines', () => {
    const [module] = page('```ts no-run', 'one', 'two', '```', '```ts', 'three // → 3', '```')
    expect(module?.checked).toBe('one\ntwo\nthree // → 3')
    expect(module?.run).toBe("\n\n__holds(three, (3), 'page.md:6'); // → 3")
    expect(page('```ts no-run', 'one', '```')[0]?.run).toBeUndefined()
  })

  it('are type-checked against the types that are published, and faults have their place on the page', () => {
    const faults = typeFaults(
      page(
        'text',
        '```ts',
        "import { join } from 'node:path'",
        'const unused = join("a")',
        '```',
        '```ts',
        'join(1)',
        '```',
      ),
    )
    expect(faults).toEqual([expect.stringMatching(/^page\.md:7: Argument of type 'number'/)])
  })
})

describe('promises', () => {
  it.each<[string, unknown]>([
    ['3', 3],
    ['-1.5', -1.5],
    ['true', true],
    ['null', null],
    ['undefined', undefined],
    ['-Infinity', -Infinity],
    ["'vip'", 'vip'],
    ["['vip', 'at-risk']", ['vip', 'at-risk']],
    ['{ count: 2, sample: ["ada"] }', { count: 2, sample: ['ada'] }],
    ['true, in nanoseconds', true],
    ['3 (of 5)', 3],
    ["['a, b', 'c']; the rest is gone", ['a, b', 'c']],
  ])('are literals, with or without prose behind: %s', (text, value) => {
    expect(promisesOf(`7 // → ${text}`)).toEqual([[7, value, 'page.md:2']])
  })

  it.each(['enter vip', 'at-risk', '60 days later', 'someName', '`of ${7}`', '', 'f(1)'])(
    'are not made by prose: %s',
    (text) => {
      expect(promisesOf(`7 // → ${text}`)).toEqual([])
    },
  )

  it('are about the statement before, on its line or the line above', () => {
    expect(promisesOf('const a = [1]', 'a.at(0)', '// → 1', "'b'.trim()  //→ 'b'", '7 // no promise')).toEqual([
      [1, 1, 'page.md:4'],
      ['b', 'b', 'page.md:5'],
    ])
  })

  it('are about a statement of several lines, a name that is declared, and what is printed', () => {
    expect(promisesOf('[', '  1,', '] // → [1]', 'const one = 1 // → 1', 'console.log(', '  one', ') // → 1')).toEqual([
      [[1], [1], 'page.md:4'],
      [1, 1, 'page.md:5'],
      [1, 1, 'page.md:8'],
    ])
  })

  it('are about the printed value of one argument only', () => {
    expect(promisesOf('console.log(1, 2) // → undefined')).toEqual([[undefined, undefined, 'page.md:2']])
  })

  it('keep the number of lines, also inside functions and behind an if', () => {
    const code = [
      'for (const a of [1, 2]) {',
      '  if (a > 1) [',
      '    a',
      '  ] // → [2]',
      '}',
      'const f = () => {',
      '  1 // → 1',
      '}',
    ]
    expect(only(...code).run?.split('\n')).toHaveLength(code.length)
    expect(only(...code).promises).toEqual(['page.md:5', 'page.md:8'])
    expect(promisesOf(...code)).toEqual([[[2], [2], 'page.md:5']])
  })

  it('must be readable, and follow something', () => {
    expect(() => only("7 // → ['a', b']")).toThrow('page.md:2: the value after → cannot be read')
    expect(() => only('7 // → [one]')).toThrow('cannot be read')
    expect(() => only('const a = {', '  b: 1, // → 1', '}')).toThrow('page.md:3: the value after → follows nothing')
  })
})
