// Making one fault in a source text: the function is found by its name, the text in it must stand there exactly once.

import ts from 'typescript'
import { faultName, type Fault } from './faults.js'

/** The source with the fault in it. Throws where the function is not there, or the text is not there exactly once. */
export function withFault(source: string, fault: Fault): string {
  const { from, to } = fault
  const places = functionsNamed(source, fault.in)
  const [place, ...more] = places
  if (place === undefined || more.length > 0)
    throw new Error(`${faultName(fault)}: there are ${String(places.length)} functions of that name`)
  const before = source.slice(0, place.from)
  const body = source.slice(place.from, place.to)
  const count = body.split(from).length - 1
  if (count !== 1) throw new Error(`${faultName(fault)}: the text stands there ${String(count)} times`)
  return before + body.replace(from, () => to) + source.slice(place.to)
}

function functionsNamed(source: string, name: string): readonly { readonly from: number; readonly to: number }[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true)
  const found: { readonly from: number; readonly to: number }[] = []
  const visit = (node: ts.Node, owner: string): void => {
    const isFunction =
      (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) &&
      node.body !== undefined
    if (isFunction && `${owner}${node.name?.getText(file) ?? ''}` === name)
      found.push({ from: node.getStart(file), to: node.end })
    const inner = ts.isClassDeclaration(node) ? `${node.name?.text ?? ''}.` : owner
    ts.forEachChild(node, (child) => {
      visit(child, inner)
    })
  }
  visit(file, '')
  return found
}
