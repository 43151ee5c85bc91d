/*
 * The part of papaparse that is used. The package's own types bring in those of Node and of browsers, which the source
 * does not see; so `papaparse.d.ts` says that the package is this.
 */

/** What the parser finds wrong in a row. */
export interface PapaError {
  /** `Quotes` for a quoted cell that is not written as one should be. */
  readonly type: string
  readonly code: string
}

/** A row, as `step` is given it. */
export interface PapaStep {
  readonly data: readonly string[]
  readonly errors: readonly PapaError[]
  readonly meta: {
    /** The place in the text after the row and its line break. */
    readonly cursor: number
  }
}

/** How a text is parsed. */
export interface PapaConfig {
  /** Left empty it is guessed from `delimitersToGuess`. */
  readonly delimiter: string
  readonly delimitersToGuess?: readonly string[]
  readonly newline?: '\n' | '\r' | '\r\n'
  readonly quoteChar?: string
  /** How many rows to read; 0 for all. */
  readonly preview?: number
  /** Called with each row; `abort` ends the parsing. */
  readonly step?: (row: PapaStep, parser: { abort(): void }) => void
}

/** The parser. */
export interface Papa {
  parse(text: string, config: PapaConfig): { readonly meta: { readonly delimiter: string } } | undefined
}
