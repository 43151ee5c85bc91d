import { CoterieError } from '../base/errors.js'
import { compareText } from '../base/text.js'
import type { TagGroup } from '../changes/tag-changes.js'

/** A group of tags: those listed, and those that begin with its prefix. */
export type TagGroupDefinition = Omit<TagGroup, 'type'>

/**
 * The groups of tags that are defined. Of an exclusive one a contact has at most one tag, so no tag may be in two of them:
 * that is refused when it is defined, for all tags that there may ever be.
 *
 * To ask whether a tag excludes others costs a look-up, and a look at each exclusive prefix.
 */
export class TagGroups {
  readonly #groups = new Map<string, TagGroupDefinition>()
  readonly #exclusiveByTag = new Map<string, TagGroupDefinition>()
  #exclusiveByPrefix: readonly TagGroupDefinition[] = []

  get(group: string): TagGroupDefinition | undefined {
    return this.#groups.get(group)
  }

  /** In the order in which they were first defined. */
  all(): Iterable<TagGroupDefinition> {
    return this.#groups.values()
  }

  /** The groups that a tag is in. */
  of(tag: string): readonly TagGroupDefinition[] {
    return [...this.#groups.values()].filter((group) => isInGroup(group, tag))
  }

  /** The exclusive group that a tag is in, if any. */
  exclusiveOf(tag: string): TagGroupDefinition | undefined {
    return this.#exclusiveByTag.get(tag) ?? this.#exclusiveByPrefix.find(({ prefix = '' }) => tag.startsWith(prefix))
  }

  /**
   * Defines a group, or with `undefined` takes it away; returns the way back.
   *
   * @throws CoterieError `TAG_GROUP_OVERLAP` where a tag would be in two exclusive groups.
   */
  set(name: string, definition: TagGroupDefinition | undefined): () => void {
    const before = this.#groups.get(name)
    const order = [...this.#groups]
    if (definition?.exclusive === true) this.#checkApart(name, definition)
    if (definition === undefined) this.#groups.delete(name)
    else this.#groups.set(name, definition)
    this.#index()
    return () => {
      if (before === undefined) this.#groups.delete(name)
      else if (definition !== undefined) this.#groups.set(name, before)
      else {
        this.#groups.clear()
        for (const [each, group] of order) this.#groups.set(each, group)
      }
      this.#index()
    }
  }

  #index(): void {
    const exclusive = [...this.#groups.values()].filter((group) => group.exclusive === true)
    this.#exclusiveByTag.clear()
    for (const group of exclusive) for (const tag of group.tags ?? []) this.#exclusiveByTag.set(tag, group)
    this.#exclusiveByPrefix = exclusive.filter(({ prefix }) => prefix !== undefined)
  }

  #checkApart(name: string, group: TagGroupDefinition): void {
    for (const [otherName, other] of this.#groups) {
      if (otherName === name || other.exclusive !== true) continue
      const shared = sharedTag(group, other) ?? sharedTag(other, group)
      if (shared === undefined) continue
      throw new CoterieError(
        'TAG_GROUP_OVERLAP',
        `The exclusive groups ${JSON.stringify(name)} and ${JSON.stringify(otherName)} would both hold ${shared}`,
        { path: ['group'], received: shared, expected: 'exclusive groups without a tag in common' },
      )
    }
  }
}

/** Whether a group holds a tag. */
export function isInGroup({ tags, prefix }: TagGroupDefinition, tag: string): boolean {
  return (prefix !== undefined && tag.startsWith(prefix)) || tags?.includes(tag) === true
}

/** Which of two tags of a group is named first: by the group's list, then by code point. */
export function compareInGroup({ tags = [] }: TagGroupDefinition, a: string, b: string): number {
  const [left, right] = [tags.indexOf(a), tags.indexOf(b)]
  if (left >= 0 && right >= 0) return left - right
  if (left >= 0 || right >= 0) return left >= 0 ? -1 : 1
  return compareText(a, b)
}

/** What is both in `a`, by its list or prefix, and in `b`, in words. */
function sharedTag(a: TagGroupDefinition, b: TagGroupDefinition): string | undefined {
  const listed = a.tags?.find((tag) => isInGroup(b, tag))
  if (listed !== undefined) return JSON.stringify(listed)
  const within = a.prefix !== undefined && b.prefix !== undefined && a.prefix.startsWith(b.prefix)
  return within ? `all tags that begin with ${JSON.stringify(a.prefix)}` : undefined
}
