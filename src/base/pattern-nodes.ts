import type { CodePointRanges } from './code-point-ranges.js'

/**
 * A parsed pattern. `states` is what a node costs: one for each literal, class, `.`, `^`, `$` and empty alternative,
 * and one for each `*`, `+`, `?` and `{m,n}` of different ends, in every copy that counted repetition makes of it.
 * The compiled automaton is at most about twice as large.
 */
export type PatternNode =
  | { readonly kind: 'empty'; readonly states: number }
  | { readonly kind: 'one'; readonly of: CodePointRanges; readonly states: number }
  | { readonly kind: 'start'; readonly states: number }
  | { readonly kind: 'end'; readonly states: number }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[]; readonly states: number }
  | { readonly kind: 'choice'; readonly branches: readonly PatternNode[]; readonly states: number }
  | {
      readonly kind: 'repeat'
      readonly part: PatternNode
      readonly least: number
      /** `Infinity` where there is no end. */
      readonly most: number
      readonly states: number
    }

export const empty: PatternNode = { kind: 'empty', states: 1 }
export const start: PatternNode = { kind: 'start', states: 1 }
export const end: PatternNode = { kind: 'end', states: 1 }

/** Any one code point of the set. */
export function one(of: CodePointRanges): PatternNode {
  return { kind: 'one', of, states: 1 }
}

/** All parts, one after the other. */
export function sequence(parts: readonly PatternNode[]): PatternNode {
  const [first = empty] = parts
  return parts.length < 2 ? first : { kind: 'sequence', parts, states: statesOf(parts) }
}

/** Any one of the branches. */
export function choice(branches: readonly PatternNode[]): PatternNode {
  const [first = empty] = branches
  return branches.length < 2 ? first : { kind: 'choice', branches, states: statesOf(branches) }
}

/** From `least` to `most` times the part. */
export function repeat(part: PatternNode, least: number, most: number): PatternNode {
  if (most === 0) return empty
  const copies = most === Infinity ? Math.max(least, 1) : most
  return { kind: 'repeat', part, least, most, states: copies * part.states + (least === most ? 0 : 1) }
}

function statesOf(nodes: readonly PatternNode[]): number {
  return nodes.reduce((sum, { states }) => sum + states, 0)
}
