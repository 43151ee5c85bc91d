import type { AnyEngine } from '../population/any-engine.js'
import type { Rule } from '../rules/ast.js'
import { looseTagReads } from '../rules/loose-tag-reads.js'
import { tagsNamed } from '../rules/retag.js'
import { watchedRule } from '../segments/damping.js'

/*
 * Who uses which tags: every rule is gone through once, and what it reads by name stands under the tag. What it reads by
 * pattern, or by their number, is about tags that may not be there yet, and stands beside.
 */

/** Something beside the segments that uses tags: an automation, a page, a campaign. */
export interface TagUser {
  readonly id: string
  readonly name?: string
  /** The tags that it asks for. */
  readonly reads?: readonly string[]
  /** The tags that it puts on. */
  readonly puts?: readonly string[]
}

/** How a rule reads a tag. */
export type TagReading = 'name' | 'pattern' | 'number' | 'holder'

/** A segment whose rules read a tag, and how. */
export interface ReadBySegment {
  readonly segment: string
  readonly by: readonly TagReading[]
}

/** What uses the tags of an engine. */
export class TagUse {
  readonly #named = new Map<string, Map<string, Set<TagReading>>>()
  readonly #patterns: { readonly segment: string; readonly fits: (tag: string) => boolean }[] = []
  readonly #counting = new Set<string>()
  readonly #held = new Map<string, string[]>()
  readonly #usersReading = new Map<string, TagUser[]>()
  readonly #usersPutting = new Map<string, TagUser[]>()

  constructor(engine: Pick<AnyEngine, 'segments'>, users: Iterable<TagUser> = []) {
    for (const id of engine.segments.ids()) {
      const handle = engine.segments.get(id)
      if (handle === undefined) continue
      const rule = watchedRule(handle.rule, handle.damping?.stay)
      if (rule !== undefined) this.#takeRule(id, rule)
      if (handle.holds !== undefined) addTo(this.#held, handle.holds.tag, id)
    }
    for (const user of users) {
      for (const tag of new Set(user.reads)) addTo(this.#usersReading, tag, user)
      for (const tag of new Set(user.puts)) addTo(this.#usersPutting, tag, user)
    }
  }

  /** The tags that rules name, and those that segments hold. */
  named(): ReadonlySet<string> {
    return new Set([...this.#named.keys(), ...this.#held.keys()])
  }

  /** The tags that others use. */
  usedByOthers(): ReadonlySet<string> {
    return new Set([...this.#usersReading.keys(), ...this.#usersPutting.keys()])
  }

  /** The segments whose rules read a tag, in the order in which they were defined; those that only count tags are left out. */
  readBy(tag: string): readonly ReadBySegment[] {
    const found = new Map<string, Set<TagReading>>()
    for (const [segment, ways] of this.#named.get(tag) ?? []) found.set(segment, new Set(ways))
    for (const { segment, fits } of this.#patterns) {
      if (fits(tag)) found.set(segment, (found.get(segment) ?? new Set()).add('pattern'))
    }
    return [...found].map(([segment, by]) => ({ segment, by: [...by] }))
  }

  /** The segments whose rules ask for a tag by its name, or for who holds it. */
  namedBy(tag: string): readonly string[] {
    return [...(this.#named.get(tag)?.keys() ?? [])]
  }

  /** The segments whose rules count tags: each tag that somebody has is one of them. */
  get counting(): readonly string[] {
    return [...this.#counting]
  }

  /** The segments that put a tag on their members. */
  heldBy(tag: string): readonly string[] {
    return this.#held.get(tag) ?? []
  }

  /** What else asks for a tag. */
  usersReading(tag: string): readonly TagUser[] {
    return this.#usersReading.get(tag) ?? []
  }

  /** What else puts a tag on. */
  usersPutting(tag: string): readonly TagUser[] {
    return this.#usersPutting.get(tag) ?? []
  }

  /** Whether anything asks for a tag: those that only count tags do not. */
  isRead(tag: string): boolean {
    return this.#named.has(tag) || this.usersReading(tag).length > 0 || this.#patterns.some(({ fits }) => fits(tag))
  }

  #takeRule(segment: string, rule: Rule): void {
    for (const tag of tagsNamed(rule)) this.#note(tag, segment, 'name')
    for (const { by, tag, fits } of looseTagReads(rule)) {
      if (by === 'number') this.#counting.add(segment)
      else if (by === 'pattern') this.#patterns.push({ segment, fits })
      else if (tag !== undefined) this.#note(tag, segment, 'holder')
    }
  }

  #note(tag: string, segment: string, by: TagReading): void {
    let own = this.#named.get(tag)
    if (own === undefined) this.#named.set(tag, (own = new Map<string, Set<TagReading>>()))
    own.set(segment, (own.get(segment) ?? new Set()).add(by))
  }
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
