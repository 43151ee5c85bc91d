import type { DueToken } from '../base/due-queue.js'
import type { AutomationFinish, AutomationReason, AutomationWait } from '../changes/automation-changes.js'
import type { Automation } from './automation.js'

/** One thing that a run did. */
export interface RunEntry {
  /** When, in ms. */
  readonly now: number
  /** The place of the step, where it was one. */
  readonly at?: string
  readonly what: 'begun' | 'step' | 'wait' | 'answer' | 'failure' | 'finish'
  readonly went?: 'then' | 'else' | 'failed'
  /** The conditions that decided, what was waited for, what was answered, how it ended. */
  readonly why?: unknown
  /** Until when it waits, in ms. */
  readonly until?: number
}

/** What a run waits for. */
export interface RunWait {
  readonly for: NonNullable<AutomationWait['for']>
  readonly until: number | undefined
  readonly attempt: number
}

/** A contact's way through an automation. */
export class Run {
  readonly id: string
  readonly automation: Automation
  readonly ordinal: number
  readonly startedAt: number
  readonly because: AutomationReason
  /** The place of the step at which it is. */
  at: string
  /** `undefined` while it goes on by itself. */
  wait: RunWait | undefined
  /** The place in the queue of those that wait for an instant. */
  token: DueToken | undefined
  /** What the handler at hand answered, until the run goes on. */
  answer: { readonly result: unknown } | undefined
  /** How many attempts of the handler at hand have failed, and why the last one did. */
  failures = 0
  failed: string | undefined
  outcome: AutomationFinish['outcome'] | undefined
  readonly log: RunEntry[] = []

  constructor(
    id: string,
    automation: Automation,
    ordinal: number,
    startedAt: number,
    because: AutomationReason,
    at: string,
  ) {
    this.id = id
    this.automation = automation
    this.ordinal = ordinal
    this.startedAt = startedAt
    this.because = because
    this.at = at
  }

  /** Takes down what it did. */
  note(entry: RunEntry): void {
    this.log.push(Object.freeze(entry))
  }
}

/** A run that is over, as it is remembered. */
export interface PastRun {
  readonly id: string
  readonly automation: string
  readonly contactId: string
  readonly startedAt: number
  readonly finishedAt: number
  readonly because: AutomationReason
  readonly outcome: AutomationFinish['outcome']
  readonly log: readonly RunEntry[]
}
