import type { DurationInput } from '../../base/duration.js'
import type { HolderKind } from '../../contacts/tag.js'
import type { InstantValue } from '../../contacts/value.js'
import type { Rule } from '../ast.js'
import type { ZoneOption } from './comparisons.js'
import type { DateExpression } from './expressions.js'
import { makeOperand, makeRule } from './node.js'
import { expression } from './operand-expression.js'

/** Whether the contact has a tag; `VIP` and `vip` are two. */
export function hasTag(tag: string): Rule {
  return makeRule('hasTag', { tag })
}

/** Whether the contact has at least one of the tags. Throws `RULE_EMPTY` without tags. */
export function hasAnyTag(...tags: readonly string[]): Rule {
  return makeRule('hasAnyTag', { tags })
}

/** Whether the contact has each of the tags. Throws `RULE_EMPTY` without tags. */
export function hasAllTags(...tags: readonly string[]): Rule {
  return makeRule('hasAllTags', { tags })
}

/** Whether the contact has none of the tags. Throws `RULE_EMPTY` without tags. */
export function hasNoneOfTags(...tags: readonly string[]): Rule {
  return makeRule('hasNoneOfTags', { tags })
}

/** Whether the contact has a tag like the pattern, in which `*` is any run of characters: `source-*`. */
export function hasTagLike(pattern: string): Rule {
  return makeRule('hasTagLike', { pattern })
}

/** What can be asked of one tag besides whether the contact has it. All of it is false while it does not. */
export interface TagConditions {
  /** The instant since which the contact has had the tag without a break. */
  added(): DateExpression<InstantValue>
  addedInLast(duration: DurationInput, options?: ZoneOption): Rule
  addedMoreThanAgo(duration: DurationInput, options?: ZoneOption): Rule
  /** Whether one of the tag's holders is of that kind, and, where `by` is given, is that very one. */
  heldBy(holder: HolderKind, by?: string): Rule
}

/** When and by whom the contact got a tag: `tag('VIP').addedInLast('7d')`. */
export function tag(name: string): TagConditions {
  const added = expression(makeOperand('tagAdded', { tag: name }))
  return Object.freeze({
    added: () => added,
    addedInLast: (duration: DurationInput, options?: ZoneOption) => added.inLast(duration, options),
    addedMoreThanAgo: (duration: DurationInput, options?: ZoneOption) => added.moreThanAgo(duration, options),
    heldBy: (holder: HolderKind, by?: string) => makeRule('tagHeldBy', { tag: name, holder, by }),
  })
}
