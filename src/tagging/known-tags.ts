import { compareText } from '../base/text.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { TagGroupDefinition } from '../tags/tag-groups.js'
import { TagUse, type TagUser } from './tag-use.js'

/** All that is known of the tags of an engine, gathered once. */
export interface KnownTags {
  /** Every tag that somebody has, that is declared or listed in a group, or that a segment names or holds, by code point. */
  readonly tags: readonly string[]
  /** How many contacts have a tag. */
  readonly countOf: (tag: string) => number
  readonly isDeclared: (tag: string) => boolean
  readonly groups: readonly TagGroupDefinition[]
  readonly use: TagUse
}

/** Gathers what is known of the tags of an engine, and of what uses them beside its segments. */
export function knownTags(engine: Pick<AnyEngine, 'segments' | 'tags'>, users: Iterable<TagUser> = []): KnownTags {
  const { catalogue } = engine.tags
  const counts = new Map(engine.tags.counts().map(({ tag, count }) => [tag, count]))
  const declared = new Set(catalogue.declared().map(({ tag }) => tag))
  const groups = catalogue.groups()
  const use = new TagUse(engine, users)
  const listed = groups.flatMap(({ tags = [] }) => tags)
  const all = new Set([...[...counts].filter(([, count]) => count > 0).map(([tag]) => tag), ...declared, ...listed])
  for (const tag of use.named()) all.add(tag)
  return {
    tags: [...all].sort(compareText),
    countOf: (tag) => counts.get(tag) ?? 0,
    isDeclared: (tag) => declared.has(tag),
    groups,
    use,
  }
}
