import type { AutomationReason } from '../changes/automation-changes.js'
import type { HeldEvent } from '../contacts/event.js'
import type { Happened } from '../engine/automation-port.js'
import type { EngineState } from '../engine/state.js'
import type { Cause } from '../changes/transition.js'
import { endRun } from './apply-run.js'
import type { Automation } from './automation.js'
import { CallQueue, type Link } from './calls.js'
import type { Catalogue } from './catalogue.js'
import { triggersOf } from './definition-parts.js'
import { answers, occurrenceOfEvent, occurrencesOf, type Occurrence } from './occurrences.js'
import type { Run } from './run.js'
import type { RunStore } from './run-store.js'
import type { Interest } from './trigger-index.js'

/*
 * What happens, as calls for automation. A call follows from changes, transitions and the clock alone, and asks no rule: conditions
 * are asked when it has its turn. So the same calls come up when a journal is done again.
 */

/** Makes calls of what happens. */
export class CallDesk {
  readonly queue = new CallQueue()
  readonly #state: EngineState
  readonly #catalogue: Catalogue
  readonly #runs: RunStore
  readonly #moved = new Set<Run>()
  /** Automations that were just defined, and have yet to look at who is there. */
  readonly #begun = new Set<Automation>()
  /** How many events had arrived when it last looked: those that came since are new. */
  #arrivals: number
  /** The events that wait for their time. */
  readonly #ahead = new Set<string>()
  /** What all that happens now follows from, where it follows from automation. */
  before: Link | undefined

  constructor(state: EngineState, catalogue: Catalogue, runs: RunStore) {
    this.#state = state
    this.#catalogue = catalogue
    this.#runs = runs
    this.#arrivals = state.store.history.arrivals
  }

  /** Notes a run that may have to go on. */
  moved(run: Run): void {
    this.#moved.add(run)
  }

  /** Notes that an automation was defined. */
  begun(automation: Automation): void {
    this.#begun.add(automation)
  }

