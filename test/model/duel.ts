import { createEngine, isCoterieError, type Engine, type ErrorCode, type Schema } from 'coterie'
import { expect } from 'vitest'
import { changeOf, type ListenerScript } from '../arbitraries/listeners.js'
import type { ScriptStep } from '../arbitraries/scripts.js'
import { ModelRefusal } from './naive-problems.js'
import type { ModelTagEvent, ModelTransition } from './naive-settlement.js'
import { NaiveModel, type ModelOptions } from './naive-model.js'
import { plainTagEvent, plainTransition, viewOfEngine, viewOfModel } from './views.js'

/** How the two are made. */
export interface DuelOptions extends ModelOptions {
  readonly schema?: Schema
  readonly listeners?: readonly ListenerScript[]
}

const day = 86_400_000

/** How far the model looks for what is due next, in ms. */
const horizon = 2 * day

/** How far a step to the next due instant may lead, in ms: what is due in years would take the model as long. */
const farthest = 40 * day

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

  /** Does one step to both, and compares what they say. */
  step(step: ScriptStep): void {
    const before = this.#log.length
    const engine = outcomeOf(() => this.#toEngine(step))
    const model = outcomeOf(() => this.#toModel(step))
    if (model.refused === undefined) expect(engine.refused, 'refused by the engine only').toBeUndefined()
    else if (step.do === 'batch') expect(engine.refused, 'refused by the model only').toBeDefined()
    else expect(model.refused, 'refused with another code').toContain(engine.refused?.[0])
    expect(this.#log.slice(before)).toEqual(this.model.log.slice(before))
    expect(viewOfEngine(this.engine)).toEqual(viewOfModel(this.model))
    this.#compareErrors()
    this.#compareDue()
  }

  #compareErrors(): void {
    expect(this.#errors.length).toBe(this.model.errors.length)
    for (const [place, codes] of this.model.errors.entries()) expect(codes).toContain(this.#errors[place])
  }

  /** What is due next for the engine lies after now, and not after what the model finds. */
  #compareDue(): void {
    const { now } = this.engine
    const due = this.engine.nextDueAt() ?? Infinity
    const found = this.model.nextDueAt(now + horizon) ?? Infinity
    if (due <= now || due > found) expect.fail(`now ${now}, next due ${due}, but the model finds ${found}`)
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
        this.engine.advanceTo(this.engine.now + step.by)
        return
      case 'advanceToDue': {
        const { now } = this.engine
        this.engine.advanceTo(Math.min((this.engine.nextDueAt() ?? now) + step.beside, now + farthest))
      }
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
        // The engine went first, and stands where it was sent.
        this.model.advanceTo(this.engine.now)
    }
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
