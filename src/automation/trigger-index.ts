import type { AutomationTrigger } from '../changes/automation-changes.js'
import type { Automation } from './automation.js'
import { stepsOf } from './definition-parts.js'
import { subjectOf } from './occurrences.js'

/** What an automation does with something that happens. */
export interface Interest {
  readonly automation: Automation
  /** It begins a run, cancels runs, ends those that began by entering, or wakes those that wait for it. */
  readonly role: 'begin' | 'cancel' | 'leave' | 'wake'
  readonly trigger: AutomationTrigger
}

const none: readonly Interest[] = Object.freeze([])

/** Which automations ask for what, by kind and subject: what nobody asks for costs a look. */
export class TriggerIndex {
  readonly #interests = new Map<string, Interest[]>()

  /** The automations in the order in which they are to be asked. */
  constructor(automations: Iterable<Automation>) {
    for (const automation of automations) this.#add(automation)
  }

  /** Those who ask for something. */
  of(on: AutomationTrigger['on'], subject: string): readonly Interest[] {
    return this.#interests.get(`${on} ${subject}`) ?? none
  }

  /** The types of events that somebody asks for. */
  *eventTypes(): Iterable<string> {
    for (const [first] of this.#interests.values()) if (first?.trigger.on === 'event') yield first.trigger.event
  }

  /** First what ends runs, then what wakes them, then what begins one: so one that is left and entered again begins anew. */
  #add(automation: Automation): void {
    const { when, cancelWhen = [] } = automation.definition
    if (automation.cancelsOnExit) {
      for (const trigger of when) {
        if (trigger.on === 'enter')
          this.#note({ automation, role: 'leave', trigger: { on: 'exit', segment: trigger.segment } })
      }
    }
    for (const trigger of cancelWhen) this.#note({ automation, role: 'cancel', trigger })
    for (const { step } of stepsOf(automation.definition.steps, [])) {
      if (step.step === 'waitFor')
        for (const trigger of step.triggers) this.#note({ automation, role: 'wake', trigger })
    }
    if (!automation.isCurrent) return
    for (const trigger of when) this.#note({ automation, role: 'begin', trigger })
  }

  #note(interest: Interest): void {
    const key = `${interest.trigger.on} ${subjectOf(interest.trigger)}`
    const there = this.#interests.get(key)
    if (there === undefined) this.#interests.set(key, [interest])
    else there.push(interest)
  }
}
