/** What put a tag on a contact: a person, a campaign, an import, behaviour, or one automatic rule. */
export type HolderKind = 'person' | 'campaign' | 'import' | 'behaviour' | 'rule'

export const holderKinds: readonly HolderKind[] = Object.freeze(['person', 'campaign', 'import', 'behaviour', 'rule'])

/** Who holds a tag: two holders are the same when `kind` and `by` are. */
export interface Holder {
  readonly kind: HolderKind
  /** Which person, campaign, import, behaviour or rule; left out where nobody said. */
  readonly by?: string
}

/** A holder of a contact's tag, and since when. */
export interface TagHold extends Holder {
  /** When this holder put the tag on, in ms. */
  readonly at: number
}

/** A tag that a contact has: it has it while somebody holds it. */
export interface HeldTag {
  readonly tag: string
  /** Since when the contact has had the tag without a break, whoever held it, in ms. */
  readonly since: number
  /** In the order in which they took hold; never empty. */
  readonly holders: readonly TagHold[]
}

export function sameHolder(a: Holder, b: Holder): boolean {
  return a.kind === b.kind && a.by === b.by
}

/** Whether two say the same of a tag: since when it is held, and by whom since when, in one order. */
export function sameHeldTag(a: HeldTag | undefined, b: HeldTag | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b
  if (a.tag !== b.tag || a.since !== b.since || a.holders.length !== b.holders.length) return false
  return a.holders.every((hold, place) => {
    const other = b.holders[place]
    return other !== undefined && sameHolder(hold, other) && hold.at === other.at
  })
}

/**
 * The tag with one more holder. Returns `held` itself where the holder is there already.
 */
export function withHolder(held: HeldTag | undefined, tag: string, hold: TagHold): HeldTag {
  if (held === undefined) return Object.freeze({ tag, since: hold.at, holders: Object.freeze([hold]) })
  if (held.holders.some((other) => sameHolder(other, hold))) return held
  return Object.freeze({ ...held, holders: Object.freeze([...held.holders, hold]) })
}

/** The tag with those of its holders that `keeps` says, or `undefined` where none is left. */
export function withoutHolders(held: HeldTag, keeps: (hold: TagHold) => boolean): HeldTag | undefined {
  const holders = held.holders.filter(keeps)
  if (holders.length === held.holders.length) return held
  return holders.length === 0 ? undefined : Object.freeze({ ...held, holders: Object.freeze(holders) })
}

/** The union of what two contacts hold of one tag: all holders, since the earlier of the two. */
export function unitedTag(into: HeldTag, from: HeldTag): HeldTag {
  const added = from.holders.filter((hold) => !into.holders.some((other) => sameHolder(other, hold)))
  const since = Math.min(into.since, from.since)
  if (added.length === 0 && since === into.since) return into
  return Object.freeze({ tag: into.tag, since, holders: Object.freeze([...into.holders, ...added]) })
}
