import { signs, type Leaf, type LeafUse } from '../predicates/leaf.js'
import type { Candidates } from './candidates.js'
import type { Memberships } from './memberships.js'
import type { Reason, Segment } from './segment.js'

/*
 * From a leaf that flipped to the segments that may have moved. A leaf moves the rules that use it one way or the other,
 * which its sign tells: one that came true can bring in who is outside, and where it stands under a complement take out who
 * is inside; nobody else need be decided. So of the many segments that share a leaf most cost a look at one bit of the
 * contact's row.
 *
 * The users of a leaf are laid out side by side in arrays, made when the leaf is met for the first time after its users or
 * the order of segments changed.
 */

interface Users {
  readonly version: number
  readonly orderVersion: number
  readonly ranks: Int32Array
  readonly slots: Int32Array
  readonly signs: Uint8Array
  readonly uses: readonly LeafUse[]
  /** The reason of each where a window moved; made when needed. */
  readonly reasons: (Reason | undefined)[]
}

/** Finds the segments that a leaf which flipped may have moved a contact in. */
export class LeafUsers {
  readonly #memberships: Memberships
  readonly #users = new WeakMap<Leaf<Segment>, Users>()

  constructor(memberships: Memberships) {
    this.#memberships = memberships
  }

  /** Adds to the candidates of a contact what a leaf that now holds, or no longer does, may have moved. */
  consider(leaf: Leaf<Segment>, holds: boolean, ordinal: number, orderVersion: number, candidates: Candidates): void {
    const { ranks, slots, signs: ways } = this.#usersOf(leaf, orderVersion)
    const inward = holds ? signs.with : signs.against
    const memberships = this.#memberships
    for (let i = 0; i < ranks.length; i++) {
      const way = ways[i] as number
      const moves = memberships.has(slots[i] as number, ordinal) ? way & ~inward : way & inward
      if (way === signs.both || moves !== 0) candidates.add(ranks[i] as number)
    }
  }

  /** The same where time flipped the leaf: each is there because of that window. */
  considerWindow(
    leaf: Leaf<Segment>,
    holds: boolean,
    ordinal: number,
    orderVersion: number,
    candidates: Candidates,
  ): void {
    const users = this.#usersOf(leaf, orderVersion)
    const inward = holds ? signs.with : signs.against
    for (const [i, use] of users.uses.entries()) {
      const rank = users.ranks[i] as number
      const moves = this.#memberships.has(users.slots[i] as number, ordinal) ? use.sign & ~inward : use.sign & inward
      const reason = (users.reasons[i] ??= Object.freeze({ window: use.path }))
      if (users.signs[i] === signs.both || moves !== 0) candidates.addByWindow(rank, reason)
      else candidates.noteWindow(rank, reason)
    }
  }

  #usersOf(leaf: Leaf<Segment>, orderVersion: number): Users {
    const known = this.#users.get(leaf)
    if (known?.version === leaf.version && known.orderVersion === orderVersion) return known
    const segments = [...leaf.uses.keys()]
    const users: Users = {
      version: leaf.version,
      orderVersion,
      ranks: Int32Array.from(segments, ({ rank }) => rank),
      slots: Int32Array.from(segments, ({ members }) => members.slot),
      // A segment that refers to others may be brought in by them: then it counts that it has a reason of its own.
      signs: Uint8Array.from(segments, (segment) =>
        segment.references.size > 0 ? signs.both : (leaf.uses.get(segment)?.sign ?? signs.both),
      ),
      uses: [...leaf.uses.values()],
      reasons: [],
    }
    this.#users.set(leaf, users)
    return users
  }
}
