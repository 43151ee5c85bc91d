import { durationOf, formatDuration, type DurationInput, type DurationText } from '../base/duration.js'
import type { SegmentDamping } from '../changes/change.js'
import type { SegmentInput } from '../changes/input.js'
import { ruleOf, type RuleOptions } from '../rules/read-rule.js'
import { dampingAfter } from '../segments/damping.js'

/** The damping that a definition leads to. Throws as rules and durations that cannot be read do. */
export function plannedDamping(
  before: SegmentDamping,
  { stay, minimumStay, coolDown }: Partial<SegmentInput>,
  options: RuleOptions,
): SegmentDamping {
  const lengthOf = (written: DurationInput): DurationText => formatDuration(durationOf(written))
  return dampingAfter(before, {
    stay: given(stay, (written) => ruleOf(written, options)),
    minimumStay: given(minimumStay, lengthOf),
    coolDown: given(coolDown, lengthOf),
  })
}

/** Reads what is given; left out or taken away, it stays so. */
function given<T, W>(written: W | null | undefined, read: (written: W) => T): T | null | undefined {
  if (written === undefined || written === null) return written as null | undefined
  return read(written)
}
