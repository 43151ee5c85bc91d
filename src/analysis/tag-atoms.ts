import { compileGlob } from '../base/glob.js'
import type { HolderKind } from '../contacts/tag.js'
import type { LeafRule } from '../rules/ast.js'
import type { Circuit } from './circuit.js'
import type { NumberAtoms } from './number-atoms.js'
import type { Literal } from './solver.js'

/** Leaves about tags. */
export type TagRule = Extract<LeafRule, { readonly op: `has${string}Tag${string}` | 'tagHeldBy' }>

/** What can be said of tags: which there are, who holds them, how many, and what they are like. */
export class TagAtoms {
  readonly #circuit: Circuit
  readonly #count: () => NumberAtoms
  readonly #tags = new Map<string, Literal>()
  readonly #likes = new Map<string, { readonly isLike: (tag: string) => boolean; readonly holds: Literal }>()
  readonly #holders = new Map<string, Literal>()

  /** `count` is how many tags there are. */
  constructor(circuit: Circuit, count: () => NumberAtoms) {
    this.#circuit = circuit
    this.#count = count
  }

  literalOf(leaf: TagRule): Literal {
    switch (leaf.op) {
      case 'hasTag':
        return this.has(leaf.tag)
      case 'hasAnyTag':
      case 'hasNoneOfTags':
        return this.#circuit.or(leaf.tags.map((tag) => this.has(tag)))
      case 'hasAllTags':
        return this.#circuit.and(leaf.tags.map((tag) => this.has(tag)))
      case 'hasTagLike':
        return this.#like(leaf.pattern)
      case 'tagHeldBy':
        return this.#heldBy(leaf.tag, leaf.holder, leaf.by)
    }
  }

  has(tag: string): Literal {
    const known = this.#tags.get(tag)
    if (known !== undefined) return known
    const has = this.#circuit.variable()
    this.#tags.set(tag, has)
    this.#circuit.implies(has, this.#count().atLeast(1))
    for (const { isLike, holds } of this.#likes.values()) if (isLike(tag)) this.#circuit.implies(has, holds)
    return has
  }

  /** Who has so many tags of those named has so many tags. */
  countNamed(): void {
    const tags = [...this.#tags.values()]
    for (const { bound, beyond } of this.#count().line.bounds)
      if (bound > 1) this.#circuit.implies(this.#circuit.atLeast(bound, tags), beyond)
  }

  #like(pattern: string): Literal {
    if (!pattern.includes('*')) return this.has(pattern)
    if (/^\*+$/.test(pattern)) return this.#count().atLeast(1)
    const known = this.#likes.get(pattern)
    if (known !== undefined) return known.holds
    const holds = this.#circuit.variable()
    const isLike = compileGlob(pattern)
    this.#circuit.implies(holds, this.#count().atLeast(1))
    for (const [tag, has] of this.#tags) if (isLike(tag)) this.#circuit.implies(has, holds)
    for (const [other, { isLike: isLikeOther, holds: otherHolds }] of this.#likes) {
      // A star of one pattern can only be taken by a star of the other, and with it whatever it stands for.
      if (isLikeOther(pattern)) this.#circuit.implies(holds, otherHolds)
      if (isLike(other)) this.#circuit.implies(otherHolds, holds)
    }
    this.#likes.set(pattern, { isLike, holds })
    return holds
  }

  #heldBy(tag: string, holder: HolderKind, by: string | undefined): Literal {
    const key = JSON.stringify([tag, holder, by])
    const known = this.#holders.get(key)
    if (known !== undefined) return known
    const held = this.#circuit.variable()
    this.#holders.set(key, held)
    this.#circuit.implies(held, by === undefined ? this.has(tag) : this.#heldBy(tag, holder, undefined))
    return held
  }
}
