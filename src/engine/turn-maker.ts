import { isCoterieError, type CoterieError } from '../base/errors.js'
import type { Change } from '../changes/change.js'
import type { Receipt } from '../changes/receipt.js'
import type { AutomationRuntime, Turn } from './automation-port.js'

/** What does automation's changes. */
export interface TurnHost {
  /** Applies changes as one, as the doing of an automation, and tells of them. Throws where they are refused. */
  transact(changes: readonly Change[], name: string): Receipt
  /** Tells of an error that nobody waits for. */
  report(error: CoterieError): void
}

/** Does what automation was called for, one thing after the other, until nothing more is: all of it belongs to one instant. */
export class TurnMaker {
  readonly #automation: AutomationRuntime
  readonly #host: TurnHost

  constructor(automation: AutomationRuntime, host: TurnHost) {
    this.#automation = automation
    this.#host = host
  }

  /** Does everything that is to be done now. */
  makeAll(): void {
    for (let turn = this.#automation.next(); turn !== undefined; turn = this.#automation.next()) this.#make(turn)
  }

  #make(turn: Turn): void {
    const { changes, name, error } = turn
    if (error !== undefined) this.#host.report(error)
    if (changes.length === 0) return
    try {
      const receipt = this.#host.transact(changes, name)
      turn.applied(() => receipt.durable)
    } catch (cause) {
      if (!isCoterieError(cause)) throw cause
      this.#host.report(cause)
      const instead = turn.otherwise(cause)
      if (instead.length > 0) this.#host.transact(instead, name)
    }
  }
}
