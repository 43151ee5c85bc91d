import type { AutomationStep } from '../changes/automation-changes.js'

/** A step where it stands: what it is, and which steps come after it. */
export interface Place {
  /** Its place in the definition, such as `2.then.0`. */
  readonly at: string
  readonly step: AutomationStep
  /** The step that comes next: after it, or the first of what follows when it went well. */
  readonly next: Place | undefined
  /** The first step of the other way, where there are two. */
  readonly other: Place | undefined
}

/** Where a run is when all its steps are done. */
export const end = 'end'

/** The steps of an automation, laid out by what follows on what. */
export class Program {
  readonly first: Place | undefined
  readonly #places = new Map<string, Place>()

  constructor(steps: readonly AutomationStep[]) {
    this.first = this.#lay(steps, '', undefined)
  }

  /** The step at a place; `undefined` at the end. */
  place(at: string): Place | undefined {
    return this.#places.get(at)
  }

  /** Lays out a list of steps from the last to the first; `after` is what comes when they are done. */
  #lay(steps: readonly AutomationStep[], prefix: string, after: Place | undefined): Place | undefined {
    let next = after
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      const step = steps[at]
      if (step !== undefined) next = this.#put(step, `${prefix}${String(at)}`, next)
    }
    return next
  }

  #put(step: AutomationStep, at: string, after: Place | undefined): Place {
    const place: Place = { at, step, ...this.#ways(step, at, after) }
    this.#places.set(at, place)
    return place
  }

  #ways(step: AutomationStep, at: string, after: Place | undefined): Pick<Place, 'next' | 'other'> {
    switch (step.step) {
      case 'if':
      case 'waitFor':
        return {
          next: this.#lay(step.then ?? none, `${at}.then.`, after),
          other: this.#lay(step.else ?? none, `${at}.else.`, after),
        }
      case 'call':
        return { next: after, other: step.failed && this.#lay(step.failed, `${at}.failed.`, after) }
      default:
        return { next: after, other: undefined }
    }
  }
}

const none: readonly AutomationStep[] = Object.freeze([])
