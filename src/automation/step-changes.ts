import { timeZone } from '../base/time-zone.js'
import { formatDay } from '../base/civil.js'
import type { AutomationReason, AutomationStep, StepChange } from '../changes/automation-changes.js'
import type { Change } from '../changes/change.js'
import { readChange } from '../changes/read-change.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Value } from '../contacts/value.js'
import type { EngineState } from '../engine/state.js'
import { holds, operandValue } from '../rules/evaluate.js'
import type { Scope } from '../rules/scope.js'
import { itemOfRecord } from './occurrences.js'

/** The contact and the run for which a step is done. */
export interface StepContext {
  readonly state: EngineState
  readonly scope: Scope
  readonly contactId: string
  readonly run: string
  readonly because: AutomationReason
  /** Whose turn it is among so many. */
  readonly turnOf: (at: string, count: number) => number
}

/** What a step does. */
export interface StepDoing {
  readonly changes: readonly Change[]
  /** The value that was given in turn. */
  readonly assigned?: string
}

/** The steps that change something. */
export type DoingStep = Extract<AutomationStep, { readonly step: 'change' | 'set' | 'stamp' | 'assign' | 'setRecords' }>

const nothing: StepDoing = Object.freeze({ changes: Object.freeze([]) })

/** Whether a step changes something, and nothing else. */
export function isDoing(step: AutomationStep): step is DoingStep {
  return ['change', 'set', 'stamp', 'assign', 'setRecords'].includes(step.step)
}

/**
 * The changes that a step makes.
 *
 * @throws CoterieError where a value that was worked out does not fit the schema.
 */
export function doingOf(step: DoingStep, at: string, context: StepContext): StepDoing {
  const { scope, contactId, state } = context
  switch (step.step) {
    case 'change':
      return { changes: step.changes.map((change) => changeOf(change, at, context)) }
    case 'set':
      return { changes: [patchOf(context, step.attribute, operandValue(step.to, scope))] }
    case 'stamp':
      return { changes: [patchOf(context, step.attribute, stampFor(state, step.attribute))] }
    case 'assign': {
      const held = scope.contact.attribute(step.attribute)
      if (step.keep === true && typeof held === 'string' && step.among.includes(held)) return nothing
      const assigned = step.among[context.turnOf(at, step.among.length)] ?? ''
      return { changes: [patchOf(context, step.attribute, assigned)], assigned }
    }
    case 'setRecords':
      return { changes: recordsOf(step, context).map((record) => putOf(contactId, step.collection, record)) }
  }
}

/** Gives an attribute a value, or takes it away. */
export function patchOf({ state, contactId }: StepContext, attribute: string, value: Value | undefined): Change {
  const attributes = Object.fromEntries([[attribute, value ?? null]])
  // A value that was worked out may be another than the schema allows.
  return readChange({ type: 'contact.patch', contact: contactId, attributes }, state.settings)
}

function changeOf(change: StepChange, at: string, { contactId, run }: StepContext): Change {
  switch (change.type) {
    case 'tag.add':
    case 'tag.remove':
    case 'member.include':
    case 'member.exclude':
    case 'member.reset':
      return Object.freeze({ ...change, contacts: Object.freeze([contactId]) })
    case 'record.put': {
      const record =
        'id' in change.record ? change.record : Object.freeze({ ...(change.record as object), id: `${run}:${at}` })
      return Object.freeze({ ...change, contact: contactId, record })
    }
    case 'event.record': {
      const event =
        change.event.id === undefined ? Object.freeze({ ...change.event, id: `${run}:${at}` }) : change.event
      return Object.freeze({ ...change, contact: contactId, event })
    }
    default:
      return Object.freeze({ ...change, contact: contactId })
  }
}

function recordsOf(
  { collection, where, triggering, set }: Extract<DoingStep, { readonly step: 'setRecords' }>,
  { scope, because }: StepContext,
): readonly ContactRecord[] {
  return scope.contact
    .records(collection)
    .filter(({ id }) => triggering !== true || (because.collection === collection && because.record === id))
    .filter((record) => where === undefined || holds(where, { ...scope, item: itemOfRecord(record) }))
    .map((record) => {
      const fields = Object.entries({ ...record, ...set }).filter(([, value]) => value !== null)
      return Object.freeze(Object.fromEntries(fields)) as ContactRecord
    })
}

function putOf(contact: string, collection: string, record: ContactRecord): Change {
  return Object.freeze({ type: 'record.put', contact, collection, record })
}

/** The instant of the step, or its day where the attribute is a day. */
function stampFor({ settings, now }: EngineState, attribute: string): Value {
  if (settings.schema?.attributes?.[attribute]?.type !== 'day') return { instant: now }
  return { day: formatDay(timeZone(settings.timeZone).dayOf(now)) }
}
