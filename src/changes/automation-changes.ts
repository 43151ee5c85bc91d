import type { DurationText } from '../base/duration.js'
import type { Value } from '../contacts/value.js'
import type { Operand, Rule } from '../rules/ast.js'
import type { ContactChange, ContactName } from './contact-changes.js'

/*
 * Automations and their runs, as changes. What `coterie/automation` does is told by these alone: a definition is plain JSON, a run
 * begins, goes on, waits and ends by a change each, so that whoever keeps changes keeps runs.
 */

/** Something that happens to a contact, and that an automation can answer. */
export type AutomationTrigger =
  | {
      /** The contact enters a segment, or leaves it. */
      readonly on: 'enter' | 'exit'
      readonly segment: string
    }
  | {
      readonly on: 'tagAdded' | 'tagRemoved'
      readonly tag: string
    }
  | {
      /** An event is recorded, or one that was recorded ahead of its time happens. */
      readonly on: 'event'
      readonly event: string
      /** A condition on the event. */
      readonly where?: Rule
    }
  | {
      /** An attribute gets another value, or loses it. */
      readonly on: 'attribute'
      readonly attribute: string
    }
  | {
      /** A record is put that was not there, or was another; or one is taken out. */
      readonly on: 'recordPut' | 'recordRemoved'
      readonly collection: string
      /** Only where this field of it is another than before. */
      readonly field?: string
      /** A condition on the record: as it is, or as it was when it is taken out. */
      readonly where?: Rule
    }

/** The types of the changes that a step can make: those of one contact that leave it the same contact. */
export type StepChangeType =
  | 'contact.patch'
  | 'contact.identify'
  | 'tag.add'
  | 'tag.remove'
  | 'event.record'
  | 'record.put'
  | 'record.remove'
  | `member.${'include' | 'exclude' | 'reset'}`

type WithoutContact<C> = C extends unknown ? Omit<C, 'contact' | 'contacts'> : never

/** A change without the contact that it is about: that is the one of the run. */
export type StepChange = WithoutContact<Extract<ContactChange, { readonly type: StepChangeType }>>

/** One step of an automation. */
export type AutomationStep =
  | {
      /** Makes changes, as one. A record or an event without an id gets one of the run's and the step's own. */
      readonly step: 'change'
      readonly changes: readonly StepChange[]
    }
  | {
      /** Gives an attribute a value that is worked out from the contact; takes it away where that is missing. */
      readonly step: 'set'
      readonly attribute: string
      readonly to: Operand
    }
  | {
      /** Gives an attribute the instant or day of the step. */
      readonly step: 'stamp'
      readonly attribute: string
    }
  | {
      /** Gives an attribute one of several values in turn, each contact the next. */
      readonly step: 'assign'
      readonly attribute: string
      readonly among: readonly string[]
      /** Leaves the attribute as it is, and the turn to the next contact, where it has one of these values. */
      readonly keep?: boolean
    }
  | {
      /** Changes fields of records: of those that a condition holds of, or of the one that began the run. */
      readonly step: 'setRecords'
      readonly collection: string
      readonly where?: Rule
      readonly triggering?: boolean
      readonly set: Readonly<Record<string, Value | null>>
    }
  | {
      /** Calls a handler of the host's and waits for its answer. */
      readonly step: 'call'
      readonly handler: string
      /** Handed on as it is. */
      readonly with?: unknown
      /** The attribute that the answer is written to, where it is a value. */
      readonly into?: string
      /** How often it is tried in all. Default 1. */
      readonly attempts?: number
      /** How long after a failure it is tried again, twice as long after each further one. Exact. Default `1m`. */
      readonly pause?: DurationText
      /** How long an answer may take before it counts as failed. Default for ever. */
      readonly timeout?: DurationText
      /** What to do when every attempt has failed; left out, the run ends as failed. */
      readonly failed?: readonly AutomationStep[]
    }
  | {
      readonly step: 'wait'
      readonly for: DurationText
    }
  | {
      /** Waits until a date of the contact; goes on at once where it is missing or past. */
      readonly step: 'waitUntil'
      readonly date: Operand
    }
  | {
      /** Waits until something happens, at most so long. */
      readonly step: 'waitFor'
      readonly triggers: readonly AutomationTrigger[]
      readonly atMost: DurationText
      /** When it happened. */
      readonly then?: readonly AutomationStep[]
      /** When it did not. */
      readonly else?: readonly AutomationStep[]
    }
  | {
      readonly step: 'if'
      readonly rule: Rule
      readonly then: readonly AutomationStep[]
      readonly else?: readonly AutomationStep[]
    }
  | {
      /** Ends the run. */
      readonly step: 'stop'
      /** A word of the host's own for how it ended. */
      readonly outcome?: string
    }

