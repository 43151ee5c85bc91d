import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** Source texts by their path below `src`, with forward slashes: `base/civil.ts`. */
export type SourceTree = ReadonlyMap<string, string>

/** One place where a file names another module: an import, a re-export, `import(…)` as a call or as a type. */
export interface ImportLine {
  readonly specifier: string
  readonly line: number
}

/** Reads every TypeScript file below a folder that makes code. */
export function readSourceTree(folder: string): SourceTree {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]))
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
}

export function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}

/** Calls `visit` for a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => {
    walk(child, visit)
  })
}

export function importLines(path: string, text: string): ImportLine[] {
  const file = parse(path, text)
  const found: ImportLine[] = []
  walk(file, (node) => {
    const specifier = namedModule(node)
    if (specifier !== undefined) found.push({ specifier, line: lineOf(file, node) })
  })
  return found
}

function namedModule(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier)
  if (ts.isExternalModuleReference(node)) return literal(node.expression)
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined
  if (!ts.isCallExpression(node)) return undefined
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require'
  return isImport || isRequire ? literal(node.arguments[0]) : undefined
}

/** The text of a string literal; a specifier that is computed reads as `<computed>`, which no rule allows. */
function literal(node: ts.Node | undefined): string | undefined {
  if (node === undefined) return undefined
  return ts.isStringLiteralLike(node) ? node.text : '<computed>'
}
