import {
  createEngine,
  hasTag,
  isCoterieError,
  matches,
  type CoterieError,
  type Engine,
  type EngineOptions,
  type Rule,
  type Transition,
} from 'coterie'

/** Where the clocks of these tests begin: Thursday, 1 January 2026, midnight in UTC. */
export const start = Date.parse('2026-01-01T00:00:00Z')

/** A second, a minute, an hour and a day, in ms. */
export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** An engine whose clock is moved by hand. */
export function newEngine(options: Partial<EngineOptions> = {}): Engine {
  return createEngine({ now: start, ...options })
}

/** An engine with contacts that have nothing yet. */
export function engineOf(...ids: readonly string[]): Engine {
  const engine = newEngine()
  for (const id of ids) engine.contacts.put({ id })
  return engine
}

/** The library's own error that a call throws; anything else it does fails the test. */
export function refusal(call: () => unknown): CoterieError {
  try {
    call()
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  }
  throw new Error('It was not refused')
}

/** The transitions that the engine tells from now on, as they come. */
export function told(engine: Engine): readonly Transition[] {
  const transitions: Transition[] = []
  engine.on('transition', (transition) => void transitions.push(transition))
  return transitions
}

/** Transitions in words: `ada enters vip`. */
export function inWords(
  transitions: readonly Pick<Transition, 'type' | 'contactId' | 'segmentId'>[],
): readonly string[] {
  return transitions.map(({ type, contactId, segmentId }) => `${contactId} ${type}s ${segmentId}`)
}

/** The contacts for whom the plain evaluator says that a rule holds now, in the order in which they were put. */
export function plainlyMatching(engine: Engine, rule: Rule): readonly string[] {
  return engine.contacts.ids().filter((id) => {
    const contact = engine.contacts.get(id)
    return contact !== undefined && matches(rule, contact, { now: engine.now })
  })
}

/** The members of a segment, in the order of their ordinals. */
export function membersOf(engine: Engine, segment: string): readonly string[] {
  return [...(engine.segments.get(segment)?.members() ?? [])]
}

/** An instant as people read it. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** The instant of a text in UTC, in ms. */
export function utc(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Error(`no date: ${text}`)
  return at
}

/** Writes down what is heard, by a name. */
export function notebook(): { readonly lines: string[]; readonly note: (line: string) => () => void } {
  const lines: string[] = []
  return { lines, note: (line) => () => void lines.push(line) }
}

/** An engine with Ada, Bob, and a segment of those with the tag `vip`. */
export function vipEngine(): Engine {
  const engine = engineOf('ada', 'bob')
  engine.segments.define({ id: 'vip', rule: hasTag('vip') })
  return engine
}
