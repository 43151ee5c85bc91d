import { FewMap } from '../base/few-map.js'
import type { Cause } from '../changes/transition.js'
import type { HeldTag } from '../contacts/tag.js'
import type { Touched } from '../store/touched.js'
import { holderMoves, type TagTrailEntry } from '../tags/tag-trail.js'
import type { EngineState } from './state.js'

/** What is known of a tag's coming or going besides its holders. */
type Note = Pick<TagTrailEntry, 'by' | 'displacedBy'>

/** What a transaction does to tags, for the trail: it is written when nothing is taken back any more. */
export class TagMoves {
  readonly #notes = new FewMap<number, Map<string, Note>>()
  readonly #renamed: { readonly from: string; readonly to: string }[] = []
  readonly #merged: { readonly from: number; readonly into: number }[] = []

  /** Notes why a contact's tag goes; of several notes the last stands. */
  note(ordinal: number, tag: string, note: Note): void {
    let notes = this.#notes.get(ordinal)
    if (notes === undefined) this.#notes.set(ordinal, (notes = new Map<string, Note>()))
    notes.set(tag, note)
  }

  /** Notes that a tag has another name: to have it under that one is nothing new. */
  rename(from: string, to: string): void {
    this.#renamed.push({ from, to })
  }

  /** Notes that a contact was merged into another. */
  merge(from: number, into: number): void {
    this.#merged.push({ from, into })
  }

  /** What a contact had of a tag before: of one that was renamed, what it had of it under its name then. */
  before({ tags }: Touched, tag: string): HeldTag | undefined {
    return this.#asWritten(tags, tag, this.#renamed.length)
  }

  /** Writes the trail. */
  write({ trail, store, now }: EngineState, touched: readonly Touched[], causeOf: (ordinal: number) => Cause): void {
    if (!trail.isKept) return
    for (const { from, to } of this.#renamed) trail.rename(from, to)
    for (const { from, into } of this.#merged) trail.merge(from, into)
    for (const each of touched) {
      const { ordinal, removed, tags } = each
      if (removed) trail.forget(ordinal)
      if (removed || tags.size === 0) continue
      const notes = this.#notes.get(ordinal)
      const cause = causeOf(ordinal)
      for (const tag of tags.keys()) {
        const note = notes?.get(tag)
        for (const { type, holder } of holderMoves(this.before(each, tag), store.tags.get(ordinal, tag))) {
          const went = type === 'removed' || type === 'released'
          const entry =
            went && note !== undefined
              ? { type, tag, at: now, holder, ...note, cause }
              : { type, tag, at: now, holder, cause }
          trail.add(ordinal, Object.freeze(entry))
        }
      }
    }
  }

  /** What a contact had of a tag before the first so many renamings; a name can go around in a circle. */
  #asWritten(tags: Touched['tags'], tag: string, count: number): HeldTag | undefined {
    const renamed = this.#renamed.slice(0, count)
    const came = renamed.findLastIndex(({ to }) => to === tag)
    const went = renamed.findLastIndex(({ from }) => from === tag)
    const earlier = came > went ? renamed[came] : undefined
    // Also where nothing was written under that name: the contact had lost the tag before.
    const held = earlier && this.#asWritten(tags, earlier.from, came)
    return held ?? (went >= 0 ? undefined : tags.get(tag))
  }
}