/** What an automation is, besides its id. */
export interface AutomationDefinition {
  readonly name?: string
  readonly description?: string
  /** What begins a run; with none, only `automation.start` does. */
  readonly when: readonly AutomationTrigger[]
  /** Asked when a run would begin. */
  readonly if?: Rule
  readonly steps: readonly AutomationStep[]
  /** How often a contact can go through: once, every time, or again so long after the last beginning (exact). Default `always`. */
  readonly reentry?: 'once' | 'always' | DurationText
  /** What becomes of a trigger while a run of the contact is under way. Default `ignore`. */
  readonly overlap?: 'ignore' | 'restart' | 'parallel'
  /** Whether those begin too who are members when it is defined, and who become members by a definition. Default false. */
  readonly existing?: boolean
  /** Whether leaving what was entered cancels the run. Default true. */
  readonly cancelOnExit?: boolean
  /** What else cancels the runs of a contact. */
  readonly cancelWhen?: readonly AutomationTrigger[]
}

/** Defines an automation, or one that is there anew; runs that are under way go on by the steps that they began with. */
export interface AutomationDefine extends AutomationDefinition {
  readonly type: 'automation.define'
  readonly automation: string
}

/** Takes an automation away; its runs are cancelled. */
export interface AutomationRemove {
  readonly type: 'automation.remove'
  readonly automation: string
}

/** What called for something, in a few words of data. */
export interface AutomationReason {
  readonly on: AutomationTrigger['on'] | 'start' | 'existing' | 'time' | 'restart' | 'cancel'
  readonly segment?: string
  readonly tag?: string
  readonly event?: string
  /** When the event happened, in ms, and its id. */
  readonly at?: number
  readonly id?: string
  readonly properties?: Readonly<Record<string, Value>>
  readonly attribute?: string
  readonly collection?: string
  /** The id of the record. */
  readonly record?: string
}

/** What all changes of runs say. */
interface OfRun {
  readonly contact: ContactName
  readonly run: string
  /** Which call for automation it answers, counted by the engine; left out where the host makes the change. */
  readonly turn?: number
}

/** Begins a run: by hand with the contact alone, whatever triggers and re-entry say. */
export interface AutomationStart {
  readonly type: 'automation.start'
  readonly automation: string
  readonly contact: ContactName
  /** The id of the run; left out, the next of the automation. */
  readonly run?: string
  readonly because?: AutomationReason
  readonly turn?: number
}

/** A run did a step, or a handler of the host's answered. */
export interface AutomationProgress extends OfRun {
  readonly type: 'automation.step'
  /** The place of the step in the definition, such as `2.then.0`. */
  readonly at: string
  /** Where it goes on; `end` where it is through. Left out of a handler's answer. */
  readonly to?: string
  /** Which way it went, where there are several. */
  readonly went?: 'then' | 'else' | 'failed'
  /** What made it go there: the conditions that decided. */
  readonly why?: unknown
  /** What a handler answered. */
  readonly result?: unknown
  /** Why a handler failed. */
  readonly failed?: string
  /** Which attempt the handler's answer is of, from 1. */
  readonly attempt?: number
  /** The value that was given in turn. */
  readonly assigned?: string
}

/** A run waits: for an instant, for something to happen, for a handler, or several of these. */
export interface AutomationWait extends OfRun {
  readonly type: 'automation.wait'
  readonly at: string
  /** In ms. */
  readonly until?: number
  readonly for?: 'time' | 'trigger' | 'answer' | 'retry'
  /** Which attempt of the handler it is, from 1. */
  readonly attempt?: number
}

/** Ends a run. */
export interface AutomationFinish extends OfRun {
  readonly type: 'automation.finish'
  readonly outcome: 'done' | 'cancelled' | 'failed'
  /** The host's own word for it, or what went wrong. */
  readonly why?: string
  readonly because?: AutomationReason
}

/** What automation does. */
export type AutomationChange =
  AutomationDefine | AutomationRemove | AutomationStart | AutomationProgress | AutomationWait | AutomationFinish
