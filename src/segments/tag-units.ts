import { compareText } from '../base/text.js'
import type { SegmentHolds } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'
import { looseTagReads } from '../rules/loose-tag-reads.js'
import { tagsNamed } from '../rules/retag.js'
import { isInGroup, type TagGroupDefinition } from '../tags/tag-groups.js'

/*
 * Which automatic tags are decided together, and who waits for them. Segments that hold one tag decide about it together;
 * those that hold tags of one exclusive group decide about all of that group, as one of its tags takes the place of another. That
 * is a unit. It is settled when the last of its holders is decided, and before any segment whose rule reads one of its tags: so
 * such a segment comes after all holders, and where that leads around in a circle the definition is refused.
 *
 * Built anew with the order of segments, at the cost of a look at every rule for every unit; nothing where no segment holds a tag.
 */

/** What holds a tag, or held one. */
export interface TagHolder {
  readonly id: string
  /** The place of its first definition among all. */
  readonly place: number
  readonly holds: SegmentHolds | undefined
}

/** A holder of before: its id, and the tag that it held. */
export interface FormerHolder {
  readonly id: string
  readonly tag: string
}

/** Tags that are decided together. */
export interface TagUnit<H extends TagHolder> {
  /** The name of the group, or the tag. */
  readonly name: string
  /** The exclusive group; `undefined` where it is one tag by itself. */
  readonly group: TagGroupDefinition | undefined
  /** Those that hold, in the order in which they were first defined. */
  readonly holders: readonly H[]
  /** The ids of those that hold and of those that did before. */
  readonly ids: ReadonlySet<string>
  /** The rank of the last holder in the order of segments; −1 where there are only former ones. */
  closing: number
}

interface Exclusive {
  exclusiveOf(tag: string): TagGroupDefinition | undefined
}

/** The units of all holders. */
export class TagUnits<H extends TagHolder> {
  readonly #units: readonly TagUnit<H>[]
  readonly #byGroup = new Map<string, TagUnit<H>>()
  readonly #byTag = new Map<string, TagUnit<H>>()
  readonly #groups: Exclusive

  /** `holders` in the order in which they were first defined. */
  constructor(holders: readonly H[], former: readonly FormerHolder[], groups: Exclusive) {
    this.#groups = groups
    const made: { readonly unit: TagUnit<H>; readonly holders: H[]; readonly ids: Set<string> }[] = []
    const unitOf = (tag: string): (typeof made)[number] => {
      const group = groups.exclusiveOf(tag)
      const name = group?.group ?? tag
      let found = made.find(({ unit }) => unit.name === name && unit.group === group)
      if (found === undefined) {
        const [own, ids]: [H[], Set<string>] = [[], new Set<string>()]
        made.push((found = { unit: { name, group, holders: own, ids, closing: -1 }, holders: own, ids }))
        if (group === undefined) this.#byTag.set(tag, found.unit)
        else this.#byGroup.set(name, found.unit)
      }
      return found
    }
    for (const holder of holders) {
      if (holder.holds === undefined) continue
      const unit = unitOf(holder.holds.tag)
      unit.holders.push(holder)
      unit.ids.add(holder.id)
    }
    for (const { id, tag } of former) unitOf(tag).ids.add(id)
    this.#units = made.map(({ unit }) => unit)
  }

  get size(): number {
    return this.#units.length
  }

  /** In the order in which they are settled, once they are {@link close}d. */
  inOrder(): readonly TagUnit<H>[] {
    return [...this.#units].sort((a, b) => a.closing - b.closing || compareText(a.name, b.name))
  }

  /** The unit that decides about a tag, if any. */
  of(tag: string): TagUnit<H> | undefined {
    if (this.#units.length === 0) return undefined
    const group = this.#groups.exclusiveOf(tag)
    return group === undefined ? this.#byTag.get(tag) : this.#byGroup.get(group.group)
  }

  /** Those who hold a tag that a rule reads, by whatever way. */
  holdersReadBy(rule: Rule | undefined): readonly H[] {
    if (rule === undefined || this.#units.length === 0) return []
    const named = tagsNamed(rule)
    const loose = looseTagReads(rule)
    return this.#units
      .filter(
        (unit) =>
          [...named].some((tag) => isOfUnit(unit, tag)) ||
          loose.some(
            ({ by, pattern = '', fits }) => by === 'number' || (by === 'pattern' && mayFit(unit, pattern, fits)),
          ),
      )
      .flatMap(({ holders }) => holders)
  }

  /** Notes when each unit is settled, by the ranks of its holders. */
  close(rankOf: (holder: H) => number): void {
    for (const unit of this.#units) unit.closing = Math.max(-1, ...unit.holders.map(rankOf))
  }
}

/** Whether a unit decides about a tag. */
export function isOfUnit({ group, name }: TagUnit<TagHolder>, tag: string): boolean {
  return group === undefined ? tag === name : isInGroup(group, tag)
}

/** Whether a pattern fits a tag that a unit decides about. Of two beginnings one must be the beginning of the other. */
function mayFit({ group, name }: TagUnit<TagHolder>, pattern: string, fits: (tag: string) => boolean): boolean {
  if (group === undefined) return fits(name)
  if (group.tags?.some(fits) === true) return true
  if (group.prefix === undefined) return false
  const [head = '', ...rest] = pattern.split('*')
  return head.startsWith(group.prefix) || (rest.length > 0 && group.prefix.startsWith(head))
}
