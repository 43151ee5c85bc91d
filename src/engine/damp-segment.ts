import { CoterieError } from '../base/errors.js'
import type { SegmentConvert, SegmentDamping, SegmentDefine, SegmentKind } from '../changes/change.js'
import { rulesEqual } from '../rules/rule-key.js'
import { Damper } from '../segments/damper.js'
import { dampingOf } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import { kindError, write } from './segment-writes.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** The parts of a damped segment beside its rule. */
const parts = ['stay', 'minimumStay', 'coolDown'] as const

/** Whether a change gives a segment what only damped ones have. */
export function givesDamping(change: SegmentDefine | SegmentConvert): boolean {
  return parts.some((part) => change[part] !== undefined && change[part] !== null)
}

/** Checks that a definition gives only a damped segment what only those have. Throws `SEGMENT_KIND`. */
export function checkDefinedDamping(change: SegmentDefine, kind: SegmentKind): void {
  if (kind !== 'damped' && givesDamping(change))
    throw kindError({ id: change.id, kind }, 'a damped segment, where stay, minimumStay or coolDown are given')
}

/** Checks that what only damped segments have is given only where a segment becomes one. Throws `CHANGE_INVALID`. */
export function checkConvertedDamping(change: SegmentConvert): void {
  const part = parts.find((one) => change[one] !== undefined)
  if (change.kind === 'damped' || part === undefined) return
  throw new CoterieError('CHANGE_INVALID', `A ${change.kind} segment has no ${part}`, {
    path: [part],
    received: change.kind,
    expected: 'a damped segment',
  })
}

/** The damping that a definition leads to: what it leaves out stays, and `null` takes a part away. */
export function dampingAfter(before: SegmentDamping, change: SegmentDefine | SegmentConvert): SegmentDamping {
  const given = parts.map((part) => [part, change[part] === undefined ? before[part] : change[part]] as const)
  return Object.freeze(Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null)))
}

/** Whether two dampings mean the same. */
export function sameDamping(a: SegmentDamping, b: SegmentDamping): boolean {
  const sameStay = a.stay === undefined || b.stay === undefined ? a.stay === b.stay : rulesEqual(a.stay, b.stay)
  return sameStay && a.minimumStay === b.minimumStay && a.coolDown === b.coolDown
}

/**
 * Makes a segment a damped one, or gives it another damping. Who is in one that was none has been in since the visit began,
 * or since now where the segment keeps no visits.
 */
export function damp(
  { dampedEnds, now }: EngineState,
  transaction: Transaction,
  segment: Segment,
  damping: SegmentDamping,
): void {
  write(transaction, segment, 'damping', dampingOf(damping))
  if (segment.damper !== undefined) return
  const damper = new Damper(segment, dampedEnds)
  segment.members.forEach((ordinal) => {
    damper.moved(ordinal, segment.visits?.sinceOf(ordinal) ?? now)
  })
  write(transaction, segment, 'damper', damper)
}

/** Makes a damped segment a plain one. */
export function undamp(transaction: Transaction, segment: Segment): void {
  write(transaction, segment, 'damping', undefined)
  write(transaction, segment, 'damper', undefined)
}

/** Lets those wait again who did when the engine was last in use: only who moved lately can. */
export function waitAgain({ programs, now }: EngineState, segment: Segment): void {
  const { damping, damper } = segment
  if (damping === undefined || damper === undefined) return
  for (const ordinal of damper.movedAfter(now - Math.max(damping.minimumStay, damping.coolDown))) {
    programs.truths.turnTo(ordinal)
    const from = segment.movesFrom(ordinal, programs)
    damper.wait(ordinal, from !== undefined && from > now ? from : undefined)
  }
}
