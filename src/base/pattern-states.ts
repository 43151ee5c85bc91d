import { lowerCaseRanges } from './code-point-ranges.js'
import type { CodePointRanges } from './code-point-ranges.js'
import type { PatternNode } from './pattern-nodes.js'

/**
 * Thompson's construction: a pattern as a nondeterministic automaton, built from the back, so that each part is told
 * the state to go on to and answers with the state to enter by. Counted repetition is copied out. A part of `n`
 * states (as {@link PatternNode} counts them) becomes at most about `2n` here: each copy of an optional part, and each
 * branch but the last, brings one fork.
 */

/** What a state of the automaton does. */
export const stateKinds = {
  /** Takes a code point of its set. */
  take: 0,
  /** Goes on both ways, taking nothing. */
  fork: 1,
  /** Goes on at the start of the text only. */
  start: 2,
  /** Goes on at the end of the text only. */
  end: 3,
  /** The pattern has been found. */
  found: 4,
} as const

/** The automaton as parallel lists, a place for each state. */
export interface Automaton {
  readonly entry: number
  readonly kinds: readonly number[]
  /** The state that follows. */
  readonly next: readonly number[]
  /** The other state that follows a fork. */
  readonly other: readonly number[]
  /** What a state takes; empty for those that take nothing. */
  readonly sets: readonly CodePointRanges[]
}

/** The automaton of a pattern. With `ignoreCase`, the one to be run over the text in lower case. */
export function automatonOf(pattern: PatternNode, ignoreCase: boolean): Automaton {
  const kinds: number[] = []
  const next: number[] = []
  const other: number[] = []
  const sets: CodePointRanges[] = []
  // Copies share their set; each set is put into lower case once.
  const lowered = new Map<CodePointRanges, CodePointRanges>()

  function state(kind: number, to: number, orTo = to, set: CodePointRanges = []): number {
    next.push(to)
    other.push(orTo)
    sets.push(set)
    return kinds.push(kind) - 1
  }

  function setOf(ranges: CodePointRanges): CodePointRanges {
    if (!ignoreCase) return ranges
    let set = lowered.get(ranges)
    if (set === undefined) lowered.set(ranges, (set = lowerCaseRanges(ranges)))
    return set
  }

  function build(node: PatternNode, then: number): number {
    switch (node.kind) {
      case 'empty':
        return then
      case 'one':
        return state(stateKinds.take, then, then, setOf(node.of))
      case 'start':
        return state(stateKinds.start, then)
      case 'end':
        return state(stateKinds.end, then)
      case 'sequence':
        return node.parts.reduceRight((to, part) => build(part, to), then)
      case 'choice':
        return node.branches.map((branch) => build(branch, then)).reduce((a, b) => state(stateKinds.fork, a, b))
      case 'repeat':
        return buildRepeat(node.part, node.least, node.most, then)
    }
  }

  function buildRepeat(part: PatternNode, least: number, most: number, then: number): number {
    let entry = then
    let required = least
    if (most === Infinity) {
      const fork = state(stateKinds.fork, then)
      const loop = build(part, fork)
      next[fork] = loop
      // The loop itself is the last required copy.
      entry = least === 0 ? fork : loop
      required = Math.max(0, least - 1)
    } else {
      for (let i = least; i < most; i++) entry = state(stateKinds.fork, build(part, entry), then)
    }
    for (let i = 0; i < required; i++) entry = build(part, entry)
    return entry
  }

  const entry = build(pattern, state(stateKinds.found, 0))
  return { entry, kinds, next, other, sets }
}
