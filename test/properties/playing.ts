import { createEngine, isCoterieError, type Engine, type EngineOptions, type TagEvent, type Transition } from 'coterie'
import { gridStep } from '../arbitraries/instants.js'
import { changeOf, type ListenerScript } from '../arbitraries/listeners.js'
import type { RuleWorld } from '../arbitraries/rules.js'
import { fullSchema } from '../arbitraries/schemas.js'
import type { ScriptStep } from '../arbitraries/scripts.js'
import type { Stage } from '../arbitraries/stages.js'

/** What the rules of a stage's world can speak of: an attribute of every kind. */
export function worldOf(stage: Stage): RuleWorld {
  return { stage, kinds: fullSchema.kinds }
}

/** An engine for {@link worldOf}, half an hour before the stage's instant. */
export function engineIn(stage: Stage, options: Partial<EngineOptions> = {}): Engine {
  return createEngine({
    schema: fullSchema.schema,
    now: stage.around - 2 * gridStep,
    timeZone: stage.timeZone,
    ...options,
  })
}

/** Does a step; returns whether the engine took it. */
export function doStep(engine: Engine, step: ScriptStep): boolean {
  try {
    if (step.do === 'apply') engine.apply(step.change)
    else if (step.do === 'batch') engine.batch(step.changes)
    else engine.advanceTo(targetOf(engine, step))
    return true
  } catch (error) {
    if (isCoterieError(error)) return false
    throw error
  }
}

/** Does all steps, passing over those that are refused. */
export function play(engine: Engine, script: readonly ScriptStep[]): void {
  for (const step of script) doStep(engine, step)
}

/** Where a step of the clock leads. */
export function targetOf(
  engine: Engine,
  step: Extract<ScriptStep, { readonly do: 'advance' | 'advanceToDue' }>,
): number {
  if (step.do === 'advance') return engine.now + step.by
  return (engine.nextDueAt() ?? engine.now) + step.beside
}

/** All transitions from now on, as they come. */
export function transitionsOf(engine: Engine): readonly Transition[] {
  const transitions: Transition[] = []
  engine.on('transition', (transition) => void transitions.push(transition))
  return transitions
}

/** A transition but for its revision: whether a step that moves nobody counts is not said. */
export function withoutRevision({ cause: { revision, ...cause }, ...transition }: Transition): unknown {
  return { ...transition, cause, isCounted: revision > 0 }
}

/** All tag events from now on, as they come. */
export function tagEventsOf(engine: Engine): readonly TagEvent[] {
  const events: TagEvent[] = []
  engine.on('tag', (event) => void events.push(event))
  return events
}

/** Lets the engine hear listeners that are data. */
export function listen(engine: Engine, scripts: readonly ListenerScript[]): void {
  for (const script of scripts) {
    const filter = script.segment === undefined ? {} : { segment: script.segment }
    engine.on(script.on, filter, ({ contactId }: { readonly contactId: string }) => {
      engine.apply(changeOf(script, contactId))
    })
  }
}

/** The members of every segment, by id. */
export function membershipOf(engine: Engine): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(engine.segments.ids().map((id) => [id, membersOf(engine, id)]))
}

/** The members of a segment, in the order in which the contacts were put. */
export function membersOf(engine: Engine, segment: string): readonly string[] {
  return engine.contacts.ids().filter((id) => engine.segments.has(segment, id))
}

/** All that can be asked of an engine, as plain data. */
export function stateOf(engine: Engine): unknown {
  const { leaves, contacts, segments } = engine.statistics()
  return {
    now: engine.now,
    revision: engine.revision,
    nextDueAt: engine.nextDueAt(),
    statistics: { leaves, contacts, segments },
    contacts: engine.contacts.ids().map((id) => ({
      contact: engine.contacts.get(id),
      identities: engine.contacts.identitiesOf(id),
      segments: engine.segments.of(id),
    })),
    segments: engine.segments.ids().map((id) => {
      const handle = engine.segments.get(id)
      return {
        id,
        kind: handle?.kind,
        rule: handle?.rule,
        description: handle?.description,
        count: handle?.count,
        members: [...(handle?.members() ?? [])],
        of: engine.contacts.ids().map((contact) => {
          const { since, slots, next } = engine.segments.explain(id, contact)
          return { contact, since, slots, next }
        }),
      }
    }),
  }
}
