import type { TagDescription } from '../changes/tag-changes.js'
import { TagGroups } from './tag-groups.js'

/** A tag that was declared, with what people wrote of it. */
export interface DeclaredTag extends TagDescription {
  readonly tag: string
}

/** What is known of tags, whoever has them: those declared, and the groups. */
export class TagCatalogue {
  readonly groups = new TagGroups()
  readonly #declared = new Map<string, DeclaredTag>()

  get(tag: string): DeclaredTag | undefined {
    return this.#declared.get(tag)
  }

  /** In the order in which they were first declared. */
  declared(): Iterable<DeclaredTag> {
    return this.#declared.values()
  }

  /** Declares a tag, or says something else of it, or with `undefined` forgets it; returns the way back. */
  set(tag: string, declared: DeclaredTag | undefined): () => void {
    return this.#change(() => {
      if (declared === undefined) this.#declared.delete(tag)
      else this.#declared.set(tag, declared)
    })
  }

  /** Gives a declared tag another name in its place; returns the way back. */
  rename(from: string, to: string): () => void {
    return this.#change(() => {
      const entries = [...this.#declared]
      this.#declared.clear()
      for (const [tag, declared] of entries) {
        if (tag === from) this.#declared.set(to, Object.freeze({ ...declared, tag: to }))
        else this.#declared.set(tag, declared)
      }
    })
  }

  #change(change: () => void): () => void {
    const before = [...this.#declared]
    change()
    return () => {
      this.#declared.clear()
      for (const [tag, declared] of before) this.#declared.set(tag, declared)
    }
  }
}
