import type { CoterieError } from '../base/errors.js'
import type { ContactName } from '../changes/change.js'
import type { ChangeInput } from '../changes/input.js'
import { readChange } from '../changes/read-change.js'
import type { Receipt } from '../changes/receipt.js'
import type { Retagging, TagDefine, TagGroup } from '../changes/tag-changes.js'
import type { DeclaredTag } from '../tags/tag-catalogue.js'
import type { TagGroupDefinition } from '../tags/tag-groups.js'
import type { TagTrailEntry, TagTrailFilter } from '../tags/tag-trail.js'
import { checkWhole, plainOptions, readable } from './arguments.js'
import type { Core } from './core.js'
import { needContact } from './names.js'
import { previewRetagging, type RetagPreview } from './tag-preview.js'
import { refusalOf } from './tag-refusal.js'
import { readersOf, type TagReader } from './tag-readers.js'

/** What to rename, merge or delete, as people write it. */
export type RetaggingInput = Extract<ChangeInput, { readonly type: Retagging['type'] }>

/** What is known of tags, whoever has them. Each method that changes something makes one `Change`, and throws what `apply` throws. */
export class Catalogue {
  readonly #core: Core

  /** @internal */
  constructor(core: Core) {
    this.#core = core
  }

  /** Declares a tag, or says more of one: what is left out stays, `null` takes it away. */
  define(tag: Omit<TagDefine, 'type'>): Receipt {
    return this.#core.make(() => ({ ...tag, type: 'tag.define' }))
  }

  /** Defines a group: tags that are listed, that begin with a prefix, or both. Of an exclusive one a contact has at most one tag. */
  group(group: Omit<TagGroup, 'type'>): Receipt {
    return this.#core.make(() => ({ ...group, type: 'tag.group' }))
  }

  /** Takes a group away; its tags stay. Throws `TAG_GROUP_UNKNOWN`. */
  ungroup(group: string): Receipt {
    return this.#core.make(() => ({ type: 'tag.ungroup', group }))
  }

  /** Gives a tag another name, on contacts and in rules; nobody moves. Throws `TAG_IN_USE` where something has the name already. */
  rename(from: string, to: string, options: { readonly force?: boolean } = {}): Receipt {
    return this.#core.make(() => ({ type: 'tag.rename', from, to, ...options }))
  }

  /** Makes tags one with `into`. {@link preview} lists before whom that moves. */
  merge(from: string | readonly string[], into: string, options: { readonly force?: boolean } = {}): Receipt {
    return this.#core.make(() => ({ type: 'tag.merge', from, into, ...options }))
  }

  /** Takes tags off everybody and out of every rule. {@link preview} lists before whom that moves. */
  delete(tags: string | readonly string[], options: { readonly force?: boolean } = {}): Receipt {
    return this.#core.make(() => ({ type: 'tag.delete', tags, ...options }))
  }

  /** What a renaming, merging or deletion would do: whose tags, which rules, and who would enter and leave where. */
  preview(change: RetaggingInput): RetagPreview {
    const { state } = this.#core
    return previewRetagging(state, readChange(change, state.settings) as Retagging)
  }

  /** Why a renaming, merging or deletion would be refused, or `undefined` where it would be taken. Nothing is changed. */
  refusal(change: RetaggingInput): CoterieError | undefined {
    const { state } = this.#core
    return refusalOf(state, readChange(change, state.settings) as Retagging)
  }

  /** What was declared of a tag, or `undefined`. */
  get(tag: string): DeclaredTag | undefined {
    return this.#core.state.catalogue.get(tag)
  }

  /** The tags that were declared, in the order in which they were first. */
  declared(): readonly DeclaredTag[] {
    return [...this.#core.state.catalogue.declared()]
  }

  /** The groups, in the order in which they were first defined; or those that a tag is in. */
  groups(tag?: string): readonly TagGroupDefinition[] {
    const { groups } = this.#core.state.catalogue
    return tag === undefined ? [...groups.all()] : groups.of(tag)
  }

  /** Who reads a tag: by its name, by a pattern that it fits, by the number of tags, or by who holds it. */
  readers(tag: string): readonly TagReader[] {
    return readersOf(this.#core.state, tag)
  }

  /** Who put which tags on whom and took them off, when and by what, oldest first. Bounded, see the option `tagTrail`. */
  trail(filter: TagTrailFilter & { readonly contact?: ContactName } = {}): readonly TagTrailEntry[] {
    const { contact, ...rest } = readable('OPTION_INVALID', 'The filter cannot be read', () =>
      plainOptions('filter', filter),
    )
    if (rest.limit !== undefined) checkWhole('limit', rest.limit, 0)
    const { state } = this.#core
    const ordinal = contact === undefined ? undefined : needContact(state, contact)
    return state.trail.find(rest, ordinal, (each) => state.store.directory.idOf(each))
  }
}
