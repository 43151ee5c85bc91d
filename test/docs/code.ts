import ts from 'typescript'

export function parse(code: string): ts.SourceFile {
  return ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true)
}

/** A stretch of code and what replaces it. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Applies edits that do not overlap, from the last to the first, so that positions stay true. */
export function edited(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), code)
}
