import type { TagAdd, TagRemove } from '../changes/change.js'
import type { Outcome, TagOutcome } from '../changes/receipt.js'
import { sameHolder, withHolder, withoutHolders } from '../contacts/tag.js'
import { namedContact, needContact } from './names.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

const nothing: readonly never[] = Object.freeze([])

/** Puts tags on contacts, under one holder. */
export function addTags(state: EngineState, transaction: Transaction, change: TagAdd): Outcome {
  const { tags } = state.store
  const hold = Object.freeze({ ...change.holder, at: state.now })
  const contacts = change.contacts.map((name): TagOutcome => {
    const { ordinal } = namedContact(state, transaction, name, 'tag', change)
    const added: string[] = []
    const held: string[] = []
    const present: string[] = []
    for (const tag of change.tags) {
      const before = tags.get(ordinal, tag)
      if (before === undefined) added.push(tag)
      else (before.holders.some((holder) => sameHolder(holder, hold)) ? present : held).push(tag)
      transaction.draft.setTag(ordinal, tag, withHolder(before, tag, hold))
    }
    return {
      contactId: state.store.directory.idOf(ordinal),
      added,
      held,
      present,
      removed: nothing,
      absent: nothing,
      heldBy: nothing,
    }
  })
  return { type: change.type, contacts }
}

/** Takes tags off contacts: all holders but automatic rules, which go on holding what they hold. */
export function removeTags(state: EngineState, transaction: Transaction, change: TagRemove): Outcome {
  const { tags } = state.store
  const contacts = change.contacts.map((name): TagOutcome => {
    const ordinal = needContact(state, name)
    transaction.touch(ordinal, 'tag', change)
    const removed: string[] = []
    const absent: string[] = []
    const heldBy: { tag: string; rules: string[] }[] = []
    for (const tag of change.tags) {
      const before = tags.get(ordinal, tag)
      const left = before && withoutHolders(before, ({ kind }) => kind === 'rule')
      if (before === undefined) absent.push(tag)
      else if (left === undefined) removed.push(tag)
      else heldBy.push({ tag, rules: left.holders.map(({ by }) => by ?? '') })
      transaction.draft.setTag(ordinal, tag, left)
    }
    return {
      contactId: state.store.directory.idOf(ordinal),
      added: nothing,
      held: nothing,
      present: nothing,
      removed,
      absent,
      heldBy,
    }
  })
  return { type: change.type, contacts }
}
