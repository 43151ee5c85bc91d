import type { Engine, Transition } from 'coterie'

/** Folds the transitions of an engine into memberships; made before anything is defined. */
export class Folding {
  readonly #members = new Map<string, Set<string>>()
  readonly #moves: Transition[] = []
  readonly #faults: string[] = []

  constructor(engine: Pick<Engine, 'on'>) {
    let seq = 0
    let last = -Infinity
    engine.on('error', (error) => this.#faults.push(String(error)))
    engine.on('transition', (transition) => {
      const { at, cause } = transition
      seq += 1
      if (transition.seq !== seq || at < last) this.#faults.push(`${transition.seq} at ${at}, after ${seq} at ${last}`)
      last = at
      this.#fold(transition)
      if (cause.kind !== 'definition') this.#moves.push(transition)
    })
  }

  /** Those who entered a segment and did not leave it, sorted. */
  members(segment: string): readonly string[] {
    return [...(this.#members.get(segment) ?? [])].sort()
  }

  /** All transitions but those of definitions. */
  get moves(): readonly Transition[] {
    return this.#moves
  }

  /** Transitions out of their order, entries of members and exits of others: there should be none. */
  get faults(): readonly string[] {
    return this.#faults
  }

  #fold({ segmentId, contactId, type }: Transition): void {
    const members = this.#members.get(segmentId) ?? new Set()
    this.#members.set(segmentId, members)
    if (members.has(contactId) === (type === 'enter')) this.#faults.push(`${contactId} ${type}s ${segmentId}`)
    if (type === 'enter') members.add(contactId)
    else members.delete(contactId)
  }
}
