import { formatInstant } from '../base/written-date.js'
import type { Transition } from '../changes/transition.js'
import type { Engine } from '../engine/engine.js'
import type { AnyEngine } from '../population/any-engine.js'
import { explanationInWords } from './explanation-in-words.js'

/*
 * Matchers for `expect.extend` of vitest, jest and whoever is like them. They say of a contact, by its id:
 *
 *     expect('ada').toBeInSegment(engine, 'vip')
 *     expect('ada').toHaveEntered(heard, 'vip')
 *
 * When they fail, the message explains the rule.
 */

/** What a matcher says, as runners want it. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** Transitions that were heard. Made by {@link hearTransitions}. */
export interface Heard {
  readonly engine: AnyEngine
  /** In order. */
  readonly transitions: readonly Transition[]
  /** Stops hearing. */
  readonly stop: () => void
}

/** Hears all transitions of an engine from now on. */
export function hearTransitions(engine: Pick<Engine, 'on'> & AnyEngine): Heard {
  const transitions: Transition[] = []
  const stop = engine.on('transition', (transition) => void transitions.push(transition))
  return Object.freeze({ engine, transitions, stop })
}

/** The matchers, for `expect.extend(segmentMatchers)`. */
export const segmentMatchers = Object.freeze({
  /** Whether a contact is a member of a segment. */
  toBeInSegment(contactId: string, engine: AnyEngine, segmentId: string): MatcherResult {
    const pass = engine.contacts.has(contactId) && engine.segments.has(segmentId, contactId)
    const message = (): string =>
      `expected ${contactId} ${pass ? 'not ' : ''}to be in ${segmentId}:\n${explanationInWords(engine, segmentId, contactId)}`
    return { pass, message }
  },
  /** Whether a contact was heard to enter a segment; with `at` (in ms), at that instant. */
  toHaveEntered(contactId: string, heard: Heard, segmentId: string, at?: number): MatcherResult {
    const own = heard.transitions.filter((one) => one.contactId === contactId && one.segmentId === segmentId)
    const pass = own.some((one) => one.type === 'enter' && (at === undefined || one.at === at))
    const message = (): string => {
      const when = at === undefined ? '' : ` at ${formatInstant(at)}`
      const moves = own.map((one) => `\n  ${one.type} at ${formatInstant(one.at)} (${one.cause.kind})`).join('')
      const said = moves === '' ? ' no transition' : moves
      const why = explanationInWords(heard.engine, segmentId, contactId)
      return `expected ${contactId} ${pass ? 'not ' : ''}to have entered ${segmentId}${when}; heard${said}\nand now:\n${why}`
    }
    return { pass, message }
  },
})

/** The matchers as methods of an assertion, to extend the types of a runner by. */
export interface SegmentMatchers<R = unknown> {
  toBeInSegment(engine: AnyEngine, segmentId: string): R
  toHaveEntered(heard: Heard, segmentId: string, at?: number): R
}
