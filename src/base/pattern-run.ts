import { inRanges } from './code-point-ranges.js'
import { stateKinds } from './pattern-states.js'
import type { Automaton } from './pattern-states.js'

/**
 * Runs an automaton over texts: the set of all states that it can be in moves along the text, so nothing is tried
 * twice and nothing is gone back to. Sets that have come up are kept as steps of a deterministic automaton, made as
 * texts ask for them, and where a text has been before costs one look-up a code point.
 *
 * Why it is right: a set holds exactly the states in which some way of matching a part of the text that ends here
 * waits for a code point or for the end; the entry is added to every set, since the pattern may begin anywhere.
 * What it costs: a move along a known step is O(1); a new step visits each state of the automaton at most once
 * (counted in `visits`) and asks its set, O(log ranges). So a text of n code points costs at most in proportion to
 * n × states. Kept steps are bounded by {@link keptCells}; when they are full all are dropped, and made as needed.
 */
export class PatternRun {
  /** How many states have been looked at so far: the work done beyond following known steps. */
  visits = 0
  readonly #automaton: Automaton
  readonly #sets = new Map<string, StateSet>()
  #cells = 0
  #first: StateSet | undefined
  readonly #foundSet = new StateSet([], true)
  readonly #foundInEmpty: boolean
  /** For each state, the last round that reached it. */
  readonly #reached: Float64Array
  #round = 0

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#reached = new Float64Array(automaton.kinds.length)
    this.#round++
    this.#foundInEmpty = this.#reach(automaton.entry, true, true)
  }

  /** Whether the pattern is found anywhere in `text`. */
  test(text: string): boolean {
    if (text === '') return this.#foundInEmpty
    let set = (this.#first ??= this.#firstSet())
    for (let i = 0; i < text.length && set.undecided; i++) {
      const unit = text.charCodeAt(i)
      if (unit < asciiSize) {
        set = set.ascii[unit] ?? this.#step(set, unit)
      } else {
        const codePoint = text.codePointAt(i) as number
        if (codePoint > 0xffff) i++
        set = set.others.get(codePoint) ?? this.#step(set, codePoint)
      }
    }
    return set.found || (set.foundAtEnd ??= this.#endsFound(set))
  }

  #firstSet(): StateSet {
    this.#round++
    return this.#setReached(this.#reach(this.#automaton.entry, true, false))
  }

  /** The set after `set` and a code point, made and kept. */
  #step(set: StateSet, codePoint: number): StateSet {
    // From here on `set` belongs to nobody but the caller, and what comes after it is made anew.
    if (this.#cells > keptCells) this.#dropKept()
    const { entry, kinds, next, sets } = this.#automaton
    this.#round++
    let found = this.#reach(entry, false, false)
    this.visits += set.states.length
    for (const state of set.states) {
      if (kinds[state] !== stateKinds.take || !inRanges(sets[state] as readonly number[], codePoint)) continue
      if (this.#reach(next[state] as number, false, false)) found = true
    }
    const after = this.#setReached(found)
    if (codePoint < asciiSize) {
      set.ascii[codePoint] = after
    } else {
      set.others.set(codePoint, after)
      this.#cells += 2
    }
    return after
  }

  #endsFound({ states }: StateSet): boolean {
    const { kinds, next } = this.#automaton
    this.#round++
    this.visits += states.length
    return states.some((state) => kinds[state] === stateKinds.end && this.#reach(next[state] as number, false, true))
  }

  /** Marks all that `from` leads to without taking anything, and says whether the pattern is found there. */
  #reach(from: number, atStart: boolean, atEnd: boolean): boolean {
    const { kinds, next, other } = this.#automaton
    let found = false
    const open = [from]
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (this.#reached[state] === this.#round) continue
      this.#reached[state] = this.#round
      this.visits++
      const kind = kinds[state]
      if (kind === stateKinds.found) found = true
      if (kind === stateKinds.fork) open.push(other[state] as number, next[state] as number)
      if ((kind === stateKinds.start && atStart) || (kind === stateKinds.end && atEnd)) open.push(next[state] as number)
    }
    return found
  }

  /** The kept set of the states that this round has reached and that wait for something. */
  #setReached(found: boolean): StateSet {
    if (found) return this.#foundSet
    const states: number[] = []
    this.#automaton.kinds.forEach((kind, state) => {
      const waits = kind === stateKinds.take || kind === stateKinds.end
      if (waits && this.#reached[state] === this.#round) states.push(state)
    })
    const key = String.fromCharCode(...states)
    let set = this.#sets.get(key)
    if (set === undefined) {
      set = new StateSet(states, false)
      this.#sets.set(key, set)
      this.#cells += asciiSize + 2 * states.length
    }
    return set
  }

  #dropKept(): void {
    this.#sets.clear()
    this.#first = undefined
    this.#cells = 0
  }
}

const asciiSize = 128

/** About how many numbers and references the kept sets and steps of one pattern may hold. */
const keptCells = 1 << 16

/** A set of states, what is known of it, and where code points lead from it. */
class StateSet {
  /** Those that take something or wait for the end, in order. */
  readonly states: readonly number[]
  /** Whether the pattern has been found: then nothing that follows matters. */
  readonly found: boolean
  /** Whether what follows matters. */
  readonly undecided: boolean
  /** Whether the pattern is found if the text ends here; made when asked. */
  foundAtEnd: boolean | undefined
  readonly ascii: (StateSet | undefined)[] = new Array<StateSet | undefined>(asciiSize).fill(undefined)
  readonly others = new Map<number, StateSet>()

  constructor(states: readonly number[], found: boolean) {
    this.states = states
    this.found = found
    this.undecided = !found && states.length > 0
  }
}
