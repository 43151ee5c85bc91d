import type { Rule } from '../rules/ast.js'
import { rulesEqual } from '../rules/rule-key.js'
import type { OpenSelection } from './open-selection.js'

/** The selections that are being asked in slices: they hear of what changes, and one that is asked for is finished. */
export class OpenSelections {
  readonly #open = new Set<OpenSelection>()

  /** Begins to note changes for a selection; returns what ends that. */
  add(selection: OpenSelection): () => void {
    this.#open.add(selection)
    return () => {
      this.#open.delete(selection)
    }
  }

  /** Notes that something of a contact changed: its data, or a segment that it is in. */
  noteChange(ordinal: number): void {
    for (const selection of this.#open) selection.noteChange(ordinal)
  }

  /** The selection of a rule, if one is open. */
  of(rule: Rule): OpenSelection | undefined {
    for (const selection of this.#open) if (rulesEqual(selection.rule, rule)) return selection
    return undefined
  }
}
