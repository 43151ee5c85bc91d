import { CoterieError } from '../base/errors.js'
import type { AutomationFinish, AutomationStart } from '../changes/automation-changes.js'
import type { Change } from '../changes/change.js'
import type { Turn } from '../engine/automation-port.js'
import type { EngineState } from '../engine/state.js'
import { holds } from '../rules/evaluate.js'
import type { Automation } from './automation.js'
import type { CallDesk } from './call-desk.js'
import { circleOf, type Call, type Link, type NumberedCall } from './calls.js'
import type { Run } from './run.js'
import type { RunStore } from './run-store.js'
import { walkFrom, walkOn, type Walker } from './walk.js'

/*
 * One call after the other, in the order in which they came: whether anything is to be done about it now, and what. Conditions are
 * asked here, of the contact as it is at the call's turn.
 *
 * An automation that is begun for the same contact over and over at one instant, each time following from itself, would go on for
 * ever. It is cut after so many times, and the circle is told.
 */

/** A call that calls for a beginning. */
type Beginning = Extract<Call, { readonly kind: 'begin' }>

/** Called with a run that was told to wait for its handler. */
export type OnCall = (run: Run, durable: () => Promise<number>) => void

/** Makes turns of calls. */
export class TurnTaking {
  readonly #state: EngineState
  readonly #runs: RunStore
  readonly #desk: CallDesk
  readonly #loopLimit: number
  readonly #onCall: OnCall
  /** How often each automation began for a contact, following from automation, since all was quiet last. */
  readonly #begun = new Map<string, number>()

  constructor(state: EngineState, runs: RunStore, desk: CallDesk, loopLimit: number, onCall: OnCall) {
    this.#state = state
    this.#runs = runs
    this.#desk = desk
    this.#loopLimit = loopLimit
    this.#onCall = onCall
  }

  /** The next thing to do; `undefined` when all calls were answered. */
  next(): Turn | undefined {
    for (let numbered = this.#desk.queue.take(); numbered !== undefined; numbered = this.#desk.queue.take()) {
      this.#desk.before = undefined
      const turn = this.#turnOf(numbered)
      if (turn !== undefined) return turn
    }
    this.forget()
    return undefined
  }

  /** While things are done again: nothing that was called for until now is open, and what happens follows from no automation. */
  forget(): void {
    this.#desk.queue.clear()
    this.#begun.clear()
    this.#desk.before = undefined
  }

  /** While things are done again: a call was answered by what is done next, and those before it came to nothing. */
  follow(turn: number): void {
    const call = this.#desk.queue.takeUpTo(turn)
    if (call === undefined) return
    if (call.kind === 'begin') this.#countBeginning(call)
    this.#desk.before = linkOf(call)
  }

