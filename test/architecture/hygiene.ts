import { posix } from 'node:path'
import ts from 'typescript'
import { lineOf, parse, walk, type SourceTree } from './source-tree.js'

/** Names of drawers: they say nothing about what is inside, so everything ends up there. */
const drawers = /^(utils?|helpers?|common|misc|shared|lib)$/

/** Files and folders that are called like a drawer. */
export function drawerFaults(tree: SourceTree): string[] {
  return [...tree.keys()]
    .filter((path) => posix.join(posix.dirname(path), posix.basename(path, '.ts')).split('/').some(isDrawer))
    .map((path) => `src/${path}: a file is named by what it holds`)
}

function isDrawer(name: string): boolean {
  return drawers.test(name)
}

/** Every place that makes code from text: `eval(…)`, `Function(…)`, `new Function(…)`, also by way of an alias. */
export function codeGenerationFaults(tree: SourceTree): string[] {
  return faultsOf(tree, (node) => {
    if (!ts.isIdentifier(node) || (node.text !== 'eval' && node.text !== 'Function')) return undefined
    const isType = ts.isTypeReferenceNode(node.parent)
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    return isType || isName ? undefined : `\`${node.text}\` makes code at run time`
  })
}

/** Statements that run when a module is loaded, which `sideEffects: false` promises do not exist. */
export function importTimeFaults(tree: SourceTree): string[] {
  return faultsOf(tree, (node) => {
    if (!ts.isStatement(node) || !ts.isSourceFile(node.parent) || declares(node)) return undefined
    return 'it runs when the module is loaded: put it into a function or an initial value'
  })
}

function declares(node: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isEmptyStatement(node) ||
    ts.isVariableStatement(node)
  )
}

function faultsOf(tree: SourceTree, faultOf: (node: ts.Node) => string | undefined): string[] {
  const faults: string[] = []
  for (const [path, text] of tree) {
    const file = parse(path, text)
    walk(file, (node) => {
      const fault = faultOf(node)
      if (fault !== undefined) faults.push(`src/${path}:${lineOf(file, node)}: ${fault}`)
    })
  }
  return faults
}
