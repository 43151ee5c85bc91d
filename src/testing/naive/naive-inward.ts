import type { ChangeInput } from '../../changes/input.js'
import type { Receipt } from '../../changes/receipt.js'
import { readable } from '../../engine/arguments.js'
import { BatchCollector, instantOnly } from '../../engine/batch-collector.js'
import type { NaiveModel } from './naive-model.js'

/** The way in of the naive engine: changes one by one, as a list, or made by the function of a batch. */
export class NaiveInward {
  readonly #model: NaiveModel
  readonly #collector = new BatchCollector()

  constructor(model: NaiveModel) {
    this.#model = model
  }

  apply(input: ChangeInput): Receipt {
    const { isCollecting } = this.#collector
    return isCollecting ? this.#collector.take(this.#model.read(input), this.#model.revision) : this.#model.apply(input)
  }

  batch(given: readonly ChangeInput[] | (() => void)): Receipt {
    if (typeof given === 'function') return this.#collector.run(given, (changes) => this.#model.batchOf(changes))
    this.#collector.checkAlone()
    return this.#model.batchOf(given.map((input) => instantOnly(this.#model.read(input))))
  }

  /** Takes a change that is made of a method's arguments. */
  make(change: () => ChangeInput): Receipt {
    return this.apply(readable('CHANGE_INVALID', 'The arguments cannot be read', change))
  }
}
