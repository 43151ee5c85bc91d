import { durationOf, type DurationText } from '../base/duration.js'
import type { SegmentDamping } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'

/*
 * A damped segment beside its plain rule. Who is outside enters when the rule holds and the last exit is `coolDown` ago; who
 * is inside leaves when `stay` fails and the entry is `minimumStay` ago. Both are over exactly when so much time has passed.
 *
 * Nobody enters whom `stay` would send away again: where the rule holds and `stay` does not, the contact stays outside.
 * So a membership moves only when data, or the time in the rules, moves it, and never to and fro by itself.
 */

/** A damping, ready to be asked. */
export interface Damping {
  readonly written: SegmentDamping
  /** In ms. */
  readonly minimumStay: number
  readonly coolDown: number
}

/** A damping from how it was written. */
export function dampingOf(written: SegmentDamping): Damping {
  const { minimumStay, coolDown } = written
  return Object.freeze({ written, minimumStay: lengthOf(minimumStay), coolDown: lengthOf(coolDown) })
}

/** Where a contact stands with a damped segment. */
export interface DampedStanding {
  readonly inside: boolean
  /** When it last entered or left, in ms; undefined where it never was inside. */
  readonly movedAt: number | undefined
  /** Whether the rule holds of it, and whether it may stay. */
  readonly rule: () => boolean
  readonly stay: () => boolean
}

/** The instant from which on a contact that stands so is moved, also one that is past; undefined where the rules leave it where it is. */
export function movesFrom(
  { minimumStay, coolDown }: Pick<Damping, 'minimumStay' | 'coolDown'>,
  { inside, movedAt = -Infinity, rule, stay }: DampedStanding,
): number | undefined {
  if (inside) return stay() ? undefined : movedAt + minimumStay
  return rule() && stay() ? movedAt + coolDown : undefined
}

/** Whether a contact that stands so belongs to the segment at an instant. */
export function isDampedMember(damping: Damping, standing: DampedStanding, now: number): boolean {
  const from = movesFrom(damping, standing)
  return standing.inside !== (from !== undefined && from <= now)
}

/** The rule of which every leaf is one of a rule or of another one beside it: by its leaves a segment with both is watched. */
export function watchedRule(rule: Rule | undefined, stay: Rule | undefined): Rule | undefined {
  if (rule === undefined || stay === undefined) return rule
  return Object.freeze({ op: 'any', rules: Object.freeze([rule, stay]) })
}

function lengthOf(text: DurationText | undefined): number {
  const duration = text === undefined ? undefined : durationOf(text)
  return duration?.kind === 'exact' ? duration.ms : 0
}
