import { dirname, join } from 'node:path'
import ts from 'typescript'
import type { Module } from './modules.js'

/** What the type checker says about the modules, one sentence each with its place on the page. No file is written. */
export function typeFaults(modules: readonly Module[]): string[] {
  const root = process.cwd()
  const options = snippetOptions(join(root, 'tsconfig.test.json'))
  const files = new Map(modules.map((module, index) => [join(root, 'test', 'docs', `snippet-${index}.ts`), module]))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => textOf(files.get(name)) ?? readFile(name)
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = textOf(files.get(name))
    return text === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, text, languageVersion)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([name, module]) => {
    const file = program.getSourceFile(name)
    return ts.getPreEmitDiagnostics(program, file).map((diagnostic) => sentence(module, file, diagnostic))
  })
}

function textOf(module: Module | undefined): string | undefined {
  return module === undefined ? undefined : `${module.checked}\nexport {}\n`
}

/** The options of the tests, less what only code that is kept must hold. */
function snippetOptions(path: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path))
  return { ...options, noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false, noEmit: true }
}

function sentence(module: Module, file: ts.SourceFile | undefined, diagnostic: ts.Diagnostic): string {
  const line = file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0
  const place = module.lines[Math.min(line, module.lines.length - 1)] ?? 0
  return `${module.page}:${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
}