  #turnOf({ turn, call }: NumberedCall): Turn | undefined {
    const { directory } = this.#state.store
    if (directory.ordinalOf(call.contactId) !== call.ordinal) return undefined
    if (call.where !== undefined) {
      const { rule, item } = call.where
      if (!holds(rule, { ...this.#state.scopeOf(call.ordinal), item })) return undefined
    }
    switch (call.kind) {
      case 'begin':
        return this.#begin(turn, call)
      case 'cancel':
      case 'leave':
        return this.#cancel(turn, call)
      default:
        return this.#goOn(turn, call)
    }
  }

  #begin(turn: number, call: Beginning): Turn | undefined {
    const { automation, ordinal, contactId, because } = call
    const { id, definition, isCurrent } = automation
    if (!isCurrent || !automation.admits(this.#runs.lastBegun(id, ordinal), this.#state.now)) return undefined
    const underWay = this.#runs.ofAutomation(ordinal, id)
    const { overlap = 'ignore' } = definition
    if (underWay.length > 0 && overlap === 'ignore') return undefined
    if (definition.if !== undefined && !holds(definition.if, this.#state.scopeOf(ordinal))) return undefined
    const loop = this.#loopOf(call)
    if (loop !== undefined) return { ...this.#turn(call, []), error: loop }
    const run = this.#runs.nextId(automation)
    const ends = overlap === 'restart' ? underWay.map((old) => cancelled(old, contactId, turn, restarted)) : []
    const start: AutomationStart = Object.freeze({
      type: 'automation.start',
      automation: id,
      contact: contactId,
      run,
      because,
      turn,
    })
    const walker = this.#walker({ automation, id: run, because }, call, turn)
    return this.#tried(call, walker, [...ends, start], () => walkFrom(walker, automation.program.first))
  }

  #cancel(turn: number, call: Extract<Call, { readonly kind: 'cancel' | 'leave' }>): Turn | undefined {
    const runs = this.#runs.ofAutomation(call.ordinal, call.automation.id).filter((run) => {
      if (run.automation !== call.automation) return false
      return call.kind === 'cancel' || run.because.segment === call.because.segment
    })
    if (runs.length === 0) return undefined
    return this.#turn(
      call,
      runs.map((run) => cancelled(run, call.contactId, turn, call.because)),
    )
  }

  #goOn(turn: number, call: Extract<Call, { readonly kind: 'wake' | 'due' | 'go' }>): Turn | undefined {
    const { run, at, wait } = call
    const stands = this.#runs.get(run.id) === run && run.at === at && run.wait === wait
    if (!stands) return undefined
    const walker = this.#walker(run, call, turn)
    return this.#tried(call, walker, [], () => walkOn(walker, run, call.kind === 'wake'))
  }

  /** The turn that does what `walk` says; where that, or doing it, is refused, the run ends as failed. */
  #tried(call: Call, walker: Walker, first: readonly Change[], walk: () => readonly Change[]): Turn {
    const failed = (error: CoterieError): readonly Change[] => [
      ...first,
      Object.freeze({
        type: 'automation.finish',
        contact: walker.contactId,
        run: walker.run,
        turn: walker.turn,
        outcome: 'failed',
        why: `${error.code}: ${error.message}`,
      } satisfies AutomationFinish),
    ]
    try {
      const changes = walk()
      const isCalling = changes.some((change) => change.type === 'automation.wait' && change.for === 'answer')
      return {
        ...this.#turn(call, [...first, ...changes]),
        otherwise: failed,
        applied: (durable) => {
          const run = this.#runs.get(walker.run)
          if (isCalling && run !== undefined) this.#onCall(run, durable)
        },
      }
    } catch (error) {
      if (!(error instanceof CoterieError)) throw error
      return { ...this.#turn(call, failed(error)), error }
    }
  }

  #turn(call: Call, changes: readonly Change[]): Turn {
    // What this does is followed by what it leads to, listeners' doings upon it too.
    this.#desk.before = linkOf(call)
    return { changes, name: `automation:${automationOf(call).id}`, otherwise: () => [], applied: () => undefined }
  }

  #walker({ automation, id, because }: Pick<Run, 'automation' | 'id' | 'because'>, call: Call, turn: number): Walker {
    const { ordinal, contactId } = call
    return {
      state: this.#state,
      automation,
      run: id,
      ordinal,
      contactId,
      because,
      turn,
      assigned: (at) => this.#runs.assigned(automation.id, at),
    }
  }

  /** Counts a beginning that follows from automation; says how many there were of that automation for the contact. */
  #countBeginning({ automation, ordinal, before }: Beginning): number {
    if (before === undefined) return 0
    const key = `${String(ordinal)} ${automation.id}`
    const times = (this.#begun.get(key) ?? 0) + 1
    this.#begun.set(key, times)
    return times
  }

  /** The error for a beginning that followed from itself too often. */
  #loopOf(call: Beginning): CoterieError | undefined {
    const times = this.#countBeginning(call)
    if (times <= this.#loopLimit) return undefined
    return new CoterieError('AUTOMATION_LOOP', `Automations go round in a circle: ${circleOf(call)}`, {
      received: `${String(times)} runs of ${JSON.stringify(call.automation.id)} for ${JSON.stringify(call.contactId)} at one instant`,
      expected: `at most ${String(this.#loopLimit)}, each following from automation`,
    })
  }
}

function automationOf(call: Call): Automation {
  return 'automation' in call ? call.automation : call.run.automation
}

/** The link that an answered call adds to its chain. A run that goes on is the link that it was. */
function linkOf(call: Call): Link {
  const { ordinal, because, cause, before } = call
  if (call.kind === 'go' && before !== undefined) return before
  return {
    automation: automationOf(call).id,
    ordinal,
    because,
    ...(cause === undefined ? undefined : { cause }),
    before,
  }
}

const restarted = Object.freeze({ on: 'restart' as const })

function cancelled(
  run: Run,
  contact: string,
  turn: number,
  because: NonNullable<AutomationFinish['because']>,
): AutomationFinish {
  return Object.freeze({ type: 'automation.finish', contact, run: run.id, outcome: 'cancelled', because, turn })
}
