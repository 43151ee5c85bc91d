/*
 * Changes to the tags themselves: what is known of them, which exclude each other, and their names. Those that put tags on
 * contacts and take them off stand with the other changes of contacts.
 */

/** Where a tag is meant to come from. It is a word for people; who really holds a tag is said by its holders. */
export type TagKind = 'manual' | 'automatic' | 'campaign' | 'behavioural'

/** What people write of a tag. */
export interface TagDescription {
  /** A name to show; the tag itself where there is none. */
  readonly name?: string
  /** What it means. */
  readonly description?: string
  /** When it is put on, in words. */
  readonly when?: string
  readonly kind?: TagKind
  /** A colour, in whatever notation the host shows it. */
  readonly colour?: string
}

/** Declares a tag, or says more of one that is declared. What is left out stays as it was; `null` takes it away. */
export interface TagDefine {
  readonly type: 'tag.define'
  readonly tag: string
  readonly name?: string | null
  readonly description?: string | null
  readonly when?: string | null
  readonly kind?: TagKind | null
  readonly colour?: string | null
}

/**
 * Defines a group of tags, or one that is there anew, as a whole: those listed, and those that begin with a prefix. Of an
 * exclusive one a contact has at most one tag.
 */
export interface TagGroup {
  readonly type: 'tag.group'
  readonly group: string
  readonly name?: string
  readonly description?: string
  readonly prefix?: string
  /** In order: of tags that rules hold, the one named first wins. */
  readonly tags?: readonly string[]
  readonly exclusive?: boolean
}

/** Takes a group away; its tags stay. */
export interface TagUngroup {
  readonly type: 'tag.ungroup'
  readonly group: string
}

/** Gives a tag another name, which nothing has yet: on contacts, in rules, groups and automations. It moves nobody. */
export interface TagRename {
  readonly type: 'tag.rename'
  readonly from: string
  readonly to: string
  /** Go on, although rules read tags by pattern in a way that tells the two names apart. */
  readonly force?: boolean
}

/** Makes several tags one: who has one of them has `into`, and rules that name one of them name `into`. */
export interface TagMerge {
  readonly type: 'tag.merge'
  readonly from: readonly string[]
  readonly into: string
  /** Go on, although rules read these tags by pattern, number or holder. */
  readonly force?: boolean
}

/** Takes tags off everybody and out of every rule, where a condition on one of them is then as for contacts without it. */
export interface TagDelete {
  readonly type: 'tag.delete'
  readonly tags: readonly string[]
  /** Go on, although rules read these tags by pattern, number or holder. */
  readonly force?: boolean
}

/** A change to the tags themselves. */
export type TagChange = TagDefine | TagGroup | TagUngroup | TagRename | TagMerge | TagDelete

/** A change that gives contacts and rules other tags for those they have. */
export type Retagging = TagRename | TagMerge | TagDelete
