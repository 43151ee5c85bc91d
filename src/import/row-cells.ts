import type { CsvCells } from './import-options.js'

/** The cells of a row, by place and by header. */
export class RowCells {
  readonly all: readonly string[]
  readonly #places: ReadonlyMap<string, number>
  #byName: CsvCells | undefined

  constructor(all: readonly string[], places: ReadonlyMap<string, number>) {
    this.all = all
    this.#places = places
  }

  readonly byName = (): CsvCells => {
    this.#byName ??= new Map([...this.#places].map(([name, place]) => [name, this.all[place] ?? '']))
    return this.#byName
  }
}
