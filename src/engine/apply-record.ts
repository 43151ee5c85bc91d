import { compareText } from '../base/text.js'
import type { RecordPut, RecordRemove } from '../changes/change.js'
import type { Outcome } from '../changes/receipt.js'
import { sameFields } from '../contacts/record.js'
import { namedContact, needContact } from './names.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** Puts a record, in place of the one of its id. */
export function putRecord(state: EngineState, transaction: Transaction, change: RecordPut): Outcome {
  const { record, collection } = change
  const { ordinal, created } = namedContact(state, transaction, change.contact, 'record', change)
  const before = state.store.history.records(ordinal, collection)
  const place = before.findIndex(({ id }) => compareText(id, record.id) >= 0)
  const at = place < 0 ? before.length : place
  const known = before[at]
  const added = known?.id !== record.id
  const changed = added || !sameFields(known, record)
  if (changed) {
    const records = [...before.slice(0, at), record, ...before.slice(added ? at : at + 1)]
    transaction.draft.setRecords(ordinal, collection, Object.freeze(records))
  }
  return { type: change.type, contactId: state.store.directory.idOf(ordinal), created, added, changed }
}

/** Takes a record out. */
export function removeRecord(state: EngineState, transaction: Transaction, change: RecordRemove): Outcome {
  const ordinal = needContact(state, change.contact)
  transaction.touch(ordinal, 'record', change)
  const before = state.store.history.records(ordinal, change.collection)
  const left = before.filter(({ id }) => id !== change.id)
  const removed = left.length < before.length
  if (removed) transaction.draft.setRecords(ordinal, change.collection, Object.freeze(left))
  return { type: change.type, contactId: state.store.directory.idOf(ordinal), removed }
}