  /** Takes note of what a transaction did. */
  happened(what: Happened): void {
    if (this.#catalogue.all.length > 0) {
      const { index } = this.#catalogue
      const asked = (on: Occurrence['on'], subject: string): boolean => index.of(on, subject).length > 0
      this.#forgetGone(what)
      this.#queueAhead(what, asked)
      for (const occurrence of occurrencesOf(this.#state, what, asked, this.#isNew)) this.#callFor(occurrence)
      for (const automation of this.#begun) this.#callForExisting(automation)
      for (const run of this.#moved) this.#goOn(run)
    }
    this.#moved.clear()
    this.#begun.clear()
    this.#arrivals = this.#state.store.history.arrivals
  }

  /** Takes note of what is due. */
  takeDue(at: number): void {
    for (const due of this.#runs.due.takeDue(at)) {
      if ('event' in due) this.#happens(due.ordinal, due.event)
      else this.#comesDue(due)
    }
  }

  /** Takes up again where the engine was: events that lie ahead wait for their time. */
  takeUp(): void {
    this.#arrivals = this.#state.store.history.arrivals
    this.#queueAllAhead([...this.#catalogue.index.eventTypes()])
  }

  /** Lets runs go on that were cut off between two steps, where nothing is left of the call that said so. */
  resume(): void {
    const called = new Set(this.queue.runs())
    for (const run of this.#runs.all()) if (!called.has(run)) this.#goOn(run)
  }

  readonly #isNew = ({ arrival }: HeldEvent): boolean => arrival > this.#arrivals

  #callFor(occurrence: Occurrence): void {
    for (const interest of this.#catalogue.index.of(occurrence.on, occurrence.subject)) {
      if (!answers(interest.trigger, occurrence)) continue
      const { automation, role } = interest
      if (role === 'wake') this.#wake(interest, occurrence)
      else if (role === 'begin') this.#begin(automation, occurrence, interest)
      else if (this.#runs.ofAutomation(occurrence.ordinal, automation.id).length > 0)
        this.queue.add({ kind: role, automation, ...this.#partsOf(occurrence, interest) })
    }
  }

  #begin(automation: Automation, occurrence: Occurrence, interest: Interest): void {
    const { existing = false } = automation.definition
    // Who is there when it is defined is asked for beside.
    if (occurrence.isDefinition && (!existing || this.#begun.has(automation))) return
    this.queue.add({ kind: 'begin', automation, ...this.#partsOf(occurrence, interest) })
  }

  #wake(interest: Interest, occurrence: Occurrence): void {
    for (const run of this.#runs.of(occurrence.ordinal)) {
      if (run.automation !== interest.automation || run.wait?.for !== 'trigger') continue
      const step = run.automation.program.place(run.at)?.step
      if (step?.step !== 'waitFor' || !step.triggers.includes(interest.trigger)) continue
      const { at, wait } = run
      this.queue.add({ kind: 'wake', run, at, wait, ...this.#partsOf(occurrence, interest) })
    }
  }

  #partsOf(
    { ordinal, because, item, cause }: Occurrence,
    { trigger }: Interest,
  ): {
    readonly ordinal: number
    readonly contactId: string
    readonly because: AutomationReason
    readonly before: Link | undefined
    readonly cause?: Cause
  } {
    const rule = 'where' in trigger ? trigger.where : undefined
    return {
      ordinal,
      contactId: this.#state.store.directory.idOf(ordinal),
      because: Object.freeze(because),
      before: this.before,
      ...(cause === undefined ? undefined : { cause }),
      ...(rule === undefined || item === undefined ? undefined : { where: { rule, item } }),
    }
  }

  /** Lets those begin who are members of what an automation begins with, and never began with it. */
  #callForExisting(automation: Automation): void {
    // One whose definition was refused is none.
    if (automation.definition.existing !== true || this.#catalogue.current.get(automation.id) !== automation) return
    const { directory } = this.#state.store
    for (const trigger of automation.definition.when) {
      if (trigger.on !== 'enter') continue
      const members: number[] = []
      this.#state.segments.get(trigger.segment)?.members.forEach((ordinal) => members.push(ordinal))
      members.sort((a, b) => directory.placeOf(a) - directory.placeOf(b))
      const because: AutomationReason = Object.freeze({ on: 'existing', segment: trigger.segment })
      for (const ordinal of members) {
        if (this.#runs.lastBegun(automation.id, ordinal) !== undefined) continue
        const contactId = directory.idOf(ordinal)
        this.queue.add({ kind: 'begin', automation, ordinal, contactId, because, before: this.before })
      }
    }
  }

  /** Lets a run go on that does not wait. */
  #goOn(run: Run): void {
    const isUnderWay = this.#runs.get(run.id) === run && run.wait === undefined
    if (isUnderWay) this.#callRun('go', run)
  }

  #callRun(kind: 'due' | 'go', run: Run): void {
    const { ordinal, at, wait } = run
    const contactId = this.#state.store.directory.idOf(ordinal)
    this.queue.add({ kind, run, at, wait, ordinal, contactId, because: timeHasCome, before: this.before })
  }

  /** The time of a run has come: it need not wait any more, a handler took too long, or it is to be tried again. */
  #comesDue(run: Run): void {
    run.token = undefined
    if (run.wait?.for === 'answer') {
      run.failures += 1
      run.failed = 'there was no answer in time'
      run.note({ now: this.#state.now, at: run.at, what: 'failure', why: run.failed })
    }
    if (run.wait?.for === 'retry') run.failed = undefined
    if (run.wait?.for === 'answer' || run.wait?.for === 'retry') run.wait = undefined
    this.#callRun('due', run)
  }

  /** An event that was recorded ahead of its time happens, if it is still there. */
  #happens(ordinal: number, event: HeldEvent): void {
    this.#ahead.delete(keyOfAhead(ordinal, event))
    const there = this.#state.store.history.events(ordinal, event.type)
    if (there.some(({ arrival, at }) => arrival === event.arrival && at === event.at))
      this.#callFor(occurrenceOfEvent(ordinal, event))
  }

  /** Lets events wait that came and lie ahead; of types that somebody asks for only since now, all of them. */
  #queueAhead({ changes }: Happened, asked: (on: 'event', subject: string) => boolean): void {
    for (const { removed, ordinal, events } of changes) {
      if (removed) continue
      for (const [type, { came }] of events) {
        if (asked('event', type)) for (const event of came) this.#wait(ordinal, event)
      }
    }
    const types = new Set<string>()
    for (const { definition } of this.#begun)
      for (const { trigger } of triggersOf(definition)) if (trigger.on === 'event') types.add(trigger.event)
    this.#queueAllAhead([...types])
  }

  #queueAllAhead(types: readonly string[]): void {
    if (types.length === 0) return
    const { directory, history } = this.#state.store
    for (const ordinal of directory.inOrder())
      for (const type of types) for (const event of history.events(ordinal, type)) this.#wait(ordinal, event)
  }

  #wait(ordinal: number, event: HeldEvent): void {
    if (event.at <= this.#state.now) return
    const key = keyOfAhead(ordinal, event)
    if (this.#ahead.has(key)) return
    this.#ahead.add(key)
    this.#runs.due.add(event.at, { ordinal, event })
  }

  /** Ends the runs of contacts that are gone; who stands for them now has been through what they have been through. */
  #forgetGone({ changes }: Happened): void {
    const { directory } = this.#state.store
    for (const { removed, ordinal } of changes) {
      if (!removed) continue
      for (const run of [...this.#runs.of(ordinal)])
        endRun({ state: this.#state, runs: this.#runs }, run, { outcome: 'cancelled', why: 'the contact is gone' })
      this.#runs.inherit(ordinal, directory.ordinalOf(directory.idOf(ordinal)))
    }
  }
}

const timeHasCome: AutomationReason = Object.freeze({ on: 'time' })

function keyOfAhead(ordinal: number, { arrival, at }: HeldEvent): string {
  return `${String(ordinal)} ${String(arrival)} ${String(at)}`
}
