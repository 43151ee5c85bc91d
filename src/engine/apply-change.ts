import { CoterieError } from '../base/errors.js'
import type { AutomationChange } from '../changes/automation-changes.js'
import type { Change, ClockAdvance } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import { identifyContact, mergeContacts, patchContact, putContact, removeContact } from './apply-contact.js'
import { defineTag, groupTags, ungroupTags } from './apply-catalogue.js'
import { correctEvent, recordEvent, removeEvent } from './apply-event.js'
import { foldEvents } from './apply-fold.js'
import { fillSlots, resetMembers } from './apply-member.js'
import { putRecord, removeRecord } from './apply-record.js'
import { retag } from './apply-retag.js'
import { convertSegment, defineSegment, describeSegment, removeSegment } from './apply-segment.js'
import { addTags, removeTags } from './apply-tag.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** A change that happens at one instant: any but moving the clock. */
export type InstantChange = Exclude<Change, ClockAdvance>

/**
 * Writes one change in a transaction; what it moves is settled when that is committed.
 *
 * @throws CoterieError where the change does not fit what is there. The transaction must then be rolled back.
 */
export function applyChange(state: EngineState, transaction: Transaction, change: InstantChange): Outcome {
  switch (change.type) {
    case 'contact.put':
      return putContact(state, transaction, change)
    case 'contact.patch':
      return patchContact(state, transaction, change)
    case 'contact.remove':
      return removeContact(state, transaction, change)
    case 'contact.merge':
      return mergeContacts(state, transaction, change)
    case 'contact.identify':
      return identifyContact(state, transaction, change)
    case 'tag.add':
      return addTags(state, transaction, change)
    case 'tag.remove':
      return removeTags(state, transaction, change)
    case 'tag.define':
      return defineTag(state, transaction, change)
    case 'tag.group':
      return groupTags(state, transaction, change)
    case 'tag.ungroup':
      return ungroupTags(state, transaction, change)
    case 'tag.rename':
    case 'tag.merge':
    case 'tag.delete':
      return retag(state, transaction, change)
    case 'event.record':
      return recordEvent(state, transaction, change)
    case 'event.correct':
      return correctEvent(state, transaction, change)
    case 'event.remove':
      return removeEvent(state, transaction, change)
    case 'event.fold':
      return foldEvents(state, transaction, change)
    case 'record.put':
      return putRecord(state, transaction, change)
    case 'record.remove':
      return removeRecord(state, transaction, change)
    case 'segment.define':
      return defineSegment(state, transaction, change)
    case 'segment.describe':
      return describeSegment(state, transaction, change)
    case 'segment.convert':
      return convertSegment(state, transaction, change)
    case 'segment.remove':
      return removeSegment(state, transaction, change)
    case 'member.include':
    case 'member.exclude':
      return fillSlots(state, transaction, change)
    case 'member.reset':
      return resetMembers(state, transaction, change)
    case 'automation.define':
    case 'automation.remove':
    case 'automation.start':
    case 'automation.step':
    case 'automation.wait':
    case 'automation.finish':
      return automate(state, transaction, change)
    default:
      return unreachable(change)
  }
}

function automate(state: EngineState, transaction: Transaction, change: AutomationChange): Outcome {
  if (state.automation !== undefined) return state.automation.apply(transaction.draft, change)
  if (!state.isReplaying) throw automationOff('a change of automations')
  // Who only follows can do without.
  state.lacksAutomation = true
  return { type: 'automation.remove', automation: '' }
}

/** The error for automations in an engine that was made without. */
export function automationOff(received: string): CoterieError {
  return new CoterieError('AUTOMATION_OFF', 'The engine was made without automations', {
    received,
    expected: 'the option automation, with what automations() of coterie/automation makes',
  })
}

function unreachable(change: never): never {
  throw new CoterieError('CHANGE_INVALID', 'There is no such change', { received: String(change) })
}
