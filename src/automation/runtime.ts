import type { AutomationChange, AutomationDefine, AutomationRemove } from '../changes/automation-changes.js'
import type { Change } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import type { AutomationRule, AutomationRuntime, Happened, Turn } from '../engine/automation-port.js'
import type { EngineState } from '../engine/state.js'
import type { TagNames } from '../rules/retag.js'
import type { Segment } from '../segments/segment.js'
import type { Draft } from '../store/draft.js'
import { finishRun, moveRun, needAutomation, startRun, waitRun, type RunBooks } from './apply-run.js'
import type { Automation } from './automation.js'
import { CallDesk } from './call-desk.js'
import type { CallQueue } from './calls.js'
import { Catalogue } from './catalogue.js'
import type { Run } from './run.js'
import { RunStore } from './run-store.js'
import { loadBooks, saveBooks, type Books } from './saved.js'
import { TurnTaking, type OnCall } from './turn-taking.js'

/*
 * The automations of an engine, from what happens to what is done. What happens calls for them, each call waits for its turn, then
 * it is decided what to do, and that is done as a change like any other.
 *
 * Calls follow from changes, transitions and the clock alone. So when a journal is done again the same calls come up; the recorded
 * changes tell by number which were answered; and what is left when the journal ends was called for and never done. That is
 * done then, so nothing is lost between a cause and its effect.
 */

/** How automations are run. */
export interface RuntimeOptions {
  /** How many runs that are over are remembered. */
  readonly mostPast: number
  /** How often an automation may begin for one contact at one instant, following from automation. */
  readonly loopLimit: number
}

/** The automations of one state of an engine. */
export class Runtime implements AutomationRuntime, RunBooks, Books {
  readonly state: EngineState
  readonly catalogue = new Catalogue()
  readonly runs: RunStore
  readonly #desk: CallDesk
  readonly #turns: TurnTaking
  /** Hears of each run that is told to wait for its handler. */
  onCall: OnCall = () => undefined

  constructor(state: EngineState, { mostPast, loopLimit }: RuntimeOptions) {
    this.state = state
    this.runs = new RunStore(mostPast)
    this.#desk = new CallDesk(state, this.catalogue, this.runs)
    this.#turns = new TurnTaking(state, this.runs, this.#desk, loopLimit, (run, durable) => {
      this.onCall(run, durable)
    })
  }

  get current(): ReadonlyMap<string, Automation> {
    return this.catalogue.current
  }

  get queue(): CallQueue {
    return this.#desk.queue
  }

  get nextAt(): number | undefined {
    return this.runs.due.nextAt
  }

  takeDue(at: number): void {
    this.#desk.takeDue(at)
  }

  apply(draft: Draft, change: AutomationChange): Outcome {
    switch (change.type) {
      case 'automation.define':
        return this.#define(draft, change)
      case 'automation.remove':
        return this.#remove(draft, change)
      case 'automation.start':
        return startRun(this, draft, change)
      case 'automation.step':
        return moveRun(this, draft, change)
      case 'automation.wait':
        return waitRun(this, draft, change)
      case 'automation.finish':
        return finishRun(this, draft, change)
    }
  }

  moved(run: Run): void {
    this.#desk.moved(run)
  }

  check(removed: readonly Segment[]): void {
    this.catalogue.check(this.state.segments, removed)
  }

  happened(what: Happened): void {
    this.#desk.happened(what)
  }

  next(): Turn | undefined {
    return this.#turns.next()
  }

  forgetCalls(): void {
    this.#turns.forget()
  }

  answered(changes: readonly Change[]): void {
    for (const change of changes) {
      const turn = 'turn' in change ? change.turn : undefined
      if (turn === undefined) continue
      this.#turns.follow(turn)
      return
    }
  }

  resume(): void {
    this.#desk.resume()
  }

  forget(isForgotten: (contactId: string) => boolean): void {
    this.runs.forget(isForgotten)
  }

  rules(): Iterable<AutomationRule> {
    return this.catalogue.rules()
  }

  naming(tags: ReadonlySet<string>): readonly string[] {
    return this.catalogue.naming(tags)
  }

  retag(draft: Draft, names: TagNames): readonly string[] {
    return this.catalogue.retag(draft, names)
  }

  save(): readonly unknown[] {
    return saveBooks(this)
  }

  load(part: unknown): void {
    // With the automations comes who asks for events; what there is of these was loaded before.
    if (loadBooks(this, part) === 'head') this.#desk.takeUp()
  }

  #define(draft: Draft, change: AutomationDefine): Outcome {
    const { automation, before } = this.catalogue.define(draft, change)
    const changed = automation !== before
    if (changed) this.#desk.begun(automation)
    return { type: change.type, automation: automation.id, created: before === undefined, changed }
  }

  #remove(draft: Draft, change: AutomationRemove): Outcome {
    const automation = needAutomation(this.current, change.automation)
    for (const run of [...this.runs.all()]) {
      if (run.automation.id !== automation.id) continue
      const contact = this.state.store.directory.idOf(run.ordinal)
      const why = 'the automation was removed'
      finishRun(this, draft, { type: 'automation.finish', contact, run: run.id, outcome: 'cancelled', why })
    }
    // After its runs, so that nothing of it is asked any more.
    this.catalogue.remove(draft, automation)
    return { type: change.type, automation: automation.id }
  }
}
