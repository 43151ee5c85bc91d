/** Something true or false of one contact at each instant, of whose data only the time moves. */
export interface Timed {
  holdsAt(now: number): boolean
  /**
   * The least instant after `now` at which the truth may differ from just before: never later than the next real flip,
   * and Infinity where there can be none any more.
   */
  mayFlipAfter(now: number): number
}

/** What is always true, or always false. */
export function standing(truth: boolean): Timed {
  return { holdsAt: () => truth, mayFlipAfter: () => Infinity }
}

/** What is true from one instant until before another; never where that is not after it. */
export function during(from: number, until: number): Timed {
  if (from >= until) return standing(false)
  return {
    holdsAt: (now) => from <= now && now < until,
    mayFlipAfter: (now) => (now < from ? from : now < until ? until : Infinity),
  }
}

/** What is true when another is not. */
export function complement(timed: Timed): Timed {
  return { holdsAt: (now) => !timed.holdsAt(now), mayFlipAfter: (now) => timed.mayFlipAfter(now) }
}

/** What is true when at least so many of several are. */
export function atLeast(count: number, parts: readonly Timed[]): Timed {
  return {
    holdsAt(now) {
      let found = 0
      return count <= 0 || parts.some((part) => part.holdsAt(now) && ++found >= count)
    },
    mayFlipAfter(now) {
      let settled = 0
      let open = 0
      let next = Infinity
      for (const part of parts) {
        const at = part.mayFlipAfter(now)
        if (at === Infinity) settled += part.holdsAt(now) ? 1 : 0
        else open += 1
        next = Math.min(next, at)
      }
      const isDecided = settled >= count || settled + open < count
      return isDecided ? Infinity : next
    },
  }
}

/** The same, keeping its last answers: for a part that several others ask at one instant. */
export function remembered(timed: Timed): Timed {
  let heldAt = NaN
  let held = false
  let flipAfter = NaN
  let flip = NaN
  return {
    holdsAt(now) {
      if (now !== heldAt) {
        held = timed.holdsAt(now)
        heldAt = now
      }
      return held
    },
    mayFlipAfter(now) {
      if (now !== flipAfter) {
        flip = timed.mayFlipAfter(now)
        flipAfter = now
      }
      return flip
    },
  }
}

/**
 * The last of several, of which each may ask those before it, remembered ones. They are asked first and in order, so that
 * no question goes through all of them at once: a chain of any length is no deeper than one of its parts.
 */
export function inOrder(parts: readonly Timed[], last: Timed): Timed {
  return {
    holdsAt(now) {
      for (const part of parts) part.holdsAt(now)
      return last.holdsAt(now)
    },
    mayFlipAfter(now) {
      for (const part of parts) {
        part.holdsAt(now)
        part.mayFlipAfter(now)
      }
      return last.mayFlipAfter(now)
    },
  }
}
