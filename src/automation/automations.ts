import { CoterieError } from '../base/errors.js'
import type { AutomationDefinition, AutomationReason } from '../changes/automation-changes.js'
import type { ContactName } from '../changes/change.js'
import type { ChangeInput } from '../changes/input.js'
import type { DurationInput } from '../base/duration.js'
import type { Receipt } from '../changes/receipt.js'
import { checkFunction, checkWhole, optionInvalid, plainOptions, readable } from '../engine/arguments.js'
import type { AutomationHost, AutomationSupport, EngineAutomations } from '../engine/automation-port.js'
import { needContact } from '../engine/names.js'
import type { EngineState } from '../engine/state.js'
import type { StepInput, TriggerInput } from './builders.js'
import { tagsOf } from './definition-parts.js'
import { Handlers, type Handler } from './handlers.js'
import { definitionReaders } from './read-definition.js'
import { infoOfPast, infoOfRun, type RunFilter, type RunInfo } from './run-info.js'
import { Runtime } from './runtime.js'

/** How automations are run. */
export interface AutomationsOptions {
  /** How many runs that are over are remembered. Default 10,000. */
  readonly remember?: number
  /** How often an automation may begin for one contact at one instant, following from automation. Default 100. */
  readonly loopLimit?: number
}

/** An automation as people define it. */
export interface AutomationInput extends Omit<AutomationDefinition, 'when' | 'steps' | 'reentry' | 'cancelWhen'> {
  readonly id: string
  /** What begins a run; left out, only `start` does. */
  readonly when?: TriggerInput | readonly TriggerInput[]
  readonly steps: readonly StepInput[]
  readonly reentry?: 'once' | 'always' | DurationInput
  readonly cancelWhen?: TriggerInput | readonly TriggerInput[]
}

/** An automation as it is defined. */
export interface DefinedAutomation extends AutomationDefinition {
  readonly id: string
  /** How many runs of it are under way. */
  readonly running: number
}

/** The tags that an automation has to do with. */
export interface AutomationTags {
  readonly id: string
  readonly name?: string
  /** Those that it asks for, in rules and triggers. */
  readonly reads: readonly string[]
  /** Those that its steps put on. */
  readonly puts: readonly string[]
}

/** The engine that automations have, and their state in it. */
interface Bound {
  readonly core: AutomationHost<EngineState>
  readonly runtime: Runtime
  readonly handlers: Handlers
}

/**
 * Automations for an engine: made first, given to the engine as the option `automation`, and then the way to them. One belongs to
 * one engine.
 *
 *     const flows = automations()
 *     const engine = createEngine({ schema, clock: Date.now, automation: flows })
 *     flows.define({ id: 'welcome', when: enters('new'), steps: [addTags('greeted'), wait('3d'), call('send', { template: 'tips' })] })
 */
export class Automations implements EngineAutomations {
  readonly kind = 'automations'
  readonly #options: Required<AutomationsOptions>
  #bound: Bound | undefined

  /** @internal */
  constructor(options: Required<AutomationsOptions>) {
    this.#options = options
  }

  /**
   * For the engine: automations for a state of it.
   *
   * @internal
   */
  runtime(state: EngineState): Runtime {
    const { remember, loopLimit } = this.#options
    return new Runtime(state, { mostPast: remember, loopLimit })
  }

