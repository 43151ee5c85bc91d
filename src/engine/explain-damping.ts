import type { Explanation } from '../rules/explain.js'
import { heldUntil, movesFrom } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import type { EngineState } from './state.js'

/** Where a contact stands with a damped segment, beside the plain rule. */
export interface DampedExplanation {
  /** Whether the rule holds: whether it would be a member by the plain rule. */
  readonly byRule: boolean
  /** Whether the contact may stay: whether `stay` holds, or the rule where there is none. */
  readonly mayStay: boolean
  /** Whether the membership is another than by the plain rule. */
  readonly differs: boolean
  /** When it last entered or left, in ms; left out where it never was inside. */
  readonly movedAt?: number
  /** Until when it stays in, or out, whatever the rules say, in ms; left out where that is over, or never began. */
  readonly heldUntil?: number
  /** When it leaves, or enters, if all stays as it is, in ms: its rules would move it, and it is too early. Left out where it does not wait. */
  readonly waitsUntil?: number
  /** The rule by which it stays as a tree; left out where that is the segment's rule. */
  readonly stay?: Explanation
}

/** Where a contact stands with a damped segment; `byRule` is whether its rule holds, `stay` explains the other one. */
export function dampedOf(
  { now }: EngineState,
  { damping, damper, members }: Segment,
  ordinal: number,
  byRule: boolean,
  stay: Explanation | undefined,
): DampedExplanation | undefined {
  if (damping === undefined) return undefined
  const mayStay = stay?.holds ?? byRule
  const inside = members.has(ordinal)
  const movedAt = damper?.movedAt(ordinal)
  const standing = { inside, movedAt, rule: () => byRule, stay: () => mayStay }
  const held = heldUntil(damping, standing)
  const from = movesFrom(damping, standing)
  return Object.freeze({
    byRule,
    mayStay,
    differs: byRule !== inside,
    ...(movedAt === undefined ? undefined : { movedAt }),
    ...(held > now ? { heldUntil: held } : undefined),
    ...(from !== undefined && from > now ? { waitsUntil: from } : undefined),
    ...(stay === undefined ? undefined : { stay }),
  })
}
