import { createEngine, isCoterieError, type Engine } from 'coterie'
import { expect } from 'vitest'
import type { ErrorCode } from '../../src/base/errors.js'
import { compareText } from '../../src/base/text.js'
import type { TagEvent, Transition } from '../../src/changes/transition.js'
import type { Schema } from '../../src/contacts/schema.js'
import type { HeldTag } from '../../src/contacts/tag.js'
import { changeOf, type ListenerScript } from '../arbitraries/listeners.js'
import type { ScriptStep } from '../arbitraries/scripts.js'
import { ModelRefusal } from './naive-problems.js'
import type { ModelTagEvent, ModelTransition } from './naive-settlement.js'
import { contactsOf, segmentsOf } from './naive-state.js'
import { NaiveModel, type ModelOptions } from './naive-model.js'

/** How the two are made. */
export interface DuelOptions extends ModelOptions {
  readonly schema?: Schema
  readonly listeners?: readonly ListenerScript[]
}

/** How far the model looks for what is due next, in ms. */
const horizon = 2 * 86_400_000

/** The engine and the naive model side by side: what is done to one is done to the other, and all they say is compared. */
export class Duel {
  readonly engine: Engine
  readonly model: NaiveModel
  readonly #log: (ModelTransition | ModelTagEvent)[] = []
  readonly #errors: ErrorCode[] = []

  constructor({ schema, listeners = [], ...options }: DuelOptions) {
    this.engine = createEngine({ ...options, ...(schema === undefined ? {} : { schema }) })
    this.model = new NaiveModel(options)
    this.engine.on('transition', (transition) => void this.#log.push(plainTransition(transition)))
    this.engine.on('tag', (event) => void this.#log.push(plainTagEvent(event)))
    this.engine.on('error', (error) => void this.#errors.push(error.code))
    for (const script of listeners) this.#listen(script)
  }

  /** Does one step to both and compares them; returns what the step brought to the engine's log. */
  step(step: ScriptStep): void {
    const before = this.#log.length
    const [engine, model] = [outcomeOf(() => this.#toEngine(step)), outcomeOf(() => this.#toModel(step))]
    if (model.refused === undefined) expect(engine.refused, 'refused by the engine only').toBeUndefined()
    else if (step.do === 'batch') expect(engine.refused, 'refused by the model only').toBeDefined()
    else expect(model.refused, 'refused with another code').toContain(engine.refused?.[0])
    expect(this.#log.slice(before)).toEqual(this.model.log.slice(before))
    this.compare()
  }

  /** Compares all that can be asked of both. */
  compare(): void {
    const { engine, model } = this
    expect(engine.now).toBe(model.now)
    expect(this.#errors.length).toBe(model.errors.length)
    for (const [place, codes] of model.errors.entries()) expect(codes).toContain(this.#errors[place])
    expect([...engine.contacts.ids()]).toEqual(contactsOf(model.state).map(({ id }) => id))
    expect([...engine.segments.ids()]).toEqual(segmentsOf(model.state).map(({ id }) => id))
    for (const { id, attributes, tags } of contactsOf(model.state)) {
      expect(engine.contacts.get(id)).toEqual({
        id,
        attributes: Object.fromEntries(attributes),
        tags: oldestFirst(tags.values()),
      })
      expect(engine.segments.of(id)).toEqual(model.segmentsOf(id))
    }
    for (const { id } of segmentsOf(model.state)) {
      const members = model.members(id)
      const handle = engine.segments.get(id)
      expect([...(handle?.members() ?? [])].sort(), `members of ${id}`).toEqual([...members].sort())
      expect(handle?.count).toBe(members.length)
      for (const { id: contact } of contactsOf(model.state)) {
        expect(engine.segments.has(id, contact)).toBe(members.includes(contact))
      }
    }
    this.#compareDue()
  }

  #compareDue(): void {
    const due = this.engine.nextDueAt() ?? Infinity
    expect(due).toBeGreaterThan(this.engine.now)
    if (due > this.engine.now + horizon) expect(this.model.nextDueAt(this.model.now + horizon)).toBeUndefined()
    else expect(due).toBeLessThanOrEqual(this.model.nextDueAt(this.model.now + horizon) ?? Infinity)
  }

  #toEngine(step: ScriptStep): void {
    switch (step.do) {
      case 'apply':
        this.engine.apply(step.change)
        return
      case 'batch':
        this.engine.batch(step.changes)
        return
      case 'advance':
      case 'advanceToDue':
        this.engine.advanceTo(this.#target(step))
    }
  }

  #toModel(step: ScriptStep): void {
    switch (step.do) {
      case 'apply':
        this.model.apply(step.change)
        return
      case 'batch':
        this.model.batch(step.changes)
        return
      case 'advance':
      case 'advanceToDue':
        // The engine was asked already, and stands where it was sent.
        this.model.advanceTo(this.engine.now)
    }
  }

  #target(step: Extract<ScriptStep, { readonly do: 'advance' | 'advanceToDue' }>): number {
    const { engine } = this
    if (step.do === 'advance') return engine.now + step.by
    const due = engine.nextDueAt() ?? engine.now
    // What is due in years would take the model as long.
    return Math.min(due + step.beside, engine.now + 40 * 86_400_000)
  }

  #listen(script: ListenerScript): void {
    const { on, segment } = script
    const filter = segment === undefined ? {} : { segment }
    this.engine.on(on, filter, ({ contactId }: { readonly contactId: string }) => {
      this.engine.apply(changeOf(script, contactId))
    })
    this.model.on({ on, ...filter, react: ({ contactId }) => [changeOf(script, contactId)] })
  }
}

/** Tags as a contact gives them out: oldest first, then by name. */
function oldestFirst(tags: Iterable<HeldTag>): readonly HeldTag[] {
  return [...tags].sort((a, b) => a.since - b.since || compareText(a.tag, b.tag))
}

function outcomeOf(work: () => void): { readonly refused?: readonly ErrorCode[] } {
  try {
    work()
    return {}
  } catch (error) {
    if (error instanceof ModelRefusal) return { refused: error.codes }
    if (isCoterieError(error)) return { refused: [error.code] }
    throw error
  }
}

/** A transition without what only the engine knows. */
export function plainTransition({ cause, ...transition }: Transition): ModelTransition {
  const { kind, dueAt, through } = cause
  return {
    ...transition,
    kind,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(through === undefined ? {} : { through }),
  }
}

function plainTagEvent({ type, tag, contactId, at }: TagEvent): ModelTagEvent {
  return { type, tag, contactId, at }
}
