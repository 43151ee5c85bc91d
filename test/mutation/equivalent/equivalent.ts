/** Mutants of one line. */
export interface Equivalent {
  /** In `src`. */
  readonly file: string
  /** A piece of the line that they are in. */
  readonly line: string
  /** What stands there instead, in whole, of each of them; as Stryker writes it, with single spaces. */
  readonly mutants: readonly string[]
  readonly why: string
}

/** Those that do the same for one reason. */
export const of = (
  why: string,
  ...places: readonly (readonly [file: string, line: string, ...mutants: readonly string[]])[]
): readonly Equivalent[] => places.map(([file, line, ...mutants]) => ({ file, line, mutants, why }))
