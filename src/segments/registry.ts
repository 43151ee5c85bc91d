import { CoterieError, show, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { dependencyOrder } from './dependency-order.js'
import type { Memberships } from './memberships.js'
import type { Segment } from './segment.js'
import type { TagGroups } from '../tags/tag-groups.js'
import { TagUnits, type FormerHolder } from './tag-units.js'

/** All segments that are defined, by id and in the order in which they are decided. */
export class SegmentRegistry {
  readonly #byId = new Map<string, Segment>()
  /** The slot of each by its id: whoever asks only for that need not go through the segment to find it. */
  readonly #slots = new Map<string, number>()
  readonly #bySlot: (Segment | undefined)[] = []
  readonly #idsBySlot: string[] = []
  /** Whether slots rise as places do: until one that was given back is taken again. */
  #isInOrder = true
  /** The highest slot and place while they are. */
  #last = { slot: -1, place: -1 }
  #order: Segment[] = []
  #orderVersion = 0
  #places = 0
  readonly #groups: TagGroups
  #units: TagUnits<Segment>

  /** `groups` are those of tags, of which some are exclusive. */
  constructor(groups: TagGroups) {
    this.#groups = groups
    this.#units = new TagUnits<Segment>([], [], groups)
  }

  /** The tags that segments hold, as they are decided together. */
  get units(): TagUnits<Segment> {
    return this.#units
  }

  get size(): number {
    return this.#byId.size
  }

  /** In the order in which they are decided; as it was when definitions last settled. */
  get order(): readonly Segment[] {
    return this.#order
  }

  /** Rises whenever segments change their places in the order. */
  get orderVersion(): number {
    return this.#orderVersion
  }

  get(id: string): Segment | undefined {
    return this.#byId.get(id)
  }

  /** The slot of a segment's members, or `undefined` where there is no such segment. */
  slotOf(id: string): number | undefined {
    return this.#slots.get(id)
  }

  /** The segment whose members have a slot. */
  atSlot(slot: number): Segment | undefined {
    return this.#bySlot[slot]
  }

  /** In the order in which they were first defined. */
  all(): Segment[] {
    return [...this.#byId.values()].sort((a, b) => a.place - b.place)
  }

  /** The ids of a contact's segments, in the order in which those were first defined. O(its segments + all slots / 32). */
  idsOf(ordinal: number, memberships: Memberships): string[] {
    const ids: string[] = []
    if (this.#isInOrder) {
      memberships.forEachSlotOf(ordinal, (slot) => ids.push(this.#idsBySlot[slot] as string))
      return ids
    }
    const found: Segment[] = []
    memberships.forEachSlotOf(ordinal, (slot) => found.push(this.#bySlot[slot] as Segment))
    for (const { id } of found.sort((a, b) => a.place - b.place)) ids.push(id)
    return ids
  }

  ids(): Iterable<string> {
    return this.#byId.keys()
  }

  /**
   * The segment of that id.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, with the nearest id.
   */
  need(id: string): Segment {
    const found = this.#byId.get(id)
    if (found === undefined) throw unknownSegment(id, this.#byId.keys())
    return found
  }

  /** The error for a reference in a segment's rule to an id that no segment has. */
  #unknownIn(segment: Segment, id: string): CoterieError {
    const others = [...this.#byId.keys()].filter((other) => other !== segment.id)
    return unknownSegment(id, others, segment.placeOfReference(id))
  }

  /** How many places were given by {@link nextPlace}. */
  get places(): number {
    return this.#places
  }

  /** Lets {@link nextPlace} go on from where it was. */
  set places(given: number) {
    this.#places = given
  }

  /** The place of the next definition. */
  nextPlace(): number {
    this.#places += 1
    return this.#places
  }

  add(segment: Segment): void {
    const { slot } = segment.members
    this.#byId.set(segment.id, segment)
    this.#slots.set(segment.id, slot)
    this.#noteOrder(slot, segment.place)
    this.#bySlot[slot] = segment
    this.#idsBySlot[slot] = segment.id
  }

  #noteOrder(slot: number, place: number): void {
    if (this.#bySlot[slot]?.place === place) return
    if (slot >= this.#last.slot && place > this.#last.place) this.#last = { slot, place }
    else this.#isInOrder = false
  }

  delete(segment: Segment): void {
    this.#byId.delete(segment.id)
    this.#slots.delete(segment.id)
  }

  /**
   * Checks what rules refer to and puts all segments in order, those that were just taken away among them so that their
   * exits have a place too. `former` are those that held a tag before.
   *
   * @throws CoterieError `SEGMENT_IN_USE`, `SEGMENT_UNKNOWN` or `RULE_LOOP`; nothing is changed then.
   */
  arrange(removed: readonly Segment[], former: readonly FormerHolder[] = []): void {
    const gone = new Set(removed.map(({ id }) => id))
    for (const segment of this.#byId.values()) {
      for (const id of segment.references) {
        if (this.#byId.has(id)) continue
        throw gone.has(id) ? this.#inUse(id) : this.#unknownIn(segment, id)
      }
    }
    // One that was taken away and one that was defined under its id since are two; rules refer to the one that is there.
    const all = this.all()
    const units = new TagUnits(all, former, this.#groups)
    const readsTagsOf = new Map<Segment, readonly Segment[]>()
    if (units.size > 0) {
      for (const segment of all) readsTagsOf.set(segment, units.holdersReadBy(segment.asked))
    }
    this.#order = dependencyOrder([...removed, ...all], (segment) => readsTagsOf.get(segment) ?? none)
    this.#orderVersion += 1
    this.#units = units
    for (const [rank, segment] of this.#order.entries()) {
      segment.rank = rank
      segment.dependents.clear()
      segment.unit = segment.removed || segment.holds === undefined ? undefined : units.of(segment.holds.tag)
      segment.readsTagsOf = readsTagsOf.get(segment) ?? none
    }
    units.close(({ rank }) => rank)
    for (const segment of this.#order) for (const id of segment.references) this.#byId.get(id)?.dependents.add(segment)
    // Whoever was in one that was taken away, and is not in the one under its id since, moves those that refer to that id.
    for (const { id, dependents } of removed)
      for (const dependent of this.#byId.get(id)?.dependents ?? none) dependents.add(dependent)
  }

  /**
   * Puts a segment that was just added, and holds no tag, last: no other can refer to it yet, so all others keep their places. What
   * {@link arrange} would do, at a cost that does not grow with the segments.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, or `RULE_LOOP` where it refers to itself.
   */
  append(segment: Segment): void {
    for (const id of segment.references) if (!this.#byId.has(id)) throw this.#unknownIn(segment, id)
    dependencyOrder([segment])
    segment.readsTagsOf = this.#units.holdersReadBy(segment.asked)
    segment.rank = this.#order.length
    this.#order.push(segment)
    for (const id of segment.references) this.#byId.get(id)?.dependents.add(segment)
  }

  #inUse(id: string): CoterieError {
    const users = this.all().filter(({ references }) => references.has(id))
    const spelled = users.map((segment) => JSON.stringify(segment.id)).join(', ')
    return new CoterieError(
      'SEGMENT_IN_USE',
      `Segment ${JSON.stringify(id)} cannot be removed: ${spelled} refer to it`,
      {
        received: id,
        expected: 'a segment that no other refers to',
      },
    )
  }
}

const none: readonly never[] = Object.freeze([])

/** The error for an id that no segment has, with the nearest of those that there are. */
export function unknownSegment(id: string, known: Iterable<string>, path?: Path): CoterieError {
  const given: unknown = id
  const nearest = typeof given === 'string' ? nearestName(id, known) : undefined
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`
  return new CoterieError('SEGMENT_UNKNOWN', `There is no segment ${show(given)}${hint}`, {
    ...(path === undefined ? {} : { path }),
    received: show(given),
    expected: nearest ?? 'a segment that is defined',
  })
}
