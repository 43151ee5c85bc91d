import { grown } from '../base/grown.js'
import { signs, type Leaf } from '../predicates/leaf.js'
import { noRequirement, type RulePrograms } from '../predicates/rule-programs.js'
import type { Candidates } from './candidates.js'
import type { Memberships } from './memberships.js'
import type { Reason, Segment } from './segment.js'

/*
 * From a leaf that flipped to the segments that may have moved. A leaf moves the rules that use it one way or the other,
 * which its sign tells: one that came true can bring in who is outside, and where it stands under a complement take out who
 * is inside; nobody else need be decided. So of the many segments that share a leaf most cost a look at one bit of the
 * contact's row.
 *
 * Who is outside comes in only where all else is so that a rule requires. Of that, each user has a pivot: what is so of the
 * fewest contacts. Where the pivot is not as required, the segment is not decided. It may be flipped itself in the same go:
 * then the segment is looked at for that, with another pivot.
 *
 * A change flips tens of leaves, and to find the users of each through objects would be most of what it costs: they stand side by
 * side in one array, those of a leaf one after the other, found by the number of the leaf. They are laid out when the leaf is met
 * for the first time after its users, the order of segments or the number of contacts changed; room that is left behind is a
 * part of all until everything is laid out anew.
 */

/** So many numbers are laid out for a user: its rank, its slot, its sign and its pivot. */
const stride = 4

/** Stands for the users of a leaf that are not laid out. */
const unknown = -1

/** Finds the segments that a leaf which flipped may have moved a contact in. */
export class LeafUsers {
  readonly #memberships: Memberships
  readonly #programs: RulePrograms<Segment>
  /** By the numbers of leaves, where their users begin and end. */
  #starts = new Int32Array(0)
  #ends = new Int32Array(0)
  #users = new Int32Array(0)
  #end = 0
  /** How much of that is of leaves that are laid out. */
  #used = 0
  #orderVersion = -1
  #pivotVersion = -1
  /** The reasons of a leaf's users where a window moved; made when needed. */
  #reasons = new WeakMap<Leaf<Segment>, { readonly version: number; readonly reasons: readonly Reason[] }>()

  constructor(memberships: Memberships, programs: RulePrograms<Segment>) {
    this.#memberships = memberships
    this.#programs = programs
  }

  /** Takes note of the order of segments before leaves are considered. */
  arrange(orderVersion: number): void {
    const { pivotVersion } = this.#programs
    if (this.#orderVersion === orderVersion && this.#pivotVersion === pivotVersion) return
    this.#orderVersion = orderVersion
    this.#pivotVersion = pivotVersion
    this.#forgetAll()
  }

  /** Notes that leaves have other users. */
  forget(leaves: Iterable<Leaf<Segment>>): void {
    for (const { id } of leaves) {
      if ((this.#starts[id] ?? unknown) === unknown) continue
      this.#used -= (this.#ends[id] as number) - (this.#starts[id] as number)
      this.#starts[id] = unknown
    }
    if (this.#end > 2 * this.#used + 4_096) this.#forgetAll()
  }

  /** Adds to the candidates of the contact at hand what a leaf that now holds, or no longer does, may have moved. */
  consider(leaf: Leaf<Segment>, holds: boolean, ordinal: number, candidates: Candidates): void {
    const { id } = leaf
    if (id >= this.#starts.length || this.#starts[id] === unknown) this.#layOut(leaf)
    const inward = holds ? signs.with : signs.against
    const users = this.#users
    const end = this.#ends[id] as number
    for (let at = this.#starts[id] as number; at < end; at += stride)
      if (this.#mayMove(users, at, inward, ordinal)) candidates.add(users[at] as number)
  }

  /** The same where time flipped the leaf: each is there because of that window. */
  considerWindow(leaf: Leaf<Segment>, holds: boolean, ordinal: number, candidates: Candidates): void {
    const { id } = leaf
    if (id >= this.#starts.length || this.#starts[id] === unknown) this.#layOut(leaf)
    const inward = holds ? signs.with : signs.against
    const start = this.#starts[id] as number
    for (const [i, reason] of this.#reasonsOf(leaf).entries()) {
      const at = start + i * stride
      const rank = this.#users[at] as number
      if (this.#mayMove(this.#users, at, inward, ordinal)) candidates.addByWindow(rank, reason)
      else candidates.noteWindow(rank, reason)
    }
  }

  /** Whether a flip may move the contact in the segment of a user. */
  #mayMove(users: Int32Array, at: number, inward: number, ordinal: number): boolean {
    const sign = users[at + 2] as number
    if (this.#memberships.has(users[at + 1] as number, ordinal)) return sign === signs.both || sign !== inward
    if ((sign & inward) === 0) return false
    const pivot = users[at + 3] as number
    return pivot === noRequirement || this.#programs.truths.holds(pivot >> 1) === ((pivot & 1) === 1)
  }

  #reasonsOf(leaf: Leaf<Segment>): readonly Reason[] {
    const known = this.#reasons.get(leaf)
    if (known?.version === leaf.version) return known.reasons
    const reasons = Array.from(leaf.uses, ([segment, { path }]) => Object.freeze({ window: segment.placeOf(path) }))
    this.#reasons.set(leaf, { version: leaf.version, reasons })
    return reasons
  }

  #layOut(leaf: Leaf<Segment>): void {
    const { id, uses } = leaf
    this.#makeRoom(id, uses.size * stride)
    let at = this.#end
    this.#starts[id] = at
    for (const [segment, { sign }] of uses) {
      const { rank, members, program } = segment
      this.#users[at] = rank
      this.#users[at + 1] = members.slot
      // A segment that refers to others may be brought in by them: then it counts that it has a reason of its own. In a damped
      // one a flip can begin a wait, or end it, where it moves nobody.
      const isDamped = segment.kind === 'damped'
      this.#users[at + 2] = segment.references.size > 0 || isDamped ? signs.both : sign
      this.#users[at + 3] = program === undefined || isDamped ? noRequirement : this.#programs.pivotBeside(program, id)
      at += stride
    }
    this.#ends[id] = at
    this.#used += at - this.#end
    this.#end = at
  }

  #makeRoom(id: number, more: number): void {
    if (id >= this.#starts.length) {
      const room = Math.max(id + 1, 64, this.#starts.length * 2)
      this.#starts = grown(this.#starts, new Int32Array(room).fill(unknown))
      this.#ends = grown(this.#ends, new Int32Array(room))
    }
    if (this.#end + more > this.#users.length)
      this.#users = grown(this.#users, new Int32Array(Math.max(this.#end + more, 256, this.#users.length * 2)))
  }

  #forgetAll(): void {
    this.#starts.fill(unknown)
    this.#end = 0
    this.#used = 0
  }
}
