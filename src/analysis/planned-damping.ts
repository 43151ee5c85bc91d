import { durationOf, formatDuration, type DurationText } from '../base/duration.js'
import type { SegmentDamping } from '../changes/change.js'
import type { SegmentInput } from '../changes/input.js'
import type { Rule } from '../rules/ast.js'
import { ruleOf, type RuleOptions } from '../rules/read-rule.js'
import { rulesEqual } from '../rules/rule-key.js'

const parts = ['stay', 'minimumStay', 'coolDown'] as const

/** Whether a definition gives what only damped segments have. */
export function givesDamping(given: SegmentInput | undefined): boolean {
  return parts.some((part) => given?.[part] !== undefined && given[part] !== null)
}

/** The damping that a definition leads to. Throws as rules and durations that cannot be read do. */
export function plannedDamping(
  before: SegmentDamping,
  given: SegmentInput | undefined,
  options: RuleOptions,
): SegmentDamping {
  const stay = after(before.stay, given?.stay, (written): Rule => ruleOf(written, options))
  const lengthOf = (part: 'minimumStay' | 'coolDown'): DurationText | undefined =>
    after(before[part], given?.[part], (written) => formatDuration(durationOf(written)))
  const [minimumStay, coolDown] = [lengthOf('minimumStay'), lengthOf('coolDown')]
  return {
    ...(stay === undefined ? undefined : { stay }),
    ...(minimumStay === undefined ? undefined : { minimumStay }),
    ...(coolDown === undefined ? undefined : { coolDown }),
  }
}

/** Whether two dampings mean the same. */
export function sameDamping(a: SegmentDamping | undefined, b: SegmentDamping | undefined): boolean {
  const sameStay = a?.stay === undefined || b?.stay === undefined ? a?.stay === b?.stay : rulesEqual(a.stay, b.stay)
  return sameStay && a?.minimumStay === b?.minimumStay && a?.coolDown === b?.coolDown
}

/** What is left out stays, and `null` takes it away. */
function after<T, W>(before: T | undefined, written: W | null | undefined, read: (written: W) => T): T | undefined {
  if (written === undefined) return before
  return written === null ? undefined : read(written)
}