  /**
   * For the engine: it is the one that they do things in.
   *
   * @internal
   */
  bind(core: AutomationHost<EngineState>, runtime: Runtime): void {
    if (this.#bound !== undefined)
      throw optionInvalid('automation', 'automations that have an engine', 'automations of its own: automations()')
    const handlers = new Handlers(core)
    runtime.onCall = (run, durable) => {
      handlers.wait(run, durable)
    }
    // What was restored is durable.
    for (const run of runtime.runs.all())
      if (run.wait?.for === 'answer') handlers.wait(run, () => Promise.resolve(core.state.revision))
    this.#bound = { core, runtime, handlers }
  }

  /**
   * For the engine: reads what is in a definition.
   *
   * @internal
   */
  readonly definitions = definitionReaders

  /**
   * Defines an automation, or one that is there anew: runs under way go on by the steps that they began with. Throws all that is
   * wrong with it, each with its path; `SEGMENT_UNKNOWN`.
   */
  define(automation: AutomationInput): Receipt {
    const { core } = this.#engine
    return core.together(
      readable('AUTOMATION_INVALID', 'The automation cannot be read', () => this.#changesFor(automation)),
    )
  }

  /** Takes an automation away; its runs are cancelled. Throws `AUTOMATION_UNKNOWN`. */
  remove(id: string): Receipt {
    const { core, runtime } = this.#engine
    const own = ownSegmentsOf(id, runtime.current.get(id)?.definition)
    return core.together([
      { type: 'automation.remove', automation: id },
      ...own.map((segment): ChangeInput => ({ type: 'segment.remove', segment })),
    ])
  }

  /** The ids of all automations, in the order in which they were first defined. */
  ids(): readonly string[] {
    return [...this.#engine.runtime.current.keys()]
  }

  /** An automation as it is defined; `undefined` where there is none. */
  get(id: string): DefinedAutomation | undefined {
    const { runtime } = this.#engine
    const automation = runtime.current.get(id)
    if (automation === undefined) return undefined
    const running = runtime.catalogue.all.reduce((sum, one) => (one.id === id ? sum + one.runs : sum), 0)
    return Object.freeze({ id, ...automation.definition, running })
  }

  /** Which tags each automation asks for and puts on: `users` of `tagHygiene` and `taggingGuide`. */
  tagUsers(): readonly AutomationTags[] {
    return [...this.#engine.runtime.current.values()].map(({ id, definition }) =>
      Object.freeze({
        id: `automation ${id}`,
        ...(definition.name === undefined ? undefined : { name: definition.name }),
        ...tagsOf(definition),
      }),
    )
  }

  /**
   * Begins a run by hand, whatever triggers, condition and re-entry say; its id, or `undefined` where the contact has one under way
   * and the automation lets it have but one. Throws `AUTOMATION_UNKNOWN`, `CONTACT_UNKNOWN`.
   */
  start(id: string, contact: ContactName): string | undefined {
    const [outcome] = this.#engine.core.apply({ type: 'automation.start', automation: id, contact }).outcomes
    return outcome?.type === 'automation.start' ? outcome.run : undefined
  }

  /** Cancels a run; false where it is over. */
  cancel(run: string, why?: string): boolean {
    const { core, runtime } = this.#engine
    const found = runtime.runs.get(run)
    if (found === undefined) return false
    const contact = core.state.store.directory.idOf(found.ordinal)
    const because: AutomationReason = { on: 'cancel' }
    core.apply({
      type: 'automation.finish',
      contact,
      run,
      outcome: 'cancelled',
      because,
      ...(why === undefined ? undefined : { why }),
    })
    return true
  }

  /** A run that is under way, or that is over and remembered. */
  run(id: string): RunInfo | undefined {
    const { core, runtime } = this.#engine
    const found = runtime.runs.get(id)
    if (found !== undefined) return infoOfRun(core.state, found)
    const past = runtime.runs.past.findLast((one) => one.id === id)
    return past === undefined ? undefined : infoOfPast(past)
  }

  /** Runs, those that are over first, each in the order in which they began or ended. */
  runs(filter: RunFilter = {}): readonly RunInfo[] {
    const { automation, contact, status } = plainOptions('filter', filter)
    const { core, runtime } = this.#engine
    const contactId =
      contact === undefined ? undefined : core.state.store.directory.idOf(needContact(core.state, contact))
    const all = [
      ...runtime.runs.past.map(infoOfPast),
      ...[...runtime.runs.all()].map((run) => infoOfRun(core.state, run)),
    ]
    return all.filter(
      (run) =>
        (automation === undefined || run.automation === automation) &&
        (contactId === undefined || run.contactId === contactId) &&
        (status === undefined || run.status === status),
    )
  }

  /**
   * Lets a function of the host's do what `call` steps ask for by its name: called once the step is durable, and again until its
   * answer is, so at least once. Returns what ends it.
   */
  handle(name: string, handler: Handler): () => void {
    checkFunction(handler, 'The handler')
    return this.#engine.handlers.add(name, handler)
  }

  /** Resolves when no handler is at work and all answers were given. */
  idle(): Promise<void> {
    return this.#engine.handlers.idle()
  }

  get #engine(): Bound {
    if (this.#bound !== undefined) return this.#bound
    throw new CoterieError('AUTOMATION_OFF', 'These automations have no engine yet', {
      received: 'automations without an engine',
      expected: 'an engine that was made with the option automation',
    })
  }

  /** The changes that define an automation, with the segments of its own for rules that are to come to hold. */
  #changesFor({ id, when = [], cancelWhen, reentry, ...input }: AutomationInput): readonly ChangeInput[] {
    const segments: ChangeInput[] = []
    const own = (trigger: TriggerInput): unknown => {
      if (trigger.on !== 'holds') return trigger
      const segment = ownSegment(id, segments.length)
      const description = `Those for whom the automation ${JSON.stringify(id)} begins`
      segments.push({ type: 'segment.define', id: segment, rule: trigger.rule, name: segment, description })
      return { on: 'enter', segment }
    }
    const triggers = listOf(when).map(own)
    const cancels = cancelWhen === undefined ? undefined : listOf(cancelWhen).map(own)
    const before = ownSegmentsOf(id, this.#engine.runtime.current.get(id)?.definition)
    const gone = before.slice(segments.length)
    const define = {
      ...input,
      type: 'automation.define',
      automation: id,
      when: triggers,
      ...(cancels === undefined ? undefined : { cancelWhen: cancels }),
      ...(reentry === undefined ? undefined : { reentry }),
    } as unknown as ChangeInput
    return [...segments, define, ...gone.map((segment): ChangeInput => ({ type: 'segment.remove', segment }))]
  }
}

/** Makes automations for an engine, which takes them as the option `automation`. Throws `OPTION_INVALID`. */
export function automations(options: AutomationsOptions = {}): Automations {
  const { remember = 10_000, loopLimit = 100 } = plainOptions('options', options)
  checkWhole('remember', remember, 0)
  checkWhole('loopLimit', loopLimit, 1)
  return new Automations({ remember, loopLimit }) satisfies AutomationSupport<EngineState>
}

function listOf<T>(given: T | readonly T[]): readonly T[] {
  return Array.isArray(given) ? (given as readonly T[]) : [given as T]
}

/** The id of a segment that an automation keeps for a rule that is to come to hold. */
function ownSegment(automation: string, place: number): string {
  return place === 0 ? `automation:${automation}` : `automation:${automation}:${String(place + 1)}`
}

/** The segments that an automation keeps for itself, in order. */
function ownSegmentsOf(id: string, definition: AutomationDefinition | undefined): readonly string[] {
  const named = new Set<string>()
  for (const trigger of [...(definition?.when ?? []), ...(definition?.cancelWhen ?? [])])
    if (trigger.on === 'enter') named.add(trigger.segment)
  const own: string[] = []
  while (named.has(ownSegment(id, own.length))) own.push(ownSegment(id, own.length))
  return own
}
