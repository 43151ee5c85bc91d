import type { SegmentHolds } from '../changes/change.js'
import type { Segment } from '../segments/segment.js'
import type { FormerHolder } from '../segments/tag-units.js'
import { isInGroup } from '../tags/tag-groups.js'
import type { EngineState } from './state.js'
import type { Unsettled } from './unsettled.js'

/*
 * What a transaction changes about the tags that segments hold, apart from who their members are: a segment holds another tag
 * or none, or tags are in other exclusive groups than before. Whoever that could give or take a tag is unsettled, and when the
 * transaction settles all those are decided anew.
 */

/** What a transaction does to the tags that segments hold. */
export class TagUnsettling {
  readonly #state: EngineState
  readonly #unsettled: Unsettled
  readonly #former: FormerHolder[] = []
  readonly #begun = new Set<Segment>()
  #isRegrouped = false

  constructor(state: EngineState, unsettled: Unsettled) {
    this.#state = state
    this.#unsettled = unsettled
  }

  /** Segments that held a tag which they do not hold any more. */
  get former(): readonly FormerHolder[] {
    return this.#former
  }

  /** Segments that begin to hold a tag, which their members get now. */
  get begun(): ReadonlySet<Segment> {
    return this.#begun
  }

  /** Whether tags depend on other segments, or on each other, than they did. */
  get isRegrouped(): boolean {
    return this.#isRegrouped || this.#former.length > 0
  }

  /** Notes that a segment holds another tag than before; `begins` where its members get it now. */
  hold(segment: Segment, before: SegmentHolds | undefined, begins: boolean): void {
    this.#isRegrouped = true
    if (before !== undefined) this.release(segment, before)
    if (segment.holds === undefined) return
    if (begins) this.#begun.add(segment)
    this.#considerMembers(segment)
    const { catalogue, store } = this.#state
    const group = catalogue.groups.exclusiveOf(segment.holds.tag)
    for (const { tag } of [...store.tags.counts()]) {
      if (group === undefined ? tag === segment.holds.tag : isInGroup(group, tag))
        store.tags.contactsNow(tag)?.forEach(this.#consider)
    }
  }

  /** Notes that tags are in other exclusive groups than before: those that segments hold are decided anew for everyone. */
  regroup(): void {
    const { segments, store } = this.#state
    if (segments.all().every(({ holds }) => holds === undefined)) return
    this.#isRegrouped = true
    store.directory.present.forEach(this.#consider)
  }

  /** Notes that a segment does not hold a tag any more. */
  release(segment: Segment, { tag }: SegmentHolds): void {
    this.#former.push({ id: segment.id, tag })
    this.#considerMembers(segment)
  }

  #considerMembers({ members }: Segment): void {
    members.forEach(this.#consider)
  }

  readonly #consider = (ordinal: number): void => {
    this.#unsettled.addTags(ordinal)
  }
}
