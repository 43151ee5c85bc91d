// The modules that the code blocks of a page make.
//
// A block that imports something begins a module; a block without imports goes on with the module before it on its
// page, as a reader would. So does `ts continue`, and a name that is imported already is not imported twice.
//
// No line is moved on the way: line n of a module is line `lines[n - 1]` of its page.

import ts from 'typescript'
import type { Block } from './blocks.js'
import { edited, parse, type Edit } from './code.js'
import { withPromises } from './promises.js'

export interface Module {
  readonly page: string
  /** The page and the line where the module begins: `README.md:12`. */
  readonly name: string
  /** All its code, for the type checker. */
  readonly checked: string
  /** The code that runs, with each promise as a call of `__holds(actual, expected, place)`; undefined if none is to run. */
  readonly run: string | undefined
  /** The places of the promises in `run`. */
  readonly promises: readonly string[]
  readonly lines: readonly number[]
}

/** The modules that a page's blocks make. */
export function modulesOf(page: string, blocks: readonly Block[]): Module[] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const group = groups.at(-1)
    if (group === undefined || startsModule(block)) groups.push([block])
    else group.push(block)
  }
  return groups.map((group) => moduleOf(page, group))
}

function startsModule(block: Block): boolean {
  return !block.words.includes('continue') && parse(block.code).statements.some((node) => ts.isImportDeclaration(node))
}

function moduleOf(page: string, blocks: readonly Block[]): Module {
  const checked: string[] = []
  const run: string[] = []
  const promises: string[] = []
  const lines: number[] = []
  const imported = new Set<string>()
  for (const block of blocks) {
    const code = withoutKnownImports(block.code, imported)
    const count = code.split('\n').length
    checked.push(code)
    for (let index = 0; index < count; index++) lines.push(block.line + index)
    if (block.words.includes('no-run')) {
      run.push('\n'.repeat(count - 1))
    } else {
      const kept = withPromises(code, (line) => `${page}:${block.line + line}`)
      run.push(kept.code)
      promises.push(...kept.places)
    }
  }
  const runs = blocks.some((block) => !block.words.includes('no-run'))
  return {
    page,
    name: `${page}:${blocks[0]?.line ?? 0}`,
    checked: checked.join('\n'),
    run: runs ? run.join('\n') : undefined,
    promises,
    lines,
  }
}

/** Empties the import specifiers that the module has already, and adds the others to `imported`. */
function withoutKnownImports(code: string, imported: Set<string>): string {
  const file = parse(code)
  const edits: Edit[] = []
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) continue
    const bindings = statement.importClause?.namedBindings
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue
    for (const [index, element] of bindings.elements.entries()) {
      const key = `${statement.moduleSpecifier.getText(file)} ${element.name.text}`
      const next = bindings.elements[index + 1]
      if (imported.has(key))
        edits.push({ from: element.getStart(file), to: next?.getStart(file) ?? element.end, text: '' })
      imported.add(key)
    }
  }
  return edited(code, edits)
}
