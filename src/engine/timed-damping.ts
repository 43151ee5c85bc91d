import type { Timed } from '../rules/timed-parts.js'
import { heldUntil, isDampedMember, type Damping } from '../segments/damping.js'

/*
 * A damped membership of one contact as a function of time alone: not of an instant, but of all that comes before it. So it is
 * worked out from now on, once, as far as somebody asks: at each instant at which a rule may flip or a wait may be over, it
 * is decided, and the moves are kept. What was worked out before is looked up.
 */

/** A membership that moved: from an instant on the contact is inside, or outside. */
interface Moved {
  readonly inside: boolean
  /** When it last moved, in ms; undefined where it never did. */
  readonly movedAt: number | undefined
}

/** What is known now, and the two rules in time. */
export interface DampedTime extends Moved {
  readonly damping: Damping
  readonly now: number
  readonly rule: Timed
  readonly stay: Timed
}

/** A damped membership in time, from `now` on. */
export function timedDamping({ damping, now, rule, stay, inside, movedAt }: DampedTime): Timed {
  const moves: Moved[] = [{ inside, movedAt }]
  let knownTo = now
  const mayMoveAfter = (at: number, last: Moved): number => {
    const due = heldUntil(damping, last)
    const flip = Math.min(rule.mayFlipAfter(at), stay.mayFlipAfter(at))
    return due > at ? Math.min(due, flip) : flip
  }
  const lastMove = (): Moved => moves[moves.length - 1] as Moved
  const workOut = (to: number): void => {
    for (let at = mayMoveAfter(knownTo, lastMove()); at <= to; at = mayMoveAfter(at, lastMove())) {
      const last = lastMove()
      const standing = { ...last, rule: () => rule.holdsAt(at), stay: () => stay.holdsAt(at) }
      const is = isDampedMember(damping, standing, at)
      if (is !== last.inside) moves.push({ inside: is, movedAt: at })
    }
    knownTo = Math.max(knownTo, to)
  }
  const standingAt = (at: number): Moved => {
    if (at > knownTo) workOut(at)
    // The first stands since before now, whenever that was.
    return moves.findLast(({ movedAt: since }, place) => place === 0 || (since as number) <= at) as Moved
  }
  return {
    holdsAt: (at) => standingAt(at).inside,
    mayFlipAfter: (at) => mayMoveAfter(at, standingAt(at)),
  }
}
