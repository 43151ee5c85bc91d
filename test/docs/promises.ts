// Promises: what a page says an expression gives.
//
// A comment `// → value` is a promise about the expression that it follows, on the same line or the next, if the value
// is written as a literal: `vip.has('ada') // → true`. What stands after a comma, a semicolon or in parentheses is
// prose: `// → true, in nanoseconds`. After `const x = …` it is about `x`, after `console.log(x)` too. Any other comment
// is prose, `// → enter vip` for one; but a value that cannot be read, or that follows nothing, is a mistake.

import ts from 'typescript'
import { edited, parse, type Edit } from './code.js'

/** Follows every promise's statement with a call of `__holds`, or wraps it in one, without moving a line. */
export function withPromises(code: string, placeOf: (line: number) => string): { code: string; places: string[] } {
  const file = parse(code)
  const edits: Edit[] = []
  const kept = new Map<number, string>()
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (!ts.isExpressionStatement(node) && !ts.isVariableStatement(node)) return
    const comment = commentAfter(code, node.end)
    if (comment === undefined) return
    const place = placeOf(lineAt(file, comment.at))
    const expected = literalIn(comment.text, place)
    const promise = expected === undefined ? undefined : promiseOf(file, node, `(${expected}), '${place}'`)
    if (promise === undefined) return
    edits.push(promise)
    kept.set(lineAt(file, comment.at), place)
  }
  visit(file)
  for (const [line, text] of code.split('\n').entries()) {
    const comment = commentAfter(text, /\/\/[ \t]*→/.exec(text)?.index ?? text.length)
    if (comment === undefined || kept.has(line) || literalIn(comment.text, placeOf(line)) === undefined) continue
    throw new Error(`${placeOf(line)}: the value after → follows nothing that it could be about: ${comment.text}`)
  }
  return { code: edited(code, edits), places: [...kept.values()] }
}

function lineAt(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line
}

/** The text of a `// → …` that follows a position on its line or alone on the next, and where the comment begins. */
function commentAfter(code: string, end: number): { text: string; at: number } | undefined {
  const found = /^([ \t;]*(?:\n[ \t]*)?)\/\/[ \t]*→([^\n]*)/.exec(code.slice(end))
  if (found === null) return undefined
  const [, gap = '', text = ''] = found
  return { text: text.trim(), at: end + gap.length }
}

function promiseOf(
  file: ts.SourceFile,
  statement: ts.ExpressionStatement | ts.VariableStatement,
  expected: string,
): Edit | undefined {
  const to = statement.end
  if (ts.isVariableStatement(statement)) {
    const [only, ...more] = statement.declarationList.declarations
    if (only === undefined || more.length > 0 || !ts.isIdentifier(only.name)) return undefined
    return { from: to, to, text: `;__holds(${only.name.text}, ${expected});` }
  }
  const subject = subjectOf(statement.expression)
  const from = statement.getStart(file)
  const before = newlines(file.text.slice(from, subject.getStart(file)))
  const after = newlines(file.text.slice(subject.end, to))
  const actual = '\n'.repeat(before) + subject.getText(file) + '\n'.repeat(after)
  return { from, to, text: `__holds(${actual}, ${expected});` }
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}

/** The expression a promise is about: of a `console.log` with one argument, that argument. */
function subjectOf(expression: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(expression) || expression.expression.getText() !== 'console.log') return expression
  const [only, ...more] = expression.arguments
  return only === undefined || more.length > 0 ? expression : only
}

/** The literal that a comment is or begins with; undefined for prose. */
function literalIn(text: string, place: string): string | undefined {
  const cuts = [...text.matchAll(/[,;]\s|\s\(/g)].map((match) => match.index).reverse()
  const found = [text.length, ...cuts].map((cut) => text.slice(0, cut)).find(isLiteral)
  if (found === undefined && /^[[{'"]/.test(text))
    throw new Error(`${place}: the value after → cannot be read: ${text}`)
  return found
}

function isLiteral(text: string): boolean {
  const source = `(${text}\n)`
  const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true })
  if (diagnostics !== undefined && diagnostics.length > 0) return false
  const [statement, ...more] = parse(source).statements
  if (statement === undefined || more.length > 0 || !ts.isExpressionStatement(statement)) return false
  return ts.isParenthesizedExpression(statement.expression) && isValue(statement.expression.expression)
}

function isValue(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isValue)
  if (ts.isObjectLiteralExpression(node)) return node.properties.every(isPlainProperty)
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.MinusToken && isValue(node.operand)
  if (ts.isIdentifier(node)) return ['undefined', 'NaN', 'Infinity'].includes(node.text)
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return true
  return [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
}

function isPlainProperty(node: ts.ObjectLiteralElementLike): boolean {
  return ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name) && isValue(node.initializer)
}
