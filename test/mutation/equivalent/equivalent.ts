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

// Reasons that hold in several rooms.

export const costs =
  'It costs more time or room, or less, and the outcome is the same: what a shortcut would have found is found the long way, a contact is decided once more, a list is copied or sorted that need not be, rows are packed more or less often.'

export const forTypes =
  'What is there never is `undefined`, comes to nothing if it is, or is not asked for then: it is written for the sake of TypeScript.'

export const beyondArrays =
  'A typed array gives nothing beyond its end and ignores what is written there, and that of the types is empty while there is one type.'

export const nowhere = 'Nothing has such a name, stands at such a place, or is missing there.'
