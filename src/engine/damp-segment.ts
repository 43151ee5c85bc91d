import { CoterieError } from '../base/errors.js'
import type { SegmentConvert, SegmentDamping, SegmentDefine, SegmentKind } from '../changes/change.js'
import { Damper } from '../segments/damper.js'
import { dampingOf, dampingParts, givesDamping } from '../segments/damping.js'
import type { Segment } from '../segments/segment.js'
import { kindError, write } from './segment-writes.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** Checks that a definition gives only a damped segment what only those have. Throws `SEGMENT_KIND`. */
export function checkDefinedDamping(change: SegmentDefine, kind: SegmentKind): void {
  if (kind !== 'damped' && givesDamping(change))
    throw kindError({ id: change.id, kind }, 'a damped segment, where stay, minimumStay or coolDown are given')
}

/** Checks that what only damped segments have is given only where a segment becomes one. Throws `CHANGE_INVALID`. */
export function checkConvertedDamping(change: SegmentConvert): void {
  const part = dampingParts.find((one) => change[one] !== undefined)
  if (change.kind === 'damped' || part === undefined) return
  throw new CoterieError('CHANGE_INVALID', `A ${change.kind} segment has no ${part}`, {
    path: [part],
    received: change.kind,
    expected: 'a damped segment',
  })
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
