import type { Path } from '../base/errors.js'
import type { Span } from './token.js'

/** Where in the text each part of a rule was said: what is wrong with the part is wrong there. */
export class Spans {
  readonly #nodes = new WeakMap<object, Span>()
  readonly #fields = new WeakMap<object, Map<string | number, Span>>()

  /** Notes where a node, or a list, was said. */
  node<T extends object>(node: T, span: Span): T {
    this.#nodes.set(node, span)
    return node
  }

  /** Notes where a field of a node, or an element of a list, was said. */
  field(node: object, name: string | number, span: Span): void {
    const fields = this.#fields.get(node)
    if (fields === undefined) this.#fields.set(node, new Map([[name, span]]))
    else fields.set(name, span)
  }

  /** Where the part at the end of a path was said; of what has no words of its own, where that was said which it is in. */
  at(root: object, path: Path): Span | undefined {
    let span = this.#nodes.get(root)
    let part: unknown = root
    for (const step of path) {
      if (typeof part !== 'object' || part === null) break
      const field = this.#fields.get(part)?.get(step)
      part = Object.hasOwn(part, step) ? (part as Readonly<Record<string | number, unknown>>)[step] : undefined
      const node = typeof part === 'object' && part !== null ? this.#nodes.get(part) : undefined
      span = field ?? node ?? span
    }
    return span
  }
}
