import { createEngine, isCoterieError, type Engine, type ErrorCode, type Schema } from 'coterie'
import { expect } from 'vitest'
import type { Change } from '../../src/changes/change.js'
import type { ChangeInput } from '../../src/changes/input.js'
import { changeOf, type ListenerScript } from '../arbitraries/listeners.js'
import type { ScriptStep } from '../arbitraries/scripts.js'
import { ModelRefusal } from '../../src/testing/naive/problems.js'
import { NaiveModel, type ModelOptions } from '../../src/testing/naive/naive-model.js'
import { nextDueOnGrid } from './grid-clock.js'
import { readPlainly } from './plain-reading.js'
import { plainEvent, viewOfEngine, viewOfModel, type PlainEvent } from './views.js'

/** How the two are made. */
export interface DuelOptions extends Omit<ModelOptions, 'read' | 'nextDue' | 'clock' | 'maxAhead'> {
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
  readonly model: NaiveModel
  readonly #listeners: readonly ListenerScript[]
  readonly #log: PlainEvent[] = []
  readonly #errors: ErrorCode[] = []
  #engine: Engine

  /** Without an engine to begin with it makes one. */
  constructor({ schema, listeners = [], ...options }: DuelOptions, engine?: Engine) {
    this.#listeners = listeners
    this.#engine = engine ?? createEngine({ ...options, ...(schema === undefined ? {} : { schema }) })
    const { timeZone = 'UTC' } = options
    const read = (input: ChangeInput): Change => readPlainly(input, timeZone)
    this.model = new NaiveModel({ ...options, read, nextDue: nextDueOnGrid })
    for (const script of listeners) this.#listenToModel(script)
    this.#listenToEngine()
  }

  get engine(): Engine {
    return this.#engine
  }

  /** Goes on with another engine, which is to be as the model is. */
  goOnWith(engine: Engine): void {
    this.#engine = engine
    this.#log.length = this.model.log.length = 0
    this.#errors.length = this.model.errors.length = 0
    this.#listenToEngine()
    this.compare()
  }

  /** Does one step to both, and compares what they say. */
  step(step: ScriptStep): void {
    const before = this.#log.length
    const engine = outcomeOf(() => this.#toEngine(step))
    const model = outcomeOf(() => this.#toModel(step))
    if (model.refused === undefined) expect(engine.refused, 'refused by the engine only').toBeUndefined()
    else if (step.do === 'batch') expect(engine.refused, 'refused by the model only').toBeDefined()
    else expect(model.refused, 'refused with another code').toContain(engine.refused?.[0])
    expect(this.#log.slice(before)).toEqual(this.model.log.slice(before).map(plainEvent))
    this.compare()
    this.#compareErrors()
    this.#compareDue()
  }

  /** Compares all that the two know. */
  compare(): void {
    expect(viewOfEngine(this.engine)).toEqual(viewOfModel(this.model))
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

  /** Hears an engine for as long as it is the one. */
  #listenToEngine(): void {
    const engine = this.#engine
    engine.on('transition', (transition) => void this.#log.push(plainEvent(transition)))
    engine.on('tag', (event) => void this.#log.push(plainEvent(event)))
    engine.on('error', (error) => {
      if (engine === this.#engine) this.#errors.push(error.code)
    })
    for (const script of this.#listeners) {
      const { on, segment } = script
      engine.on(on, segment === undefined ? {} : { segment }, ({ contactId }: { readonly contactId: string }) => {
        engine.apply(changeOf(script, contactId))
      })
    }
  }

  #listenToModel(script: ListenerScript): void {
    const { on, segment } = script
    this.model.on({
      event: on,
      ...(segment === undefined ? {} : { segment }),
      hear: (heard) => {
        if ('contactId' in heard) this.model.apply(changeOf(script, heard.contactId))
      },
    })
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
