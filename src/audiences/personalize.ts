import type { ContactHandle } from '../engine/contact-handle.js'
import type { SegmentName } from '../engine/segment-name.js'
import type { Rule } from '../rules/ast.js'

/** What somebody gets who is a member of a segment, or of whom a rule holds. */
export interface Variant<T> {
  /** A segment by its id or handle, or a rule. One that is there no more has no members. */
  readonly when: SegmentName | Rule
  /** What it is, or what makes it of the segment's own `data` (`undefined` for a rule, and where there are none). */
  readonly then: T | ((data: unknown, contact: ContactHandle) => T)
}

/**
 * The first of the variants that is for the contact, and `otherwise` where none is. The contact is asked as it is at the
 * engine's instant, so it is best the one that `engine.seen` has just given.
 *
 * @throws CoterieError `HANDLE_STALE`, and what is wrong with a rule.
 */
export function personalize<const T>(
  contact: ContactHandle,
  variants: readonly Variant<T>[],
  otherwise: T | (() => T),
): T {
  for (const { when, then } of variants) {
    if (typeof when === 'object' && 'op' in when) {
      if (contact.matches(when)) return made(then, undefined, contact)
    } else if (contact.in(when)) {
      return made(then, contact.dataOf(when), contact)
    }
  }
  return typeof otherwise === 'function' ? (otherwise as () => T)() : otherwise
}

function made<T>(then: Variant<T>['then'], data: unknown, contact: ContactHandle): T {
  return typeof then === 'function' ? (then as (data: unknown, contact: ContactHandle) => T)(data, contact) : then
}
