import { exactMs } from '../base/duration.js'
import type { SegmentDamping } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'
import { rulesEqual } from '../rules/rule-key.js'

/*
 * A damped segment beside its plain rule. Who is outside enters when the rule holds and the last exit is `coolDown` ago; who
 * is inside leaves when `stay` fails and the entry is `minimumStay` ago. Both are over exactly when so much time has passed.
 *
 * Nobody enters whom `stay` would send away again: where the rule holds and `stay` does not, the contact stays outside.
 * So a membership moves only when data, or the time in the rules, moves it, and never to and fro by itself.
 */

/** What only damped segments have beside their rule. */
export const dampingParts = ['stay', 'minimumStay', 'coolDown'] as const

/** What a definition says of a damping: what it leaves out stays, and `null` takes a part away. */
export type GivenDamping = {
  readonly [P in (typeof dampingParts)[number]]?: SegmentDamping[P] | null | undefined
}

/** Whether a definition gives what only damped segments have. */
export function givesDamping(given: { readonly [P in keyof GivenDamping]?: unknown }): boolean {
  return dampingParts.some((part) => given[part] !== undefined && given[part] !== null)
}

/** The damping that a definition leads to. */
export function dampingAfter(before: SegmentDamping, given: GivenDamping): SegmentDamping {
  const parts = dampingParts.map((part) => [part, given[part] === undefined ? before[part] : given[part]] as const)
  return Object.freeze(Object.fromEntries(parts.filter(([, value]) => value !== undefined && value !== null)))
}

/** Whether two dampings mean the same. */
export function sameDamping(a: SegmentDamping = {}, b: SegmentDamping = {}): boolean {
  const sameStay = a.stay === undefined || b.stay === undefined ? a.stay === b.stay : rulesEqual(a.stay, b.stay)
  return sameStay && a.minimumStay === b.minimumStay && a.coolDown === b.coolDown
}

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
  return Object.freeze({ written, minimumStay: exactMs(minimumStay), coolDown: exactMs(coolDown) })
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

/** Until when a contact stays where it is in any case, in ms; long past where it never moved. */
export function heldUntil(
  { minimumStay, coolDown }: Pick<Damping, 'minimumStay' | 'coolDown'>,
  { inside, movedAt = -Infinity }: Pick<DampedStanding, 'inside' | 'movedAt'>,
): number {
  return movedAt + (inside ? minimumStay : coolDown)
}

/** The instant from which on a contact that stands so is moved, also one that is past; undefined where the rules leave it where it is. */
export function movesFrom(
  damping: Pick<Damping, 'minimumStay' | 'coolDown'>,
  standing: DampedStanding,
): number | undefined {
  const { inside, rule, stay } = standing
  const moves = inside ? !stay() : rule() && stay()
  return moves ? heldUntil(damping, standing) : undefined
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
