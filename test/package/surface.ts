import { join } from 'node:path'
import ts from 'typescript'

/** The entry points of the package by the name one imports, and the file that each is made of. */
export const entryPoints: Readonly<Record<string, string>> = {
  coterie: 'src/index.ts',
  'coterie/rules': 'src/rules/index.ts',
  'coterie/audiences': 'src/audiences/index.ts',
  'coterie/automation': 'src/automation/index.ts',
  'coterie/reports': 'src/reports/index.ts',
  'coterie/import': 'src/import/index.ts',
  'coterie/analysis': 'src/analysis/index.ts',
  'coterie/language': 'src/language/index.ts',
  'coterie/storage/file': 'src/storage/file/index.ts',
  'coterie/testing': 'src/testing/index.ts',
  'coterie/storage/sql': 'src/storage/sql/index.ts',
  'coterie/storage/redis': 'src/storage/redis/index.ts',
  'coterie/storage/indexeddb': 'src/storage/indexeddb/index.ts',
}

export interface Surface {
  /** Names that exist when the code runs. */
  readonly values: readonly string[]
  /** Names that exist for the type checker: a class is in both. */
  readonly types: readonly string[]
}

/** What each entry point exports, as the type checker sees it. */
export function surfaces(): ReadonlyMap<string, Surface> {
  const files = Object.values(entryPoints).map((path) => join(process.cwd(), path))
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  return new Map(
    Object.keys(entryPoints).map((name, index) => {
      const file = program.getSourceFile(files[index] ?? '')
      const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
      if (module === undefined) throw new Error(`${name}: ${String(entryPoints[name])} is missing or exports nothing`)
      const symbols = checker.getExportsOfModule(module)
      const named = (flag: ts.SymbolFlags): string[] =>
        symbols
          .filter((symbol) => !isTypeOnly(symbol) || flag === ts.SymbolFlags.Type)
          .filter((symbol) => (resolved(checker, symbol).flags & flag) !== 0)
          .map((symbol) => symbol.name)
          .sort()
      return [name, { values: named(ts.SymbolFlags.Value), types: named(ts.SymbolFlags.Type) }]
    }),
  )
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** Whether a name is handed on by `export type { … }`: of a class, then, only the type. */
function isTypeOnly(symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.some((node) => ts.isExportSpecifier(node) && ts.isTypeOnlyExportDeclaration(node)) ?? false
  )
}

/** The surface as a page to read and to compare: one name a line. */
export function surfaceText(all: ReadonlyMap<string, Surface>): string {
  return [...all]
    .map(([name, { values, types }]) =>
      [name, ...values.map((value) => `  value ${value}`), ...types.map((type) => `  type  ${type}`), ''].join('\n'),
    )
    .join('\n')
}
